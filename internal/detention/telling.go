package detention

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Telling is what the law lets a right holder be told of a case now, and the
// deadline that binds it.
type Telling struct {
	Clock    int64 // number of the newest; 0: none was started
	Stage    string
	MayTell  map[string]string // fields of codelist.DisclosureField with their basis
	Law      legal.Profile
	Calendar legal.Calendar
	Today    legal.Day
	Due      legal.Day // 0: no deadline of a right holder runs
	Step     string    // codelist.ClockStep, of Due
}

// TellingOf gives what holds for a case of the actor's organisation: by its clock, and
// without one by the organisation's law before an application.
func TellingOf(tx *db.Tx, st operation.Standing, c seizure.Case) (Telling, error) {
	op := st.Operation.Number
	clocks, err := db.All(tx, selectOfCase, scanClock, op, c.Seq)
	if err != nil {
		return Telling{}, err
	}
	all, err := settings(tx, op, db.List{c.Organisation})
	if err != nil {
		return Telling{}, err
	}
	var newest *Clock
	if len(clocks) > 0 {
		newest = &clocks[len(clocks)-1]
	}
	r, err := ruleFrom(tx, st.Now, all, c.Organisation, newest)
	if err != nil {
		return Telling{}, err
	}
	t := Telling{Stage: legal.BeforeApplication, Law: r.law, Calendar: r.calendar, Today: r.today}
	if newest != nil {
		events, err := db.All(tx, selectEvents, scanEvent, op, db.List{newest.Seq})
		if err != nil {
			return t, err
		}
		t.follow(*newest, events)
	}
	t.MayTell = t.Law.MayTell(t.Stage)
	return t, nil
}

// follow takes stage and deadline from a clock.
func (t *Telling) follow(c Clock, events []Event) {
	course := c.course(events)
	t.Clock, t.Stage = c.Seq, course.Stage()
	if course.Over() {
		return
	}
	var theirs []legal.Deadline
	for _, d := range t.Law.Deadlines(t.Calendar, course, t.Today) {
		if d.Step.Who == rightHolder && d.State != legal.Overdue && !d.Prompt() {
			theirs = append(theirs, d)
		}
	}
	if d, ok := legal.Nearest(theirs); ok {
		t.Due, t.Step = d.Due, d.Step.Code
	}
}

// rightHolder is the party of codelist.ClockParty whom Telling is about.
const rightHolder = "right-holder"

// Tell is Disclose inside the unit of work of whoever tells something of one line of
// goods, by its number from 1: what was told stands in one place. The case is one of
// the actor's organisation and has a clock; d's clock is its newest.
func (s *Store) Tell(tx *db.Tx, st operation.Standing, ref string, line int, d Disclosing) (Disclosure, error) {
	if !st.May(access.DetentionDisclose) {
		return Disclosure{}, fault.Missing()
	}
	w, err := s.open(tx, st, ref, d.Clock)
	if err != nil {
		return Disclosure{}, err
	}
	_, err = db.One(tx, selectDisclosed, scanDisclosure, st.Operation.Number, st.Who.Organisation, d.ID)
	if err == nil {
		return Disclosure{}, fault.Of(fault.Conflict, "detention.id-taken")
	}
	if !errors.Is(err, db.ErrNone) {
		return Disclosure{}, err
	}
	d.line = line
	return s.disclose(tx, st, w, d)
}
