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
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people do about attendance.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// at is a workshop that a command is about, with those of its sessions that take place
// and that the actor may read.
type at struct {
	st       operation.Standing
	w        workshop.Workshop
	sessions []workshop.Session
}

func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, fn func(tx *db.Tx, a at) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error { return s.enter(tx, who, code, id, access.WorkshopRead, fn) })
	if err != nil {
		return fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return nil
}

func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, need access.Permission, fn func(tx *db.Tx, a at) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error { return s.enter(tx, who, code, id, need, fn) })
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// hosting is write for who hosts the workshop: for others it does not exist.
func (s *Store) hosting(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, need access.Permission, fn func(tx *db.Tx, a at) error) error {
	return s.write(ctx, who, code, id, need, func(tx *db.Tx, a at) error {
		if !workshop.Host(a.st, a.w) {
			return fault.Missing()
		}
		return fn(tx, a)
	})
}

func (s *Store) enter(tx *db.Tx, who access.Actor, code operation.Code, id workshop.ID, need access.Permission, fn func(tx *db.Tx, a at) error) error {
	st, err := operation.Enter(tx, s.source.Now(), who, code, need)
	if err != nil {
		return err
	}
	if !source.ValidID(string(id)) {
		return fault.Missing()
	}
	a := at{st: st}
	if a.w, err = workshop.Find(tx, st, id); err != nil {
		return err
	}
	if a.sessions, err = workshop.Sessions(tx, st, a.w); err != nil {
		return err
	}
	a.sessions = on(a.sessions)
	return fn(tx, a)
}

func (a at) op() int64 { return a.st.Operation.Number }

// session gives a session that takes place and that the actor may read.
func (a at) session(id workshop.ID) (workshop.Session, error) {
	for _, s := range a.sessions {
		if s.ID == id {
			return s, nil
		}
	}
	return workshop.Session{}, fault.Missing()
}

// Record says of some participants whether they were at a session. What stands like
// that already is left alone; what was said before stays in the journal. Of who was
// not confirmed nothing is said but that a mark is taken back.
func (s *Store) Record(ctx context.Context, who access.Actor, code operation.Code, id, session workshop.ID, ticks []Tick) error {
	return s.hosting(ctx, who, code, id, access.AttendanceRecord, func(tx *db.Tx, a at) error {
		of, err := a.session(session)
		if err != nil {
			return err
		}
		if len(ticks) > MaxTicks {
			return fault.Of(fault.Invalid, "fault.too-many-items", fault.Args{"max": int64(MaxTicks)})
		}
		people, err := a.people(tx)
		if err != nil {
			return err
		}
		agenda, err := agendas(tx, a.op(), a.w, organisationsOf(people))
		if err != nil {
			return err
		}
		changed := false
		for _, t := range ticks {
			p, ok := people[t.Participant]
			if !ok {
				return fault.Missing()
			}
			if t.Present && !reads(agenda[p.Organisation], of) {
				return fault.Of(fault.Conflict, "attendance.not-for-them", fault.Args{"name": p.Name})
			}
			c, err := s.tick(tx, a, of, p, t.Present)
			if err != nil {
				return err
			}
			changed = changed || c
		}
		if !changed {
			return db.Unchanged
		}
		return nil
	})
}

// reads tells whether a session is on an agenda.
func reads(agenda []workshop.Session, of workshop.Session) bool {
	return slices.ContainsFunc(agenda, func(s workshop.Session) bool { return s.ID == of.ID })
}

func organisationsOf(people map[participant.ID]participant.Participant) (of []int64) {
	for _, p := range people {
		of = append(of, p.Organisation)
	}
	return of
}

func (a at) people(tx *db.Tx) (map[participant.ID]participant.Participant, error) {
	all, err := participant.All(tx, a.op(), a.w.Seq)
	out := make(map[participant.ID]participant.Participant, len(all))
	for _, p := range all {
		out[p.ID] = p
	}
	return out, err
}

func (s *Store) tick(tx *db.Tx, a at, of workshop.Session, p participant.Participant, present bool) (changed bool, err error) {
	was, err := mark(tx, a.op(), of.Seq, p.Seq)
	switch {
	case errors.Is(err, db.ErrNone) && !present, err == nil && was.Present == present:
		return false, nil
	case err != nil && !errors.Is(err, db.ErrNone):
		return false, err
	case present && p.State != participant.Confirmed:
		return false, fault.Of(fault.Conflict, "attendance.not-confirmed")
	}
	return true, s.put(tx, a, access.AttendanceRecord, was, Mark{Session: of.Seq, Present: present, How: ByList}, p)
}

// put keeps a mark, for whoever may know of the participant: its own organisation, the
// host and coordination. was is what stood before, zero: nothing.
func (s *Store) put(tx *db.Tx, a at, verb access.Permission, was, m Mark, p participant.Participant) error {
	m.Workshop, m.Participant, m.Organisation, m.Author, m.At = a.w.Seq, p.Seq, p.Organisation, a.st.Who.Name(), a.st.Now
	m.Audience = p.Audience
	value, err := audience.Of(tx, a.op(), m.Audience)
	if err != nil {
		return err
	}
	content := journal.Content{After: m, With: map[string]string{"audience": value.String()}}
	if was.Participant != 0 {
		content.Before = was
	}
	if m.Seq, err = s.journal.Append(tx, a.st.Entry(verb, "attendance/"+string(p.ID), m.Audience), content); err != nil {
		return err
	}
	_, err = tx.Exec(putMark, m.args(a.op())...)
	return err
}

// self gives the participant that the actor is, if confirmed; db.ErrNone: none.
func (a at) self(tx *db.Tx) (participant.Participant, error) {
	p, err := participant.Of(tx, a.op(), a.w.Seq, person.ID(a.st.Who.Person))
	if err == nil && (p.State != participant.Confirmed || p.Organisation != a.st.Who.Organisation) {
		err = db.ErrNone
	}
	return p, err
}
