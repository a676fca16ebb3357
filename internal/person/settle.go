package person

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Suspend keeps a person out from the next request on, and ends its links. The
// administrator does, or a contact point for people of its own organisation
// only; nobody suspends oneself, so an instance keeps an administrator.
func (s *Store) Suspend(ctx context.Context, who access.Actor, id ID) error {
	return s.become(ctx, who, "person.suspend", id, func(tx *db.Tx, p Person) (Person, error) {
		if string(id) == who.Person {
			return p, fault.Of(fault.Conflict, "person.self")
		}
		if p.State == Suspended {
			return p, db.Unchanged
		}
		p.State = Suspended
		p.Epoch++
		_, err := tx.Exec(deleteInvitations, id)
		return p, err
	})
}

// Resume takes a suspension back. Who never had a password is invited again.
func (s *Store) Resume(ctx context.Context, who access.Actor, id ID) error {
	return s.become(ctx, who, "person.resume", id, func(tx *db.Tx, p Person) (Person, error) {
		if p.State != Suspended {
			return p, db.Unchanged
		}
		phc, err := PasswordOf(tx, id)
		if p.State = Active; phc == "" && p.Persona == "" {
			p.State = Invited
		}
		return p, err
	})
}

func (s *Store) become(ctx context.Context, who access.Actor, verb string, id ID, fn func(*db.Tx, Person) (Person, error)) error {
	if !access.May(who, access.PersonSuspend) {
		return fault.Missing()
	}
	return s.change(ctx, verb, func(tx *db.Tx, now time.Time) error {
		old, err := reach(tx, who, id, now)
		if err != nil {
			return err
		}
		if err := whole(tx, who, old, now); err != nil {
			return err
		}
		p, err := fn(tx, old)
		if err != nil {
			return err
		}
		p.Version++
		if err := update(tx, p); err != nil {
			return err
		}
		return s.append(tx, who, verb, id, now, old, p)
	})
}

// Settle keeps a person's own preferences.
func (s *Store) Settle(ctx context.Context, who access.Actor, f Preferences) (Person, error) {
	if !access.May(who, access.PersonSettle) {
		return Person{}, fault.Missing()
	}
	var made Person
	err := s.change(ctx, "person.settle", func(tx *db.Tx, now time.Time) error {
		old, err := reach(tx, who, ID(who.Person), now)
		if err != nil {
			return err
		}
		if err := f.check(old.Language); err != nil {
			return err
		}
		made = old
		made.Language, made.Theme, made.Density = f.Language, f.Theme, f.Density
		if made == old {
			return db.Unchanged
		}
		made.Version++
		if err := update(tx, made); err != nil {
			return err
		}
		return s.append(tx, who, "person.settle", old.ID, now, old, made)
	})
	if err != nil {
		return Person{}, err
	}
	return made, nil
}

// List gives the people: all with all their hats for the administrator, those of
// the own organisation, with their hats of it, for a contact point.
func (s *Store) List(ctx context.Context, who access.Actor) ([]Listing, error) {
	if !access.May(who, access.PersonRead) {
		return nil, fault.Missing()
	}
	var out []Listing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = list(tx, who, s.source.Now())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("person.read: %w", err)
	}
	return out, nil
}

func list(tx *db.Tx, who access.Actor, now time.Time) ([]Listing, error) {
	var out []Listing
	if !who.Administrator {
		members, err := OfOrganisation(tx, who.Organisation, now)
		for _, m := range members {
			out = append(out, Listing{m.Person, []Hat{m.Hat}})
		}
		return out, err
	}
	people, err := db.All(tx, selectAll, scan)
	if err != nil {
		return nil, err
	}
	hats, err := db.All(tx, selectEveryHat, scanHat, now)
	of := map[ID][]Hat{}
	for _, h := range hats {
		of[h.Person] = append(of[h.Person], h)
	}
	for _, p := range people {
		out = append(out, Listing{p, of[p.ID]})
	}
	return out, err
}

// Show gives one person as List does.
func (s *Store) Show(ctx context.Context, who access.Actor, id ID) (Listing, error) {
	if !access.May(who, access.PersonRead) {
		return Listing{}, fault.Missing()
	}
	var out Listing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		now := s.source.Now()
		if out.Person, err = reach(tx, who, id, now); err != nil {
			return err
		}
		if who.Administrator {
			out.Hats, err = Hats(tx, id, now)
			return err
		}
		h, err := HatOf(tx, id, who.Organisation, now)
		if errors.Is(err, db.ErrNone) { // suspended: the hat is still there
			h, err = db.One(tx, selectHat, scanHat, id, who.Organisation)
		}
		out.Hats = []Hat{h}
		return err
	})
	if err != nil {
		return Listing{}, fmt.Errorf("person.read: %w", err)
	}
	return out, nil
}
