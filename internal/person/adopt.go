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

// Adopt takes in a person of another instance, as the file of a whole operation
// names one: who it is and which hats it wore, without anything that signs in. The
// person waits for an invitation. A login that is taken gets a number. Whoever is
// here already stays as it is and gets the hats that are missing. stands: the row is
// there, only the entries are missing. It gives the login.
func Adopt(tx *db.Tx, j *journal.Journal, who access.Actor, p Person, hats []Hat, stands bool, now time.Time) (string, error) {
	s := &Store{journal: j}
	old, err := One(tx, p.ID)
	if here := err == nil && !stands; here {
		return old.Login, s.hatsOf(tx, who, old, hats, now)
	} else if err != nil && !errors.Is(err, db.ErrNone) {
		return "", err
	}
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
	for _, h := range hats {
		if err := s.wear(tx, who, "person.hat", p, nil, h, now); err != nil {
			return "", err
		}
		p.Version++
	}
	return p.Login, nil
}

// hatsOf gives somebody who is here the hats that are missing.
func (s *Store) hatsOf(tx *db.Tx, who access.Actor, p Person, hats []Hat, now time.Time) error {
	for _, h := range hats {
		_, err := db.One(tx, selectHat, scanHat, p.ID, h.Organisation)
		if err == nil {
			continue
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
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
