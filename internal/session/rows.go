package session

import (
	"errors"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const columns = `id, person, organisation, kind, agent, epoch, created, seen, ends`

var (
	insertSession = db.Statement(`insert into session (` + columns + `, token_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	selectByToken = db.Statement(`select ` + columns + ` from session where token_hash = $1`)
	selectByID    = db.Statement(`select ` + columns + ` from session where id = $1 and person = $2`)
	selectOf      = db.Statement(`select ` + columns + ` from session where person = $1 order by seen desc, id`)
	updateSeen    = db.Statement(`update session set seen = $2 where id = $1 and seen < $2`)
	updateWorn    = db.Statement(`update session set organisation = $2 where id = $1`)
	deleteOne     = db.Statement(`delete from session where id = $1 and person = $2`)
	deleteDead    = db.Statement(`delete from session where ends <= $1 or created > $4 or (kind <> $2 and seen <= $3)
		or epoch <> (select p.epoch from person p where p.id = session.person)`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{{Name: "session", Unsaid: "housekeeping: who is signed in now", Stays: "who is signed in: credentials",
			Unsaved: "a restore ends all sessions: who restores cannot know what happened to them since"}},
		Instance: func(*journal.Audit) journal.Replay {
			return journal.Rowless(func(verb string) bool { return strings.HasPrefix(verb, "session.") })
		},
	}
}

func scan(r db.Scanner) (row, error) {
	var s row
	err := r.Scan(&s.ID, &s.Person, &s.Organisation, &s.Kind, &s.Agent, &s.Epoch, db.Time(&s.Created), db.Time(&s.Seen), db.Time(&s.Ends))
	return s, err
}

func insert(tx *db.Tx, r row, hash string) error {
	_, err := tx.Exec(insertSession, r.ID, r.Person, r.Organisation, r.Kind, r.Agent, r.Epoch, r.Created, r.Seen, r.Ends, hash)
	return err
}

// wearable gives the hats that may be worn now. Clocks of several nodes differ a
// little, so a hat with any end is not worn any more, whatever the clock says.
func wearable(tx *db.Tx, id person.ID, now time.Time) ([]person.Hat, error) {
	hats, err := person.Hats(tx, id, now)
	var out []person.Hat
	for _, h := range hats {
		if h.Until.IsZero() {
			out = append(out, h)
		}
	}
	return out, err
}

// load makes a whole session of a row, or says that it opens nothing any more.
func load(tx *db.Tx, r row, now time.Time) (Session, error) {
	s := Session{ID: r.ID, Kind: r.Kind, Agent: r.Agent, Created: r.Created, Seen: r.Seen, Ends: r.Ends}
	var err error
	if s.Person, err = person.One(tx, r.Person); err != nil {
		return s, missing(err)
	}
	if s.Person.State != person.Active || s.Person.Epoch != r.Epoch {
		return s, unauthenticated()
	}
	hats, err := wearable(tx, r.Person, now)
	if err != nil {
		return s, err
	}
	var numbers []int64
	for _, h := range hats {
		numbers = append(numbers, h.Organisation)
	}
	all, err := organisation.These(tx, numbers)
	if err != nil {
		return s, err
	}
	found := false
	for _, h := range hats {
		s.Hats = append(s.Hats, Worn{h, all[h.Organisation]})
		if h.Organisation == r.Organisation {
			s.Hat, s.Organisation, found = h, all[h.Organisation], true
		}
	}
	if !found {
		return s, unauthenticated()
	}
	s.Actor = actor(s.Person, s.Hat)
	return s, nil
}

// missing turns a row that is not there into the answer for dead sessions.
func missing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return unauthenticated()
	}
	return err
}
