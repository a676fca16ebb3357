package legal

import "slices"

// Soon is how many worked days before its end a deadline counts as due soon.
const Soon = 2

// The states of a deadline; labels under code.clock-state.
const (
	Waiting = "waiting" // what starts it has not happened
	Running = "running"
	DueSoon = "soon"
	Overdue = "overdue"
	Met     = "met"
	Late    = "late" // met after its end
	Stopped = "stopped"
)

// Course is what is known of one detention.
type Course struct {
	Kind       string
	Perishable bool
	Events     []Event // as entered; of a kind the last one counts
}

// Event is something that happened on a day at the office.
type Event struct {
	Kind string
	Day  Day
	Time string // 15:04; empty: within office hours
	Step string // of an extension: which deadline
}

// Deadline is one deadline of a detention.
type Deadline struct {
	Step     Step
	State    string
	From     Day // when what starts it counts as having happened
	Period   Period
	Due      Day // its last day, with any extension
	First    Day // its last day before it was extended; zero: it was not
	MetOn    Day
	Left     int   // worked days from today to its last; below zero: since then
	Unknown  []int // years on its way for which nobody entered holidays
	Extended bool
}

// Prompt tells whether the law says "promptly" and no number: it is never overdue.
func (d Deadline) Prompt() bool { return d.Period.Days == 0 }

// Open tells whether somebody still has to do something.
func (d Deadline) Open() bool {
	return d.State == Running || d.State == DueSoon || d.State == Overdue
}

// last gives the event of a kind that counts.
func (c Course) last(kind string) (Event, bool) {
	for _, e := range slices.Backward(c.Events) {
		if e.Kind == kind {
			return e, true
		}
	}
	return Event{}, false
}

// Over tells whether the clock was ended.
func (c Course) Over() bool {
	_, over := c.last(Ended)
	return over
}

// Stage is how far a detention is, for what may be told.
func (c Course) Stage() string {
	if _, ok := c.last(Decision); ok {
		return OnMerits
	}
	if _, ok := c.last(ApplicationGranted); ok || c.Kind != ExOfficio {
		return WithApplication
	}
	return BeforeApplication
}

// Arrives is the day on which something counts as having arrived.
func (p Profile) Arrives(cal Calendar, e Event) Day {
	if p.Arrival != NextWorkingDay {
		return e.Day
	}
	if p.Closes != "" && e.Time > p.Closes {
		return cal.Next(e.Day + 1)
	}
	return cal.Next(e.Day)
}

// The rules of arrival; labels under code.clock-arrival.
const (
	SameDay        = "same-day"
	NextWorkingDay = "next-working-day"
)

// Ends is the last day of a period that something starts on a day, which is not
// counted. A period in calendar days that would end on a day not worked ends on
// the next one that is.
func (p Period) Ends(cal Calendar, from Day) Day {
	if p.Unit == CalendarDays {
		return cal.Next(from + Day(p.Days))
	}
	return cal.After(from, p.Days)
}

// Deadlines gives every deadline of a detention as it stands on a day.
func (p Profile) Deadlines(cal Calendar, c Course, today Day) []Deadline {
	var out []Deadline
	for _, s := range p.Steps {
		if s.runs(c.Kind, c.Perishable) {
			out = append(out, p.deadline(cal, c, s, today))
		}
	}
	return out
}

func (p Profile) deadline(cal Calendar, c Course, s Step, today Day) Deadline {
	d := Deadline{Step: s, State: Waiting, Period: s.period(c.Perishable)}
	met, done := c.first(s.MetBy)
	if done {
		d.MetOn = met.Day
	}
	start, started := c.last(s.From)
	if s.Needs != "" {
		_, needed := c.last(s.Needs)
		started = started && needed
	}
	switch {
	case !started && done:
		d.State = Met
		return d
	case !started && c.Over():
		d.State = Stopped
		return d
	case !started:
		return d
	}
	d.From = p.Arrives(cal, start)
	d.Due = d.Period.Ends(cal, d.From)
	if c.extends(s.Code) && s.Extendable(c.Perishable) {
		d.First, d.Extended = d.Due, true
		d.Due = s.Extension.Ends(cal, d.Due)
	}
	d.Left = cal.Between(today, d.Due)
	d.Unknown = cal.Unknown(d.From, d.Due)
	d.State = d.stateOn(today, done, c.Over())
	return d
}

func (d Deadline) stateOn(today Day, done, over bool) string {
	switch {
	case done && d.MetOn > d.Due && !d.Prompt():
		return Late
	case done:
		return Met
	case over:
		return Stopped
	case d.Prompt():
		return DueSoon
	case today > d.Due:
		return Overdue
	case d.Left <= min(Soon, d.Period.Days-1):
		return DueSoon
	}
	return Running
}

// first gives the earliest of the events that count among some kinds.
func (c Course) first(kinds []string) (Event, bool) {
	var out Event
	found := false
	for _, k := range kinds {
		if e, ok := c.last(k); ok && (!found || e.Day < out.Day) {
			out, found = e, true
		}
	}
	return out, found
}

func (c Course) extends(step string) bool {
	return slices.ContainsFunc(c.Events, func(e Event) bool { return e.Kind == Extended && e.Step == step })
}

// Nearest gives the open deadline that ends first.
func Nearest(all []Deadline) (Deadline, bool) {
	var out Deadline
	found := false
	for _, d := range all {
		if d.Open() && (!found || d.Due < out.Due) {
			out, found = d, true
		}
	}
	return out, found
}
