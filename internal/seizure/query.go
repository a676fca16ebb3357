package seizure

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// PageLimit is the most cases a page may hold.
const PageLimit = 200

// Filter narrows a list of cases; empty values do not.
type Filter struct {
	State, Class, Country, Conveyance, Status, Category string
	From, To                                            string // local days of the event
	Organisation                                        int64
	Before                                              int64 // cases with a smaller number; 0: from the newest
	Limit                                               int   // 50 when 0
}

func (f Filter) normal() Filter {
	if f.Before <= 0 {
		f.Before = 1 << 62
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, PageLimit)
	return f
}

// Page is one page of cases, newest first.
type Page struct {
	Standing      operation.Standing
	Items         []Case
	Organisations map[int64]organisation.Organisation
	Members       []operation.Member // who takes part now, for the filter
	Matching      int64              // cases from this page on that match the filter
	Next          int64              // Before of the next page; 0: this is the last
}

// List gives the cases that the actor may read, by filter.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Page, error) {
	var p Page
	f = f.normal()
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if p.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead); err != nil {
			return err
		}
		list, err := p.Standing.Readable(tx)
		if err != nil {
			return err
		}
		op := p.Standing.Operation.Number
		if p.Items, err = page(tx, op, list, f, f.Limit+1); err != nil {
			return err
		}
		if p.Matching, err = matching(tx, op, list, f); err != nil {
			return err
		}
		if len(p.Items) > f.Limit {
			p.Items = p.Items[:f.Limit]
			p.Next = p.Items[f.Limit-1].Seq
		}
		if p.Organisations, err = organisationsOf(tx, p.Items); err != nil {
			return err
		}
		p.Members, err = operation.Members(tx, p.Standing.Operation.Number)
		return err
	})
	if err == nil {
		err = s.note(p.Standing, reading.Opened, p.Items...)
	}
	if err != nil {
		return Page{}, fault.In(access.SeizureRead, err)
	}
	return p, nil
}

func organisationsOf(tx *db.Tx, cases []Case) (map[int64]organisation.Organisation, error) {
	seen := map[int64]bool{}
	var numbers []int64
	for _, c := range cases {
		if !seen[c.Organisation] {
			seen[c.Organisation] = true
			numbers = append(numbers, c.Organisation)
		}
	}
	return organisation.These(tx, numbers)
}

// File is one case with what a reader needs beside it.
type File struct {
	Standing     operation.Standing
	Case         Case
	Organisation organisation.Organisation
	Versions     []Version
	People       map[string]person.Person // authors of versions
	Reach        operation.Reach          // who can see the case
	DuplicateOf  *Case                    // nil when the reader may not see it, too
}

// Own tells whether the reader's organisation reported the case.
func (f File) Own() bool { return f.Case.Organisation == f.Standing.Who.Organisation }

// AmendmentWaits tells whether the reader's amendment takes the case back to wait
// for the contact point's release.
func (f File) AmendmentWaits() bool {
	return f.Own() && f.Case.State == Released && stateFor(f.Standing) == Reported
}

// Read gives one case by its reference.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, ref string) (File, error) {
	var f File
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = read(tx, s.source.Now(), who, code, ref)
		return err
	})
	if err == nil {
		err = s.note(f.Standing, reading.Opened, f.Case)
	}
	if err != nil {
		return File{}, fault.In(access.SeizureRead, err)
	}
	return f, nil
}

// read is Read inside a unit of work.
func read(tx *db.Tx, now time.Time, who access.Actor, code operation.Code, ref string) (File, error) {
	var f File
	var err error
	if f.Standing, err = operation.Enter(tx, now, who, code, access.SeizureRead); err != nil {
		return f, err
	}
	op := f.Standing.Operation.Number
	list, err := f.Standing.Readable(tx)
	if err != nil {
		return f, err
	}
	if f.Case, err = db.One(tx, selectByRef, scanCase, op, ref, list); err != nil {
		return f, missing(err)
	}
	if f.Organisation, err = organisation.One(tx, f.Case.Organisation); err != nil {
		return f, err
	}
	if f.Versions, err = versionsFor(tx, f, list); err != nil {
		return f, err
	}
	authors := []string{f.Case.Author}
	for _, v := range f.Versions {
		authors = append(authors, v.Author)
	}
	if f.People, err = person.These(tx, authors); err != nil {
		return f, err
	}
	one := []Case{f.Case}
	if err = WithPhotos(tx, f.Standing, one); err != nil {
		return f, err
	}
	f.Case = one[0]
	readers, err := audience.Readers(tx, op, f.Case.Audience, now)
	if err != nil {
		return f, err
	}
	if f.Reach, err = operation.ReachOf(tx, op, readers, access.SeizureRead, now); err != nil {
		return f, err
	}
	if f.Case.DuplicateOf != 0 {
		original, err := readable(tx, f.Standing, f.Case.DuplicateOf)
		if err == nil {
			f.DuplicateOf = &original
		} else if !fault.Is(err, fault.NotFound) {
			return f, err
		}
	}
	return f, nil
}

// versionsFor gives the versions that the reader may see: its organisation's own
// all, of others those that were written while the reader could see the case.
// What was still a draft, or waited for release, or was recalled, stays at home.
func versionsFor(tx *db.Tx, f File, readable db.List) ([]Version, error) {
	all, err := db.All(tx, selectVersions, scanVersion, f.Standing.Operation.Number, f.Case.Seq)
	if err != nil || f.Own() {
		return all, err
	}
	var out []Version
	for _, v := range all {
		e, err := journal.One(tx, f.Standing.Operation.Number, v.Seq)
		if err != nil {
			return nil, err
		}
		if slices.Contains(readable, e.Audience) {
			out = append(out, v)
		}
	}
	return out, nil
}

// Mine lists the newest cases of the actor's organisation in one state, at most
// 100: drafts to finish, or reports that wait for release.
func (s *Store) Mine(ctx context.Context, who access.Actor, code operation.Code, state string) ([]Case, error) {
	var out []Case
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead)
		if err != nil {
			return err
		}
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		out, err = db.All(tx, selectOpen, scanCase, st.Operation.Number, who.Organisation, list, state)
		return err
	})
	if err != nil {
		return nil, fault.In(access.SeizureRead, err)
	}
	return out, nil
}

// OpenCounts are cases of one organisation that wait for somebody.
type OpenCounts struct {
	Drafts  int64 // kept, not reported
	Waiting int64 // reported, for the contact point's release
}

// Open counts the cases of an organisation that wait, of those in the audiences.
func Open(tx *db.Tx, op int64, readable db.List, organisation int64) (OpenCounts, error) {
	return db.One(tx, countOpen, func(row db.Scanner) (OpenCounts, error) {
		var c OpenCounts
		err := row.Scan(&c.Drafts, &c.Waiting)
		return c, err
	}, op, readable, organisation)
}

// Waiting counts the cases of the actor's organisation that wait for somebody.
func (s *Store) Waiting(ctx context.Context, who access.Actor, code operation.Code) (OpenCounts, error) {
	var out OpenCounts
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead)
		if err != nil {
			return err
		}
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		out, err = Open(tx, st.Operation.Number, list, who.Organisation)
		return err
	})
	if err != nil {
		return OpenCounts{}, fault.In(access.SeizureRead, err)
	}
	return out, nil
}
