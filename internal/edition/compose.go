package edition

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// composer writes one edition in one language.
type composer struct {
	m     Material
	kind  string
	shown suppress.Published
	p     *i18n.Printer
	show  map[string]bool // figures that the edition shows
	read  map[string]bool // references of cases that administrations may read
}

// Compose writes an edition in the printer's language. shown is what Figures decided, or
// what was kept of it when the edition was issued.
func Compose(m Material, kind string, shown suppress.Published, p *i18n.Printer) rendition.Document {
	c := &composer{m: m, kind: kind, shown: shown, p: p, show: map[string]bool{}, read: map[string]bool{}}
	v := m.Version
	for _, f := range placed(v, kind) {
		c.show[f.ID] = true
	}
	for _, b := range v.Basis {
		c.read[b.Reference] = b.Class != seizure.IsDraft && slices.Contains(m.Readable, b.Seq)
	}
	d := rendition.Document{Title: p.T("edition.title", fault.Args{"operation": m.Operation.Name}), Lang: string(p.Lang()), Handling: c.handling(), About: c.about(), Words: Words(p)}
	if kind != publication.Enforcement {
		d.Blocks = append(d.Blocks, c.note("edition.suppressed", fault.Args{"cases": int64(suppress.LeastCases), "administrations": int64(suppress.LeastAdministrations)}))
	}
	if kind == publication.Holder && m.Own != nil {
		d.Blocks = append(d.Blocks, c.own()...)
	}
	for _, s := range v.Sections {
		if slices.Contains(s.Editions, kind) {
			d.Blocks = append(d.Blocks, c.section(s)...)
		}
	}
	if kind == publication.Enforcement {
		d.Blocks = append(d.Blocks, c.dissents()...)
		d.Blocks = append(d.Blocks, c.changes()...)
		d.Blocks = append(d.Blocks, c.basis()...)
	}
	return d
}

// Words are the fixed words that files of a document need; a document that was kept has
// lost them.
func Words(p *i18n.Printer) map[string]string {
	return map[string]string{"contents": p.T("edition.contents"), "about": p.T("edition.about"), "code": p.T("edition.code")}
}

func (c *composer) handling() string {
	if c.kind == publication.Holder && c.m.Own != nil {
		return c.p.T("edition.handling.holder", fault.Args{"name": c.holder()})
	}
	return c.p.T("edition.handling." + c.kind)
}

func (c *composer) about() (out []rendition.Cell) {
	v, p := c.m.Version, c.p
	put := func(key, text string) {
		out = append(out, rendition.Cell{Text: p.T("edition.about." + key)}, rendition.Cell{Text: text})
	}
	put("edition", p.T("edition.kind."+c.kind))
	if c.kind == publication.Holder && c.m.Own != nil {
		put("holder", c.holder())
	}
	put("version", fmt.Sprint(v.Number))
	put("frozen", p.Time(v.At, c.m.Operation.Location()))
	if c.kind == publication.Enforcement {
		put("as-of", fmt.Sprint(v.AsOf))
	}
	put("language", p.Language(v.Language))
	return out
}

func (c *composer) note(key string, args ...fault.Args) rendition.Block {
	return rendition.Block{Kind: rendition.Note, Spans: []rendition.Span{{Words: c.p.T(key, args...)}}}
}

func (c *composer) heading(level int, words, lang string) rendition.Block {
	if lang == string(c.p.Lang()) {
		lang = ""
	}
	return rendition.Block{Kind: rendition.Heading, Level: level, Lang: lang, Spans: []rendition.Span{{Words: words}}}
}

// in picks words in the reader's language, the report's, or any.
func (c *composer) in(texts map[string]string) (words, lang string) {
	for _, l := range append([]string{string(c.p.Lang()), c.m.Version.Language}, slices.Sorted(maps.Keys(texts))...) {
		if texts[l] != "" {
			return texts[l], l
		}
	}
	return "", ""
}

// section writes a chapter; one that says nothing is left out.
func (c *composer) section(s publication.Section) []rendition.Block {
	var out []rendition.Block
	if words, lang := c.in(s.Texts); words != "" {
		filled, _ := publication.Fill(words, c.say)
		out = append(out, c.foreign(rendition.Markdown(filled, lang, 1))...)
	}
	for _, f := range s.Figures {
		if c.show[f.ID] {
			out = append(out, c.figure(f)...)
		}
	}
	if c.kind == publication.Enforcement {
		out = append(out, c.contributions(s.Kind)...)
	}
	if len(out) == 0 {
		return nil
	}
	words, lang := c.chapter(s)
	return append([]rendition.Block{c.heading(1, words, lang)}, out...)
}

