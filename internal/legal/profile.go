package legal

import (
	"slices"
	"strings"
)

// The procedures under which goods are held; labels under code.clock-kind.
const (
	ExOfficio        = "ex-officio"  // customs act on their own
	UnderApplication = "application" // a right holder's application was granted before
	Small            = "small"       // a small consignment by mail or express
)

// The events that start deadlines or meet them; labels under code.clock-event.
const (
	Detained            = "detained" // what starts the clock
	NotifiedDeclarant   = "notified-declarant"
	NotifiedHolder      = "notified-holder"
	ApplicationReceived = "application-received"
	ApplicationGranted  = "application-granted"
	Reply               = "reply"     // of the right holder
	Objection           = "objection" // of the declarant or importer
	Agreed              = "agreed"    // the declarant agrees to destruction
	Extended            = "extended"  // of one deadline, with the reason
	Proceedings         = "proceedings"
	Decision            = "decision" // on the merits, for the right holder
	Ended               = "ended"    // the clock, whatever became of the goods
)

// The units of a period; labels under code.clock-unit.
const (
	Working      = "working"
	CalendarDays = "calendar"
)

// The stages that decide what may be told; labels under code.clock-stage.
const (
	BeforeApplication = "before-application"
	WithApplication   = "application"
	OnMerits          = "merits"
)

// Period is a number of days.
type Period struct {
	Days int    // 0: promptly, without a number
	Unit string // Working, or CalendarDays, which end on a worked day
}

// Profile is one administration's law on goods that are suspected to infringe
// intellectual property rights, as far as a clock needs it.
type Profile struct {
	Code       string
	Name       string // of the law, in Language
	Language   string // of every text here, BCP 47
	Source     string // where it stands
	Author     string // who wrote the profile
	Checker    string // who compared it with the source; empty: nobody has
	Date       string // of the last change, 2006-01-02
	Note       string
	Rights     []string // codelist.IPRType
	Directions []string // codelist.Direction
	Payer      string   // codelist.ClockPayer: who pays storage and destruction
	Arrival    string   // codelist.ClockArrival: when what arrives on a day not worked, or after Closes, counts as arrived
	Closes     string   // 15:04; empty: the whole day counts

	ExOfficio   Allowance
	Application Allowance
	Small       *SmallRule // nil: there is no such procedure
	Steps       []Step
	Disclosures []Disclosure
	Letters     []Letter // own texts; where there are none the house's models serve
}

// Allowance says whether a procedure exists.
type Allowance struct {
	Allowed    bool
	Perishable bool // also for perishable goods
	Basis      string
}

// SmallRule says what is a small consignment: by one of the conveyances, and of at
// most so many units or lighter than so many grams.
type SmallRule struct {
	Units       int64
	Grams       int64
	Conveyances []string // codelist.Conveyance
	Basis       string
}

// Step is one deadline.
type Step struct {
	Code                string   // codelist.ClockStep
	Title               string   // own words instead of the code's label
	Kinds               []string // the procedures in which it runs
	Who                 string   // codelist.ClockParty: whom it binds
	From                string   // the event that starts it
	Needs               string   // an event without which it does not run; empty: none
	MetBy               []string // any of these events meets it
	Period              Period
	Perishable          Period // for perishable goods; no days: as Period
	NotPerishable       bool   // it does not exist for perishable goods
	Extension           Period // by how much it may be extended once; no days: not at all
	ExtensionPerishable bool   // also for perishable goods
	Basis               string
	Unread              bool // known from elsewhere, not read in the source
	Passed              string
}

// Disclosure says what may be told to a right holder from a stage on.
type Disclosure struct {
	Stage  string
	Fields []string // codelist.DisclosureField
	Basis  string
	Unread bool
}

// Letter is a model of a letter in an administration's own words.
type Letter struct {
	Kind     string // codelist.ClockLetter
	Language string
	Title    string
	Body     string // paragraphs between empty lines; {names} are filled from the case
}

// Checked tells whether somebody has compared the profile with its source.
func (p Profile) Checked() bool { return p.Checker != "" }

// Step gives a procedure's step by its code.
func (p Profile) Step(kind, code string) (Step, bool) {
	i := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Code == code && slices.Contains(s.Kinds, kind) })
	if i < 0 {
		return Step{}, false
	}
	return p.Steps[i], true
}

// Refuses says by the key of a text why a procedure cannot be taken; empty: it can.
func (p Profile) Refuses(kind string, perishable bool) string {
	allow := Allowance{}
	switch kind {
	case ExOfficio:
		allow = p.ExOfficio
	case UnderApplication:
		allow = p.Application
	case Small:
		if p.Small == nil {
			return "legal.no-small"
		}
		return ""
	}
	switch {
	case !allow.Allowed:
		return "legal.not-allowed"
	case perishable && !allow.Perishable:
		return "legal.not-perishable"
	}
	return ""
}

// Fits tells whether a consignment can be a small one. Units or grams that nobody
// stated are below zero; what is not stated does not speak against it.
func (r SmallRule) Fits(conveyance string, units, grams int64) bool {
	if !slices.Contains(r.Conveyances, conveyance) {
		return false
	}
	few := r.Units > 0 && units <= r.Units
	light := r.Grams > 0 && grams < r.Grams
	return few || light
}

// runs tells whether a step exists for goods in a procedure.
func (s Step) runs(kind string, perishable bool) bool {
	return slices.Contains(s.Kinds, kind) && !(perishable && s.NotPerishable)
}

func (s Step) period(perishable bool) Period {
	if perishable && s.Perishable.Days > 0 {
		return s.Perishable
	}
	return s.Period
}

// Extendable tells whether the law lets this deadline be extended.
func (s Step) Extendable(perishable bool) bool {
	return s.Extension.Days > 0 && (!perishable || s.ExtensionPerishable)
}

// stages in their order.
var stages = []string{BeforeApplication, WithApplication, OnMerits}

// MayTell lists what may be told to a right holder at a stage, with the basis of each.
func (p Profile) MayTell(stage string) map[string]string {
	out := map[string]string{}
	at := slices.Index(stages, stage)
	for _, d := range p.Disclosures {
		if n := slices.Index(stages, d.Stage); n < 0 || n > at {
			continue
		}
		for _, f := range d.Fields {
			if _, has := out[f]; !has {
				out[f] = d.Basis
			}
		}
	}
	return out
}

// Letter gives the profile's own model of a letter in a language.
func (p Profile) Letter(kind, language string) (Letter, bool) {
	i := slices.IndexFunc(p.Letters, func(l Letter) bool { return l.Kind == kind && l.Language == language })
	if i < 0 {
		return Letter{}, false
	}
	return p.Letters[i], true
}

// Fill puts values in the place of their names in braces, once: what stands in a
// value is not looked at.
func Fill(text string, values map[string]string) string {
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Asks gives the first step of a procedure that binds a party, for its letter.
func (p Profile) Asks(kind, party string, perishable bool) (Step, Period, bool) {
	for _, s := range p.Steps {
		if s.Who == party && s.runs(kind, perishable) {
			return s, s.period(perishable), true
		}
	}
	return Step{}, Period{}, false
}
