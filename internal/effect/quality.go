package effect

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Observation is what is looked at of one released case.
type Observation struct {
	Operation     int // its place among the operations that are looked at
	Case          int64
	Organisation  int64
	Post, Name    string // seizure.PostKey of where it happened, and as it is written
	Day           string // of the event
	Asked, Filled int64  // fields that it was asked for, and those of them that say something; none where its content was erased
	Failed        bool   // a number that does not fit its check digit, a place's code that is none, or a duplicate
	Returned      bool   // it was asked to be corrected
	Counts        bool   // under its operation's counting rule
	Days          int64  // from the day of the event to that of the report
}

// Observe looks at a case of an operation. Beside cases of other operations it is asked
// for what all of them ask for: otherwise a form that grew would look like people who
// report less.
func Observe(o operation.Operation, c seizure.Case, returned bool, beside ...operation.Operation) Observation {
	out := Observation{Case: c.Seq, Organisation: c.Organisation, Day: c.Day, Returned: returned, Counts: c.Class == seizure.Counted,
		Days: between(c.Day, c.Reported.In(o.Location()).Format(time.DateOnly))}
	out.Name = c.Post()
	out.Post = seizure.PostKey(out.Name)
	out.Failed = failed(c)
	if c.Redacted == "" {
		out.Asked, out.Filled = fields(c.Draft, append(beside[:len(beside):len(beside)], o))
	}
	return out
}

func between(from, to string) int64 {
	a, err := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if err != nil || err2 != nil || b.Before(a) { // reported from behind the date line
		return 0
	}
	return int64(b.Sub(a) / (24 * time.Hour))
}

// fields counts what a case was asked for: of the groups of the form place, transport,
// route and detection; of each line its category, a quantity, and what every one of these
// operations asks for of that category. A box that is not ticked and a verdict that is not changed
// are answers: neither is counted.
func fields(d seizure.Draft, in []operation.Operation) (asked, filled int64) {
	say := func(is bool) {
		asked++
		if is {
			filled++
		}
	}
	say(d.Place != "" || d.Location != "")
	say(d.Conveyance.Stated() || d.Carrier != "" || len(d.Marks) > 0)
	say(d.Direction.Stated() || d.Origin.Stated() || d.Transit.Stated() || d.Destination.Stated() || len(d.Legs) > 0)
	say(d.Detection.Stated())
	for _, l := range d.Goods {
		say(l.Category != "")
		say(len(l.Quantities) > 0)
		for _, name := range in[0].Scope.Asks.Of(l.Category) {
			if is, told := stated(l, name); told && asksAll(in[1:], l.Category, name) {
				say(is)
			}
		}
	}
	return asked, filled
}

func asksAll(in []operation.Operation, category, field string) bool {
	for _, o := range in {
		if !slices.Contains(o.Scope.Asks.Of(category), field) {
			return false
		}
	}
	return true
}

// stated tells whether a line says something in one of operation.GoodsFields; told is
// false where silence is an answer.
func stated(l goods.Line, name string) (is, told bool) {
	switch name {
	case "violations":
		return len(l.Violations) > 0, true
	case "holder":
		return l.Holder != "", true
	case "ipr":
		return l.IPR.Stated() || l.Right != "", true
	case "hs":
		return l.HS != "", true
	case "batch":
		return l.Batch != "", true
	case "value":
		return l.Value.Stated(), true
	case "sub":
		return l.Sub != "", true
	}
	return false, false
}

// failed tells whether a check of the case failed: those that are told beside what is
// typed and refuse nothing.
func failed(c seizure.Case) bool {
	if c.DuplicateOf != 0 || c.Location != "" && !codelist.CheckLocode(c.Location).OK {
		return true
	}
	for _, m := range c.Marks {
		if m.Check == consignment.Failed {
			return true
		}
	}
	for _, l := range c.Goods {
		if l.GTIN != "" && !codelist.CheckGTIN(l.GTIN).OK || l.HS != "" && !codelist.CheckHS(l.HS).OK {
			return true
		}
	}
	for _, l := range c.Legs {
		if l.Location != "" && !codelist.CheckLocode(l.Location).OK {
			return true
		}
	}
	return false
}

// Answer is an organisation's last word on a warning of which it controlled the goods.
type Answer struct {
	Operation    int
	Organisation int64
	Day          string // local day of the answer
	Hit          bool
}
