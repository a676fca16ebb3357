package operation

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Draft is what is written to open an operation.
type Draft struct {
	ID           ID
	Code         Code
	Kind         string
	Name         string
	Purpose      string
	Language     string
	Sponsor      string
	TimeZone     string
	Scope        Scope
	Counting     Counting
	Handling     string // text of the first version
	Names        map[string]map[string]string
	Banner       string
	Phases       []Phase
	Organisation organisation.ID // the directing body
	Director     person.ID       // one of its people
}

// maxCode is the longest code, in characters.
const maxCode = 40

var (
	codeForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	bannerForm  = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+){1,4}$`) // a key of the catalogues
	headingForm = regexp.MustCompile(`^[0-9]{4}([0-9]{2})?$`)
)

// Limits of a draft, in characters or items.
const (
	maxName     = 120
	maxPurpose  = 4000
	maxSponsor  = 200
	maxHandling = 8000
	maxPhases   = 40
	maxScope    = 200
	maxNames    = 400 // countries and areas
	maxLanguage = 35  // of a BCP 47 tag that people use
)

// Check says what is wrong with a draft. Paths are id, code, kind, name,
// purpose, language, sponsor, time_zone, scope, counting, handling, names,
// banner, phases, organisation, director.
func (d Draft) Check() error {
	_, err := d.clean()
	return err
}

// clean gives the draft as it is stored, and what is wrong with it.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	d.checkIdentity(&p)
	d.Name = line(&p, "name", d.Name, maxName, true)
	d.Purpose = body(&p, "purpose", d.Purpose, maxPurpose, false)
	d.Sponsor = line(&p, "sponsor", d.Sponsor, maxSponsor, false)
	d.Handling = body(&p, "handling", d.Handling, maxHandling, true)
	if tag, err := language.Parse(d.Language); err != nil || len(d.Language) > maxLanguage || tag == language.Und {
		p.Add("language", "fault.choose-one")
	}
	if d.Organisation == "" {
		p.Add("organisation", "fault.required")
	}
	if d.Director == "" {
		p.Add("director", "fault.required")
	}
	if d.Banner != "" && !bannerForm.MatchString(d.Banner) {
		p.Add("banner", "fault.unknown-code")
	}
	d.cleanNames(&p)
	checkScope(&p, d.Scope)
	d.Phases = slices.Clone(d.Phases)
	checkPhases(&p, d.Phases, d.Counting.Phase)
	return d, p.Fault()
}

// checkIdentity notes what is wrong with that by which others know an operation.
func (d Draft) checkIdentity(p *fault.Problems) {
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	if !codeForm.MatchString(string(d.Code)) || len(d.Code) < 3 || len(d.Code) > maxCode {
		p.Add("code", "operation.code-form")
	}
	if !slices.Contains([]string{KindOperation, KindLibrary, KindPractice}, d.Kind) {
		p.Add("kind", "fault.unknown-code")
	}
	if (d.Kind == KindLibrary) != (d.Code == Library) {
		p.Add("code", "operation.code-library", fault.Args{"code": string(Library)})
	}
	if (d.Kind == KindPractice) != strings.HasPrefix(string(d.Code), PracticePrefix) {
		p.Add("code", "operation.code-practice", fault.Args{"code": PracticePrefix})
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "" || d.TimeZone == "Local" {
		p.Add("time_zone", "fault.unknown-code")
	}
}

// CheckIdentity is Check of what an operation of another instance is known by.
func (o Operation) CheckIdentity() error {
	var p fault.Problems
	Draft{ID: o.ID, Code: o.Code, Kind: o.Kind, TimeZone: o.TimeZone}.checkIdentity(&p)
	return p.Fault()
}

// cleanNames cleans the names of countries and areas, and the counting rule's words.
func (d *Draft) cleanNames(p *fault.Problems) {
	if len(d.Names) > maxNames {
		p.Add("names", "fault.too-many-items", fault.Args{"max": int64(maxNames)})
		return
	}
	names := make(map[string]map[string]string, len(d.Names))
	for code, by := range d.Names {
		names[code] = make(map[string]string, len(by))
		for lang, name := range by {
			names[code][lang] = line(p, "names", name, i18n.MaxName, true)
		}
	}
	if d.Names != nil {
		d.Names = names
	}
	words := make(map[string]string, len(d.Counting.Words))
	for lang, text := range d.Counting.Words {
		words[lang] = body(p, "counting", text, maxPurpose, false)
	}
	if d.Counting.Words != nil {
		d.Counting.Words = words
	}
}

func checkScope(p *fault.Problems, s Scope) {
	if len(s.Categories) > maxScope || len(s.HS) > maxScope {
		p.Add("scope", "fault.too-many-items", fault.Args{"max": int64(maxScope)})
		return
	}
	s.Asks.check(p)
	unknown := func(c string) bool { return !codelist.Category.Has(c) }
	if slices.ContainsFunc(s.Categories, unknown) || slices.ContainsFunc(s.HS, func(h string) bool { return !headingForm.MatchString(h) }) {
		p.Add("scope", "fault.unknown-code")
	}
}

// line and body clean a text of one line or several, and note what is wrong.
func line(p *fault.Problems, path, text string, limit int, required bool) string {
	if !required && strings.TrimSpace(text) == "" {
		return ""
	}
	return cleaned(p, path, text, limit, i18n.CleanLine)
}

func body(p *fault.Problems, path, text string, limit int, required bool) string {
	if required && strings.TrimSpace(text) == "" {
		p.Add(path, "fault.required")
		return text
	}
	return cleaned(p, path, text, limit, i18n.CleanBody)
}

func cleaned(p *fault.Problems, path, text string, limit int, clean func(string, int) (string, error)) string {
	out, err := clean(text, limit)
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return text
	}
	return out
}

func checkPhases(p *fault.Problems, phases []Phase, counted string) {
	if len(phases) == 0 {
		p.Add("phases", "fault.required")
	}
	found := counted == ""
	if len(phases) > maxPhases {
		p.Add("phases", "fault.too-many-items", fault.Args{"max": int64(maxPhases)})
		return
	}
	for i, ph := range phases {
		phases[i].Name = line(p, "phases", ph.Name, maxName, false)
		a, errA := time.Parse(time.DateOnly, ph.Starts)
		b, errB := time.Parse(time.DateOnly, ph.Ends)
		switch {
		case errA != nil || errB != nil:
			p.Add("phases", "fault.not-a-date")
		case b.Before(a):
			p.Add("phases", "operation.phase-backwards")
		case b.Sub(a) > 30*365*24*time.Hour:
			p.Add("phases", "fault.out-of-range")
		}
		if !slices.Contains(PhaseKinds(), ph.Kind) {
			p.Add("phases", "fault.unknown-code")
		}
		found = found || ph.Kind == counted
	}
	if !found {
		p.Add("counting", "operation.counting-phase-missing")
	}
}

// PhaseKinds lists the kinds of phase in their usual order.
func PhaseKinds() []string {
	return []string{"plan", "training", "operational", "follow-up", "evaluation", "closed"}
}
