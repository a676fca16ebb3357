package publicationpage

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// inside is the frame of a page of the report.
func (s site) inside(r *http.Request, v *frame.Visit, st operation.Standing, title string) *kit.Page {
	p := s.Inside(r, v, st, title)
	p.Styles = []string{"report.css"}
	return p
}

// in chooses words in the reader's language, or in that of the report, or in any.
func in(p *kit.Page, words map[string]string, language string) (text, lang string) {
	for _, l := range slices.Concat([]string{string(p.Printer.Lang()), language}, slices.Sorted(maps.Keys(words))) {
		if words[l] != "" {
			return words[l], l
		}
	}
	return "", ""
}

// name is the heading of a chapter.
func name(p *kit.Page, sec publication.Section, language string) string {
	if t, _ := in(p, sec.Title, language); t != "" {
		return t
	}
	if key := "report.section." + sec.Kind; p.Printer.Has(key) {
		return p.T(key)
	}
	return sec.ID
}

// called is an organisation's name; empty where the reader may not know it.
func called(p *kit.Page, of map[int64]organisation.Organisation, number int64) string {
	if o, ok := of[number]; ok {
		return frame.Called(p, o)
	}
	return ""
}

// languages are those that a report is written in: the report's own first, then those
// of the product, then any other that a text has.
func languages(report string, has map[string]string) []string {
	out := []string{report}
	for _, l := range i18n.Languages() {
		if string(l) != report {
			out = append(out, string(l))
		}
	}
	for _, l := range slices.Sorted(maps.Keys(has)) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// productLanguages are those of the product, to choose from.
func productLanguages(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, l := range i18n.Languages() {
		out = append(out, kit.Option{Value: string(l), Label: p.Printer.Language(string(l))})
	}
	return out
}

func inLanguage(p *kit.Page, key, lang string) string {
	return p.T(key, fault.Args{"language": p.Printer.Language(lang)})
}

// day is a local day in a sentence.
func day(d string) i18n.Day { return i18n.Day(d) }

// dayOf is the day of a moment, where the operation is.
func dayOf(st operation.Standing, v publication.Head) string {
	return v.At.In(frame.ZoneOf(st)).Format("2006-01-02")
}

// tabs are the parts of the report for this reader.
func (d desk) tabs(p *kit.Page) []kit.Link {
	out := []kit.Link{{Label: p.T("publicationpage.tab.report"), Href: d.base}}
	if d.Whole {
		out[0].Label = p.T("publicationpage.tab.chapters")
		out = append(out, kit.Link{Label: p.T("publicationpage.tab.contributions"), Href: d.base + "contributions/"})
		out = append(out, kit.Link{Label: p.T("publicationpage.tab.checks"), Href: d.base + "checks"})
	}
	if d.Standing.May(access.ReportContribute) {
		out = append(out, kit.Link{Label: p.T("publicationpage.tab.contribute"), Href: d.base + "contribute"})
	}
	return append(out, kit.Link{Label: p.T("publicationpage.tab.versions"), Href: d.base + "versions/"}, kit.Link{Label: p.T("publicationpage.editions"), Href: d.base + "editions/"})
}

// states of a chapter and what they say.
func (d desk) state(p *kit.Page, sec publication.Section) (words string, tone kit.Tone) {
	_, lang := in(p, sec.Texts, d.Report.Language)
	switch {
	case sec.Texts[d.Report.Language] != "":
		return p.T("publicationpage.state.written"), kit.Good
	case lang != "":
		return inLanguage(p, "publicationpage.state.partly", d.Report.Language), kit.Warn
	case slices.Contains([]string{publication.Interest, publication.Challenges, publication.Lessons}, sec.Kind):
		return p.T("publicationpage.state.computed"), kit.Neutral
	case len(sec.Figures) > 0:
		return p.T("publicationpage.state.figures"), kit.Neutral
	}
	return p.T("publicationpage.state.empty"), kit.Warn
}

// texts counts the chapters that have a text.
func (d desk) texts() (n int64) {
	for _, sec := range d.Sections {
		if len(sec.Texts) > 0 {
			n++
		}
	}
	return n
}

// at finds a chapter by its id, and where it stands.
func (d desk) at(id string) (publication.Written, int, bool) {
	for i, sec := range d.Sections {
		if sec.ID == id {
			return sec, i, true
		}
	}
	return publication.Written{}, 0, false
}

// sectionHref is the address of a chapter.
func (d desk) sectionHref(id string) string { return d.base + "sections/" + id }

// own is the contribution of the reader's administration.
func (d desk) own() (publication.Asking, bool) {
	for _, a := range d.Contributions {
		if a.Organisation == d.Standing.Who.Organisation {
			return a, true
		}
	}
	return publication.Asking{}, false
}

// ownWord is what the reader's administration says of the newest version.
func (d desk) ownWord() (publication.Clearing, bool) {
	for _, c := range d.Clearings {
		if c.Organisation == d.Standing.Who.Organisation {
			return c, true
		}
	}
	return publication.Clearing{}, false
}

// editionNames are the names of editions in one line.
func editionNames(p *kit.Page, editions []string) string {
	var out []string
	for _, e := range editions {
		out = append(out, p.T("publicationpage.edition."+e))
	}
	return p.Printer.List(out)
}

func editionOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, e := range []string{publication.Enforcement, publication.Holder, publication.Public} {
		out = append(out, kit.Option{Value: e, Label: p.T("publicationpage.edition." + e), Hint: p.T("publicationpage.hint.edition." + e)})
	}
	return out
}

// asking is the state of a contribution in words.
func asking(p *kit.Page, state string) (string, kit.Tone) {
	words := map[string]string{publication.NotAsked: "not-asked", publication.Asked: "open", publication.Drafted: "draft", publication.Done: "done", publication.Late: "late"}
	tone := map[string]kit.Tone{publication.Asked: kit.Warn, publication.Drafted: kit.Warn, publication.Done: kit.Good, publication.Late: kit.Bad}[state]
	if tone == "" {
		tone = kit.Neutral
	}
	return p.T("publicationpage.contribution." + words[state]), tone
}

// word is what an administration says of a version.
func word(p *kit.Page, c publication.Clearing) (string, kit.Tone) {
	if c.Word == nil {
		if c.Late {
			return p.T("publicationpage.contribution.late"), kit.Bad
		}
		return p.T("publicationpage.clearance.silent"), kit.Neutral
	}
	words := p.T("publicationpage.clearance." + c.Word.State)
	switch c.Word.State {
	case publication.Cleared:
		return words, kit.Good
	case publication.Embargoes:
		return words, kit.Bad
	}
	return words, kit.Warn
}

// answered counts the words that were said of a version.
func answered(all []publication.Clearing) (n int64) {
	for _, c := range all {
		if c.Word != nil {
			n++
		}
	}
	return n
}

func numbered(n int64) string { return strconv.FormatInt(n, 10) }

func tag(words string, tone kit.Tone) templ.Component { return kit.Tag(tone, words) }
