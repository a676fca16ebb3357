package pack

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with lists of codes.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Add loads a list that was read. The administrator does. The same list again is
// the same pack; another one under the same name and edition is a conflict: a
// list is taken out before it is loaded anew.
func (s *Store) Add(ctx context.Context, who access.Actor, f File) (Pack, error) {
	if !access.May(who, access.PackAdd) {
		return Pack{}, fault.Missing()
	}
	if err := f.check(); err != nil {
		return Pack{}, fmt.Errorf("%s: %w", access.PackAdd, err)
	}
	made := f.Pack
	err := s.db.Write(ctx, "", func(tx *db.Tx) error {
		if _, err := journal.Lock(tx, journal.Instance); err != nil {
			return err
		}
		switch old, err := Named(tx, f.Name, f.Edition); {
		case err == nil && old.says(f.Pack):
			made = old
			return db.Unchanged
		case err == nil:
			return fault.Of(fault.Conflict, "pack.exists", fault.Args{"name": f.Name, "edition": f.Edition})
		case !errors.Is(err, db.ErrNone):
			return err
		}
		number, err := db.One(tx, selectNext, db.Int64)
		if err != nil {
			return err
		}
		made.Number, made.Added = number, s.source.Now()
		if err := insert(tx, File{Pack: made, Entries: f.Entries}); err != nil {
			return err
		}
		_, err = s.journal.Append(tx, entry(who, s.source, access.PackAdd, made), journal.Content{After: made})
		return err
	})
	if err != nil {
		return Pack{}, fmt.Errorf("%s: %w", access.PackAdd, err)
	}
	return made, nil
}

// says tells whether a pack holds and says the same as another.
func (p Pack) says(other Pack) bool {
	other.Number, other.Added, other.File = p.Number, p.Added, p.File // the same rows may stand in another file
	return p == other
}

// Remove takes a list out. The administrator does. Records keep their codes.
func (s *Store) Remove(ctx context.Context, who access.Actor, name, edition string) error {
	if !access.May(who, access.PackRemove) {
		return fault.Missing()
	}
	err := s.db.Write(ctx, "", func(tx *db.Tx) error {
		if _, err := journal.Lock(tx, journal.Instance); err != nil {
			return err
		}
		old, err := Named(tx, name, edition)
		if errors.Is(err, db.ErrNone) {
			return fault.Of(fault.NotFound, "pack.none", fault.Args{"name": name, "edition": edition})
		}
		if err != nil {
			return err
		}
		if err := remove(tx, old); err != nil {
			return err
		}
		_, err = s.journal.Append(tx, entry(who, s.source, access.PackRemove, old), journal.Content{Before: old})
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.PackRemove, err)
	}
	return nil
}

// List gives the lists of the instance, what is built in last.
func (s *Store) List(ctx context.Context, who access.Actor) ([]Pack, error) {
	var out []Pack
	err := s.read(ctx, who, func(tx *db.Tx) (err error) {
		out, err = All(tx)
		return err
	})
	for _, f := range core() {
		out = append(out, f.Pack)
	}
	return out, err
}

// Lookup is Lookup for whoever is signed in: what a code means.
func (s *Store) Lookup(ctx context.Context, who access.Actor, kind, edition, code, lang string) (Hit, error) {
	var out Hit
	err := s.read(ctx, who, func(tx *db.Tx) (err error) {
		out, err = Lookup(tx, kind, edition, code, lang)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		return err
	})
	return out, err
}

// Look answers a page: what was found, or what stands below a code.
func (s *Store) Look(ctx context.Context, who access.Actor, q Query) (Found, error) {
	var out Found
	err := s.read(ctx, who, func(tx *db.Tx) (err error) {
		out, err = look(tx, q)
		return err
	})
	return out, err
}

func (s *Store) read(ctx context.Context, who access.Actor, fn func(tx *db.Tx) error) error {
	if !access.May(who, access.PackRead) {
		return fault.Missing()
	}
	if err := s.db.Read(ctx, fn); err != nil {
		return fmt.Errorf("%s: %w", access.PackRead, err)
	}
	return nil
}
