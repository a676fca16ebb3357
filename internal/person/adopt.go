package person

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// All gives every person of the instance.
func All(tx *db.Tx) ([]Person, error) { return db.All(tx, selectAll, scan) }

// EveryHat gives every hat that a person has worn, those that ended too.
func EveryHat(tx *db.Tx, id ID) ([]Hat, error) { return db.All(tx, selectHats, scanHat, id) }

// Arrival is a person of another instance, as the file of a whole operation names
// one: who it is and which hats it wore, without anything that signs in.
type Arrival struct {
	Person Person
	Hats   []Hat
	New    func(organisation int64) bool // the body comes with the file
	Stands bool                          // the row is there, only the entries are missing
}

// Adopt takes a person of another instance in, who waits for an invitation. A login
// that is taken gets a number. Whoever is here already stays as it is and gets the
// hats that are missing. But whoever made the file does not say who acts for a body
// that stood here before: nobody gets a hat of one. It gives the login, and those
// hats in force that were left out.
func Adopt(tx *db.Tx, j *journal.Journal, who access.Actor, a Arrival, now time.Time) (login string, left []Hat, err error) {
	s, p := &Store{journal: j}, a.Person
	old, err := One(tx, p.ID)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return "", nil, err
	}
	here := err == nil && !a.Stands
	var hats []Hat
	for _, h := range a.Hats {
		_, err := db.One(tx, selectHat, scanHat, p.ID, h.Organisation)
		switch {
		case err != nil && !errors.Is(err, db.ErrNone):
			return "", nil, err
		case err == nil && !a.Stands: // it is worn here already, or was, and stays as it is
		case a.New(h.Organisation):
			hats = append(hats, h)
		case h.At(now):
			left = append(left, h)
		}
	}
	if here {
		return old.Login, left, s.hatsOf(tx, who, old, hats, now)
	}
	login, err = s.adopt(tx, who, p, hats, a.Stands, now)
	return login, left, err
}

// adopt takes somebody in who is not here.
func (s *Store) adopt(tx *db.Tx, who access.Actor, p Person, hats []Hat, stands bool, now time.Time) (_ string, err error) {
	p.State, p.Administrator, p.Persona, p.Epoch, p.Version = Invited, false, "", 1, 1
	if !stands {
		if p.Number, err = db.One(tx, selectNext, db.Int64); err == nil {
			p.Login, err = free(tx, p.Login)
		}
		if err == nil {
			err = insert(tx, p)
		}
		if err != nil {
			return "", err
		}
	}
	first := Member{Person: p}
	if len(hats) > 0 {
		first.Hat = hats[0]
		if err := put(tx, hats[0]); err != nil {
			return "", err
		}
		hats = hats[1:]
	}
	if err := s.append(tx, who, "person.register", p.ID, now, nil, first); err != nil {
		return "", err
	}
	return p.Login, s.hatsOf(tx, who, p, hats, now)
}

// hatsOf gives somebody who is here hats that are missing.
func (s *Store) hatsOf(tx *db.Tx, who access.Actor, p Person, hats []Hat, now time.Time) error {
	for _, h := range hats {
		if err := s.wear(tx, who, "person.hat", p, nil, h, now); err != nil {
			return err
		}
		p.Version++
	}
	return nil
}

// free gives a login that nobody has: the one that is asked for, or with a number.
func free(tx *db.Tx, login string) (string, error) {
	for n, try := 2, login; ; n++ {
		_, err := ByLogin(tx, try)
		if errors.Is(err, db.ErrNone) {
			return try, nil
		}
		if err != nil {
			return "", err
		}
		try = fmt.Sprintf("%s-%d", login, n)
	}
}
