package learnt

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// ID is the UUID of a lesson learnt, made by whoever records it; unique for its
// originator only. A lesson that is carried on keeps it.
type ID string

// The states of a lesson (codelist.LearntState).
const (
	Recorded   = "recorded"
	Accepted   = "accepted"
	InProgress = "in-progress"
	Done       = "done"
	Dropped    = "dropped"
	Carried    = "carried" // into the plan of the next operation, where it goes on
)

// For whom a lesson is.
const (
	ForAll          = "all"          // who enforces or coordinates
	ForCoordination = "coordination" // beside its originator and its owner
)

// Limits.
const (
	MaxTitle  = i18n.MaxName // characters
	MaxText   = 4000
	MaxReason = 1000
	MaxListed = 500 // lessons of one operation that a list shows
	MaxCarry  = 200 // lessons carried at once
	maxActs   = 100 // of the history of one lesson
	maxAhead  = 5 * 366
)

// Learnt is one lesson.
type Learnt struct {
	Seq          int64 `json:",omitempty"` // index of the entry that recorded it
	ID           ID
	Organisation int64 // whose people recorded it, or carried it here
	Author       string
	At           time.Time
	Audience     int64
	For          string // ForAll or ForCoordination
	Topic        string // codelist.LearntTopic
	Title        string
	Happened     string
	Proposed     string
	Language     string // BCP 47, of the texts
	Source       Source `json:",omitzero"`
	Owner        int64  `json:",omitempty"` // organisation that sees to it
	Person       person.ID
	Given        int64  `json:",omitempty"` // index of the entry that gave it to the owner
	Due          string // local day of the operation; empty: none was set
	State        string
	Reason       string         // why it was dropped
	From         Origin         `json:",omitzero"` // where it was carried from
	Into         operation.Code `json:",omitempty"`
	Version      int64
	History      []Act
}

// Source is where a lesson comes from; the zero Source: out of daily work.
type Source struct {
	Workshop workshop.ID `json:",omitempty"`
	Session  workshop.ID `json:",omitempty"` // of the workshop
	Title    string      `json:",omitempty"` // of the session or the workshop, as it was
	Report   bool        `json:",omitempty"` // a contribution to the final report
}

// Origin is the operation that a lesson was carried from.
type Origin struct {
	Operation int64
	Code      operation.Code
	Name      string
	Seq       int64 // of the lesson there
}

// Act is one step of a lesson's way.
type Act struct {
	State        string
	Organisation int64
	Author       string
	At           time.Time
	Reason       string `json:",omitempty"`
}

// EntrySubject is how the journal calls a lesson.
func (l Learnt) EntrySubject() string { return "learnt/" + string(l.ID) }

// Open tells whether something is still to be done about it here.
func (l Learnt) Open() bool {
	return l.State == Recorded || l.State == Accepted || l.State == InProgress
}

// Told tells whether a lesson may be told to all who enforce or coordinate as one of the
// operation's: it is for all, was accepted once and was not dropped.
func (l Learnt) Told() bool {
	return l.For == ForAll && l.State != Dropped && slices.ContainsFunc(l.History, func(a Act) bool { return a.State == Accepted })
}

// Overdue tells whether it is open after the day by which it was due.
func (l Learnt) Overdue(today string) bool { return l.Open() && l.Due != "" && l.Due < today }

// next are the states that a lesson may come to, and whether its owner may say so,
// beside coordination. What was carried goes on elsewhere.
var next = map[string][]string{
	Recorded: {Accepted, Dropped}, Accepted: {InProgress, Done, Dropped}, InProgress: {Done, Dropped},
	Done: {Accepted}, Dropped: {Accepted},
}

// byOwner are the states that an owner brings a lesson to.
var byOwner = []string{InProgress, Done}

// Steps lists the states to which somebody may bring a lesson: coordination any that
// follows, its owner that it works on it and that it is done.
func Steps(st operation.Standing, l Learnt) []string {
	if !st.May(access.LearntSettle) {
		return nil
	}
	if st.Side() == access.Coordination {
		return next[l.State]
	}
	if l.Owner != st.Who.Organisation {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(next[l.State]), func(s string) bool { return !slices.Contains(byOwner, s) })
}

// Draft is what is written to record a lesson, or to amend it.
type Draft struct {
	ID       ID // the same id again is the same lesson
	For      string
	Topic    string
	Title    string
	Happened string
	Proposed string
	Language string
	Workshop workshop.ID // it comes from; empty: none
	Session  workshop.ID
	Report   bool // it comes from a contribution to the final report
	// Only who coordinates says these.
	Owner  organisation.ID // empty: nobody yet
	Person person.ID       // one of the owner's people
	Due    string
}

// clean gives the draft as it is stored, and what is wrong with it. Paths are id,
// for, topic, title, happened, proposed, language, due.
func (d Draft) clean(today, before string) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	if d.For != ForAll && d.For != ForCoordination {
		p.Add("for", "fault.choose-one")
	}
	if !codelist.LearntTopic.Has(d.Topic) {
		p.Add("topic", "fault.choose-one")
	}
	d.Title = i18n.CleanField(&p, "title", d.Title, MaxTitle, true, i18n.CleanLine)
	d.Happened = i18n.CleanField(&p, "happened", d.Happened, MaxText, true, i18n.CleanBody)
	d.Proposed = i18n.CleanField(&p, "proposed", d.Proposed, MaxText, false, i18n.CleanBody)
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	if d.Due != before {
		checkDue(&p, d.Due, today)
	}
	return d, p.Fault()
}

// checkDue: a day that has passed stands where it stood, and is not newly chosen.
func checkDue(p *fault.Problems, due, today string) {
	if due == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, due)
	now, _ := time.Parse(time.DateOnly, today)
	switch {
	case err != nil:
		p.Add("due", "fault.not-a-date")
	case due < today:
		p.Add("due", "task.due-past")
	case day.Sub(now) > maxAhead*24*time.Hour:
		p.Add("due", "fault.out-of-range")
	}
}

// says tells whether a lesson says what a draft says, apart from its owner.
func (l Learnt) says(d Draft) bool {
	return l.ID == d.ID && l.For == d.For && l.Topic == d.Topic && l.Title == d.Title && l.Happened == d.Happened && l.Proposed == d.Proposed &&
		l.Language == d.Language && l.Source.Workshop == d.Workshop && l.Source.Session == d.Session && l.Source.Report == d.Report
}

// readers are who may read a lesson: its originator, its owner and coordination
// always.
func (l Learnt) readers() audience.Value {
	v := audience.Value{Sides: []access.Side{access.Coordination}, Organisations: []int64{l.Organisation}}
	if l.For == ForAll {
		v = v.With(access.Enforcement)
	}
	if l.Owner != 0 {
		v.Organisations = append(v.Organisations, l.Owner)
	}
	return v
}

// act notes a step of its way; the first ones stay where there are too many.
func (l *Learnt) act(st operation.Standing, reason string) {
	l.History = slices.Clone(l.History)
	if len(l.History) >= maxActs {
		l.History = l.History[:maxActs-1]
	}
	l.History = append(l.History, Act{State: l.State, Organisation: st.Who.Organisation, Author: st.Who.Person, At: st.Now, Reason: reason})
}
