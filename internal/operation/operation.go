package operation

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
)

// ID is an operation's UUID; Code its short name in addresses and commands.
type (
	ID   string
	Code string
)

// The kinds of operation.
const (
	KindOperation = "operation"
	KindLibrary   = "library"
	KindPractice  = "practice"
)

// PracticePrefix begins the code of every practice, and of nothing else: so addresses,
// files and lists that name an operation say what it is.
const PracticePrefix = "practice"

// Library is the code of the one operation in which right holders' information
// stands: sheets, alerts, what needs no operation. Its kind is KindLibrary.
const Library Code = "library"

// Operation is one closed user group.
type Operation struct {
	Number   int64
	ID       ID
	Code     Code
	Kind     string
	Name     string
	Purpose  string
	Language string // of name, purpose and handling conditions
	Sponsor  string
	TimeZone string // IANA name: in it the days of the calendar begin and end
	Scope    Scope
	Counting Counting
	Handling Handling
	Names    map[string]map[string]string // names of countries and areas by code and language, as in the invitation
	Banner   string                       // catalogue key of a line on every page, or empty
	State    string
	Version  int64
	Phases   []Phase
}

// Scope is what the operation looks for.
type Scope struct {
	Categories []string `json:"categories,omitempty"` // codelist.Category
	HS         []string `json:"hs,omitempty"`         // headings, 4 or 6 digits
	Asks       Asks     `json:"asks,omitzero"`        // what cases are asked for
}

// Phase is one part of the calendar; days are local in the operation's zone.
type Phase struct {
	Kind   string `json:"kind"` // codelist.PhaseKind
	Name   string `json:"name,omitempty"`
	Starts string `json:"starts"` // 2017-02-06
	Ends   string `json:"ends"`   // the last day, itself part of the phase
}

// Handling is what a member accepts; a new text is a new version.
type Handling struct {
	Version  int64  `json:"version"`
	Text     string `json:"text"`
	Language string `json:"language"`
}

// Counting is the counting rule as data: which cases make the official figure.
// Words says the same to people, by language.
type Counting struct {
	Phase    string            `json:"phase,omitempty"`    // the event lies in a phase of this kind; empty: any day
	Statuses []string          `json:"statuses,omitempty"` // statuses that count; empty: all
	Checked  bool              `json:"checked"`            // only cases that their administration has let out
	Genuine  bool              `json:"genuine"`            // goods found genuine count too
	Doubles  bool              `json:"doubles"`            // a case marked as the double of another counts too
	Words    map[string]string `json:"words,omitempty"`
}

// Location is the operation's time zone.
func (o Operation) Location() *time.Location {
	if l, err := time.LoadLocation(o.TimeZone); err == nil {
		return l
	}
	return time.UTC
}

// PhaseAt gives the phase of a local day and the day's number in it, from 1; ok
// is false between phases.
func (o Operation) PhaseAt(day string) (p Phase, number, days int, ok bool) {
	for _, p := range o.Phases {
		if p.Starts <= day && day <= p.Ends {
			return p, daysBetween(p.Starts, day) + 1, daysBetween(p.Starts, p.Ends) + 1, true
		}
	}
	return Phase{}, 0, 0, false
}

// Within tells whether a local day lies in a phase of that kind.
func (o Operation) Within(kind, day string) bool {
	for _, p := range o.Phases {
		if p.Kind == kind && p.Starts <= day && day <= p.Ends {
			return true
		}
	}
	return false
}

// Days lists the days of all phases of a kind, for charts.
func (o Operation) Days(kind string) []string {
	var out []string
	for _, p := range o.Phases {
		if p.Kind != kind {
			continue
		}
		for d := p.Starts; d <= p.Ends && len(out) < 400; d = nextDay(d) {
			out = append(out, d)
		}
	}
	return out
}

func nextDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "9999-99-99"
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

func daysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// Membership is one epoch of an organisation in an operation.
type Membership struct {
	Seq          int64 // journal index of the invitation
	Organisation int64
	Side         access.Side
	State        string // invited, accepted, ended
	Handling     int64  // version of the conditions accepted
	AcceptedBy   string // person's UUID
	Since        time.Time
	Until        time.Time
}

// The states of a membership.
const (
	Invited  = "invited"
	Accepted = "accepted"
	Ended    = "ended"
)

// Practised says inside a JSON object that it comes from a practice; what is no object
// stays as it is. Files and answers travel without their names.
func Practised(b []byte) []byte {
	if len(b) <= len("{}") || b[0] != '{' {
		return b
	}
	return append([]byte(`{"practice":true,`), b[1:]...)
}
