package publicationpage

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// shown is a figure with its answer, as it stands on a page.
type shown struct {
	publication.Figure
	language      string // of the report
	answer        analysis.Answer
	known         bool // there is an answer
	organisations map[int64]organisation.Organisation
	lede          string                      // as of when
	frozen        bool                        //
	link          func(analysis.Group) string // to the cases behind a cell; nil: none
	cut           int                         // how many lines of its table stand here; 0: all
	whole         string                      // where all of them are
}

// caption is the figure's own words, or made from its question.
func (f shown) caption(p *kit.Page) string {
	if t, _ := in(p, f.Title, f.language); t != "" {
		return t
	}
	return asked(p, f.Question, f.organisations)
}

// asked says a question in words: "Cases by category and conveyance · Country: Japan".
func asked(p *kit.Page, q analysis.Question, of map[int64]organisation.Organisation) string {
	words := p.T("publicationpage.asked.all")
	switch {
	case q.Group == analysis.ByAll || q.Group == "":
	case q.Split != "":
		words = p.T("publicationpage.asked.split", fault.Args{"group": inSentence(p, q.Group), "split": inSentence(p, q.Split)})
	default:
		words = p.T("publicationpage.asked.group", fault.Args{"group": inSentence(p, q.Group)})
	}
	for _, f := range slices.Sorted(maps.Keys(q.Where)) {
		if key := "publicationpage.field.where." + f; p.Printer.Has(key) {
			words += " · " + p.T("publicationpage.asked.where", fault.Args{"field": p.T(key), "value": value(p, whereDimension(f), q.Where[f], of)})
		}
	}
	return words
}

// whereDimension is the dimension whose values a filter takes.
func whereDimension(filter string) string {
	if filter == "from" || filter == "to" {
		return analysis.ByDay
	}
	return filter
}

func dimension(p *kit.Page, d string) string { return p.T("edition.by." + d) }

// value is one value of a dimension in the reader's language.
func value(p *kit.Page, d, v string, of map[int64]organisation.Organisation) string {
	if d == analysis.ByAll {
		return p.T("publicationpage.whole")
	}
	if v == "" {
		return p.T("overview.unknown")
	}
	switch d {
	case analysis.ByCountry, analysis.ByOrigin, analysis.ByDestination:
		return p.Printer.Country(v)
	case analysis.ByRoute:
		from, to, _ := strings.Cut(v, ">")
		return p.T("publicationpage.route", fault.Args{"from": value(p, analysis.ByOrigin, from, of), "to": value(p, analysis.ByDestination, to, of)})
	case analysis.ByReporter:
		n, _ := strconv.ParseInt(v, 10, 64)
		return called(p, of, n)
	case analysis.ByDay, analysis.ByWeek:
		return p.Printer.Day(v)
	case analysis.ByBrand, analysis.ByMonth:
		return p.Printer.Isolate(v)
	}
	return p.Printer.Code(listOf(d).Name(), v)
}

// listOf is the code list of a dimension.
func listOf(d string) codelist.List { return analysis.ListOf(d) }

// said is the figure in one sentence.
func (f shown) said(p *kit.Page) string { return saidOf(p, f.answer.Cases, f.answer.Totals) }

// units are those of an answer: pieces, kilograms, litres, then the others.
func units(t results.Totals) []string {
	first := []string{"H87", "KGM", "LTR"}
	var out []string
	for _, u := range first {
		if _, ok := t[u]; ok {
			out = append(out, u)
		}
	}
	for _, u := range slices.Sorted(maps.Keys(t)) {
		if !slices.Contains(first, u) {
			out = append(out, u)
		}
	}
	return out
}

func unitName(p *kit.Page, unit string) string {
	if key := "overview.unit." + unit; p.Printer.Has(key) {
		return p.T(key)
	}
	return p.Printer.Unit(unit)
}

