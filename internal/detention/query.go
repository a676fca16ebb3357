package detention

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Read gives the clock of a case. For whoever is neither of its organisation nor
// coordinates there is none.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, ref string) (Account, error) {
	var a Account
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		a = Account{}
		if a.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.DetentionRead); err != nil {
			return err
		}
		if a.Case, err = seizure.Readable(tx, a.Standing, ref); err != nil {
			return err
		}
		a.Own = a.Case.Organisation == who.Organisation
		if !a.Own && a.Standing.Side() != access.Coordination {
			return fault.Missing()
		}
		if a.Organisation, err = organisation.One(tx, a.Case.Organisation); err != nil {
			return err
		}
		if err := s.fill(tx, &a); err != nil {
			return err
		}
		return a.beside(tx)
	})
	if err == nil {
		err = s.Readings.Note(a.Standing.Operation.Number, who.Person, who.Organisation, reading.Case, reading.Opened, a.Case.Seq)
	}
	if err != nil {
		return Account{}, fault.In(access.DetentionRead, err)
	}
	return a, nil
}

// fill reads the clock and counts its deadlines.
func (s *Store) fill(tx *db.Tx, a *Account) error {
	st := a.Standing
	op := st.Operation.Number
	list, err := st.Readable(tx)
	if err != nil {
		return err
	}
	clocks, err := db.All(tx, selectClocks, scanClock, op, list, a.Case.Seq)
	if err != nil {
		return err
	}
	all, err := settings(tx, op, db.List{a.Case.Organisation})
	if err != nil {
		return err
	}
	if len(clocks) > 0 {
		a.Clock, a.Earlier = &clocks[0], clocks[1:]
	}
	r, err := ruleFrom(tx, st.Now, all, a.Case.Organisation, a.Clock)
	if err != nil {
		return err
	}
	a.Setting, a.Law, a.Calendar, a.Known, a.Today = r.setting, r.law, r.calendar, r.known, r.today
	if a.Clock == nil {
		return nil
	}
	if a.Events, err = db.All(tx, selectEvents, scanEvent, op, db.List{a.Clock.Seq}); err != nil {
		return err
	}
	if a.Warnings, err = db.All(tx, selectWarnings, scanWarning, op, db.List{a.Clock.Seq}); err != nil {
		return err
	}
	for _, c := range clocks { // what was told under an earlier clock was told
		told, err := disclosures(tx, op, c.Seq)
		if err != nil {
			return err
		}
		a.Disclosures = append(a.Disclosures, told...)
	}
	course := a.Clock.course(a.Events)
	a.Deadlines, a.Stage, a.Over = r.law.Deadlines(r.calendar, course, r.today), course.Stage(), course.Over()
	a.MayTell = r.law.MayTell(a.Stage)
	return nil
}

// beside reads the names of people and bodies, and decides what may be done.
func (a *Account) beside(tx *db.Tx) error {
	st := a.Standing
	live := a.Case.State == seizure.Reported || a.Case.State == seizure.Released
	a.MayStart = a.Own && live && (a.Clock == nil || a.Over) && st.May(access.DetentionStart)
	a.MayNote = a.Own && a.Clock != nil && !a.Over && st.May(access.DetentionNote)
	a.MayDisclose = a.Own && a.Clock != nil && st.May(access.DetentionDisclose)
	var people []string
	var bodies []int64
	if a.Clock != nil {
		people = append(people, a.Clock.Author)
	}
	for _, e := range a.Events {
		people = append(people, e.Author)
	}
	for _, d := range a.Disclosures {
		people, bodies = append(people, d.Author, d.Officer), append(bodies, d.Recipient)
		if d.Receipt != nil {
			people = append(people, d.Receipt.Author)
		}
	}
	var err error
	if a.People, err = person.These(tx, people); err != nil {
		return err
	}
	if a.Recipients, err = organisation.These(tx, bodies); err != nil || !a.MayDisclose {
		return err
	}
	if a.Colleagues, err = colleagues(tx, st); err != nil {
		return err
	}
	a.Holders, err = holders(tx, st)
	return err
}

// colleagues are the people of the actor's organisation.
func colleagues(tx *db.Tx, st operation.Standing) ([]person.Person, error) {
	all, err := person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	var out []person.Person
	for _, m := range all {
		if m.Person.State != person.Suspended {
			out = append(out, m.Person)
		}
	}
	return out, err
}

