package task

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store keeps tasks.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Give gives a member a task: the director and coordinators to anybody who
// coordinates or controls goods, others to their own organisation. The same id
// with the same words again is the same task; with others it is a conflict.
func (s *Store) Give(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Task, error) {
	var out Task
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.TaskGive)
		if err != nil {
			return err
		}
		out, err = s.give(tx, st, d)
		return err
	})
	if err != nil {
		return Task{}, fmt.Errorf("%s: %w", access.TaskGive, err)
	}
	return out, nil
}

func (s *Store) give(tx *db.Tx, st operation.Standing, d Draft) (Task, error) {
	op := st.Operation.Number
	to, err := receiver(tx, st, d.Organisation)
	if err != nil {
		return Task{}, err
	}
	if d, err = d.clean(today(to, st.Now)); err != nil {
		return Task{}, err
	}
	old, err := db.One(tx, selectByID, scan, op, st.Who.Organisation, d.ID)
	switch {
	case err == nil && old.same(d):
		return old, db.Unchanged
	case err == nil:
		return Task{}, fault.Of(fault.Conflict, "task.id-taken")
	case !errors.Is(err, db.ErrNone):
		return Task{}, err
	}
	if d.Owner != "" {
		if err := mayOwn(tx, st, d.Organisation, d.Owner); err != nil {
			return Task{}, err
		}
	}
	t := Task{ID: d.ID, Giver: st.Who.Organisation, Author: st.Who.Person, Organisation: d.Organisation, Title: d.Title, Body: d.Body,
		Language: d.Language, Due: d.Due, Owner: d.Owner, State: Open, Version: 1, At: st.Now}
	value := t.readers()
	if t.Audience, err = audience.Intern(tx, op, value); err != nil {
		return Task{}, err
	}
	if t.Seq, err = s.journal.Append(tx, st.Entry(access.TaskGive, t.subject(), t.Audience),
		journal.Content{After: t, With: map[string]string{"audience": value.String()}}); err != nil {
		return Task{}, err
	}
	_, err = tx.Exec(insertRow, append([]any{op}, t.args()...)...)
	return t, err
}

func (t Task) subject() string { return "task/" + string(t.ID) }

// readers are whoever does it, whoever gave it, and coordination.
func (t Task) readers() audience.Value {
	return audience.Address{Sides: []access.Side{access.Coordination}, Organisations: []int64{t.Organisation}}.Value(t.Giver)
}

func today(o organisation.Organisation, now time.Time) string {
	zone, err := time.LoadLocation(o.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return now.In(zone).Format(time.DateOnly)
}

// receiver gives the organisation that a task is for, if the actor may give it one.
func receiver(tx *db.Tx, st operation.Standing, number int64) (organisation.Organisation, error) {
	wrong := fault.Problems{}
	wrong.Add("organisation", "fault.choose-one")
	if number != st.Who.Organisation && !st.May(access.TaskDirect) {
		return organisation.Organisation{}, wrong.Fault()
	}
	members, err := operation.Members(tx, st.Operation.Number)
	if err != nil {
		return organisation.Organisation{}, err
	}
	for _, m := range members {
		if m.Organisation.Number == number && (m.Membership.Side == access.Enforcement || m.Membership.Side == access.Coordination) {
			return m.Organisation, nil
		}
	}
	return organisation.Organisation{}, wrong.Fault()
}

// mayOwn refuses an owner who is nobody of the organisation, and a writer who is
// not of it.
func mayOwn(tx *db.Tx, st operation.Standing, number int64, owner string) error {
	var wrong fault.Problems
	wrong.Add("owner", "fault.choose-one")
	if number != st.Who.Organisation {
		return wrong.Fault()
	}
	people, err := person.OfOrganisation(tx, number, st.Now)
	if err != nil {
		return err
	}
	for _, p := range people {
		if string(p.Person.ID) == owner && p.Person.State != person.Suspended {
			return nil
		}
	}
	return wrong.Fault()
}

// Assign names the person of the actor's organisation who owns a task; empty:
// nobody does any more.
func (s *Store) Assign(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, owner string) (Task, error) {
	return s.change(ctx, who, code, access.TaskAssign, seq, version, func(tx *db.Tx, st operation.Standing, t *Task) error {
		if t.Organisation != who.Organisation {
			return fault.Missing()
		}
		if owner != "" {
			if err := mayOwn(tx, st, t.Organisation, owner); err != nil {
				return err
			}
		}
		if t.Owner == owner {
			return db.Unchanged
		}
		t.Owner = owner
		return nil
	})
}

// Finish says that a task of the actor's organisation is done. The same of the same
// version again is the same.
func (s *Store) Finish(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, note string) (Task, error) {
	return s.change(ctx, who, code, access.TaskFinish, seq, version, func(_ *db.Tx, st operation.Standing, t *Task) error {
		if t.Organisation != who.Organisation {
			return fault.Missing()
		}
		return t.end(st, Done, note, false)
	})
}

// Drop takes back a task that the actor's organisation gave, and says why;
// coordination may drop any that it reads. The same of the same version again is
// the same.
func (s *Store) Drop(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, why string) (Task, error) {
	return s.change(ctx, who, code, access.TaskDrop, seq, version, func(_ *db.Tx, st operation.Standing, t *Task) error {
		if t.Giver != who.Organisation && !st.May(access.TaskDirect) {
			return fault.Missing()
		}
		return t.end(st, Dropped, why, true)
	})
}

func (t *Task) end(st operation.Standing, state, text string, required bool) error {
	text, err := cleanNote(text, required)
	if err != nil {
		return err
	}
	t.State, t.Note, t.EndedBy, t.Ended = state, text, st.Who.Person, st.Now
	return nil
}

// again tells whether that version of a task was ended just so already: the answer
// got lost on its way, and the same is asked once more.
func (t Task) again(next Task, version int64) bool {
	return t.State != Open && t.Version == version+1 && t.Owner == next.Owner && t.State == next.State && t.Note == next.Note && t.EndedBy == next.EndedBy
}

// change makes the next version of an open task that the actor may read.
func (s *Store) change(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, seq, version int64,
	do func(tx *db.Tx, st operation.Standing, t *Task) error) (Task, error) {
	var out Task
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, verb)
		if err != nil {
			return err
		}
		old, err := one(tx, st, seq)
		if err != nil {
			return err
		}
		out = old
		if err := do(tx, st, &out); err != nil {
			return err
		}
		if old.again(out, version) {
			out = old
			return db.Unchanged
		}
		if old.State != Open || old.Version != version {
			return fault.Of(fault.Conflict, "task.changed")
		}
		out.Version, out.At = old.Version+1, st.Now
		if _, err := s.journal.Append(tx, st.Entry(verb, out.subject(), out.Audience), journal.Content{Before: old, After: out,
			With: map[string]string{"audience": out.readers().String()}}); err != nil {
			return err
		}
		_, err = tx.Exec(updateRow, st.Operation.Number, seq, out.Owner, out.State, out.Note, out.EndedBy, db.Null(out.Ended), out.Version, out.At)
		return err
	})
	if err != nil {
		return Task{}, fmt.Errorf("%s: %w", verb, err)
	}
	return out, nil
}

func one(tx *db.Tx, st operation.Standing, seq int64) (Task, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return Task{}, err
	}
	t, err := db.One(tx, selectBySeq, scan, st.Operation.Number, seq, readable)
	if errors.Is(err, db.ErrNone) {
		return t, fault.Missing()
	}
	return t, err
}
