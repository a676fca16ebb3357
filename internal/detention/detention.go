package detention

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Limits.
const (
	MaxReason   = 1000 // characters
	MaxNote     = 2000 // characters
	MaxRunning  = 200  // clocks on a list
	maxEvents   = 200  // of one clock
	MaxRequest  = 2000 // characters
	maxBasis    = 500  // characters
	maxBackward = 400  // days that an event may lie before the day it is entered
)

// Setting is one version of the law and the calendar that an organisation counts by.
type Setting struct {
	Seq          int64 `json:",omitempty"`
	Organisation int64
	Version      int64
	Profile      string // code
	Text         string `json:",omitempty"` // of an own profile, TOML
	Calendar     legal.Calendar
	Note         string
	Author       string
	At           time.Time
	Checker      string    `json:"-"` // who checked it; empty: nobody has
	Checked      time.Time `json:"-"`
}

// Law is the version's profile. A profile that this program does not have any more
// is the default.
func (s Setting) Law() legal.Profile {
	if s.Text != "" {
		if p, err := legal.ParseProfile([]byte(s.Text)); err == nil {
			return p
		}
	}
	if p, ok := legal.Named(s.Profile); ok {
		return p
	}
	p, _ := legal.Named(legal.Default)
	return p
}

// Checking is the check of one version.
type Checking struct {
	Seq     int64 `json:",omitempty"`
	Setting int64
	Author  string
	At      time.Time
}

// Clock is one clock of a case.
type Clock struct {
	Seq          int64 `json:",omitempty"`
	Seizure      int64 // number of the case
	Organisation int64
	Audience     int64  `json:"-"` // of the entry that started it
	Kind         string // codelist.ClockKind
	Perishable   bool
	Setting      int64     // Seq of the version that was in force; 0: none
	Day          legal.Day // of the detention
	Time         string
	Author       string
	At           time.Time
}

// Event is something that happened, as somebody entered it.
type Event struct {
	Seq    int64 `json:",omitempty"`
	Clock  int64
	Kind   string    // codelist.ClockEvent
	Day    legal.Day // local at the office
	Time   string    // 15:04; empty: within office hours
	Step   string    // of an extension: codelist.ClockStep
	Answer string    // of a reply: codelist.ClockReply
	Reason string
	Author string
	At     time.Time
}

// Warned is one warning of time.
type Warned struct {
	Seq   int64 `json:",omitempty"`
	Clock int64
	Step  string
	Kind  string // Soon or Over
	Due   legal.Day
	At    time.Time
}

// The kinds of warning.
const (
	Soon = "soon"
	Over = "over"
)

// Told is one thing that was told, copied from the case. Of names of people and
// firms it holds the field alone.
type Told struct {
	Field string
	Line  int    `json:",omitempty"` // of goods, from 1; 0: the case
	List  string `json:",omitempty"` // of Code
	Code  string `json:",omitempty"`
	Text  string `json:",omitempty"`
	Micro int64  `json:",omitempty"` // a quantity, in Unit
	Unit  string `json:",omitempty"`
}

// Disclosure is the act of telling a right holder.
type Disclosure struct {
	Seq          int64 `json:",omitempty"`
	Clock        int64
	ID           string
	Organisation int64 // that told
	Stage        string
	Fields       []string
	Told         []Told
	Version      int64 // of the case
	Request      string
	Basis        string
	Purpose      string // codelist.DisclosurePurpose
	Officer      string // UUID of who decided
	Recipient    int64  // number of a member; 0: somebody who is none
	Addressee    string // in words, where it is no member
	Author       string
	At           time.Time
	Receipt      *Receipt `json:"-"` // nil: none was entered
}

// Receipt says that the addressee confirmed what it was told.
type Receipt struct {
	Seq        int64 `json:",omitempty"`
	Disclosure int64
	Day        legal.Day
	Note       string
	Author     string
	At         time.Time
}

// course is what package legal counts from.
func (c Clock) course(events []Event) legal.Course {
	out := legal.Course{Kind: c.Kind, Perishable: c.Perishable, Events: []legal.Event{{Kind: legal.Detained, Day: c.Day, Time: c.Time}}}
	for _, e := range events {
		out.Events = append(out.Events, legal.Event{Kind: e.Kind, Day: e.Day, Time: e.Time, Step: e.Step})
	}
	return out
}

// Running is a clock in a list.
type Running struct {
	Clock   Clock
	Case    seizure.Case
	From    organisation.Organisation
	Nearest *legal.Deadline // nil: nothing has to be done now
	Today   legal.Day       // at its office
}

// List are the clocks that run, the nearest deadline first.
type List struct {
	Standing operation.Standing
	Items    []Running
	All      int // also those beyond MaxRunning
	Overdue  int
	Mine     bool // the reader's organisation may have clocks
}

// Account is the clock of a case as its reader may see it.
type Account struct {
	Standing     operation.Standing
	Case         seizure.Case
	Organisation organisation.Organisation // whose case it is
	Own          bool
	Clock        *Clock // the newest; nil: none was started
	Earlier      []Clock
	Setting      *Setting // whose profile holds; nil: none was in force
	Law          legal.Profile
	Calendar     legal.Calendar // in force now
	Known        bool           // somebody entered and checked the calendar
	Today        legal.Day
	Deadlines    []legal.Deadline
	Stage        string
	MayTell      map[string]string // fields of codelist.DisclosureField with their basis
	Events       []Event           // the oldest first
	Warnings     []Warned
	Disclosures  []Disclosure // the newest first
	People       map[string]person.Person
	Recipients   map[int64]organisation.Organisation
	Over         bool

	MayStart, MayNote, MayDisclose bool
	Colleagues                     []person.Person             // of the reader's organisation, for the officer of a disclosure
	Holders                        []organisation.Organisation // members on the side of right holders
}

// Detained is the day on which the goods were held, as it was entered last.
func (a Account) Detained() legal.Day {
	for _, e := range slices.Backward(a.Events) {
		if e.Kind == legal.Detained {
			return e.Day
		}
	}
	return a.Clock.Day
}

// Counts tells whether an event is the one of its kind that counts.
func (a Account) Counts(e Event) bool {
	for _, other := range a.Events {
		if other.Kind == e.Kind && other.Step == e.Step && other.Seq > e.Seq {
			return false
		}
	}
	return true
}

// Settings are the versions of one organisation.
type Settings struct {
	Standing operation.Standing
	Versions []Setting // the newest first
	People   map[string]person.Person
	Force    *Setting // nil: none, and the default holds
	Law      legal.Profile
	Calendar legal.Calendar
	MayAdopt bool
	MayCheck bool     // the newest, which waits
	Waiting  *Setting // the newest, where nobody has checked it
}