// table is the whole answer: a line for each group, a column for each unit.
func (f shown) table(p *kit.Page, hidden bool) kit.Table {
	q := f.answer.Question
	t := kit.Table{Caption: f.caption(p), Hidden: hidden, Columns: []kit.Column{{Head: dimension(p, q.Group), Lead: true}}}
	if q.Split != "" {
		t.Columns = append(t.Columns, kit.Column{Head: dimension(p, q.Split)})
	}
	t.Columns = append(t.Columns, kit.Column{Head: p.T("publicationpage.column.cases"), Numeric: true})
	of := units(f.answer.Totals)
	for _, u := range of {
		t.Columns = append(t.Columns, kit.Column{Head: unitName(p, u), Numeric: true})
	}
	t.Plain = len(t.Columns) < 4
	for _, g := range f.lines() {
		cells := []templ.Component{f.lead(p, g)}
		if q.Split != "" {
			cells = append(cells, kit.Text(value(p, q.Split, g.Split, f.organisations)))
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: append(append(cells, kit.Num(p, g.Cases)), amounts(p, g.Totals, of)...)})
	}
	if q.Group != analysis.ByAll {
		foot := []templ.Component{kit.Text(p.T("publicationpage.whole"))}
		if q.Split != "" {
			foot = append(foot, nil)
		}
		t.Foot = append(append(foot, kit.Num(p, f.answer.Cases)), amounts(p, f.answer.Totals, of)...)
	}
	return t
}

// shortTable is how many lines of a figure stand where many figures are.
const shortTable = 12

// lines are those of its groups that stand here.
func (f shown) lines() []analysis.Group {
	if f.isCut() {
		return f.answer.Groups[:f.cut]
	}
	return f.answer.Groups
}

func (f shown) isCut() bool { return f.cut > 0 && len(f.answer.Groups) > f.cut }

func amounts(p *kit.Page, t results.Totals, of []string) []templ.Component {
	var out []templ.Component
	for _, u := range of {
		if micro, ok := t[u]; ok {
			out = append(out, figures(p.Printer.Micro(micro)))
		} else {
			out = append(out, nil)
		}
	}
	return out
}

// lead names a line of the table, and leads to its cases.
func (f shown) lead(p *kit.Page, g analysis.Group) templ.Component {
	words := value(p, f.answer.Question.Group, g.Value, f.organisations)
	if f.link != nil {
		if to := f.link(g); to != "" {
			return anchor(to, words)
		}
	}
	return kit.UserWords("", words)
}

// bars are the groups by their cases; the table has the rest.
func (f shown) bars(p *kit.Page) kit.BarChart {
	c := kit.BarChart{ID: f.ID, Caption: f.caption(p), Top: drawnBars, Table: kit.Grid(f.table(p, true))}
	for _, g := range f.answer.Groups {
		label := value(p, f.answer.Question.Group, g.Value, f.organisations)
		if g.Split != "" {
			label += " · " + value(p, f.answer.Question.Split, g.Split, f.organisations)
		}
		c.Bars = append(c.Bars, kit.Bar{Label: label, Value: g.Cases, Text: p.Printer.Number(g.Cases)})
	}
	return c
}

// overDays tells whether a line can be drawn: of days, and more than one.
func (f shown) overDays() bool {
	return f.Show == publication.ShowLine && f.answer.Question.Group == analysis.ByDay && f.answer.Question.Split == "" && len(f.answer.Groups) > 1
}

func (f shown) days(p *kit.Page) kit.DayLine {
	c := kit.DayLine{ID: f.ID, Caption: f.caption(p), Measure: p.T("publicationpage.column.cases")}
	for _, g := range f.answer.Groups {
		d := kit.DayValue{Day: g.Value, Value: g.Cases, Text: p.Printer.Number(g.Cases)}
		if f.link != nil {
			d.Href = f.link(g)
		}
		c.Days = append(c.Days, d)
	}
	return c
}

// live is a figure of the report while it is written.
func (d desk) live(p *kit.Page, f publication.Figure) shown {
	a, ok := d.Live[f.ID]
	return shown{Figure: f, language: d.Report.Language, answer: a, known: ok, organisations: d.Organisations,
		lede: p.T("publicationpage.live", fault.Args{"index": a.AsOf}), link: func(g analysis.Group) string {
			q, ok := a.Question.Of(g)
			if !ok {
				return ""
			}
			return p.Operation.Href + "c/?" + q.Cases().Encode()
		}}
}

// short is a figure where many are; its chapter has all of it.
func (c chapter) short(p *kit.Page, f publication.Figure) shown {
	out := c.live(p, f)
	out.cut, out.whole = shortTable, c.sectionHref(c.ID)+"#figure-"+f.ID
	return out
}

// cellHref names one cell of a frozen figure in an address.
func cellHref(base, figure string, g analysis.Group) string {
	return base + "?" + url.Values{"figure": {figure}, "value": {g.Value}, "split": {g.Split}}.Encode()
}

func inSentence(p *kit.Page, d string) string { return p.T("publicationpage.in-sentence." + d) }