// holders are the right holders that take part now.
func holders(tx *db.Tx, st operation.Standing) ([]organisation.Organisation, error) {
	members, err := operation.Members(tx, st.Operation.Number)
	var out []organisation.Organisation
	for _, m := range members {
		if m.Membership.Side == access.RightHolderSide {
			out = append(out, m.Organisation)
		}
	}
	return out, err
}

// Running lists the clocks that run: the organisation's own, and for coordination
// those of all, the nearest deadline first.
func (s *Store) Running(ctx context.Context, who access.Actor, code operation.Code) (List, error) {
	var out List
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.DetentionRead)
		if err != nil {
			return err
		}
		out = List{Standing: st, Mine: st.May(access.DetentionStart)}
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		clocks, err := db.All(tx, selectRunning, scanClock, st.Operation.Number, list)
		if err != nil {
			return err
		}
		all, err := counted(tx, st, clocks)
		if err != nil {
			return err
		}
		if out.Items, err = withCases(tx, st, list, all); err != nil {
			return err
		}
		out.trim()
		return nil
	})
	return out, fault.In(access.DetentionRead, err)
}

// trim sorts by nearest deadline, counts, and leaves what a page holds.
func (l *List) trim() {
	slices.SortStableFunc(l.Items, func(a, b Running) int {
		switch {
		case a.Nearest == nil || b.Nearest == nil:
			return cmp.Compare(rank(a), rank(b))
		case a.Nearest.Due != b.Nearest.Due:
			return cmp.Compare(a.Nearest.Due, b.Nearest.Due)
		}
		return cmp.Compare(a.Clock.Seq, b.Clock.Seq)
	})
	l.All = len(l.Items)
	for _, r := range l.Items {
		if r.Nearest != nil && r.Nearest.State == legal.Overdue {
			l.Overdue++
		}
	}
	l.Items = l.Items[:min(len(l.Items), MaxRunning)]
}

func rank(r Running) int {
	if r.Nearest == nil {
		return 1
	}
	return 0
}

// ticking is a clock with its deadlines as they stand now.
type ticking struct {
	clock     Clock
	deadlines []legal.Deadline
	today     legal.Day
}

// counted counts the deadlines of some clocks.
func counted(tx *db.Tx, st operation.Standing, clocks []Clock) ([]ticking, error) {
	if len(clocks) == 0 {
		return nil, nil
	}
	op := st.Operation.Number
	var seqs, bodies db.List
	for _, c := range clocks {
		seqs = append(seqs, c.Seq)
		if !slices.Contains(bodies, c.Organisation) {
			bodies = append(bodies, c.Organisation)
		}
	}
	events, err := db.All(tx, selectEvents, scanEvent, op, seqs)
	if err != nil {
		return nil, err
	}
	of := map[int64][]Event{}
	for _, e := range events {
		of[e.Clock] = append(of[e.Clock], e)
	}
	all, err := settings(tx, op, bodies)
	if err != nil {
		return nil, err
	}
	type key struct{ organisation, setting int64 }
	rules := map[key]rule{} // reading a profile costs more than counting by it
	var out []ticking
	for _, c := range clocks {
		r, ok := rules[key{c.Organisation, c.Setting}]
		if !ok {
			if r, err = ruleFrom(tx, st.Now, all, c.Organisation, &c); err != nil {
				return nil, err
			}
			rules[key{c.Organisation, c.Setting}] = r
		}
		out = append(out, ticking{c, r.law.Deadlines(r.calendar, c.course(of[c.Seq]), r.today), r.today})
	}
	return out, nil
}

// withCases adds the cases that the reader may read; without its case no clock is
// shown.
func withCases(tx *db.Tx, st operation.Standing, readable db.List, all []ticking) ([]Running, error) {
	var seqs db.List
	var bodies []int64
	for _, t := range all {
		seqs, bodies = append(seqs, t.clock.Seizure), append(bodies, t.clock.Organisation)
	}
	cases, err := seizure.Some(tx, st.Operation.Number, readable, seqs)
	if err != nil {
		return nil, err
	}
	by := map[int64]seizure.Case{}
	for _, c := range cases {
		by[c.Seq] = c
	}
	from, err := organisation.These(tx, bodies)
	if err != nil {
		return nil, err
	}
	var out []Running
	for _, t := range all {
		c, ok := by[t.clock.Seizure]
		if !ok {
			continue
		}
		r := Running{Clock: t.clock, Case: c, From: from[t.clock.Organisation], Today: t.today}
		if d, open := legal.Nearest(t.deadlines); open {
			r.Nearest = &d
		}
		out = append(out, r)
	}
	return out, nil
}
