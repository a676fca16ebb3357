package person

import (
	"errors"
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is a person's UUID.
type ID string

// State is how far a person has come.
type State string

// The states of a person; labels under person.state.
const (
	Active    State = "active"
	Invited   State = "invited" // has no password yet
	Suspended State = "suspended"
)

// The standings of a contact point; each lets the hat act as contact point.
// Labels under person.contact-point.
const (
	ContactPoint = "contact-point"
	Deputy       = "deputy"
	DutyOfficer  = "duty-officer"
)

// ContactPoints lists the standings; the empty one is none of them.
func ContactPoints() []string { return []string{ContactPoint, Deputy, DutyOfficer} }

// Themes and Densities list what a person may choose; "auto" follows the device.
func Themes() []string    { return []string{"auto", "light", "dark"} }
func Densities() []string { return []string{"auto", "compact"} }

// Person is somebody who signs in.
type Person struct {
	Number        int64
	ID            ID
	Login         string // folded: see FoldLogin
	Name          string
	Language      string // BCP 47
	Theme         string
	Density       string
	Administrator bool
	State         State
	Persona       string // the demonstration's name for the person, or empty
	Epoch         int64  // raised whenever every session of the person ends
	Version       int64
}

// Hat is one person acting for one organisation.
type Hat struct {
	Person       ID
	Organisation int64
	Position     string
	ContactPoint string // empty, or one of ContactPoints
	Since        time.Time
	Until        time.Time // zero: worn until further notice
}

// Contact tells whether the hat acts as contact point of its organisation.
func (h Hat) Contact() bool { return h.ContactPoint != "" }

// At tells whether the hat may be worn at a moment.
func (h Hat) At(at time.Time) bool {
	return !h.Since.After(at) && (h.Until.IsZero() || h.Until.After(at))
}

// Member is a person in one organisation.
type Member struct {
	Person Person
	Hat    Hat
}

// Listing is a person with the hats that the reader may know of.
type Listing struct {
	Person Person
	Hats   []Hat
}

// Draft is what is written to register a person with a first hat.
type Draft struct {
	ID            ID
	Login         string
	Name          string
	Language      string
	Organisation  int64
	Position      string
	ContactPoint  string
	Administrator bool   // from an administrator only, as are the next two
	Persona       string // a person of a demonstration: active at once, without a password
	Active        bool   // active at once, without a password
}

// Change is what is amended about a person and one of its hats.
type Change struct {
	Person       ID
	Name         string
	Organisation int64 // of the hat that is amended; 0: the person only
	Position     string
	ContactPoint string
	Version      int64 // the person's version that was read
}

// Preferences are a person's own.
type Preferences struct{ Language, Theme, Density string }

// Clean gives the draft as it is stored, or says what is wrong with it.
func (d Draft) Clean() (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Login = note(&p, "login", d.Login, FoldLogin)
	d.Name = note(&p, "name", d.Name, i18n.CleanName)
	d.Position, d.ContactPoint = cleanHat(&p, d.Position, d.ContactPoint)
	if d.Language = cleanLanguage(d.Language); d.Language == "" {
		p.Add("language", "person.language")
	}
	if d.Organisation <= 0 {
		p.Add("organisation", "fault.choose-one")
	}
	if d.Persona != "" {
		d.Persona = note(&p, "persona", d.Persona, FoldLogin)
	}
	return d, p.Fault()
}

// Clean gives the change as it is stored, or says what is wrong with it.
func (c Change) Clean() (Change, error) {
	var p fault.Problems
	c.Name = note(&p, "name", c.Name, i18n.CleanName)
	c.Position, c.ContactPoint = cleanHat(&p, c.Position, c.ContactPoint)
	return c, p.Fault()
}

// check says what is wrong with preferences. A language that the person has
// already is taken even if the product does not speak it.
func (f Preferences) check(has string) error {
	var p fault.Problems
	if !i18n.Offered(i18n.Lang(f.Language)) && f.Language != has {
		p.Add("language", "fault.choose-one")
	}
	if !slices.Contains(Themes(), f.Theme) {
		p.Add("theme", "fault.choose-one")
	}
	if !slices.Contains(Densities(), f.Density) {
		p.Add("density", "fault.choose-one")
	}
	return p.Fault()
}

func cleanHat(p *fault.Problems, position, contactPoint string) (string, string) {
	if position != "" {
		position = note(p, "position", position, i18n.CleanName)
	}
	if contactPoint != "" && !slices.Contains(ContactPoints(), contactPoint) {
		p.Add("contact_point", "fault.choose-one")
	}
	return position, contactPoint
}

func cleanLanguage(s string) string {
	if len(s) > 35 { // the longest tag that a system must take (RFC 5646, 4.4.1)
		return ""
	}
	t, err := language.Parse(s)
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}

// note cleans one field and notes what is wrong with it.
func note(p *fault.Problems, path, s string, clean func(string) (string, error)) string {
	out, err := clean(s)
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return s
	}
	return out
}
