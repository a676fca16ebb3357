package situation

import (
	"errors"
	"reflect"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// MaxNote is how long the words beside the figures may be.
const MaxNote = 4000

// Totals are sums by unit in millionths, whole numbers also in JSON.
type Totals map[string]int64

// Group is one value of a dimension with its figures.
type Group struct {
	Value  string `json:"value"`
	Cases  int64  `json:"cases"`
	Totals Totals `json:"totals"`
}

// Sums are the counted cases of a day, or of all days.
type Sums struct {
	Cases      int64            `json:"cases"`
	Totals     Totals           `json:"totals"`
	NotCounted map[string]int64 `json:"not_counted,omitempty"` // by class
	Categories []Group          `json:"categories,omitempty"`
	Countries  []Group          `json:"countries,omitempty"`
}

// Pair is a figure of the day beside that of all days so far.
type Pair struct {
	Day   int64 `json:"day"`
	Since int64 `json:"since"`
}

// Figures are what a report says, frozen. Fields only grow.
type Figures struct {
	AsOf       int64 `json:"as_of"` // index of the newest entry that is in them
	OfDay      Sums  `json:"of_day"`
	Since      Sums  `json:"since"`
	NilReports Pair  `json:"nil_reports"`
	Controls   Pair  `json:"controls"`
	Silent     Pair  `json:"silent"`   // of the day: members; since: days
	Warnings   Pair  `json:"warnings"` // sent
	Open       int64 `json:"open"`     // warnings that nobody had answered
	Overdue    int64 `json:"overdue"`  // of them
	Members    int64 `json:"members"`  // that were to report on the day
	Reported   int64 `json:"reported"` // and did
}

// Report is one situation report as it was issued.
type Report struct {
	Seq          int64     `json:"seq,omitempty"`
	Day          string    `json:"day"`           // local day that it is of, yyyy-mm-dd
	Due          string    `json:"due,omitempty"` // local day whose plan made it; empty: somebody issued it
	Organisation int64     `json:"organisation"`  // that directs, or whose person issued it
	Author       string    `json:"author"`        // person, or the name of the clock
	At           time.Time `json:"at"`
	Note         string    `json:"note,omitempty"`
	Language     string    `json:"language,omitempty"` // of the note
	Figures      Figures   `json:"figures"`
	Audience     int64     `json:"-"`
}

// Planned tells whether time issued it.
func (r Report) Planned() bool { return r.Due != "" }

// says tells whether two reports say the same of the same day.
func (r Report) says(o Report) bool {
	r.Figures.AsOf, o.Figures.AsOf = 0, 0
	return r.Day == o.Day && r.Note == o.Note && r.Language == o.Language && reflect.DeepEqual(r.Figures, o.Figures)
}

// Plan is when reports are issued by time.
type Plan struct {
	On        bool `json:"on"`
	Hour      int  `json:"hour"` // of the operation's time zone
	Minute    int  `json:"minute"`
	DayBefore bool `json:"day_before"` // of the day before; otherwise of the same day, as far as it has gone
}

// Made is a plan with who made it, and when.
type Made struct {
	Plan
	Seq    int64     `json:"seq,omitempty"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
}

// Check tells what is wrong with a plan.
func (p Plan) Check() error {
	var wrong fault.Problems
	if p.Hour < 0 || p.Hour > 23 {
		wrong.Add("hour", "fault.out-of-range")
	}
	if p.Minute < 0 || p.Minute > 59 {
		wrong.Add("minute", "fault.out-of-range")
	}
	return wrong.Fault()
}

// owed gives the local day whose report time owes at a moment, and the day that the
// report is of; false: none. Where clocks go forward the hour may be missing: the
// moment is then as long after midnight as it would have been. Where they go back it
// comes twice, and the first counts.
func (m Made) owed(o operation.Operation, phase string, now time.Time) (due, day string, ok bool) {
	local := now.In(o.Location())
	moment := time.Date(local.Year(), local.Month(), local.Day(), m.Hour, m.Minute, 0, 0, o.Location())
	if !m.On || now.Before(moment) || moment.Before(m.At) {
		return "", "", false
	}
	due, day = local.Format(time.DateOnly), local.Format(time.DateOnly)
	if m.DayBefore {
		day = local.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	return due, day, o.Within(phase, day)
}

// frozen keeps what the situation says.
func frozen(s results.Situation) Figures {
	return Figures{AsOf: s.Since.AsOf, OfDay: sums(s.OfDay), Since: sums(s.Since),
		NilReports: Pair{Day: s.Today.NilReports, Since: s.ToDate.NilReports}, Controls: Pair{Day: s.Today.Controls, Since: s.ToDate.Controls},
		Silent: Pair{Day: s.Today.Silent, Since: s.ToDate.Silent}, Warnings: Pair{Day: s.Sent, Since: s.Warnings},
		Open: s.Open.All, Overdue: s.Open.AllOverdue, Members: s.Members, Reported: s.Reported}
}

func sums(f results.Figures) Sums {
	s := Sums{Cases: f.Cases, Totals: totals(f.Totals), Categories: groups(f.Categories), Countries: groups(f.Countries)}
	for class, n := range f.NotCounted {
		if n == 0 {
			continue
		}
		if s.NotCounted == nil {
			s.NotCounted = map[string]int64{}
		}
		s.NotCounted[class] = n
	}
	return s
}

// totals leaves out units of which nothing is left, so that equal figures look equal.
func totals(of map[string]int64) Totals {
	out := Totals{}
	for unit, micro := range of {
		if micro != 0 {
			out[unit] = micro
		}
	}
	return out
}

func groups(all []results.Group) []Group {
	var out []Group
	for _, g := range all {
		out = append(out, Group{Value: g.Value, Cases: g.Cases, Totals: totals(g.Totals)})
	}
	return out
}

// Draft is what whoever issues a report chooses.
type Draft struct {
	Day      string // empty: today, or the last day of the operational phase
	Note     string // beside the figures
	Language string // of the note
}

// clean is a draft as it is stored. Paths are note and language; the day is looked at
// where the figures are made.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	var err error
	if d.Note, err = i18n.CleanBody(d.Note, MaxNote); err != nil {
		if f, ok := errors.AsType[*fault.Fault](err); ok {
			p.Add("note", f.Key, f.Args)
		} else {
			p.Add("note", "fault.malformed")
		}
	}
	if strings.TrimSpace(d.Note) == "" {
		d.Note, d.Language = "", "" // of nothing there is no language
		return d, p.Fault()
	}
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	return d, p.Fault()
}
