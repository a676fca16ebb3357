package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/line"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// How many rows are put in at once, and of how many bytes at most before the last: a
// row of a hostile file may have 64 MiB.
const (
	atOnce      = 500
	bytesAtOnce = 16 << 20
)

// scratch is an SQLite database of its own, in which an operation is put together
// before anything else sees it. What is in it can be lost.
type scratch struct {
	*db.DB
	dir       string
	manifest  Manifest
	operation operation.Operation
	bodies    []organisation.Organisation
	people    []person.Person
	hats      map[person.ID][]person.Hat
	stop      func() error // why work is to end; nil: it goes on
}

func (s *scratch) close() error { return errors.Join(s.DB.Close(), os.RemoveAll(s.dir)) }

// assemble puts the operation of a file that was checked together, as the schema was
// when it was made, brings it up to date and verifies every row against the entry that
// made it.
func assemble(ctx context.Context, r *reader, m Manifest, src *source.Source) (s *scratch, found verify.Report, err error) {
	if m.Schema > migrate.Newest() || m.Schema < 1 {
		return nil, found, fmt.Errorf("%w: its schema is number %d, this one knows %d", ErrSchema, m.Schema, migrate.Newest())
	}
	s = &scratch{manifest: m, hats: map[person.ID][]person.Hat{}, stop: ctx.Err}
	if s.dir, err = os.MkdirTemp("", "tidewaiter-operation-"); err != nil { // 0700
		return nil, found, err
	}
	if s.DB, err = db.OpenScratch(ctx, "sqlite:"+filepath.Join(s.dir, "operation.db")); err != nil {
		return nil, found, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err = s.fill(ctx, r); err == nil {
		err = s.settle(ctx, src)
	}
	if err == nil {
		found, err = verify.Database(ctx, s.DB, verify.Options{})
	}
	if err != nil {
		return nil, found, errors.Join(err, s.close())
	}
	return s, found, nil
}

// fill puts the rows in.
func (s *scratch) fill(ctx context.Context, r *reader) error {
	if err := s.BeginRestore(ctx); err != nil {
		return err
	}
	if err := migrate.To(ctx, s.DB, s.manifest.Schema); err != nil {
		return err
	}
	err := s.Load(ctx, func(tx *db.Tx, into *db.Loader) error {
		if err := journal.Start(tx, journal.Instance); err != nil {
			return err
		}
		for _, t := range s.manifest.Tables {
			if err := put(ctx, r, t, into); err != nil {
				return err
			}
		}
		if err := s.whole(tx); err != nil {
			return err
		}
		for _, j := range s.manifest.Journals {
			if err := s.adopt(tx, into, r, j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := migrate.To(ctx, s.DB, 0); err != nil {
		return err
	}
	return s.Keep(ctx, db.EndRestore)
}

// put puts the rows of a table in.
func put(ctx context.Context, r *reader, t Table, into *db.Loader) error {
	if err := into.Check(t.Name, t.Columns); err != nil {
		return malformed("%v", err)
	}
	rows := batch{insert: func(rows [][]any) error {
		err := into.Insert(t.Name, t.Columns, rows)
		if err != nil {
			err = malformed("rows of table %s: %v", t.Name, err)
		}
		return errors.Join(err, ctx.Err())
	}}
	err := r.lines(t.file(), func(text []byte) error {
		row, err := line.Parse(text, len(t.Columns))
		if err != nil {
			return malformed("%s: %v", t.file(), err)
		}
		return rows.add(row)
	})
	if err != nil {
		return err
	}
	return rows.flush()
}

// batch holds rows back until there are enough to be put in at once.
type batch struct {
	insert func(rows [][]any) error
	rows   [][]any
	bytes  int // of their texts
}

func (b *batch) add(row []any) error {
	for _, v := range row {
		if text, ok := v.(string); ok {
			b.bytes += len(text)
		}
	}
	if b.rows = append(b.rows, row); len(b.rows) < atOnce && b.bytes < bytesAtOnce {
		return nil
	}
	return b.flush()
}

func (b *batch) flush() error {
	err := b.insert(b.rows)
	clear(b.rows) // they are no longer held
	b.rows, b.bytes = b.rows[:0], 0
	return err
}

// whole wants every table in which an operation may have rows.
func (s *scratch) whole(tx *db.Tx) error {
	all, err := db.Tables(tx)
	if err != nil {
		return err
	}
	for _, t := range all {
		_, leaves, err := own(t)
		if err == nil && (leaves || inPart(t.Name)) && !slices.ContainsFunc(s.manifest.Tables, func(o Table) bool { return o.Name == t.Name }) {
			return malformed("table %s is missing", t.Name)
		}
	}
	return nil
}

// adopt puts a journal in.
func (s *scratch) adopt(tx *db.Tx, into *db.Loader, r *reader, j Journal) error {
	a, err := journal.Adopt(tx, into, j.Operation)
	if err != nil {
		return err
	}
	err = r.lines(j.File, func(text []byte) error {
		var w journal.Whole
		if err := decode(append(slices.Clone(text), '\n'), &w, ""); err != nil {
			return err
		}
		return errors.Join(a.Take(w), s.stop())
	})
	if err != nil {
		return err
	}
	_, err = a.Done()
	return err
}

// settle learns who is in it and writes the entries of the instance that its rows
// want: those that the other instance had are its own.
func (s *scratch) settle(ctx context.Context, src *source.Source) error {
	err := s.Read(ctx, func(tx *db.Tx) (err error) {
		if s.operation, err = operation.ByNumber(tx, s.manifest.Operation.Number); errors.Is(err, db.ErrNone) {
			err = malformed("the operation itself is missing")
		}
		if err != nil {
			return err
		}
		if s.bodies, err = organisation.All(tx); err != nil {
			return err
		}
		if s.people, err = person.All(tx); err != nil {
			return err
		}
		for _, p := range s.people {
			if s.hats[p.ID], err = person.EveryHat(tx, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	m, o := s.manifest.Operation, s.operation
	if m.ID != string(o.ID) || m.Code != string(o.Code) || m.Kind != o.Kind || m.Name != o.Name || o.Kind == operation.KindLibrary {
		return malformed("the operation is not the one that its manifest names, or a library")
	}
	if err := s.named(); err != nil {
		return err
	}
	j, who, now := journal.New(src), access.Actor{System: "import"}, src.Now()
	return s.Write(ctx, "", func(tx *db.Tx) error {
		return s.enter(tx, j, who, src, now, func(int64) bool { return true }, true, &Imported{})
	})
}

// named wants what others know an operation, its bodies and its people by to be as
// this program would have made it.
func (s *scratch) named() error {
	if err := s.operation.CheckIdentity(); err != nil {
		return malformed("operation %q: %v", s.operation.Code, err)
	}
	for _, o := range s.bodies {
		if err := o.Check(); err != nil || o.Number < 1 {
			return malformed("organisation %d: it could not have been registered: %v", o.Number, err)
		}
	}
	for _, p := range s.people {
		if !source.ValidID(string(p.ID)) {
			return malformed("person %q: no UUID", p.ID)
		}
	}
	return nil
}

// enter writes the entries of the instance, and where they do not stand already, the
// rows of those bodies that are wanted and of all people. It notes the logins of
// people that are not those they had, and hats that they do not get.
func (s *scratch) enter(tx *db.Tx, j *journal.Journal, who access.Actor, src *source.Source, now time.Time,
	wanted func(organisation int64) bool, stands bool, out *Imported) error {
	called := map[int64]string{}
	for _, o := range s.bodies {
		called[o.Number] = o.Name
		if wanted(o.Number) {
			if err := organisation.Adopt(tx, j, who, src, o, stands); err != nil {
				return err
			}
		}
	}
	out.Renamed, out.Left = map[string]string{}, nil
	for _, p := range s.people {
		login, left, err := person.Adopt(tx, j, who, person.Arrival{Person: p, Hats: s.hats[p.ID], New: wanted, Stands: stands}, now)
		if err != nil {
			return err
		}
		if login != p.Login {
			out.Renamed[p.Login] = login
		}
		for _, h := range left {
			out.Left = append(out.Left, LeftHat{login, h.Organisation, called[h.Organisation], h.Position, h.ContactPoint})
		}
	}
	return operation.Adopted(tx, j, who, s.operation, now)
}
