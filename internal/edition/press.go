package edition

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/proofread"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// PressDraft is the press release as somebody wants it to read.
type PressDraft struct {
	Number int64  `json:"number"` // version whose figures it gives
	Title  string `json:"title"`
	Body   string `json:"body"` // Markdown subset
}

// Press is the press release in one language as it was written.
type Press struct {
	Seq      int64  `json:"-"`
	Language string `json:"language"`
	PressDraft
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Edit   int64     `json:"edit"` // grows with every change
}

// named are how many lines of a table the generated text names.
const named = 3

// WritePressText writes a press release from what the public may see of a version.
func WritePressText(m Material, shown suppress.Published, p *i18n.Printer) PressDraft {
	c := &composer{m: m, kind: publication.Public, shown: shown, p: p}
	v := m.Version
	args := fault.Args{"operation": m.Operation.Name, "count": v.Official.Cases, "totals": map[string]int64(v.Official.Totals)}
	d := PressDraft{Number: v.Number, Title: p.T("edition.press.title", args)}
	if c.hides(official) {
		d.Title = p.T("edition.press.title-bare", args)
		d.Body = p.T("edition.press.no-figures", args)
		return d.typed()
	}
	for _, phase := range m.Operation.Phases {
		if phase.Kind == m.Operation.Counting.Phase && args["from"] == nil {
			args["from"], args["to"] = p.Day(phase.Starts), p.Day(phase.Ends)
		}
	}
	lead := "edition.press.lead"
	if args["from"] == nil {
		lead = "edition.press.lead-undated"
	}
	d.Body = p.T(lead, args)
	for _, by := range []string{analysis.ByCategory, analysis.ByConveyance} {
		if line := c.most(by); line != "" {
			d.Body += "\n\n" + line
		}
	}
	d.Body += "\n\n" + p.T("edition.press.end", fault.Args{"day": p.DayLong(v.At.In(m.Operation.Location()).Format(time.DateOnly))})
	return d.typed()
}

// typed is the draft as people would type it: without the marks that a printer puts around
// what may be of another direction, which no stored text holds.
func (d PressDraft) typed() PressDraft {
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 0x2066 && r <= 0x2069 {
				return -1
			}
			return r
		}, s)
	}
	d.Title, d.Body = bare(d.Title), bare(d.Body)
	return d
}

// most names the greatest lines of a table that the public edition shows.
func (c *composer) most(by string) string {
	for _, f := range placed(c.m.Version, publication.Public) {
		a := c.m.Version.Answers[f.ID]
		if a.Question.Group != by || a.Question.Split != "" || len(a.Question.Where) > 0 || slices.Contains(c.shown.Withheld, f.ID) {
			continue
		}
		groups := slices.DeleteFunc(slices.Clone(a.Groups), func(g analysis.Group) bool { return g.Value == "" || c.hides(cellKey(a.Question, g)) })
		slices.SortStableFunc(groups, func(x, y analysis.Group) int { return cmp.Compare(y.Cases, x.Cases) })
		var list []string
		for _, g := range groups[:min(named, len(groups))] {
			list = append(list, c.p.T("edition.press.item", fault.Args{"value": c.label(by, g.Value).Text, "sum": c.sum(g.Cases, g.Totals)}))
		}
		if len(list) == 0 {
			return ""
		}
		return c.p.T("edition.press."+by, fault.Args{"list": list})
	}
	return ""
}

// CheckPress finds the numbers of a text, of cases or with a unit, that are no figure which
// the public may see of the version.
func CheckPress(v publication.Version, shown suppress.Published, text string) []proofread.Hit {
	var s proofread.Stated
	put := func(a analysis.Answer) {
		visible := func(key string) bool {
			x, ok := shown.Find(key)
			return ok && !x.Hidden && !x.Silent
		}
		groups := slices.DeleteFunc(slices.Clone(a.Groups), func(g analysis.Group) bool { return !visible(cellKey(a.Question, g)) })
		if a.Groups = groups; !visible(keyOf(a.Question.Where)) {
			a.Cases, a.Totals = 0, results.Totals{}
		}
		s.State(a)
	}
	put(v.Official)
	for _, f := range placed(v, publication.Public) {
		if a, ok := v.Answers[f.ID]; ok && !slices.Contains(shown.Withheld, f.ID) {
			put(a)
		}
	}
	return proofread.Wrong(text, &s)
}

// PressDocument is the press release as a document.
func PressDocument(m Material, r Press, p *i18n.Printer) rendition.Document {
	return rendition.Document{Title: r.Title, Lang: r.Language, Handling: p.T("edition.handling.public"),
		About: []rendition.Cell{{Text: p.T("edition.about.operation")}, {Text: m.Operation.Name}}, Blocks: rendition.Markdown(r.Body, "", 1),
		Words: map[string]string{"about": p.T("edition.about")}}
}
