package holder

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Application is what a right holder writes to show who it is.
type Application struct {
	ID       ID // the same id again is the same application; empty: one is made
	Register string
	Extract  string
	Country  string
	Note     string
	Files    []attachment.ID // the extract, at least; the writer's own, uploaded before
}

// Granting is what a right holder writes to give a mandate.
type Granting struct {
	ID             ID // the same id again is the same mandate; empty: one is made
	Representative organisation.ID
	Brands         []BrandID
	Countries      []string
	Since, Until   string // days
	Note           string
	Files          []attachment.ID // the deed, at least
}

// BrandDraft is what is written to register a brand, or to amend it.
type BrandDraft struct {
	ID         BrandID // the same id again is the same brand; empty: one is made
	Name       string
	Also       []string
	Categories []string
	Rights     []Right
}

// clean gives the application as it is kept, and what is wrong with it. Paths are id,
// register, extract, country, note, files.
func (a Application) clean() (Application, error) {
	var p fault.Problems
	checkID(&p, string(a.ID))
	a.Register = cleanName(&p, "register", a.Register)
	a.Extract = cleanName(&p, "extract", a.Extract)
	if !codelist.Country.Has(a.Country) {
		p.Add("country", "fault.unknown-country")
	}
	a.Note = cleanText(&p, "note", a.Note, MaxNote, false)
	checkFiles(&p, a.Files)
	return a, p.Fault()
}

// clean is the same of a mandate. Paths are id, countries, since, until, note, files;
// whom it names is for who knows the library to say.
func (g Granting) clean(today string) (Granting, error) {
	var p fault.Problems
	checkID(&p, string(g.ID))
	g.Brands, g.Countries = sorted(g.Brands), cleanCountries(&p, "countries", g.Countries, false)
	if len(g.Brands) > MaxBrands {
		p.Add("brands", "fault.too-many-items", fault.Args{"max": int64(MaxBrands)})
	}
	checkDays(&p, "", g.Since, g.Until, true)
	if validDay(g.Until) && g.Until < today {
		p.Add("until", "holder.over-already")
	}
	g.Note = cleanText(&p, "note", g.Note, MaxNote, false)
	checkFiles(&p, g.Files)
	return g, p.Fault()
}

// clean is the same of a brand. Paths are id, name, also, categories, and
// rights.N.kind, number, classes, countries, since, until, note with N from 1.
func (d BrandDraft) clean() (BrandDraft, error) {
	var p fault.Problems
	checkID(&p, string(d.ID))
	d.Name = cleanName(&p, "name", d.Name)
	if len(d.Also) > MaxAlso {
		p.Add("also", "fault.too-many-items", fault.Args{"max": int64(MaxAlso)})
		d.Also = nil
	}
	var also []string
	for _, name := range d.Also {
		if strings.TrimSpace(name) == "" {
			continue
		}
		if name = cleanName(&p, "also", name); !slices.Contains(also, name) {
			also = append(also, name)
		}
	}
	d.Also, d.Categories = also, sorted(d.Categories)
	if len(d.Categories) == 0 {
		p.Add("categories", "fault.choose-at-least-one")
	}
	if slices.ContainsFunc(d.Categories, func(c string) bool { return !codelist.Category.Has(c) }) {
		p.Add("categories", "fault.unknown-code")
	}
	if len(d.Rights) > MaxRights {
		p.Add("rights", "fault.too-many-items", fault.Args{"max": int64(MaxRights)})
		return d, p.Fault()
	}
	var rights []Right
	for i, r := range d.Rights {
		rights = append(rights, r.clean(&p, fmt.Sprintf("rights.%d.", i+1)))
	}
	d.Rights = rights
	return d, p.Fault()
}

