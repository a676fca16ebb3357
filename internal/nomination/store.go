package nomination

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people do about who comes to a workshop.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// at is where a command stands: a workshop that its actor reads, with who takes part.
type at struct {
	operation.Standing
	w      workshop.Workshop
	places []participant.Places
	people []participant.Participant
}

func (a at) op() int64 { return a.Operation.Number }

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, need access.Permission, fn func(tx *db.Tx, a at) error) error {
	return fault.In(need, s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		a := at{Standing: st}
		if a.w, err = workshop.Find(tx, st, id); err != nil {
			return err
		}
		if a.places, a.people, err = participant.Counted(tx, a.op(), a.w.Seq); err != nil {
			return err
		}
		return fn(tx, a)
	}))
}

// hosted is write for who holds the workshop, while it was not called off; for everybody
// else there is none.
func (s *Store) hosted(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, need access.Permission, fn func(tx *db.Tx, a at) error) error {
	return s.write(ctx, who, code, id, need, func(tx *db.Tx, a at) error {
		switch {
		case !workshop.Host(a.Standing, a.w):
			return fault.Missing()
		case a.w.State == workshop.Cancelled:
			return conflict("workshop.cancelled")
		}
		return fn(tx, a)
	})
}

func conflict(key string, args ...fault.Args) error { return fault.Of(fault.Conflict, key, args...) }

// personal is who reads of an organisation's people: it, the host and coordination.
func (a at) personal(tx *db.Tx, org int64) (int64, error) {
	return audience.Intern(tx, a.op(), audience.Value{Organisations: []int64{org, a.w.Organisation}, Sides: []access.Side{access.Coordination}})
}

// note appends what was done to something that stands in an audience.
func (s *Store) note(tx *db.Tx, a at, verb access.Permission, subject string, number int64, before, after any) (int64, error) {
	value, err := audience.Of(tx, a.op(), number)
	if err != nil {
		return 0, err
	}
	return s.journal.Append(tx, a.Entry(verb, subject, number),
		journal.Content{Before: before, After: after, With: map[string]string{"audience": value.String()}})
}

// keep writes a participant that changed, in its next version.
func (s *Store) keep(tx *db.Tx, a at, verb access.Permission, before, p participant.Participant) (participant.Participant, error) {
	p.Version, p.At = before.Version+1, a.Now
	if _, err := s.note(tx, a, verb, p.EntrySubject(), p.Audience, before, p); err != nil {
		return p, err
	}
	return p, participant.Keep(tx, a.op(), p)
}

// Nominate names people of the actor's organisation, while nominations are asked for and
// places are left: all of them, or nobody. The same draft again is the same participant;
// its id with other content is a Conflict. Paths are people, and people.N with the names
// of Draft's fields.
func (s *Store) Nominate(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, all ...Draft) (made []participant.Participant, err error) {
	all = slices.Clone(all)
	for i := range all {
		if all[i].ID == "" {
			all[i].ID = participant.ID(s.source.ID())
		}
	}
	err = s.write(ctx, who, code, id, access.WorkshopNominate, func(tx *db.Tx, a at) error {
		if err := fits("people", len(all)); err != nil {
			return err
		}
		people, fresh, err := a.nominees(tx, all)
		if err != nil {
			return err
		}
		if made = people; len(fresh) == 0 {
			return db.Unchanged
		}
		if err := a.takes(people, fresh); err != nil {
			return err
		}
		for _, i := range fresh {
			if made[i], err = s.name(tx, a, made[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// name writes somebody who is named now.
func (s *Store) name(tx *db.Tx, a at, p participant.Participant) (_ participant.Participant, err error) {
	if p.Audience, err = a.personal(tx, p.Organisation); err != nil {
		return p, err
	}
	if p.Seq, err = s.note(tx, a, access.WorkshopNominate, p.EntrySubject(), p.Audience, nil, p); err != nil {
		return p, err
	}
	return p, participant.Keep(tx, a.op(), p)
}

// Withdraw takes somebody of the actor's organisation back; reason may be empty. Again
// changes nothing. Nobody moves up by it: the host sees that a place is free.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, of participant.ID, reason string) error {
	return s.write(ctx, who, code, id, access.WorkshopNominate, func(tx *db.Tx, a at) error {
		p, err := participant.Among(a.people, of, who.Organisation)
		if err != nil {
			return err
		}
		next := p
		var wrong fault.Problems
		next.State, next.Reason = participant.Withdrawn, reasoned(&wrong, reason, false)
		switch {
		case wrong.Fault() != nil:
			return wrong.Fault()
		case p.State == participant.Withdrawn:
			return db.Unchanged
		case a.w.State == workshop.Cancelled:
			return conflict("workshop.cancelled")
		case a.w.Over(a.Now):
			return conflict("workshop.over-people")
		}
		_, err = s.keep(tx, a, access.WorkshopNominate, p, next)
		return err
	})
}

// Confirm confirms or declines (with a reason) people who were nominated: all of them, or
// nobody. Where no place of its organisation is free, whoever is confirmed waits, the last
// of the list first; a second yes asks again. Who was withdrawn is not confirmed. Once the
// workshop is over nobody is declined; whoever came all the same is confirmed, because
// attendance is kept of those. Paths are people and reason.
func (s *Store) Confirm(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, yes bool, reason string, people ...participant.ID) (made []participant.Participant, err error) {
	err = s.hosted(ctx, who, code, id, access.WorkshopConfirm, func(tx *db.Tx, a at) error {
		why, err := answer(people, yes, reason)
		if err != nil {
			return err
		}
		made = nil
		changed := false
		for _, of := range people {
			p, next, err := a.answered(of, yes, why)
			if err != nil {
				return err
			}
			if next.State != p.State || next.Reason != p.Reason {
				if next, err = s.keep(tx, a, access.WorkshopConfirm, p, next); err != nil {
					return err
				}
				changed = true
				a.put(next)
			}
			made = append(made, next)
		}
		if !changed {
			return db.Unchanged
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}
