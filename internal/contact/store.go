package contact

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with the directory.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// Set writes a contact of an organisation, or writes it anew; the empty id is the
// actor's own organisation. Version is that which the writer saw, 0 of a new one.
// Conflict: somebody else has written it meanwhile, or dropped it. Another address or
// number is one that nobody has tried. The same again changes nothing. Paths are
// brand, countries and those of Draft.
func (s *Store) Set(ctx context.Context, who access.Actor, of organisation.ID, version int64, d Draft) (made Contact, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.ContactSet, func(tx *db.Tx, st operation.Standing) error {
		made, err = s.set(tx, st, of, version, d)
		return err
	})
	if err != nil {
		return Contact{}, err
	}
	return made, nil
}

func (s *Store) set(tx *db.Tx, st operation.Standing, of organisation.ID, version int64, d Draft) (made Contact, err error) {
	w, err := writerFor(tx, st, of)
	if err != nil {
		return made, err
	}
	d, wrong := d.clean()
	old, err := db.One(tx, selectOne, scan, st.Operation.Number, w.of.Number, string(d.ID))
	switch {
	case errors.Is(err, db.ErrNone):
		old = Contact{}
	case err != nil:
		return made, err
	case wrong == nil && old.says(d) && (old.Version == version || old.Version == version+1):
		return old, db.Unchanged
	case old.Dropped || !w.covers(old):
		return made, fault.Of(fault.Conflict, "contact.dropped")
	}
	if old.Version != version {
		return made, fault.Of(fault.Conflict, "contact.set-meanwhile")
	}
	made = old
	made.ID, made.Organisation, made.Brand, made.Countries, made.Languages = d.ID, w.of.Number, d.Brand, d.Countries, d.Languages
	made.Desk, made.Email, made.Phone, made.Hours, made.Note = d.Desk, d.Email, d.Phone, d.Hours, d.Note
	made.Author, made.At, made.Version = st.Who.Person, st.Now, version+1
	if old.Email != made.Email || old.Phone != made.Phone {
		made.Test = nil
	}
	if wrong != nil {
		return made, wrong
	}
	if err := w.check(tx, made); err != nil {
		return made, err
	}
	return made, s.keep(tx, st, access.ContactSet, &made)
}

// keep keeps a contact as it now is; a new one gets the number of its entry.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, c *Contact) error {
	readers := audience.Own(c.Organisation).With(access.Coordination, access.Enforcement)
	number, err := audience.Intern(tx, st.Operation.Number, readers)
	if err != nil {
		return err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, "contact/"+string(c.ID), number),
		journal.Content{After: *c, With: map[string]string{"audience": readers.String()}})
	if err != nil {
		return err
	}
	if c.Seq == 0 {
		c.Seq = seq
	}
	_, err = tx.Exec(put, c.args(st.Operation.Number)...)
	return err
}

// writer is for whom somebody writes, and how far.
type writer struct {
	st     operation.Standing
	of     organisation.Organisation
	acting []holder.Acting // of a right holder's side: at least one
}

// writerFor says for whom the actor writes: coordination for any member of the
// library, a right holder for whom it acts, a contact point for its administration.
// Missing: for none other.
func writerFor(tx *db.Tx, st operation.Standing, id organisation.ID) (writer, error) {
	w := writer{st: st, of: st.Organisation}
	if id != "" {
		o, err := organisation.ByID(tx, id)
		if errors.Is(err, db.ErrNone) {
			return w, fault.Missing()
		}
		if err != nil {
			return w, err
		}
		w.of = o
	}
	switch st.Side() {
	case access.Coordination:
		member, err := operation.Takes(tx, st.Operation.Number, w.of.Number)
		if err == nil && !member {
			err = fault.Missing()
		}
		return w, err
	case access.RightHolderSide:
		all, err := holder.For(tx, st)
		for _, a := range all {
			if a.Holder.Number == w.of.Number {
				w.acting = append(w.acting, a)
			}
		}
		if err == nil && len(w.acting) == 0 {
			err = fault.Missing()
		}
		return w, err
	}
	if w.of.Number != st.Who.Organisation {
		return w, fault.Missing()
	}
	return w, nil
}

// covers tells whether a writer may change a contact: a mandate may be for some brands
// and some countries.
func (w writer) covers(c Contact) bool {
	return w.st.Side() != access.RightHolderSide || slices.ContainsFunc(w.acting, func(a holder.Acting) bool {
		return a.Covers(c.Brand) && (len(a.Countries) == 0 || len(c.Countries) > 0 && !slices.ContainsFunc(c.Countries, func(here string) bool { return !a.In(here) }))
	})
}

// check refuses what is beyond that, and a brand that is not the organisation's.
func (w writer) check(tx *db.Tx, c Contact) error {
	var p fault.Problems
	if c.Brand != "" {
		_, err := holder.BrandByID(tx, w.st.Operation.Number, w.of.Number, c.Brand)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		if err != nil {
			p.Add("brand", "fault.unknown-code")
			return p.Fault()
		}
	}
	if !w.covers(c) {
		p.Add("countries", "contact.beyond-mandate")
	}
	return p.Fault()
}

// Drop takes a contact out of the directory. Who may set it may. The same again
// changes nothing.
func (s *Store) Drop(ctx context.Context, who access.Actor, of organisation.ID, id ID) error {
	return s.write(ctx, who, access.ContactDrop, func(tx *db.Tx, st operation.Standing) error {
		w, err := writerFor(tx, st, of)
		if err != nil {
			return err
		}
		c, err := db.One(tx, selectOne, scan, st.Operation.Number, w.of.Number, string(id))
		switch {
		case errors.Is(err, db.ErrNone), err == nil && !w.covers(c):
			return fault.Missing()
		case err != nil:
			return err
		case c.Dropped:
			return db.Unchanged
		}
		c.Dropped = true
		c.Version++
		return s.keep(tx, st, access.ContactDrop, &c)
	})
}

// Test notes that somebody of customs or coordination tried a contact, and whether
// anybody answered. The path is note.
func (s *Store) Test(ctx context.Context, who access.Actor, of organisation.ID, id ID, answered bool, comment string) error {
	return s.write(ctx, who, access.ContactTest, func(tx *db.Tx, st operation.Standing) error {
		o, err := organisation.ByID(tx, of)
		if err == nil {
			var c Contact
			if c, err = db.One(tx, selectOne, scan, st.Operation.Number, o.Number, string(id)); err == nil && !c.Dropped {
				return s.test(tx, st, c, answered, comment)
			}
		}
		if err == nil || errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		return err
	})
}

func (s *Store) test(tx *db.Tx, st operation.Standing, c Contact, answered bool, comment string) error {
	var p fault.Problems
	c.Test = &Tested{At: st.Now, By: st.Who.Person, Organisation: st.Who.Organisation, Answered: answered, Note: text(&p, "note", comment)}
	if err := p.Fault(); err != nil {
		return err
	}
	return s.keep(tx, st, access.ContactTest, &c)
}
