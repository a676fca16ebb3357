package document

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Limits of lists.
const (
	pageSize    = 50
	maxPage     = 200
	afterNewest = int64(1) << 62
)

func (f Filter) clean() (Filter, error) {
	var p fault.Problems
	if f.Kind != "" && !codelist.DocumentKind.Has(f.Kind) {
		p.Add("kind", "fault.unknown-code")
	}
	if f.Before <= 0 {
		f.Before = afterNewest
	}
	if f.Limit <= 0 {
		f.Limit = pageSize
	}
	f.Limit = min(f.Limit, maxPage)
	return f, p.Fault()
}

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing, open db.List) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.DocumentRead)
		if err != nil {
			return err
		}
		open, err := st.Readable(tx)
		if err != nil {
			return err
		}
		return fn(tx, st, open)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.DocumentRead, err)
	}
	return nil
}

// List gives a page of the documents that the actor may read.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Page, error) {
	var page Page
	err := s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, open db.List) error {
		page = Page{Standing: st, Of: map[string]int64{}}
		f, err := f.clean()
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectPage, scan, st.Operation.Number, open, f.Before, f.Kind, f.Limit+1)
		if err != nil {
			return err
		}
		if int64(len(all)) > f.Limit {
			all = all[:f.Limit]
			page.Next = all[f.Limit-1].Newest
		}
		if page.Items, err = items(tx, st, open, all); err != nil {
			return err
		}
		_, err = db.All(tx, countKinds, func(row db.Scanner) (string, error) {
			var kind string
			var n int64
			err := row.Scan(&kind, &n)
			page.Of[kind] = n
			return kind, err
		}, st.Operation.Number, open)
		return err
	})
	if err != nil {
		return Page{}, err
	}
	return page, nil
}

// Read gives a document with its versions.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Opened, error) {
	return s.open(ctx, who, code, func(tx *db.Tx, st operation.Standing) (Document, error) { return readable(tx, st, seq) })
}

// ReadNamed is Read for a document by the name that it has outside.
func (s *Store) ReadNamed(ctx context.Context, who access.Actor, code operation.Code, n Name) (Opened, error) {
	return s.open(ctx, who, code, func(tx *db.Tx, st operation.Standing) (Document, error) { return find(tx, st, n) })
}

func (s *Store) open(ctx context.Context, who access.Actor, code operation.Code, pick func(*db.Tx, operation.Standing) (Document, error)) (Opened, error) {
	var out Opened
	err := s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, open db.List) error {
		d, err := pick(tx, st)
		if err == nil {
			out, err = opened(tx, st, open, d)
		}
		return err
	})
	if err == nil && !hidden(out.Standing, out.Document) {
		err = s.Readings.Note(out.Standing.Operation.Number, who.Person, who.Organisation, reading.Document, reading.Opened, out.Seq)
	}
	if err != nil {
		return Opened{}, err
	}
	return out, nil
}

func opened(tx *db.Tx, st operation.Standing, open db.List, d Document) (Opened, error) {
	out := Opened{Standing: st, MayRevise: mayRevise(st, d), MayWithdraw: mayWithdraw(st, d) && d.InUse(), Known: st.May(access.OperationPeople)}
	one, err := items(tx, st, open, []Document{d})
	if err != nil {
		return out, err
	}
	out.Item = one[0]
	if out.Versions, err = db.All(tx, selectVersions, scanVersion, st.Operation.Number, db.List{d.Seq}); err != nil {
		return out, err
	}
	if out.Versions, err = filled(tx, st, open, []Document{d}, out.Versions); err != nil || !out.Known {
		return out, err
	}
	readers, err := audience.Readers(tx, st.Operation.Number, d.Audience, st.Now)
	if err != nil {
		return out, err
	}
	out.Reach, err = operation.ReachOf(tx, st.Operation.Number, readers, access.DocumentRead, st.Now)
	return out, err
}

// filled adds to versions their files, as far as the reader is given them, and who
// wrote them.
func filled(tx *db.Tx, st operation.Standing, open db.List, docs []Document, all []Version) ([]Version, error) {
	withheld := map[int64]bool{}
	for _, d := range docs {
		withheld[d.Seq] = hidden(st, d)
	}
	var seqs db.List
	var authors []string
	for _, v := range all {
		authors = append(authors, v.Author)
		if !withheld[v.Document] {
			seqs = append(seqs, v.Seq)
		}
	}
	people, err := person.These(tx, authors)
	if err != nil {
		return nil, err
	}
	files, err := attachment.Of(tx, st.Operation.Number, open, seqs)
	for i, v := range all {
		all[i].AuthorName = people[v.Author].Name
		if of := files[v.Seq]; len(of) > 0 {
			all[i].File = of[0]
		}
	}
	return all, err
}

// items adds to documents what their reader may know of them.
func items(tx *db.Tx, st operation.Standing, open db.List, all []Document) ([]Item, error) {
	var organisations []int64
	var newest db.List
	for _, d := range all {
		organisations = append(organisations, d.Organisation)
		newest = append(newest, d.Newest)
	}
	if len(all) == 0 {
		return nil, nil
	}
	from, err := organisation.These(tx, organisations)
	if err != nil {
		return nil, err
	}
	versions, err := db.All(tx, selectNumbered, scanVersion, st.Operation.Number, newest)
	if err != nil {
		return nil, err
	}
	if versions, err = filled(tx, st, open, all, versions); err != nil {
		return nil, err
	}
	current := map[int64]Version{}
	for _, v := range versions {
		current[v.Document] = v
	}
	out := make([]Item, len(all))
	for i, d := range all {
		d.To = message.Conceal(st, d.To)
		out[i] = Item{Document: d, From: from[d.Organisation], Current: current[d.Seq], Mine: d.Organisation == st.Who.Organisation}
	}
	return out, nil
}
