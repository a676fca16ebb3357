package organisation

import (
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
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
	Number       int64 // of the first body of an instance that is to take operations in; 0: the next one
}

// MaxNumber is the highest number that a body, or an operation, may have: programs
// that read journals and files of operations keep it in 32 bits, and there is always
// a next one.
const MaxNumber = 1<<31 - 1

// Limits of a draft.
const (
	maxAbbreviation = 40 // characters
	maxNames        = 50 // languages
	maxLanguage     = 35 // characters of a BCP 47 tag that people use
)

// Check says what is wrong with a draft. Paths are id, name, abbreviation,
// names, name.LANGUAGE, kind, country, time_zone, language, release_by, release_after,
// number.
func (d Draft) Check() error {
	_, err := d.clean()
	return err
}

// Check says what is wrong with an organisation that comes from another instance: one
// that could not have been registered here.
func (o Organisation) Check() error {
	return Draft{ID: o.ID, Kind: o.Kind, Country: o.Country, Name: o.Name, Abbreviation: o.Abbreviation, Names: o.Names, TimeZone: o.TimeZone,
		Language: o.Language, ReleaseBy: o.ReleaseBy, ReleaseAfter: o.ReleaseAfter, Number: o.Number}.Check()
}

// clean gives the draft as it is stored, and what is wrong with it.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.cleanNames(&p)
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
	} else if !isLanguage(d.Language) {
		p.Add("language", "fault.choose-one")
	}
	if d.ReleaseBy != ReleaseByOfficer && d.ReleaseBy != ReleaseByContactPoint {
		p.Add("release_by", "fault.unknown-code")
	}
	if d.Number < 0 || d.Number > MaxNumber {
		p.Add("number", "fault.out-of-range")
	}
	if d.ReleaseAfter < 0 || d.ReleaseAfter > 30*24*time.Hour {
		p.Add("release_after", "fault.out-of-range")
	}
	d.ReleaseAfter = d.ReleaseAfter.Truncate(time.Microsecond) // as it is stored
	return d, p.Fault()
}

func (d *Draft) cleanNames(p *fault.Problems) {
	d.Name = cleaned(p, "name", d.Name, i18n.MaxName)
	if strings.TrimSpace(d.Abbreviation) == "" {
		d.Abbreviation = ""
	} else {
		d.Abbreviation = cleaned(p, "abbreviation", d.Abbreviation, maxAbbreviation)
	}
	if len(d.Names) > maxNames {
		p.Add("names", "fault.too-many-items", fault.Args{"max": int64(maxNames)})
		return
	}
	names := make(map[string]string, len(d.Names))
	for lang, name := range d.Names {
		if !isLanguage(lang) {
			p.Add("names", "fault.choose-one")
		}
		names[lang] = cleaned(p, "name."+lang, name, i18n.MaxName)
	}
	d.Names = names
}

// cleaned is a name as it is stored; what is wrong with it is noted.
func cleaned(p *fault.Problems, path, text string, limit int) string {
	out, err := i18n.CleanLine(text, limit)
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return text
	}
	return out
}

func isLanguage(s string) bool {
	tag, err := language.Parse(s)
	return err == nil && len(s) <= maxLanguage && tag != language.Und
}

func isCountry(c string) bool {
	return len(c) == 2 && c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z'
}