func (r Right) clean(p *fault.Problems, at string) Right {
	if !codelist.IPRType.Has(r.Kind) {
		p.Add(at+"kind", "fault.choose-one")
	}
	r.Number = cleanName(p, at+"number", r.Number)
	r.Classes = sorted(r.Classes)
	if slices.ContainsFunc(r.Classes, func(c int) bool { return c < 1 || c > maxClass }) {
		p.Add(at+"classes", "holder.classes", fault.Args{"max": int64(maxClass)})
	}
	r.Countries = cleanCountries(p, at+"countries", r.Countries, true)
	checkDays(p, at, r.Since, r.Until, false)
	r.Note = cleanText(p, at+"note", r.Note, MaxReason, false)
	return r
}

// sorted is a list in order, each once; none is nil.
func sorted[T cmp.Ordered](all []T) []T {
	if len(all) == 0 {
		return nil
	}
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

func cleanCountries(p *fault.Problems, path string, all []string, required bool) []string {
	all = sorted(all)
	if required && len(all) == 0 {
		p.Add(path, "fault.required")
	}
	for _, c := range all {
		if !codelist.Country.Has(c) {
			p.Add(path, "fault.unknown-country")
			break
		}
	}
	return all
}

func checkID(p *fault.Problems, id string) {
	if !source.ValidID(id) {
		p.Add("id", "fault.not-an-id")
	}
}

// checkFiles: what somebody shows is there.
func checkFiles(p *fault.Problems, files []attachment.ID) {
	if len(files) == 0 {
		p.Add("files", "holder.file")
	}
	if len(files) > MaxFiles {
		p.Add("files", "fault.too-many-items", fault.Args{"max": int64(MaxFiles)})
	}
}

func validDay(day string) bool {
	_, err := time.Parse(time.DateOnly, day)
	return err == nil
}

// checkDays checks a first and a last day.
func checkDays(p *fault.Problems, at, since, until string, required bool) {
	for _, d := range [...]struct{ path, day string }{{at + "since", since}, {at + "until", until}} {
		switch {
		case d.day == "" && required:
			p.Add(d.path, "fault.required")
		case d.day != "" && !validDay(d.day):
			p.Add(d.path, "fault.not-a-date")
		}
	}
	if validDay(since) && validDay(until) && until < since {
		p.Add(at+"until", "fault.date-order")
	}
}

func cleanName(p *fault.Problems, path, text string) string {
	out, err := i18n.CleanName(text)
	note(p, path, err)
	return out
}

// cleanText is a text as it is kept.
func cleanText(p *fault.Problems, path, text string, most int, required bool) string {
	text, err := i18n.CleanBody(text, most)
	text = strings.TrimSpace(text)
	note(p, path, err)
	if err == nil && text == "" && required {
		p.Add(path, "fault.required")
	}
	return text
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
	} else if err != nil {
		p.Add(path, "fault.malformed")
	}
}

// says tells whether a kept application is what a draft says.
func (v Vetting) says(author string, a Application) bool {
	return v.Author == author && v.Register == a.Register && v.Extract == a.Extract && v.Country == a.Country && v.Note == a.Note && same(v.Attachments, a.Files)
}

// says tells whether a kept mandate is what a draft says.
func (m Mandate) says(author string, representative int64, g Granting) bool {
	return m.Author == author && m.Representative == representative && slices.Equal(m.Brands, g.Brands) && slices.Equal(m.Countries, g.Countries) &&
		m.Since == g.Since && m.Until == g.Until && m.Note == g.Note && same(m.Attachments, g.Files)
}

// says tells whether a brand is as a draft says.
func (b Brand) says(d BrandDraft) bool {
	return b.Name == d.Name && slices.Equal(b.Also, d.Also) && slices.Equal(b.Categories, d.Categories) && slices.EqualFunc(b.Rights, d.Rights, Right.equal)
}

func (r Right) equal(o Right) bool {
	return r.Kind == o.Kind && r.Number == o.Number && slices.Equal(r.Classes, o.Classes) && slices.Equal(r.Countries, o.Countries) &&
		r.Since == o.Since && r.Until == o.Until && r.Note == o.Note
}

func same(refs []attachment.Ref, files []attachment.ID) bool {
	return slices.EqualFunc(refs, files, func(r attachment.Ref, id attachment.ID) bool { return r.ID == id })
}
