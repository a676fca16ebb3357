package publication

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/proofread"
)

// Remark is something that wants a look before the report is frozen or goes out. It
// has codes, no sentences: report.remark.KIND says what it is.
type Remark struct {
	Kind         string
	Section      string // ID; Challenges, Lessons, Interest of a contribution; empty: of no section
	Lang         string // of the text it is about
	At           int    // byte in that text
	Words        string // the place in the text, as typed; a figure's ID for RemarkFigure
	Organisation int64  // of a contribution or a clearance; 0: of none
}

// The kinds of remarks.
const (
	RemarkNumber       = "number"       // a number of cases or of goods that is no figure of the report
	RemarkPerson       = "person"       // looks like data of a person
	RemarkUndated      = "undated"      // a claim about "now", "to date" without a date
	RemarkPlaceholder  = "placeholder"  // names no figure; freezing is refused
	RemarkFigure       = "figure"       // a figure without a single case
	RemarkEmpty        = "empty"        // a chapter without text and figures
	RemarkUntranslated = "untranslated" // no text in the report's language, but in another
	RemarkMissing      = "missing"      // a contribution was asked for and is not there
	RemarkLate         = "late"         // and its day is over
	RemarkUncleared    = "uncleared"    // an administration has not answered on the newest version in time
)

// RemarkKinds lists them in the order in which they are shown.
func RemarkKinds() []string {
	return []string{RemarkPlaceholder, RemarkNumber, RemarkPerson, RemarkUndated, RemarkFigure, RemarkUntranslated, RemarkEmpty, RemarkLate, RemarkMissing, RemarkUncleared}
}

// placeholders are those in the texts of sections that name no figure.
func placeholders(sections []Section, answers map[string]analysis.Answer, official analysis.Answer) (out []Remark) {
	eachText(sections, func(s Section, lang, text string) {
		from := 0
		_, unknown := Fill(text, func(p Place) (string, bool) { _, ok := Look(p, answers, official); return "", ok })
		for _, u := range unknown {
			from += strings.Index(text[from:], u)
			out = append(out, Remark{Kind: RemarkPlaceholder, Section: s.ID, Lang: lang, At: from, Words: u})
			from += len(u)
		}
	})
	return out
}

func eachText(sections []Section, do func(s Section, lang, text string)) {
	for _, s := range sections {
		for _, lang := range slices.Sorted(maps.Keys(s.Texts)) {
			do(s, lang, s.Texts[lang])
		}
	}
}

// Remarks are what wants a look: in the texts, in the figures, and who has not
// answered; none to who does not coordinate. It reads every text of the report,
// which costs more than all else on a desk: ask where they are shown, and once.
func (d Desk) Remarks() []Remark {
	if !d.Whole || !d.Open {
		return nil
	}
	var sections []Section
	for _, w := range d.Sections {
		sections = append(sections, w.Section)
	}
	out := Proofread(sections, d.Report.Language, d.Live, d.Official)
	for _, c := range d.Contributions {
		if said := c.Contribution; said != nil {
			texts := map[string]string{Challenges: said.Challenges, Lessons: said.Lessons, Interest: said.Interest}
			for _, kind := range slices.Sorted(maps.Keys(texts)) {
				of := []Section{{ID: kind, Kind: kind, Texts: map[string]string{said.Language: texts[kind]}}}
				for _, m := range Proofread(of, said.Language, d.Live, d.Official) {
					m.Organisation = c.Organisation
					out = append(out, m)
				}
			}
		}
		switch c.State {
		case Late:
			out = append(out, Remark{Kind: RemarkLate, Organisation: c.Organisation})
		case Asked, Drafted:
			out = append(out, Remark{Kind: RemarkMissing, Organisation: c.Organisation})
		}
	}
	for _, c := range d.Clearings {
		if c.Late {
			out = append(out, Remark{Kind: RemarkUncleared, Organisation: c.Organisation})
		}
	}
	return inOrder(out)
}

// Proofread looks into sections for what wants a look, held against the answers of
// their figures. language is the one in which the report must be whole.
func Proofread(sections []Section, language string, answers map[string]analysis.Answer, official analysis.Answer) []Remark {
	out := placeholders(sections, answers, official)
	var stated proofread.Stated
	stated.State(official)
	for _, a := range answers {
		stated.State(a)
	}
	eachText(sections, func(s Section, lang, text string) {
		// Placeholders are right by themselves; blanks of their length keep places.
		text = placeholder.ReplaceAllStringFunc(text, func(found string) string { return strings.Repeat("_", len(found)) })
		say := func(kind string, hits []proofread.Hit) {
			for _, h := range hits {
				out = append(out, Remark{Kind: kind, Section: s.ID, Lang: lang, At: h.Start, Words: text[h.Start:h.End]})
			}
		}
		say(RemarkNumber, proofread.Wrong(text, &stated))
		say(RemarkPerson, proofread.People(text))
		say(RemarkUndated, proofread.Undated(text))
	})
	for _, s := range sections {
		switch _, has := s.Texts[language]; {
		case len(s.Texts) > 0 && !has:
			out = append(out, Remark{Kind: RemarkUntranslated, Section: s.ID, Lang: language})
		case len(s.Texts) == 0 && len(s.Figures) == 0 && !slices.Contains([]string{Interest, Challenges, Lessons, "annexes"}, s.Kind):
			out = append(out, Remark{Kind: RemarkEmpty, Section: s.ID})
		}
		for _, f := range s.Figures {
			if answers[f.ID].Cases == 0 {
				out = append(out, Remark{Kind: RemarkFigure, Section: s.ID, Words: f.ID})
			}
		}
	}
	return inOrder(out)
}

func inOrder(all []Remark) []Remark {
	kinds := RemarkKinds()
	slices.SortStableFunc(all, func(a, b Remark) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), cmp.Compare(a.Organisation, b.Organisation))
	})
	return all
}
