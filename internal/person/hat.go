package person

import (
	"context"
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// AddHat lets a person act for one more organisation, or again for one. The
// administrator does: hats join what organisations keep apart.
func (s *Store) AddHat(ctx context.Context, who access.Actor, id ID, org int64, position, contactPoint string) (Hat, error) {
	if !access.May(who, access.PersonHat) {
		return Hat{}, fault.Missing()
	}
	var problems fault.Problems
	position, contactPoint = cleanHat(&problems, position, contactPoint)
	if err := problems.Fault(); err != nil {
		return Hat{}, err
	}
	var made Hat
	err := s.change(ctx, "person.hat", func(tx *db.Tx, now time.Time) error {
		p, err := reach(tx, who, id, now)
		if err != nil {
			return err
		}
		if _, err := organisation.One(tx, org); err != nil {
			return noOrganisation(err)
		}
		made = Hat{Person: id, Organisation: org, Position: position, ContactPoint: contactPoint, Since: now}
		old, err := db.One(tx, selectHat, scanHat, id, org)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		if err == nil && old.Until.IsZero() {
			if old.Position != position || old.ContactPoint != contactPoint {
				return fault.Of(fault.Conflict, "person.hat-exists")
			}
			made = old
			return db.Unchanged
		}
		return s.wear(tx, who, "person.hat", p, nil, made, now)
	})
	if err != nil {
		return Hat{}, err
	}
	return made, nil
}

// EndHat ends what a person does for an organisation: its sessions under that hat
// are not answered any more. The administrator does, or a contact point of that
// organisation; nobody takes off the hat that is being worn.
func (s *Store) EndHat(ctx context.Context, who access.Actor, id ID, org int64) error {
	if !access.May(who, access.PersonHat) && (!access.May(who, access.PersonSuspend) || org != who.Organisation) || !source.ValidID(string(id)) {
		return fault.Missing()
	}
	return s.change(ctx, "person.hat-end", func(tx *db.Tx, now time.Time) error {
		p, err := One(tx, id)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		old, errHat := db.One(tx, selectHat, scanHat, id, org)
		if errors.Is(err, db.ErrNone) || errors.Is(errHat, db.ErrNone) {
			return fault.Missing()
		}
		switch {
		case errHat != nil:
			return errHat
		case !old.Until.IsZero():
			return db.Unchanged
		case string(id) == who.Person && org == who.Organisation:
			return fault.Of(fault.Conflict, "person.self")
		case p.Administrator && !who.Administrator:
			return fault.Of(fault.Conflict, "person.administrator-only")
		}
		ended := old
		ended.Until = now
		return s.wear(tx, who, "person.hat-end", p, old, ended, now)
	})
}

// wear stores a hat; the person's version moves with it, so that an amendment
// made from an older reading is refused.
func (s *Store) wear(tx *db.Tx, who access.Actor, verb string, p Person, before any, h Hat, now time.Time) error {
	p.Version++
	if err := errors.Join(put(tx, h), update(tx, p)); err != nil {
		return err
	}
	return s.append(tx, who, verb, p.ID, now, before, h)
}

// Amend changes a person's name, and position and standing under one hat. The
// administrator does, or a contact point within its own organisation; the name
// of somebody who also acts for others is the administrator's.
func (s *Store) Amend(ctx context.Context, who access.Actor, c Change) (Person, error) {
	if !access.May(who, access.PersonRegister) || !who.Administrator && c.Organisation != 0 && c.Organisation != who.Organisation {
		return Person{}, fault.Missing()
	}
	c, err := c.Clean()
	if err != nil {
		return Person{}, err
	}
	var made Person
	err = s.change(ctx, "person.amend", func(tx *db.Tx, now time.Time) error {
		old, err := reach(tx, who, c.Person, now)
		if err != nil {
			return err
		}
		if old.Version != c.Version {
			return fault.Of(fault.Conflict, "fault.conflict")
		}
		if made = old; c.Name != old.Name {
			if err := whole(tx, who, old, now); err != nil {
				return err
			}
			made.Name = c.Name
		}
		before, after := Member{Person: old}, Member{}
		if c.Organisation != 0 {
			if before.Hat, err = db.One(tx, selectHat, scanHat, old.ID, c.Organisation); errors.Is(err, db.ErrNone) || err == nil && !before.Hat.At(now) {
				return fault.Missing()
			}
			if err != nil {
				return err
			}
			after.Hat = before.Hat
			after.Hat.Position, after.Hat.ContactPoint = c.Position, c.ContactPoint
			if err := put(tx, after.Hat); err != nil {
				return err
			}
		}
		if made == old && after.Hat == before.Hat {
			return db.Unchanged
		}
		made.Version++
		after.Person = made
		if err := update(tx, made); err != nil {
			return err
		}
		return s.append(tx, who, "person.amend", old.ID, now, before, after)
	})
	if err != nil {
		return Person{}, err
	}
	return made, nil
}
