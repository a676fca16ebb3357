package protection

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Limits.
const (
	MaxHow       = 4000 // characters of how to apply
	MaxSource    = 300  // characters of a source, a contact's line, a number
	MaxContact   = 1000 // characters of a contact
	MaxNote      = 2000 // characters
	MaxReason    = 1000 // characters
	MaxBrands    = 100  // of an application
	MaxRights    = 100  // numbers of an application
	MaxCountries = 60   // of an application
)

// MeasureID is the UUID of a version, made by whoever writes it.
type MeasureID string

// Measure is one version of what an administration may do at its border.
type Measure struct {
	Seq          int64 `json:",omitempty"` // index of the entry that set it
	ID           MeasureID
	Organisation int64
	Version      int64 // from 1; the newest is in force
	Country      string
	Rights       []string // codelist.IPRType: for which it may act; none: for none
	Directions   []string // of Directions
	ExOfficio    string   // Yes, No, Unknown
	Small        string   // Yes, No, Unknown
	How          string   // how to apply for action there
	Source       string   // of the law
	Profile      string   // code of the legal profile from which it was filled in; empty: none
	Compared     bool     // somebody compared it with the law; a profile of the program is not compared by itself
	Date         string   // day on which the law stood so
	Author       string
	At           time.Time
}

// Directions are those of which a measure speaks: a transhipment is a transit here.
func Directions() []string { return []string{"import", "export", "transit"} }

// MeasureDraft is what is typed to set a measure.
type MeasureDraft struct {
	ID         MeasureID // the same id again is the same version; empty: one is made
	Seen       int64     // number of the version that the writer saw; 0: none was set
	Rights     []string
	Directions []string
	ExOfficio  string
	Small      string
	How        string
	Source     string
	Profile    string
	Compared   bool
	Date       string
}

// FromProfile is a draft as a legal profile of the program says it, which nobody
// has compared with the law of the country.
func FromProfile(p legal.Profile) MeasureDraft {
	d := MeasureDraft{Rights: p.Rights, ExOfficio: No, Small: No, Source: p.Source, Profile: p.Code, Date: p.Date}
	for _, direction := range Directions() {
		for _, has := range p.Directions {
			if has == direction {
				d.Directions = append(d.Directions, direction)
			}
		}
	}
	if p.ExOfficio.Allowed {
		d.ExOfficio = Yes
	}
	if p.Small != nil {
		d.Small = Yes
	}
	return d
}

// clean gives the draft as it is stored, and what is wrong with it. Paths are id,
// rights, directions, ex-officio, small, how, source, profile, date.
func (d MeasureDraft) clean() (MeasureDraft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Rights = among(&p, "rights", d.Rights, codelist.IPRType.Codes())
	d.Directions = among(&p, "directions", d.Directions, Directions())
	d.ExOfficio = answered(&p, "ex-officio", d.ExOfficio)
	d.Small = answered(&p, "small", d.Small)
	d.How = text(&p, "how", d.How, MaxHow, false)
	d.Source = line(&p, "source", d.Source, MaxSource, true)
	if _, ok := legal.Named(d.Profile); !ok && d.Profile != "" {
		p.Add("profile", "detention.profile")
	}
	d.Date = day(&p, "date", d.Date, true)
	return d, p.Fault()
}

func answered(p *fault.Problems, path, s string) string {
	if s == "" {
		return Unknown
	}
	if !codelist.Answer.Has(s) {
		p.Add(path, "fault.unknown-code")
	}
	return s
}
