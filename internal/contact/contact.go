package contact

import (
	"cmp"
	"errors"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is the UUID of a contact, made by whoever writes it.
type ID string

// Limits.
const (
	MaxNote  = 1000 // characters
	maxEmail = 254  // characters
	maxPhone = 40   // characters
	PageSize = 100
)

// Stale is how long a test counts: what was tried longer ago is to be tried again.
const Stale = 180 * 24 * time.Hour

// Contact is one desk of the directory.
type Contact struct {
	Seq          int64 `json:",omitempty"`
	ID           ID
	Organisation int64          // a right holder, or an administration
	Brand        holder.BrandID `json:",omitempty"` // none: all of the right holder's
	Countries    []string       `json:",omitempty"` // that it is for; none: all
	Languages    []string       // that are spoken there (BCP 47), one at least
	Desk         string
	Email, Phone string // one at least
	Hours        string // as its people say it
	Note         string
	Author       string
	At           time.Time
	Version      int64
	Dropped      bool    `json:",omitempty"`
	Test         *Tested `json:",omitempty"` // the last, of this address and number
}

// Tested says that somebody tried whether anybody answers.
type Tested struct {
	At           time.Time
	By           string
	Organisation int64
	Answered     bool
	Note         string
}

// Due tells whether a contact is to be tried again.
func (c Contact) Due(now time.Time) bool {
	return c.Test == nil || !c.Test.Answered || now.Sub(c.Test.At) > Stale
}

// Draft is what is written of a contact.
type Draft struct {
	ID           ID // the same id again is the same contact; empty: one is made
	Brand        holder.BrandID
	Countries    []string
	Languages    []string
	Desk         string
	Email, Phone string
	Hours        string
	Note         string
}

var phoneForm = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{3,}$`)

// clean gives the draft as it is kept, and what is wrong with it. Paths are id,
// countries, languages, desk, email, phone, hours, note.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Countries = codes(&p, "countries", d.Countries, codelist.Country, "fault.unknown-country")
	d.Languages = codes(&p, "languages", d.Languages, codelist.Language, "fault.unknown-code")
	if len(d.Languages) == 0 {
		p.Add("languages", "fault.choose-at-least-one")
	}
	d.Desk = line(&p, "desk", d.Desk, i18n.MaxName, true)
	d.Email = line(&p, "email", d.Email, maxEmail, false)
	if a, err := mail.ParseAddress(d.Email); d.Email != "" && (err != nil || a.Address != d.Email) {
		p.Add("email", "fault.not-an-email")
	}
	d.Phone = line(&p, "phone", d.Phone, maxPhone, false)
	if d.Phone != "" && !phoneForm.MatchString(d.Phone) {
		p.Add("phone", "contact.phone")
	}
	if d.Email == "" && d.Phone == "" {
		p.Add("email", "contact.reach")
	}
	d.Hours = line(&p, "hours", d.Hours, i18n.MaxName, false)
	d.Note = text(&p, "note", d.Note)
	return d, p.Fault()
}

func codes(p *fault.Problems, path string, all []string, list codelist.List, key string) []string {
	if len(all) == 0 {
		return nil
	}
	all = slices.Clone(all)
	slices.Sort(all)
	all = slices.Compact(all)
	if slices.ContainsFunc(all, func(c string) bool { return !list.Has(c) }) {
		p.Add(path, key)
	}
	return all
}

func line(p *fault.Problems, path, s string, most int, required bool) string {
	if !required && strings.TrimSpace(s) == "" {
		return ""
	}
	out, err := i18n.CleanLine(s, most)
	note(p, path, err)
	return out
}

func text(p *fault.Problems, path, s string) string {
	out, err := i18n.CleanBody(s, MaxNote)
	note(p, path, err)
	return strings.TrimSpace(out)
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
	} else if err != nil {
		p.Add(path, "fault.malformed")
	}
}

// says tells whether a contact is as a draft says.
func (c Contact) says(d Draft) bool {
	return !c.Dropped && c.Brand == d.Brand && slices.Equal(c.Countries, d.Countries) && slices.Equal(c.Languages, d.Languages) && c.Desk == d.Desk &&
		c.Email == d.Email && c.Phone == d.Phone && c.Hours == d.Hours && c.Note == d.Note
}

// Filter narrows a list; empty values do not. A contact for all brands, or for all
// countries, is one for each.
type Filter struct {
	Holder   organisation.ID // one organisation's
	Brand    holder.BrandID
	Country  string
	Language string
	ID       ID  // one only
	Page     int // from 1
}

func (f Filter) takes(c Contact) bool {
	return (f.ID == "" || c.ID == f.ID) && (f.Brand == "" || c.Brand == "" || c.Brand == f.Brand) && (f.Country == "" || len(c.Countries) == 0 || slices.Contains(c.Countries, f.Country)) &&
		(f.Language == "" || slices.Contains(c.Languages, f.Language))
}

// Item is a contact in a list.
type Item struct {
	Contact
	Of       organisation.Organisation
	Called   string                    // name of the brand; empty: all
	TestedBy organisation.Organisation // whose people tried it last
	Due      bool                      // it is to be tried
	MaySet   bool                      // drop, too
	MayTest  bool
}

// Page is a part of the directory.
type Page struct {
	Standing operation.Standing
	Items    []Item
	Total    int            // that the reader may read, by this filter
	Pages    int            // how many there are
	Brands   []holder.Brand // to choose from, as far as the reader knows them
	Holders  []organisation.Organisation
	For      []organisation.Organisation // for whom the reader may write
	MayTest  bool
}

// fit is how well a contact fits a question, the best first: for the country and in
// the language, for the country, in the language, any.
func (c Contact) fit(country, language string) int {
	speaks := slices.Contains(c.Languages, language)
	switch here := slices.Contains(c.Countries, country); {
	case here && speaks:
		return 0
	case here:
		return 1
	case len(c.Countries) == 0 && speaks:
		return 2
	case len(c.Countries) == 0:
		return 3
	case speaks:
		return 4
	}
	return 5
}

// best puts those first that fit best; of two that fit alike, the one of the brand
// itself, then the one where somebody answered last.
func best(all []Contact, country, language string) {
	general := func(c Contact) int {
		if c.Brand == "" {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b Contact) int {
		return cmp.Or(a.fit(country, language)-b.fit(country, language), general(a)-general(b), b.answered().Compare(a.answered()), cmp.Compare(a.Desk, b.Desk))
	})
}

// answered is when somebody answered last; zero: nobody is known to have.
func (c Contact) answered() time.Time {
	if c.Test == nil || !c.Test.Answered {
		return time.Time{}
	}
	return c.Test.At
}

// told is what a right holder is told of a test: not which administration tried, nor
// what it noted.
func (c Contact) told() Contact {
	if c.Test != nil {
		c.Test = &Tested{At: c.Test.At, Answered: c.Test.Answered}
	}
	return c
}
