package holder

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// ID is the UUID of a vetting or a mandate, BrandID that of a brand; each is made by
// whoever writes it.
type (
	ID      string
	BrandID string
)

// The states of a vetting and of a mandate as they are kept.
const (
	Asked   = "asked"   // waits for coordination
	Checked = "checked" // holds while its days run
	Revoked = "revoked"
)

// What their state is on a day, beside those; labels under code.holder-state.
const (
	None    = "none"    // nothing was shown yet
	Later   = "later"   // checked, and its days have not begun
	Expired = "expired" // checked, and its days are over
)

// Limits.
const (
	MaxNote   = 2000 // characters
	MaxReason = 1000 // characters
	MaxFiles  = 10   // of a vetting or a mandate
	MaxAlso   = 20   // other spellings of a brand
	MaxRights = 200  // of a brand
	MaxBrands = 200  // that a mandate names
	MaxYears  = 5    // for which a right holder is vetted at once
	maxClass  = 45   // of Nice
)

// Vetting is what a right holder showed of itself, and who checked it.
type Vetting struct {
	Seq          int64 `json:",omitempty"` // index of the entry that asked
	ID           ID
	Organisation int64
	Register     string // which register, such as "Companies House"
	Extract      string // the number in it
	Country      string // of the register
	Note         string
	Author       string
	At           time.Time
	State        string
	Until        string // day until which it holds, set by who checks
	Checker      string // person of coordination; "" while it waits
	CheckedAt    time.Time
	Reason       string           // why it was refused or revoked
	Ended        string           // person who did
	Attachments  []attachment.Ref `json:",omitempty"` // the extract, and what else was shown
	Version      int64
}

// Holds tells whether the right holder is vetted by it on a day.
func (v Vetting) Holds(day string) bool { return v.State == Checked && day <= v.Until }

// On is its state on a day.
func (v Vetting) On(day string) string {
	if v.State == Checked && day > v.Until {
		return Expired
	}
	return v.State
}

// Mandate is a power of attorney.
type Mandate struct {
	Seq            int64 `json:",omitempty"`
	ID             ID
	Holder         int64
	Representative int64
	Brands         []BrandID `json:",omitempty"` // none: all, now and later
	Countries      []string  `json:",omitempty"` // none: all
	Since, Until   string    // days, both included
	Note           string    // number of the deed, who signed it
	Author         string
	At             time.Time
	State          string
	Checker        string
	CheckedAt      time.Time
	Reason         string
	Ended          string           // person who refused or revoked it
	Attachments    []attachment.Ref `json:",omitempty"` // the deed
	Version        int64
}

// Holds tells whether the mandate runs on a day.
func (m Mandate) Holds(day string) bool {
	return m.State == Checked && m.Since <= day && day <= m.Until
}

// On is its state on a day.
func (m Mandate) On(day string) string {
	switch {
	case m.State == Checked && day < m.Since:
		return Later
	case m.State == Checked && day > m.Until:
		return Expired
	}
	return m.State
}

// Brand is a name on goods, with what protects it.
type Brand struct {
	Seq          int64 `json:",omitempty"`
	ID           BrandID
	Organisation int64 // the right holder
	Name         string
	Also         []string `json:",omitempty"` // other spellings and scripts
	Categories   []string // codelist.Category: what it is on
	Rights       []Right  `json:",omitempty"`
	Author       string
	At           time.Time
	Version      int64
	Claimed      map[string]time.Time `json:",omitempty"` // since when it goes by each of its names, folded
}

// claims are the names of a brand at a time, folded, each since when it goes by it.
func (b Brand) claims(now time.Time) map[string]time.Time {
	out := map[string]time.Time{}
	for _, name := range append([]string{b.Name}, b.Also...) {
		key := i18n.Fold(name)
		since, had := b.Claimed[key]
		if !had {
			since = now
		}
		out[key] = since
	}
	return out
}

// Right is one registered right.
type Right struct {
	Kind      string // codelist.IPRType
	Number    string
	Classes   []int    `json:",omitempty"` // of Nice, 1 to 45
	Countries []string // ISO 3166-1 alpha-2; where it protects
	Since     string   `json:",omitempty"` // day
	Until     string   `json:",omitempty"` // day; empty: no end is stated
	Note      string   `json:",omitempty"`
}

// Protects tells whether the right protects in a country on a day.
func (r Right) Protects(country, day string) bool {
	return slices.Contains(r.Countries, country) && (r.Since == "" || r.Since <= day) && (r.Until == "" || day <= r.Until)
}

// Protecting are the rights of a brand that protect it in a country on a day.
func (b Brand) Protecting(country, day string) []Right {
	return slices.DeleteFunc(slices.Clone(b.Rights), func(r Right) bool { return !r.Protects(country, day) })
}

// Acting is a right holder for whom somebody may act, and how far.
type Acting struct {
	Holder    organisation.Organisation
	Own       bool      // the actor's own organisation
	Brands    []BrandID // none: all
	Countries []string  // none: all
	Vetted    bool      // today
}

// Covers tells whether acting for the holder goes as far as a brand; the empty brand
// is none in particular.
func (a Acting) Covers(b BrandID) bool { return len(a.Brands) == 0 || slices.Contains(a.Brands, b) }

// In tells whether it goes as far as a country.
func (a Acting) In(country string) bool {
	return len(a.Countries) == 0 || slices.Contains(a.Countries, country)
}

// Sees tells whether somebody who acts for some sees what a right holder keeps about
// a brand; the empty brand is none in particular.
func Sees(all []Acting, holder int64, b BrandID) bool {
	return slices.ContainsFunc(all, func(a Acting) bool { return a.Holder.Number == holder && a.Covers(b) })
}