// chapter is the heading of a chapter.
func (c *composer) chapter(s publication.Section) (words, lang string) {
	if words, lang = c.in(s.Title); words == "" {
		words = c.p.T("report.section." + s.Kind)
	}
	return words, lang
}

// foreign leaves the language only where it is another than the document's.
func (c *composer) foreign(blocks []rendition.Block) []rendition.Block {
	for i := range blocks {
		if blocks[i].Lang == string(c.p.Lang()) {
			blocks[i].Lang = ""
		}
		blocks[i].Blocks = c.foreign(blocks[i].Blocks)
	}
	return blocks
}

// say fills a placeholder as the edition may.
func (c *composer) say(at publication.Place) (string, bool) {
	g, ok := publication.Look(at, c.m.Version.Answers, c.m.Version.Official)
	if !ok {
		return "", false
	}
	if c.kind != publication.Enforcement && !c.open(at) {
		return c.p.T("edition.hidden"), true
	}
	switch at.Unit {
	case publication.Cases:
		return c.p.Number(g.Cases), true
	case "":
		return c.sum(g.Cases, g.Totals), true
	}
	return c.p.Quantity(g.Totals[at.Unit], at.Unit), true
}

// open tells whether what a placeholder names is shown by the edition.
func (c *composer) open(at publication.Place) bool {
	key := official
	if at.Figure != publication.Official {
		if !c.show[at.Figure] || slices.Contains(c.shown.Withheld, at.Figure) {
			return false
		}
		q := c.m.Version.Answers[at.Figure].Question
		key = keyOf(q.Where)
		if at.Cell {
			key = cellKey(q, analysis.Group{Value: at.Value, Split: at.Split})
		}
	}
	x, ok := c.shown.Find(key)
	return ok && !x.Hidden && !x.Silent
}

// sum says cases and totals in one phrase.
func (c *composer) sum(cases int64, totals map[string]int64) string {
	if len(totals) == 0 {
		return c.p.T("edition.cases", fault.Args{"count": cases})
	}
	return c.p.T("edition.sum", fault.Args{"count": cases, "totals": totals})
}

func (c *composer) organisation(number int64) string {
	if name := c.m.Organisations[number].Called(string(c.p.Lang())); name != "" {
		return name
	}
	return fmt.Sprint(number)
}

// holder is the name of whom a right holder's edition is for.
func (c *composer) holder() string {
	if o, ok := c.m.Organisations[c.m.Own.Organisation]; ok {
		return o.Called(string(c.p.Lang()))
	}
	return c.m.Own.Name
}

// contributions are what administrations say in a chapter.
func (c *composer) contributions(kind string) (out []rendition.Block) {
	for _, x := range c.m.Version.Contributions {
		text := map[string]string{publication.Challenges: x.Challenges, publication.Lessons: x.Lessons, publication.Interest: x.Interest}[kind]
		if text == "" {
			continue
		}
		out = append(out, c.heading(2, c.organisation(x.Organisation), ""))
		out = append(out, c.foreign(rendition.Markdown(text, x.Language, 2))...)
		cases := slices.DeleteFunc(slices.Clone(x.Cases), func(ref string) bool { return !c.read[ref] })
		if kind == publication.Interest && len(cases) > 0 {
			out = append(out, rendition.Block{Kind: rendition.Paragraph, Spans: []rendition.Span{{Words: c.p.T("edition.references", fault.Args{"list": cases})}}})
		}
	}
	return out
}

// dissents are printed as they were said.
func (c *composer) dissents() (out []rendition.Block) {
	for _, x := range c.m.Clearances {
		if x.State != publication.Dissents {
			continue
		}
		if len(out) == 0 {
			out = append(out, c.heading(1, c.p.T("edition.dissents"), ""))
		}
		n := rendition.Block{Kind: rendition.Note, Spans: []rendition.Span{{Words: c.p.T("edition.dissent", fault.Args{"name": c.organisation(x.Organisation)}), Strong: true}}}
		n.Blocks = c.foreign(rendition.Markdown(x.Words, x.Language, 2))
		out = append(out, n)
	}
	return out
}

func (c *composer) text(key string, args ...fault.Args) rendition.Text {
	return rendition.Text{Words: c.p.T(key, args...), Lang: string(c.p.Lang())}
}
