package practice

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Desk is what somebody sees of the practice of a workshop.
type Desk struct {
	Standing operation.Standing // in the operation of the workshop
	Workshop workshop.Workshop
	Practice Practice // zero: none was opened
	Name     string   // of the practice
	Language string
	Items    []Item
	Learns   bool // may begin tasks
	Enrolled bool // takes part in the practice already
	MayOpen  bool // leads it
	MayWatch bool // all, or one's own people
	Days     []Day
	Prepares bool // may copy a past operation
	Prepared bool // there is a replay, whether or not a day of it was played
}

// Read gives the tasks of a workshop's practice, as the actor stands with them.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (out Desk, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Desk{}
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeRead)
		if err != nil {
			return err
		}
		out.Standing, out.Workshop = at.Standing, at.workshop
		out.MayOpen, out.Prepares, out.MayWatch = at.leads(access.PracticeOpen), at.leads(access.PracticePrepare), at.watches()
		if out.Learns, err = at.learns(tx); err != nil {
			return err
		}
		p, o, err := at.practice(tx)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		out.Practice, out.Name, out.Language = p, o.Name, o.Language
		if out.Enrolled, err = operation.Practising(tx, o, who, at.Now); err != nil {
			return err
		}
		l, err := lookAt(tx, p, o, who.Organisation)
		if err != nil {
			return err
		}
		if out.Items, err = l.items(tx, who.Person, who.Organisation); err != nil {
			return err
		}
		out.Days, err = db.All(tx, selectDays, db.Decoded[Day], o.Number)
		out.Prepared = len(out.Days) > 0
		if !out.MayOpen { // what was not played yet is for nobody else
			out.Days = slices.DeleteFunc(out.Days, func(d Day) bool { return d.Played.IsZero() })
		}
		return err
	})
	return out, fault.In(access.PracticeRead, err)
}

// watches tells whether the actor may see how far others are: whoever leads, and the
// contact point of one's own people.
func (at place) watches() bool {
	return at.leads(access.PracticeWatch) || slices.Contains(at.Roles, access.ContactPoint)
}

// Learner is one person with their tasks.
type Learner struct {
	Person       person.Person
	Organisation organisation.Organisation
	Items        []Item
	Enrolled     bool
}

// Done counts the tasks that are done.
func (l Learner) Done() (n int) {
	for _, it := range l.Items {
		if it.Done {
			n++
		}
	}
	return n
}

// Progress is how far people are: all for who leads, else one's own people.
type Progress struct {
	Desk
	Learners []Learner // by organisation and name: nobody is ranked
	Round    int64
}

// Watch gives how far those who were confirmed, and those who began, are.
func (s *Store) Watch(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (out Progress, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Progress{}
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeRead)
		if err == nil && !at.watches() {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		p, o, err := at.practice(tx)
		if err != nil {
			return err
		}
		out.Desk = Desk{Standing: at.Standing, Workshop: at.workshop, Practice: p, Name: o.Name, Language: o.Language, MayOpen: at.leads(access.PracticeOpen), MayWatch: true}
		reader := who.Organisation
		if at.leads(access.PracticeWatch) {
			reader = p.Organisation
		}
		l, err := lookAt(tx, p, o, reader)
		if err != nil {
			return err
		}
		out.Round = Round(l.steps)
		out.Learners, err = at.learners(tx, l)
		return err
	})
	return out, fault.In(access.PracticeRead, err)
}

func (at place) learners(tx *db.Tx, l *look) (out []Learner, err error) {
	coming, err := participant.Coming(tx, at.Operation.Number, at.workshop.Seq)
	if err != nil {
		return nil, err
	}
	all := at.leads(access.PracticeWatch)
	seen := map[string]int64{}
	for _, p := range coming {
		seen[string(p.Person)] = p.Organisation
	}
	for _, s := range l.steps {
		if _, has := seen[s.Person]; !has {
			seen[s.Person] = s.Organisation
		}
	}
	delete(seen, "")
	var ids []string
	for id, own := range seen {
		if all || own == at.Who.Organisation {
			ids = append(ids, id)
		}
	}
	people, err := person.These(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		one := Learner{Person: people[id]}
		if one.Organisation, err = l.body(tx, seen[id]); err != nil {
			return nil, err
		}
		if one.Items, err = l.items(tx, id, seen[id]); err != nil {
			return nil, err
		}
		one.Enrolled = slices.ContainsFunc(l.steps, func(s Step) bool { return s.Person == id && s.Kind == Begun })
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Learner) int {
		return cmp.Or(cmp.Compare(a.Organisation.Name, b.Organisation.Name), cmp.Compare(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	return out, nil
}

// Strip is the line above every page of a practice: what somebody is at.
type Strip struct {
	Workshop workshop.ID
	Item     Item // that was begun last; zero Task: none
	Done, Of int
}

// Strip gives that line; ok is false where the practice belongs to no workshop.
func (s *Store) Strip(ctx context.Context, who access.Actor, practice operation.Code) (out Strip, ok bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, ok = Strip{}, false
		st, err := operation.Enter(tx, s.source.Now(), who, practice, access.OperationRead)
		if err != nil {
			return err
		}
		p, err := Itself(tx, st.Operation.Number)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		if err != nil {
			return err
		}
		l, err := lookAt(tx, p, st.Operation, who.Organisation)
		if err != nil {
			return err
		}
		items, err := l.items(tx, who.Person, who.Organisation)
		out.Workshop, out.Of, ok = p.Workshop, len(items), true
		for _, it := range items {
			if it.Done {
				out.Done++
			}
			if it.from > out.Item.from {
				out.Item = it
			}
		}
		return err
	})
	return out, ok, fault.In(access.OperationRead, err)
}

// Leftover is a case that somebody wrote before they began again.
type Leftover struct {
	Seq     int64
	Version int64
}

// Leftovers gives the actor's own cases that do not count any more and still stand, so
// that they can be withdrawn: whoever begins again finds their lists fresh.
func (s *Store) Leftovers(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (in operation.Code, out []Leftover, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeRead)
		if err != nil {
			return err
		}
		p, o, err := at.practice(tx)
		if err != nil {
			return err
		}
		in = p.Code
		l, err := lookAt(tx, p, o, who.Organisation)
		if err != nil {
			return err
		}
		last := lastReset(l.steps, who.Person)
		for _, c := range l.cases {
			if c.Author == who.Person && !l.rests(c) && c.Seq < last && !l.counts(c) {
				out = append(out, Leftover{c.Seq, c.Version})
			}
		}
		return nil
	})
	return in, out, fault.In(access.PracticeRead, err)
}

// rests tells whether a case is one that tasks rest on; those of a replay are left out
// before.
func (l *look) rests(c seizure.Case) bool {
	return slices.ContainsFunc(seeds(l.practice, l.tasks, 1), func(s Seed) bool { return s.Case && s.ID == string(c.ID) })
}

// lastReset is the number of the last step with which somebody began again.
func lastReset(steps []Step, person string) (seq int64) {
	for _, s := range steps {
		if s.Kind == Reset && (s.Person == person || s.Person == "") {
			seq = s.Seq
		}
	}
	return seq
}

// counts tells whether a case came after one of its author's tasks was begun.
func (l *look) counts(c seizure.Case) bool {
	return slices.ContainsFunc(l.tasks, func(t Task) bool {
		at := begun(l.steps, c.Author, t.Number)
		return at.Seq != 0 && at.Seq < c.Seq
	})
}
