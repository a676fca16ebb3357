package organisation

import (
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// ID is an organisation's UUID.
type ID string

// Who lets a record leave an administration.
const (
	ReleaseByOfficer      = "officer"
	ReleaseByContactPoint = "contact-point"
)

// Kinds lists the kinds of organisation; labels under code.organisation-kind.
func Kinds() []string {
	return []string{"customs", "secretariat", "rilo", "right-holder", "partner", "observer"}
}

// Organisation is one body.
type Organisation struct {
	Number       int64
	ID           ID
	Kind         string
	Country      string            // ISO 3166-1 alpha-2, empty for international bodies
	Name         string            // in its own language
	Abbreviation string            // short form for tight places
	Names        map[string]string // name by language of the reader
	TimeZone     string            // IANA name
	Language     string            // BCP 47
	ReleaseBy    string
	ReleaseAfter time.Duration // released by time when no contact point acted; 0: never
	Version      int64
}

// Called is the name for a reader of that language.
func (o Organisation) Called(language string) string {
	if n := o.Names[language]; n != "" {
		return n
	}
	return o.Name
}

// Directs tells whether such a body may direct operations.
func (o Organisation) Directs() bool { return o.Kind == "secretariat" || o.Kind == "rilo" }

// Draft is what is written about an organisation.
type Draft struct {
	ID           ID
	Kind         string
	Country      string
	Name         string
	Abbreviation string
	Names        map[string]string
	TimeZone     string
	Language     string
	ReleaseBy    string
	ReleaseAfter time.Duration
	Version      int64 // the version that was read; 0 for a new one
}

// Check says what is wrong with a draft.
func (d Draft) Check() error {
	var p fault.Problems
	if strings.TrimSpace(d.Name) == "" {
		p.Add("name", "fault.required")
	}
	if len(d.Name) > 200 {
		p.Add("name", "fault.too-long", fault.Args{"max": int64(200)})
	}
	if len(d.Abbreviation) > 40 {
		p.Add("abbreviation", "fault.too-long", fault.Args{"max": int64(40)})
	}
	if !slices.Contains(Kinds(), d.Kind) {
		p.Add("kind", "fault.unknown-code")
	}
	if d.Country == "" && d.Kind == "customs" {
		p.Add("country", "fault.required")
	} else if d.Country != "" && !isCountry(d.Country) {
		p.Add("country", "fault.unknown-code")
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "" || d.TimeZone == "Local" {
		p.Add("time_zone", "fault.unknown-code")
	}
	if d.Language == "" {
		p.Add("language", "fault.required")
	}
	if d.ReleaseBy != ReleaseByOfficer && d.ReleaseBy != ReleaseByContactPoint {
		p.Add("release_by", "fault.unknown-code")
	}
	if d.ReleaseAfter < 0 || d.ReleaseAfter > 30*24*time.Hour {
		p.Add("release_after", "fault.out-of-range")
	}
	return p.Fault()
}

func isCountry(c string) bool {
	return len(c) == 2 && c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z'
}
