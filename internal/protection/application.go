package protection

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ApplicationID is the UUID of an application, made by whoever writes it; unique
// for its holder only.
type ApplicationID string

// The states of an application; labels under code.application-state. Expired is
// never stored: it follows from the last day.
const (
	Filed    = "filed" // waits for the administration
	Accepted = "accepted"
	Refused  = "refused"
	Revoked  = "revoked"
	Expired  = "expired"
)

// Application is an application for action.
type Application struct {
	Seq          int64 `json:",omitempty"` // index of the entry that filed it
	ID           ApplicationID
	Organisation int64 // the right holder
	By           int64 // organisation of whoever entered it
	ByCustoms    bool  // the administration entered it
	Audience     int64
	Brands       []holder.BrandID
	Rights       []string `json:",omitempty"` // numbers of the rights; none: all of the brands
	Country      string   // of the administration that decides
	Countries    []string // where it is to have effect: Country among them
	Categories   []string `json:",omitempty"` // codelist.Category; none: all
	Directions   []string `json:",omitempty"` // none: all
	State        string   // Filed, Accepted, Refused, Suspended, Revoked
	Number       string   // given by customs
	Since        string   // day; empty: not said
	Until        string   // day; empty: without end
	Contact      string   // who answers for it
	Note         string
	Everybody    bool   // all customs may read it, not only those of Countries
	Reason       string // of the last change of state
	Author       string
	At           time.Time
	Amender      string    `json:",omitempty"` // person who changed it last
	Amended      time.Time `json:",omitzero"`
	Version      int64     // from 1
}

// Shown is the state on a day: what was accepted and is over, has expired.
func (a Application) Shown(day string) string {
	if (a.State == Accepted || a.State == Suspended) && a.Until != "" && a.Until < day {
		return Expired
	}
	return a.State
}

// EntrySubject is how the journal calls an application.
func (a Application) EntrySubject() string { return "application/" + string(a.ID) }

// Draft is what is typed of an application.
type Draft struct {
	ID         ApplicationID   // the same id again is the same application; empty: one is made
	Holder     organisation.ID // in whose name; a right holder's empty one is itself
	Brands     []holder.BrandID
	Rights     []string
	Country    string // customs: their own, whatever is typed
	Countries  []string
	Categories []string
	Directions []string
	State      string // customs only: what the holder's side types is filed, or revoked
	Number     string
	Since      string
	Until      string
	Contact    string
	Note       string
	Everybody  bool
	Reason     string // why the state changed: when one amends
}

// clean gives the draft as it is stored, and what is wrong with it. Paths are id,
// brands, rights, country, countries, categories, directions, state, number, since,
// until, contact, note, reason.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Brands = unique(d.Brands)
	switch {
	case len(d.Brands) == 0:
		p.Add("brands", "fault.required")
	case len(d.Brands) > MaxBrands:
		p.Add("brands", "protection.too-many", fault.Args{"max": int64(MaxBrands)})
	}
	d.Rights = numbers(&p, d.Rights)
	if !codelist.Country.Has(d.Country) {
		p.Add("country", "fault.required")
	}
	d.Countries = unique(append([]string{d.Country}, d.Countries...))
	if len(d.Countries) > MaxCountries {
		p.Add("countries", "protection.too-many", fault.Args{"max": int64(MaxCountries)})
	}
	for _, c := range d.Countries {
		if c != d.Country && !codelist.Country.Has(c) {
			p.Add("countries", "fault.unknown-code")
			break
		}
	}
	slices.Sort(d.Countries)
	d.Categories = among(&p, "categories", d.Categories, codelist.Category.Codes())
	d.Directions = among(&p, "directions", d.Directions, Directions())
	if d.State == "" {
		d.State = Filed
	}
	if d.State == Expired || !codelist.ApplicationState.Has(d.State) {
		p.Add("state", "fault.unknown-code")
	}
	d.Number = line(&p, "number", d.Number, MaxSource, false)
	d.Since, d.Until = day(&p, "since", d.Since, false), day(&p, "until", d.Until, false)
	if d.Since != "" && d.Until != "" && d.Until < d.Since {
		p.Add("until", "fault.date-order")
	}
	d.Contact = text(&p, "contact", d.Contact, MaxContact, true)
	d.Note = text(&p, "note", d.Note, MaxNote, false)
	d.Reason = text(&p, "reason", d.Reason, MaxReason, d.State == Refused || d.State == Suspended || d.State == Revoked)
	return d, p.Fault()
}

// into puts what was typed into an application.
func (d Draft) into(a Application) Application {
	a.Brands, a.Rights, a.Country, a.Countries, a.Categories, a.Directions = d.Brands, d.Rights, d.Country, d.Countries, d.Categories, d.Directions
	a.State, a.Number, a.Since, a.Until, a.Contact, a.Note, a.Everybody, a.Reason = d.State, d.Number, d.Since, d.Until, d.Contact, d.Note, d.Everybody, d.Reason
	return a
}

// Draft is an application as it would be typed.
func (a Application) Draft() Draft {
	return Draft{ID: a.ID, Brands: a.Brands, Rights: a.Rights, Country: a.Country, Countries: a.Countries, Categories: a.Categories, Directions: a.Directions,
		State: a.State, Number: a.Number, Since: a.Since, Until: a.Until, Contact: a.Contact, Note: a.Note, Everybody: a.Everybody, Reason: a.Reason}
}

// numbers are numbers of rights as they are stored: one each, without blanks around.
func numbers(p *fault.Problems, all []string) []string {
	var out []string
	for _, s := range all {
		if s = line(p, "rights", s, MaxSource, false); s != "" {
			out = append(out, s)
		}
	}
	if out = unique(out); len(out) > MaxRights {
		p.Add("rights", "protection.too-many", fault.Args{"max": int64(MaxRights)})
	}
	return out
}

// among are the chosen codes of a list, in its order, each once.
func among(p *fault.Problems, path string, chosen, list []string) []string {
	var out []string
	for _, code := range list {
		if slices.Contains(chosen, code) {
			out = append(out, code)
		}
	}
	for _, code := range chosen {
		if !slices.Contains(list, code) {
			p.Add(path, "fault.unknown-code")
			break
		}
	}
	return out
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

func day(p *fault.Problems, path, s string, required bool) string {
	if s == "" {
		if required {
			p.Add(path, "fault.required")
		}
		return s
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		p.Add(path, "fault.not-a-date")
	}
	return s
}

// text is a text of several lines as it is stored.
func text(p *fault.Problems, path, s string, most int, required bool) string {
	return i18n.CleanField(p, path, s, most, required, i18n.CleanBody)
}

// line is a text of one line.
func line(p *fault.Problems, path, s string, most int, required bool) string {
	return i18n.CleanField(p, path, s, most, required, i18n.CleanLine)
}
