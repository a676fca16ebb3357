package practice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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

// lasts is how long people may practise after a practice was opened.
const lasts = 180 * 24 * time.Hour

// Store opens practices, and knows how far people are.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// place is where a command stands: in the operation of a workshop.
type place struct {
	operation.Standing
	workshop workshop.Workshop
}

func enter(tx *db.Tx, now time.Time, who access.Actor, code operation.Code, id workshop.ID, need access.Permission) (at place, err error) {
	if at.Standing, err = operation.Enter(tx, now, who, code, need); err != nil {
		return at, err
	}
	at.workshop, err = workshop.Find(tx, at.Standing, id)
	if err == nil && slices.Contains(leading, need) && !at.leads(need) {
		err = fault.Missing()
	}
	return at, err
}

// leading is what only those do who lead a practice.
var leading = []access.Permission{access.PracticeOpen, access.PracticeWatch, access.PracticePrepare, access.PracticeAdvance}

// leads tells whether the actor leads the practice in this: the role for it, and that
// the workshop is theirs. A trainer of one administration leads nothing of another's.
func (at place) leads(p access.Permission) bool {
	return at.May(p) && workshop.Host(at.Standing, at.workshop)
}

// practice gives the workshop's practice with its operation.
func (at place) practice(tx *db.Tx) (Practice, operation.Operation, error) {
	p, err := Of(tx, at.Operation.Number, at.workshop.ID)
	if errors.Is(err, db.ErrNone) {
		return p, operation.Operation{}, fault.Missing()
	}
	if err != nil {
		return p, operation.Operation{}, err
	}
	o, err := operation.ByNumber(tx, p.Number)
	if errors.Is(err, db.ErrNone) || err == nil && !p.is(o) {
		err = fault.Missing()
	}
	return p, o, err
}

// is tells whether an operation is the practice's own. Its number alone does not: where
// an operation was moved to, another one may have that.
func (p Practice) is(o operation.Operation) bool {
	return o.Kind == operation.KindPractice && string(o.ID) == string(p.ID)
}

// learns tells whether the actor may practise: who was confirmed for the workshop,
// and who leads it.
func (at place) learns(tx *db.Tx) (bool, error) {
	if at.leads(access.PracticeWatch) {
		return true, nil
	}
	p, err := participant.Of(tx, at.Operation.Number, at.workshop.Seq, person.ID(at.Who.Person))
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return err == nil && p.State == participant.Confirmed && p.Organisation == at.Who.Organisation, err
}

// Open opens the practice of a workshop: an operation of its own, with whoever opens
// it as its director. A workshop has one; the same draft again is the same practice.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, d Draft) (made Practice, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeOpen)
		if err != nil {
			return err
		}
		d, err := d.clean()
		if err != nil {
			return err
		}
		old, err := Of(tx, at.Operation.Number, id)
		switch {
		case err == nil && old.ID == d.ID:
			made = old
			return db.Unchanged
		case err == nil:
			return fault.Of(fault.Conflict, "practice.exists")
		case !errors.Is(err, db.ErrNone):
			return err
		}
		made, err = s.open(tx, at, d)
		return err
	})
	return made, fault.In(access.PracticeOpen, err)
}

