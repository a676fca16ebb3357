package learnt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Carry carries open lessons of one operation into the plan of another, where the
// actor draws conclusions too: copies of what they say, who sees to them and by when,
// that name where they came from. Those of the earlier one say then where they went.
//
// The two journals are written one after the other, never at once: writers of one
// operation stand in a line of their own. What stops in between is made whole by
// asking again; nothing is carried twice.
func (s *Store) Carry(ctx context.Context, who access.Actor, from operation.Code, names []Name, into operation.Code) (carried int, err error) {
	if len(names) > MaxCarry {
		return 0, fmt.Errorf("%s: %w", access.LearntCarry, fault.At("lessons", "learnt.too-many"))
	}
	var origin Origin
	var chosen []Learnt
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		origin, chosen, err = choose(tx, s.source.Now(), who, from, names, into)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", access.LearntCarry, err)
	}
	err = s.write(ctx, who, into, access.LearntCarry, func(tx *db.Tx, st operation.Standing) error {
		carried, err = s.copied(tx, st, origin, chosen)
		return err
	})
	if err != nil {
		return 0, err
	}
	return carried, s.write(ctx, who, from, access.LearntCarry, func(tx *db.Tx, st operation.Standing) error {
		return s.marked(tx, st, chosen, into)
	})
}

// choose reads the lessons that are to be carried: open ones, and those of which the
// earlier operation says already that they went there.
func choose(tx *db.Tx, now time.Time, who access.Actor, from operation.Code, names []Name, into operation.Code) (Origin, []Learnt, error) {
	st, err := operation.Enter(tx, now, who, from, access.LearntCarry)
	if err != nil {
		return Origin{}, nil, err
	}
	if from == into {
		return Origin{}, nil, fault.At("into", "learnt.same-operation")
	}
	var out []Learnt
	for _, n := range names {
		l, err := find(tx, st, n)
		if err != nil {
			return Origin{}, nil, err
		}
		if l.Open() || l.Into == into {
			out = append(out, l)
		}
	}
	return Origin{Operation: st.Operation.Number, Code: st.Operation.Code, Name: st.Operation.Name}, out, nil
}

// copied writes the copies that do not stand yet. A day that has passed is not taken
// along: it said when something was due in the earlier operation. Nor is the workshop:
// those who read the copy may not know of it.
func (s *Store) copied(tx *db.Tx, st operation.Standing, origin Origin, chosen []Learnt) (n int, err error) {
	for _, l := range chosen {
		origin.Seq = l.Seq
		_, err := db.One(tx, selectOrigin, db.Decoded[Learnt], st.Operation.Number, origin.key())
		if err == nil {
			continue
		}
		if !errors.Is(err, db.ErrNone) {
			return 0, err
		}
		c := Learnt{ID: l.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, At: st.Now, For: l.For, Topic: l.Topic, Title: l.Title,
			Happened: l.Happened, Proposed: l.Proposed, Language: l.Language, Source: Source{Report: l.Source.Report}, Owner: l.Owner, Person: l.Person, State: Accepted, From: origin}
		if l.State == Recorded {
			c.State = Recorded
		}
		if l.Due >= st.Today() {
			c.Due = l.Due
		}
		if _, err := db.One(tx, selectOwn, db.Decoded[Learnt], st.Operation.Number, st.Who.Organisation, string(l.ID)); err == nil {
			c.ID = ID(s.source.ID()) // somebody recorded another lesson under it
		} else if !errors.Is(err, db.ErrNone) {
			return 0, err
		}
		c.act(st, "")
		if _, err := s.keep(tx, st, access.LearntCarry, nil, c); err != nil {
			return 0, err
		}
		n++
	}
	if n == 0 {
		return 0, db.Unchanged
	}
	return n, nil
}

// marked says of the lessons where they went.
func (s *Store) marked(tx *db.Tx, st operation.Standing, chosen []Learnt, into operation.Code) error {
	n := 0
	for _, l := range chosen {
		now, err := db.One(tx, selectNumbered, db.Decoded[Learnt], st.Operation.Number, l.Seq)
		if err != nil {
			return err
		}
		if !now.Open() {
			continue
		}
		before := now
		now.State, now.Into = Carried, into
		now.act(st, "")
		if _, err := s.keep(tx, st, access.LearntCarry, &before, now); err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return db.Unchanged
	}
	return nil
}
