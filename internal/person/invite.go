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
)

// LinkLife is how long a one-time link works.
const LinkLife = 72 * time.Hour

// What a link is for; labels under person.purpose.
const (
	First = "first" // the first password
	Reset = "reset" // a new one
)

// Offer is what a one-time link holds.
type Offer struct {
	Person  Person
	Purpose string
	Ends    time.Time
}

var (
	insertInvitation = db.Statement(`insert into invitation (token_hash, person, purpose, made_by, created, ends)
		values ($1, $2, $3, $4, $5, $6)`)
	selectInvitation  = db.Statement(`select person, purpose, ends from invitation where token_hash = $1`)
	deleteInvitations = db.Statement(`delete from invitation where person = $1`)
	cleanInvitations  = db.Statement(`delete from invitation where ends <= $1`)
)

// Invite makes a one-time link with which a person sets the first password, or a
// new one, and gives its token; an earlier link of the person stops working. The
// administrator does, or a contact point for people of its own organisation only.
func (s *Store) Invite(ctx context.Context, who access.Actor, id ID) (token string, err error) {
	if !access.May(who, access.PersonInvite) {
		return "", fault.Missing()
	}
	token = NewSecret(s.secret)
	err = s.change(ctx, "person.invite", func(tx *db.Tx, now time.Time) error {
		p, err := reach(tx, who, id, now)
		if err != nil {
			return err
		}
		if err := whole(tx, who, p, now); err != nil {
			return err
		}
		if p.State == Suspended {
			return fault.Of(fault.Conflict, "person.suspended")
		}
		return s.invite(tx, who, p, token, now)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

func (s *Store) invite(tx *db.Tx, who access.Actor, p Person, token string, now time.Time) error {
	o := Offer{Purpose: Reset, Ends: now.Add(LinkLife)}
	if p.State == Invited {
		o.Purpose = First
	}
	if _, err := tx.Exec(deleteInvitations, p.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(insertInvitation, HashSecret(token), p.ID, o.Purpose, who.Name(), now, o.Ends); err != nil {
		return err
	}
	return s.append(tx, who, "person.invite", p.ID, now, nil, map[string]any{"purpose": o.Purpose, "ends": o.Ends})
}

// offered reads a link that still works.
func offered(tx *db.Tx, token string, now time.Time) (Offer, error) {
	var id ID
	o, err := db.One(tx, selectInvitation, func(row db.Scanner) (o Offer, err error) {
		return o, row.Scan(&id, &o.Purpose, db.Time(&o.Ends))
	}, HashSecret(token))
	expired := fault.Of(fault.NotFound, "fault.expired")
	if errors.Is(err, db.ErrNone) || err == nil && !o.Ends.After(now) {
		return Offer{}, expired
	}
	if err != nil {
		return Offer{}, err
	}
	if o.Person, err = One(tx, id); err == nil && o.Person.State == Suspended {
		return Offer{}, expired
	}
	return o, err
}

// Offered shows the holder of a link whose it is. It is public: the token is the
// right. A link that was used, has expired or never was is fault.expired.
func (s *Store) Offered(ctx context.Context, token string) (Offer, error) {
	var o Offer
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		o, err = offered(tx, token, s.source.Now())
		return err
	})
	if err != nil {
		return Offer{}, fmt.Errorf("person.offered: %w", err)
	}
	return o, nil
}

// Redeem sets the password of the person whose link it is, once, and ends the
// person's sessions. It is public; the journal names the person. The problems of
// the password are on the field "password".
func (s *Store) Redeem(ctx context.Context, token, password string) (Person, error) {
	o, err := s.Offered(ctx, token)
	if err != nil {
		return Person{}, err
	}
	if err := checkPassword(password, o.Person); err != nil {
		return Person{}, err
	}
	phc, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return Person{}, fmt.Errorf("person.redeem: %w", err)
	}
	var made Person
	err = s.change(ctx, "person.redeem", func(tx *db.Tx, now time.Time) error {
		o, err := offered(tx, token, now)
		if err != nil {
			return err
		}
		who, err := self(tx, o.Person, now)
		if err != nil {
			return err
		}
		made, err = s.setPassword(tx, who, "person.redeem", o.Person, phc, now)
		return err
	})
	if err != nil {
		return Person{}, err
	}
	return made, nil
}

// self is a person who acts without a session, under the first of its hats.
func self(tx *db.Tx, p Person, now time.Time) (access.Actor, error) {
	who := access.Actor{Person: string(p.ID)}
	hats, err := Hats(tx, p.ID, now)
	if len(hats) > 0 {
		who.Organisation = hats[0].Organisation
	}
	return who, err
}

func (s *Store) setPassword(tx *db.Tx, who access.Actor, verb string, p Person, phc string, now time.Time) (Person, error) {
	old := p
	p.State = Active
	p.Epoch++
	p.Version++
	if _, err := tx.Exec(updatePassword, p.ID, phc); err != nil {
		return p, err
	}
	if _, err := tx.Exec(deleteInvitations, p.ID); err != nil {
		return p, err
	}
	if err := errors.Join(update(tx, p), Forgive(tx, p.Login)); err != nil {
		return p, err
	}
	return p, s.appendWith(tx, who, verb, p.ID, now, journal.Content{Before: old, After: p,
		With: map[string]string{"password": fingerprint(phc)}})
}

// ChangePassword sets a new password for who knows the old one, and ends all the
// person's sessions, this one too: the door signs in again with the new password,
// which also gives the browser a new token. Problems are on the fields "old" and
// "password". Wrong tries count as failed sign-ins.
func (s *Store) ChangePassword(ctx context.Context, who access.Actor, old, password string) error {
	if !access.May(who, access.PersonSettle) {
		return fault.Missing()
	}
	var p Person
	var before string
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if p, err = reach(tx, who, ID(who.Person), s.source.Now()); err != nil {
			return err
		}
		before, err = PasswordOf(tx, p.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("person.password: %w", err)
	}
	if err := checkPassword(password, p); err != nil {
		return err
	}
	id := s.secret.ID()
	if err := s.db.Keep(ctx, func(tx *db.Tx) error { return Attempt(tx, id, p.Login, s.source.Now()) }); err != nil {
		return fmt.Errorf("person.password: %w", err)
	}
	ok, err := s.hasher.Matches(ctx, before, old)
	if err != nil {
		return fmt.Errorf("person.password: %w", err)
	}
	if !ok {
		return fault.At("old", "person.password-old")
	}
	phc, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return fmt.Errorf("person.password: %w", err)
	}
	return s.change(ctx, "person.password", func(tx *db.Tx, now time.Time) error {
		p, err := reach(tx, who, ID(who.Person), now)
		if err != nil {
			return err
		}
		if stored, err := PasswordOf(tx, p.ID); err != nil || stored != before || p.State != Active {
			return errors.Join(err, fault.Of(fault.Conflict, "fault.conflict"))
		}
		_, err = s.setPassword(tx, who, "person.password", p, phc, now)
		return err
	})
}

// Cleanup removes links that have expired. Housekeeping calls it.
func (s *Store) Cleanup(ctx context.Context) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(cleanInvitations, s.source.Now())
		return err
	})
}