func (s *Store) open(tx *db.Tx, at place, d Draft) (Practice, error) {
	day := func(t time.Time) string { return t.In(at.Operation.Location()).Format(time.DateOnly) }
	o, err := operation.Begin(tx, s.journal, at.Standing, d.opening(at.Operation, day(at.Now.Add(-48*time.Hour)), day(at.Now.Add(lasts))))
	if err != nil {
		return Practice{}, err
	}
	p := Practice{ID: d.ID, Code: o.Code, Number: o.Number, Parent: at.Operation.Code, Workshop: at.workshop.ID, Organisation: at.Who.Organisation,
		Author: at.Who.Person, Language: d.Language, Audience: at.workshop.Audience, At: at.Now}
	value, err := audience.Of(tx, at.Operation.Number, p.Audience)
	if err != nil {
		return p, err
	}
	beside := p
	beside.Seq, err = s.journal.Append(tx, at.Entry(access.PracticeOpen, p.EntrySubject(), p.Audience),
		journal.Content{After: beside, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(insertPractice, beside.args(at.Operation.Number)...)
	}
	if err != nil {
		return p, err
	}
	return p, s.fill(tx, operation.Standing{Operation: o, Who: at.Who, Now: at.Now}, &p, d.Tasks)
}

// fill writes the practice and its tasks into its own journal. What is expected is for
// its coordination alone.
func (s *Store) fill(tx *db.Tx, in operation.Standing, p *Practice, tasks []Task) error {
	op := in.Operation.Number
	var err error
	if p.Audience, err = s.note(tx, in, access.PracticeOpen, p.EntrySubject(), coordination(p.Organisation), func(aud int64) any {
		p.Audience = aud
		return *p
	}, &p.Seq); err != nil {
		return err
	}
	if _, err = tx.Exec(insertPractice, p.args(op)...); err != nil {
		return err
	}
	for _, t := range tasks {
		if _, err := s.note(tx, in, access.PracticeOpen, fmt.Sprintf("practice-task/%d", t.Number), coordination(p.Organisation), func(int64) any { return t }, &t.Seq); err != nil {
			return err
		}
		if _, err := tx.Exec(insertTask, t.args(op)...); err != nil {
			return err
		}
	}
	return nil
}

func coordination(organisation int64) audience.Value {
	return audience.Own(organisation).With(access.Coordination)
}

// note appends an entry for some readers, and gives their audience.
func (s *Store) note(tx *db.Tx, in operation.Standing, verb access.Permission, subject string, v audience.Value, after func(aud int64) any, seq *int64) (int64, error) {
	aud, err := audience.Intern(tx, in.Operation.Number, v)
	if err != nil {
		return 0, err
	}
	*seq, err = s.journal.Append(tx, in.Entry(verb, subject, aud), journal.Content{After: after(aud), With: map[string]string{"audience": v.String()}})
	return aud, err
}

// Join begins a task. Whoever was confirmed for the workshop is enrolled in the
// practice by that; begun again before it was reset, it stays begun.
func (s *Store) Join(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, task int64) error {
	return s.step(ctx, who, code, id, access.PracticeJoin, func(tx *db.Tx, at place, p Practice, o operation.Operation) error {
		tasks, err := db.All(tx, selectTasks, db.Decoded[Task], o.Number)
		if err != nil {
			return err
		}
		if task < 1 || task > int64(len(tasks)) {
			return fault.Missing()
		}
		side, err := operation.SideOf(tx, o.Number, who.Organisation)
		if err != nil {
			return err
		}
		if side == "" {
			side = at.Side()
		}
		roles := []access.Role{access.Officer, access.ContactPoint}
		if side == access.Coordination || at.leads(access.PracticeOpen) {
			roles = []access.Role{access.Coordinator}
		}
		if err := operation.Enrol(tx, s.journal, at.Now, o, who, side, roles...); err != nil {
			return err
		}
		steps, err := db.All(tx, selectSteps, db.Decoded[Step], o.Number)
		if err != nil {
			return err
		}
		if begun(steps, who.Person, task).Seq != 0 {
			return db.Unchanged
		}
		return s.keep(tx, operation.Standing{Operation: o, Who: who, Now: at.Now}, access.PracticeJoin,
			Step{Person: who.Person, Organisation: who.Organisation, Task: task, Kind: Begun, At: at.Now})
	})
}

// Reset begins a task again, or with 0 all of them: what the actor did before does not
// count any more. For everybody, only who leads does.
func (s *Store) Reset(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, task int64, everybody bool) error {
	return s.step(ctx, who, code, id, access.PracticeReset, func(tx *db.Tx, at place, p Practice, o operation.Operation) error {
		step := Step{Person: who.Person, Organisation: who.Organisation, Task: task, Kind: Reset, At: at.Now}
		if everybody {
			if !at.leads(access.PracticeOpen) {
				return fault.Missing()
			}
			step.Person, step.Task = "", 0
		}
		steps, err := db.All(tx, selectSteps, db.Decoded[Step], o.Number)
		if err != nil {
			return err
		}
		if !changes(steps, step) {
			return db.Unchanged
		}
		return s.keep(tx, operation.Standing{Operation: o, Who: who, Now: at.Now}, access.PracticeReset, step)
	})
}

// changes tells whether there is anything that a reset would take back.
func changes(steps []Step, r Step) bool {
	for _, s := range steps {
		if s.Kind == Begun && (r.Person == "" || s.Person == r.Person) && (r.Task == 0 || s.Task == r.Task) && begun(steps, s.Person, s.Task).Seq != 0 {
			return true
		}
	}
	return false
}

// step is the frame of what a learner does.
func (s *Store) step(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, need access.Permission,
	do func(tx *db.Tx, at place, p Practice, o operation.Operation) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		at, err := enter(tx, s.source.Now(), who, code, id, need)
		if err != nil {
			return err
		}
		p, o, err := at.practice(tx)
		if err != nil {
			return err
		}
		may, err := at.learns(tx)
		if err == nil && !may {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		return do(tx, at, p, o)
	})
	return fault.In(need, err)
}

// keep writes a step, for one's own administration and who leads.
func (s *Store) keep(tx *db.Tx, in operation.Standing, verb access.Permission, step Step) error {
	if _, err := journal.Lock(tx, in.Operation.Number); err != nil {
		return err
	}
	subject := "practice-step/" + step.Person
	if step.Person == "" {
		subject = "practice-step/all"
	}
	if _, err := s.note(tx, in, verb, subject, coordination(step.Organisation), func(int64) any { return step }, &step.Seq); err != nil {
		return err
	}
	_, err := tx.Exec(insertStep, step.args(in.Operation.Number)...)
	return err
}

// begun is the step with which somebody began a task, or began it again; the zero Step:
// they have not. What counts for it has a higher number: clocks are not asked.
func begun(steps []Step, person string, task int64) (at Step) {
	for _, s := range steps { // in their order
		mine := s.Person == person || s.Person == "" && s.Kind == Reset
		switch {
		case mine && s.Kind == Begun && s.Task == task:
			at = s
		case mine && s.Kind == Reset && (s.Task == 0 || s.Task == task):
			at = Step{}
		}
	}
	return at
}

// Round counts how often the trainer began again for all, from 1.
func Round(steps []Step) int64 {
	n := int64(1)
	for _, s := range steps {
		if s.Person == "" {
			n++
		}
	}
	return n
}
