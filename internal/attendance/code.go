package attendance

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Open opens a code for a session: from half an hour before it until half an hour
// after it. While one is open, the same is given again.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, id, session workshop.ID) (made Code, err error) {
	err = s.hosting(ctx, who, code, id, access.AttendanceOpen, func(tx *db.Tx, a at) error {
		of, err := a.session(session)
		if err != nil {
			return err
		}
		from, to := Span(a.w, of)
		switch {
		case a.st.Now.Before(from.Add(-Before)):
			return fault.Of(fault.Conflict, "attendance.early")
		case !a.st.Now.Before(to.Add(After)):
			return fault.Of(fault.Conflict, "attendance.late")
		case a.w.State == workshop.Cancelled:
			return fault.Of(fault.Conflict, "attendance.cancelled")
		}
		all, err := codes(tx, a.op(), a.w.Seq)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Session == of.Seq && c.Open(a.st.Now) {
				made = c
				return db.Unchanged
			}
		}
		made = Code{Workshop: a.w.Seq, Session: of.Seq, Text: s.unlike(all), Until: to.Add(After).UTC(), Author: who.Name(), At: a.st.Now}
		made.Seq, err = s.noteCode(tx, a, of, nil, made)
		if err == nil {
			_, err = tx.Exec(putCode, made.args(a.op())...)
		}
		return err
	})
	return made, err
}

// unlike draws a code that this workshop never had.
func (s *Store) unlike(all []Code) string {
	for {
		text := code(s.source.Bytes(64))
		if text != "" && !slices.ContainsFunc(all, func(c Code) bool { return c.Text == text }) {
			return text
		}
	}
}

// noteCode appends what is known of a code to those who may open one, on the side that
// hosts.
func (s *Store) noteCode(tx *db.Tx, a at, of workshop.Session, before any, c Code) (int64, error) {
	value := audience.Own(a.w.Organisation)
	if a.st.Side() == access.Coordination {
		value = value.With(access.Coordination)
	}
	number, err := audience.Intern(tx, a.op(), value)
	if err != nil {
		return 0, err
	}
	return s.journal.Append(tx, a.st.Entry(access.AttendanceOpen, "attendance-code/"+string(of.ID), number),
		journal.Content{Before: before, After: c, With: map[string]string{"audience": value.String()}})
}

// Close closes the code of a session before its time. Again changes nothing.
func (s *Store) Close(ctx context.Context, who access.Actor, code operation.Code, id, session workshop.ID) error {
	return s.hosting(ctx, who, code, id, access.AttendanceOpen, func(tx *db.Tx, a at) error {
		of, err := a.session(session)
		if err != nil {
			return err
		}
		all, err := codes(tx, a.op(), a.w.Seq)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Session != of.Seq || !c.Open(a.st.Now) {
				continue
			}
			was := c
			c.Closed = Closed{Entry: 1, At: a.st.Now, Author: who.Name()} // the entry cannot say its own number
			if c.Closed.Entry, err = s.noteCode(tx, a, of, was, c); err != nil {
				return err
			}
			_, err = tx.Exec(putCode, c.args(a.op())...)
			return err
		}
		return db.Unchanged
	})
}

// Join says with a code: I am here; how is ByCode or ByLink. It answers at which
// session. Again it is the same mark, also when the code has ended by then. Whatever
// is wrong is answered alike: a code that is not open or of another workshop, too many
// guesses, somebody who was not confirmed, a mark that the trainer took back.
func (s *Store) Join(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, typed, how string) (joined workshop.Session, err error) {
	var right int64
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		return s.enter(tx, who, code, id, access.AttendanceJoin, func(tx *db.Tx, a at) (err error) {
			right, err = a.guess(tx, typed)
			return err
		})
	})
	if err != nil {
		return joined, fmt.Errorf("%s: %w", access.AttendanceJoin, err)
	}
	err = s.write(ctx, who, code, id, access.AttendanceJoin, func(tx *db.Tx, a at) error {
		joined, err = s.join(tx, a, right, how)
		return err
	})
	if err != nil {
		return workshop.Session{}, err
	}
	return joined, nil
}

func (s *Store) join(tx *db.Tx, a at, right int64, how string) (of workshop.Session, err error) {
	all, err := codes(tx, a.op(), a.w.Seq)
	if err != nil {
		return of, err
	}
	p, err := a.self(tx)
	c := slices.IndexFunc(all, func(c Code) bool { return c.Seq == right && right != none })
	if c < 0 || errors.Is(err, db.ErrNone) {
		return of, wrongCode()
	} else if err != nil {
		return of, err
	}
	i := slices.IndexFunc(a.sessions, func(x workshop.Session) bool { return x.Seq == all[c].Session })
	if i < 0 {
		return of, wrongCode()
	}
	was, err := mark(tx, a.op(), all[c].Session, p.Seq)
	switch {
	case err == nil && was.Present:
		return a.sessions[i], db.Unchanged
	case err == nil || errors.Is(err, db.ErrNone) && !all[c].Open(a.st.Now):
		return of, wrongCode()
	case !errors.Is(err, db.ErrNone):
		return of, err
	}
	if how != ByLink {
		how = ByCode
	}
	return a.sessions[i], s.put(tx, a, access.AttendanceJoin, Mark{}, Mark{Session: all[c].Session, Present: true, How: how}, p)
}

func wrongCode() error {
	var p fault.Problems
	p.Add("code", "attendance.wrong-code")
	return p.Fault()
}

// none is the number of no code.
const none = -1

// guess tells which code was typed, by its number, and counts the guess against every
// session whose code might have been meant. Who is at a session already guesses
// nothing there: a code that comes again is answered as the first time.
func (a at) guess(tx *db.Tx, typed string) (right int64, err error) {
	p, err := a.self(tx)
	if errors.Is(err, db.ErrNone) {
		return none, nil
	} else if err != nil {
		return none, err
	}
	all, err := codes(tx, a.op(), a.w.Seq)
	if err != nil {
		return none, err
	}
	var open []Code
	for _, c := range all {
		m, err := mark(tx, a.op(), c.Session, p.Seq)
		switch {
		case err != nil && !errors.Is(err, db.ErrNone):
			return none, err
		case m.Present && sameCode(c.Text, typed):
			return c.Seq, nil
		case !m.Present && c.Open(a.st.Now):
			open = append(open, c)
		}
	}
	return a.count(tx, open, typed)
}

// count counts a guess before it is compared. One too many is not compared.
func (a at) count(tx *db.Tx, open []Code, typed string) (right int64, err error) {
	right = none
	var over []Code
	for _, c := range open {
		n, err := db.One(tx, countGuess, db.Int64, a.op(), c.Session, a.st.Who.Person)
		if err != nil {
			return none, err
		}
		switch {
		case n > MaxGuesses:
			over = append(over, c)
		case sameCode(c.Text, typed):
			right = c.Seq
		}
	}
	if right != none {
		over = open
	}
	for _, c := range over {
		if _, err := tx.Exec(forgiveGuess, a.op(), c.Session, a.st.Who.Person); err != nil {
			return none, err
		}
	}
	return right, nil
}
