package person

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with people.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	secret  *source.Source // links and salts, which nobody may foresee, also in a story
	hasher  *Hasher
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	real := source.Real()
	return &Store{db: d, journal: j, source: s, secret: real, hasher: NewHasher(real)}
}

// Hasher gives the store's hasher; package session compares with it.
func (s *Store) Hasher() *Hasher { return s.hasher }

// Register makes a person with a first hat. The administrator does, or a contact
// point for its own organisation. The same draft again gives the same person.
func (s *Store) Register(ctx context.Context, who access.Actor, d Draft) (Person, error) {
	if !access.May(who, access.PersonRegister) || !who.Administrator && d.Organisation != who.Organisation {
		return Person{}, fault.Missing()
	}
	if !who.Administrator && (d.Administrator || d.Active || d.Persona != "") {
		return Person{}, fault.Missing()
	}
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	d, err := d.Clean()
	if err != nil {
		return Person{}, err
	}
	var made Person
	err = s.change(ctx, "person.register", func(tx *db.Tx, now time.Time) error {
		if old, err := One(tx, d.ID); err == nil {
			made = old
			return same(tx, old, d)
		}
		made, err = s.register(tx, who, d, now)
		return err
	})
	if err != nil {
		return Person{}, err
	}
	return made, nil
}

// same answers a repeated registration.
func same(tx *db.Tx, old Person, d Draft) error {
	h, err := db.One(tx, selectHat, scanHat, old.ID, d.Organisation)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	if err != nil || old.Login != d.Login || old.Name != d.Name || old.Language != d.Language || old.Persona != d.Persona ||
		old.Administrator != d.Administrator || h.Position != d.Position || h.ContactPoint != d.ContactPoint {
		return fault.Of(fault.Conflict, "person.exists")
	}
	return db.Unchanged
}

func (s *Store) register(tx *db.Tx, who access.Actor, d Draft, now time.Time) (Person, error) {
	if _, err := organisation.One(tx, d.Organisation); err != nil {
		return Person{}, noOrganisation(err)
	}
	if _, err := ByLogin(tx, d.Login); err == nil {
		return Person{}, fault.At("login", "person.login-taken")
	}
	number, err := db.One(tx, selectNext, db.Int64)
	if err != nil {
		return Person{}, err
	}
	p := Person{Number: number, ID: d.ID, Login: d.Login, Name: d.Name, Language: d.Language, Theme: "auto", Density: "auto",
		Administrator: d.Administrator, State: Invited, Persona: d.Persona, Epoch: 1, Version: 1}
	if d.Active || d.Persona != "" {
		p.State = Active
	}
	h := Hat{Person: p.ID, Organisation: d.Organisation, Position: d.Position, ContactPoint: d.ContactPoint, Since: now}
	if err := errors.Join(insert(tx, p), put(tx, h)); err != nil {
		return p, err
	}
	return p, s.append(tx, who, "person.register", p.ID, now, nil, Member{p, h})
}

// Bootstrap makes the first organisation and the first administrator of an empty
// instance, and gives the one-time link token of the administrator. Run again
// before the link was used it gives a new one; later it is refused.
func (s *Store) Bootstrap(ctx context.Context, od organisation.Draft, d Draft) (token string, err error) {
	who := access.Actor{System: "init"}
	if od.ID == "" {
		od.ID = organisation.ID(s.source.ID())
	}
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	d.Administrator, d.Active, d.Persona = true, false, ""
	if d.Organisation == 0 {
		d.Organisation = 1 // until the organisation has its number
	}
	if err := od.Check(); err != nil {
		return "", err
	}
	if d, err = d.Clean(); err != nil {
		return "", err
	}
	token = NewSecret(s.secret)
	err = s.change(ctx, "person.bootstrap", func(tx *db.Tx, now time.Time) error {
		all, err := db.All(tx, selectAll, scan)
		if err != nil {
			return err
		}
		var p Person
		switch {
		case len(all) == 0:
			o, err := organisation.Insert(tx, s.journal, who, s.source, od)
			if err != nil && !errors.Is(err, db.Unchanged) {
				return err
			}
			d := d
			d.Organisation = o.Number
			if p, err = s.register(tx, who, d, now); err != nil {
				return err
			}
		case len(all) == 1 && all[0].Administrator && all[0].State == Invited && all[0].Login == d.Login:
			p = all[0]
		default:
			return fault.Of(fault.Conflict, "person.initialised")
		}
		return s.invite(tx, who, p, token, now)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// change is one unit of work on the instance's journal, named by its verb.
func (s *Store) change(ctx context.Context, verb string, fn func(tx *db.Tx, now time.Time) error) error {
	err := s.db.Write(ctx, "", func(tx *db.Tx) error {
		if _, err := journal.Lock(tx, journal.Instance); err != nil {
			return err
		}
		return fn(tx, s.source.Now())
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}

func (s *Store) append(tx *db.Tx, who access.Actor, verb string, id ID, now time.Time, before, after any) error {
	return s.appendWith(tx, who, verb, id, now, journal.Content{Before: before, After: after})
}

func (s *Store) appendWith(tx *db.Tx, who access.Actor, verb string, id ID, now time.Time, c journal.Content) error {
	_, err := s.journal.Append(tx, journal.Entry{Operation: journal.Instance, At: now, Actor: who.Name(), Organisation: who.Organisation,
		Verb: verb, Subject: "person/" + string(id)}, c)
	return err
}

// reach gives a person whom the actor may know of: anyone for the administrator,
// otherwise one who wears a hat of the actor's organisation.
func reach(tx *db.Tx, who access.Actor, id ID, now time.Time) (Person, error) {
	if !source.ValidID(string(id)) { // PostgreSQL would refuse some texts with an error of its own
		return Person{}, fault.Missing()
	}
	p, err := One(tx, id)
	if errors.Is(err, db.ErrNone) {
		return p, fault.Missing()
	}
	if err != nil || who.Administrator {
		return p, err
	}
	h, err := db.One(tx, selectHat, scanHat, id, who.Organisation)
	if errors.Is(err, db.ErrNone) || err == nil && !h.At(now) {
		return Person{}, fault.Missing()
	}
	return p, err
}

// whole tells whether the actor may act on the whole of a person within reach:
// the administrator, or a contact point while nobody else's hat is concerned. A
// contact point who could reset the password of an administrator, or of another
// organisation's officer, would get their rights.
func whole(tx *db.Tx, who access.Actor, p Person, now time.Time) error {
	if who.Administrator {
		return nil
	}
	hats, err := Hats(tx, p.ID, now)
	if err != nil {
		return err
	}
	for _, h := range hats {
		if h.Organisation != who.Organisation {
			return fault.Of(fault.Conflict, "person.administrator-only")
		}
	}
	if p.Administrator {
		return fault.Of(fault.Conflict, "person.administrator-only")
	}
	return nil
}

// Governs tells, as a fault, why the actor may not act on the whole of a person.
func Governs(tx *db.Tx, who access.Actor, id ID, now time.Time) error {
	p, err := reach(tx, who, id, now)
	if err != nil {
		return err
	}
	return whole(tx, who, p, now)
}

func noOrganisation(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.At("organisation", "fault.choose-one")
	}
	return err
}
