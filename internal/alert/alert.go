package alert

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is the UUID of an alert, made by whoever writes it; unique for its originator
// only.
type ID string

// Urgent is the level that is told at once and reminded of by time.
const Urgent = "urgent"

// Limits.
const (
	MaxTitle     = i18n.MaxName // characters
	MaxLook      = 4000         // of what to look for, and of what to do
	MaxReason    = 1000
	MaxCountries = 60
	MaxOps       = 50
	MaxSheets    = 50
	MaxDays      = 366 // an alert lasts at most so long
	maxSheet     = 64  // characters of a sheet's id
)

// Alert is one alert. But for its withdrawal it is as it was issued.
type Alert struct {
	Seq          int64 `json:",omitempty"` // index of the entry that issued it
	ID           ID
	Organisation int64 // in whose name it is
	Author       string
	At           time.Time
	Audience     int64
	To           To
	Kind         string // codelist.AlertKind
	Level        string // codelist.AlertLevel
	Title        string
	Look         string // what to look for
	Do           string // what to do
	Language     string // BCP 47, of the texts
	Brand        holder.BrandID
	BrandOf      int64              // the right holder whose brand it is; 0: none
	BrandName    string             // as it was
	Category     string             // codelist.Category; empty: none in particular
	HS           string             // 2, 4 or 6 digits
	From         []string           `json:",omitempty"` // countries of the routes
	Via          []string           `json:",omitempty"`
	Into         []string           `json:",omitempty"`
	Marks        []consignment.Mark `json:",omitempty"`
	Sheets       []string           `json:",omitempty"` // ids of product sheets
	Pictures     []attachment.Ref   `json:",omitempty"`
	Until        string             // the last day
	Withdrawn    Withdrawn          `json:",omitzero"`
}

// To says for whom an alert is, as its issuer said.
type To struct {
	All        bool     `json:",omitempty"` // all customs
	Countries  []string `json:",omitempty"` // their administrations, now members or later
	Operations []int64  `json:",omitempty"` // who coordinates or enforces in them, now and later
}

// Withdrawn says that an alert was taken back.
type Withdrawn struct {
	At     time.Time // zero: it was not
	Entry  int64     `json:",omitempty"` // index of the entry; the last of the journal's own entry does not say it
	Author string
	Reason string
}

// InForce tells whether an alert is to be acted on, on a day.
func (a Alert) InForce(day string) bool { return a.Withdrawn.At.IsZero() && day <= a.Until }

// EntrySubject is how the journal calls an alert.
func (a Alert) EntrySubject() string { return "alert/" + string(a.ID) }

// Draft is what is written to issue an alert.
type Draft struct {
	ID         ID              // the same id again is the same alert; empty: one is made
	Holder     organisation.ID // right holder in whose name; empty: the writer's own organisation. Of coordination: whose brand it is
	Brand      holder.BrandID  // may be empty
	Kind       string
	Level      string
	Title      string
	Look       string
	Do         string
	Language   string
	Category   string
	HS         string
	From       []string
	Via        []string
	Into       []string
	Marks      []consignment.Mark
	Sheets     []string
	Pictures   []attachment.ID // the writer's own, uploaded before
	Until      string
	All        bool
	Countries  []string
	Operations []operation.Code
}

// clean gives the draft as it is stored, and what is wrong with it. Paths are id,
// kind, level, title, look, do, language, category, hs, from, via, into, marks,
// sheets, until, to.
func (d Draft) clean(today string) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	code(&p, "kind", d.Kind, codelist.AlertKind, true)
	code(&p, "level", d.Level, codelist.AlertLevel, true)
	d.Title = i18n.CleanField(&p, "title", d.Title, MaxTitle, true, i18n.CleanLine)
	d.Look = i18n.CleanField(&p, "look", d.Look, MaxLook, true, i18n.CleanBody)
	d.Do = i18n.CleanField(&p, "do", d.Do, MaxLook, false, i18n.CleanBody)
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	code(&p, "category", d.Category, codelist.Category, false)
	if d.HS != "" {
		c := codelist.CheckHS(d.HS)
		if d.HS = c.Canonical; !c.OK {
			p.Add("hs", "alert.hs")
		}
	}
	d.From, d.Via, d.Into = countries(&p, "from", d.From), countries(&p, "via", d.Via), countries(&p, "into", d.Into)
	d.Marks = consignment.Clean(&p, "marks", d.Marks, d.Title, d.Look)
	d.Sheets = unique(d.Sheets)
	for _, s := range d.Sheets {
		if len(s) > maxSheet || !source.ValidID(s) {
			p.Add("sheets", "fault.not-an-id")
		}
	}
	if len(d.Sheets) > MaxSheets {
		p.Add("sheets", "fault.too-many-items", fault.Args{"max": int64(MaxSheets)})
	}
	checkUntil(&p, d.Until, today)
	d.Countries = countries(&p, "to", d.Countries)
	d.Operations = unique(d.Operations)
	switch {
	case len(d.Operations) > MaxOps:
		p.Add("to", "fault.too-many-items", fault.Args{"max": int64(MaxOps)})
	case !d.All && len(d.Countries) == 0 && len(d.Operations) == 0:
		p.Add("to", "alert.to-nobody")
	}
	if d.All { // the others among them
		d.Countries, d.Operations = nil, nil
	}
	return d, p.Fault()
}

func checkUntil(p *fault.Problems, until, today string) {
	last, err := time.Parse(time.DateOnly, until)
	now, _ := time.Parse(time.DateOnly, today)
	switch {
	case until == "":
		p.Add("until", "fault.required")
	case err != nil:
		p.Add("until", "fault.not-a-date")
	case last.Before(now):
		p.Add("until", "alert.until-past")
	case last.After(now.AddDate(0, 0, MaxDays)):
		p.Add("until", "alert.until-late", fault.Args{"max": int64(MaxDays)})
	}
}

func code(p *fault.Problems, path, s string, list codelist.List, required bool) {
	switch {
	case s == "" && required:
		p.Add(path, "fault.required")
	case s != "" && !list.Has(s):
		p.Add(path, "fault.unknown-code")
	}
}

// countries are codes of countries, each once, sorted.
func countries(p *fault.Problems, path string, all []string) []string {
	all = unique(all)
	slices.Sort(all)
	if len(all) > MaxCountries {
		p.Add(path, "fault.too-many-items", fault.Args{"max": int64(MaxCountries)})
	} else if slices.ContainsFunc(all, func(c string) bool { return !codelist.Country.Has(c) }) {
		p.Add(path, "fault.unknown-code")
	}
	return all
}

// unique are values in their order, each once, none empty.
func unique[T ~string](all []T) []T {
	var out []T
	for _, v := range all {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// Name says which alert is meant by the id that its originator gave it.
type Name struct {
	ID   ID
	From organisation.ID // the originator; empty: one's own, or the first that one reads
}
