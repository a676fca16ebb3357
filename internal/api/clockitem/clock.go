// Package clockitem is the legal clock of a case as other systems read it.
package clockitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// ClockLaw is the law by which a clock counts, and who vouches for it.
type ClockLaw struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Source  string `json:"source"`
	Author  string `json:"author"`
	Checker string `json:"checker,omitempty"` // empty: nobody has compared it with the text of the law
	Date    string `json:"date"`
}

// ClockDeadline is one deadline as it stands today. Days are local to the office.
type ClockDeadline struct {
	Step        string `json:"step"`
	Title       string `json:"title,omitempty"` // in the law's own words, where it has some
	Party       string `json:"party"`           // whom it binds
	State       string `json:"state"`
	From        string `json:"from,omitempty"` // the day of the event that starts it, which is not counted
	Due         string `json:"due,omitempty"`  // its last day
	Extended    bool   `json:"extended"`
	FirstDue    string `json:"first_due,omitempty"` // its last day before it was extended
	Met         string `json:"met,omitempty"`
	Days        int    `json:"days"` // 0: promptly
	Unit        string `json:"unit"`
	Left        int    `json:"left"` // working days from today to its last; below zero: since then
	Basis       string `json:"basis"`
	Unread      bool   `json:"unread"`                  // the provision was not read in the text of the law
	UnknownYear []int  `json:"unknown_years,omitempty"` // on its way, for which nobody entered holidays
}

// ClockEvent is something that happened to the held goods.
type ClockEvent struct {
	Kind   string    `json:"kind"`
	Day    string    `json:"day"`
	Time   string    `json:"time,omitempty"`
	Step   string    `json:"step,omitempty"`   // of an extension
	Answer string    `json:"answer,omitempty"` // of a reply
	Reason string    `json:"reason,omitempty"`
	Counts bool      `json:"counts"` // false: corrected by a later one
	At     time.Time `json:"at"`     // when it was entered, UTC
}

// Told is one thing that was told, copied from the case.
type Told struct {
	Field  string `json:"field"`
	Line   int    `json:"line,omitempty"`
	List   string `json:"list,omitempty"` // the code's list
	Code   string `json:"code,omitempty"`
	Text   string `json:"text,omitempty"`
	Amount string `json:"amount,omitempty"`
	Unit   string `json:"unit,omitempty"`
}

// Disclosure is the act of telling a right holder.
type Disclosure struct {
	ID        string          `json:"id"`
	At        time.Time       `json:"at"`
	Stage     string          `json:"stage"`
	Fields    []string        `json:"fields"`
	Told      []Told          `json:"told"`
	Version   int64           `json:"version"` // of the case
	To        organisation.ID `json:"to,omitempty"`
	Addressee string          `json:"addressee,omitempty"` // where it is no member
	Request   string          `json:"request"`
	Basis     string          `json:"basis"`
	Purpose   string          `json:"purpose"`
	Received  string          `json:"received,omitempty"` // day of the receipt
}

// Clock is the newest legal clock of a case.
type Clock struct {
	ID           seizure.ID      `json:"id"` // of the case
	Reference    string          `json:"reference"`
	Organisation organisation.ID `json:"organisation"`
	Kind         string          `json:"kind"`
	Perishable   bool            `json:"perishable"`
	Stage        string          `json:"stage"`
	Ended        bool            `json:"ended"`
	Today        string          `json:"today"` // at the office
	TimeZone     string          `json:"time_zone"`
	Calendar     bool            `json:"calendar"` // a calendar was entered and checked
	Law          ClockLaw        `json:"law"`
	Deadlines    []ClockDeadline `json:"deadlines"`
	Events       []ClockEvent    `json:"events"`
	Disclosures  []Disclosure    `json:"disclosures"`
}

// Of gives the newest clock of an account, which has one.
func Of(a detention.Account) Clock {
	out := Clock{ID: a.Case.ID, Reference: a.Case.Reference, Organisation: a.Organisation.ID, Kind: a.Clock.Kind, Perishable: a.Clock.Perishable,
		Stage: a.Stage, Ended: a.Over, Today: a.Today.String(), TimeZone: a.Calendar.Zone, Calendar: a.Known,
		Law:       ClockLaw{a.Law.Code, a.Law.Name, a.Law.Source, a.Law.Author, a.Law.Checker, a.Law.Date},
		Deadlines: []ClockDeadline{}, Disclosures: []Disclosure{},
		Events: []ClockEvent{{Kind: legal.Detained, Day: a.Clock.Day.String(), Time: a.Clock.Time, Counts: true, At: a.Clock.At}}}
	for _, dl := range a.Deadlines {
		out.Deadlines = append(out.Deadlines, ClockDeadline{Step: dl.Step.Code, Title: dl.Step.Title, Party: dl.Step.Who, State: dl.State, From: dl.From.String(),
			Due: dl.Due.String(), Extended: dl.Extended, FirstDue: dl.First.String(), Met: dl.MetOn.String(), Days: dl.Period.Days, Unit: dl.Period.Unit,
			Left: dl.Left, Basis: dl.Step.Basis, Unread: dl.Step.Unread, UnknownYear: dl.Unknown})
	}
	for _, e := range a.Events {
		if e.Kind == legal.Detained {
			out.Events[0].Counts = false
		}
		out.Events = append(out.Events, ClockEvent{e.Kind, e.Day.String(), e.Time, e.Step, e.Answer, e.Reason, a.Counts(e), e.At})
	}
	for _, told := range a.Disclosures {
		out.Disclosures = append(out.Disclosures, disclosed(a, told))
	}
	return out
}

func disclosed(a detention.Account, d detention.Disclosure) Disclosure {
	out := Disclosure{ID: d.ID, At: d.At, Stage: d.Stage, Fields: d.Fields, Told: []Told{}, Version: d.Version, To: a.Recipients[d.Recipient].ID,
		Addressee: d.Addressee, Request: d.Request, Basis: d.Basis, Purpose: d.Purpose}
	for _, t := range d.Told {
		one := Told{Field: t.Field, Line: t.Line, List: t.List, Code: t.Code, Text: t.Text, Unit: t.Unit}
		if t.Unit != "" {
			one.Amount = i18n.Decimal(t.Micro)
		}
		out.Told = append(out.Told, one)
	}
	if d.Receipt != nil {
		out.Received = d.Receipt.Day.String()
	}
	return out
}
