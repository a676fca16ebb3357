package edition

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// figure writes a figure as the edition shows it.
func (c *composer) figure(f publication.Figure) []rendition.Block {
	a, ok := c.m.Version.Answers[f.ID]
	if !ok {
		return nil
	}
	if slices.Contains(c.shown.Withheld, f.ID) {
		return []rendition.Block{c.note("edition.withheld", fault.Args{"title": c.title(f)})}
	}
	t, kept := c.table(f, a)
	if f.Show == publication.ShowNumber || a.Question.Group == analysis.ByAll && a.Question.Split == "" {
		return []rendition.Block{{Kind: rendition.Paragraph, ID: f.ID, Spans: []rendition.Span{{Words: c.title(f) + ": "}, {Words: c.whole(a), Strong: true}}}}
	}
	if kept == 0 {
		return []rendition.Block{{Kind: rendition.Paragraph, ID: f.ID, Spans: []rendition.Span{{Words: c.title(f) + ": "}, {Words: c.p.T("edition.none-shown")}}}}
	}
	b := rendition.Block{Kind: rendition.TableKind, ID: f.ID, Table: &t}
	if a.Question.Split == "" {
		switch f.Show {
		case publication.ShowBars:
			b.Kind, b.Draw = rendition.Chart, "bars"
		case publication.ShowLine:
			b.Kind, b.Draw = rendition.Chart, "line"
		}
	}
	return []rendition.Block{b}
}

// title is a figure's own, or made from its question.
func (c *composer) title(f publication.Figure) string {
	if words, _ := c.in(f.Title); words != "" {
		return words
	}
	title := c.p.T("edition.by." + f.Question.Group)
	if f.Question.Split != "" {
		title = c.p.T("edition.by-two", fault.Args{"first": title, "second": c.p.T("edition.by." + f.Question.Split)})
	}
	var narrowed []string
	for _, name := range slices.Sorted(maps.Keys(f.Question.Where)) {
		narrowed = append(narrowed, c.filter(name, f.Question.Where[name]))
	}
	if len(narrowed) > 0 {
		title += " (" + strings.Join(narrowed, "; ") + ")"
	}
	return title
}

// filter says one filter of a question.
func (c *composer) filter(name, value string) string {
	if name == analysis.ByClass && value == analysis.EveryClass {
		return c.p.T("edition.every-case")
	}
	for _, d := range analysis.Dimensions() {
		if q, ok := (analysis.Question{Group: d}).Of(analysis.Group{Value: "?"}); ok && q.Where[name] == "?" {
			return c.label(d, value).Text
		}
	}
	return value
}

// hides tells whether the edition hides what a key names.
func (c *composer) hides(key string) bool {
	if c.kind == publication.Enforcement {
		return false
	}
	x, ok := c.shown.Find(key)
	return !ok || x.Hidden || x.Silent
}

func (c *composer) whole(a analysis.Answer) string {
	if c.hides(keyOf(a.Question.Where)) {
		return c.p.T("edition.hidden")
	}
	return c.sum(a.Cases, a.Totals)
}

// table makes the table of a figure, and tells how many lines it shows. Lines that are
// hidden stand together in the last one, without names and number: their places among the
// others would tell how large they are.
func (c *composer) table(f publication.Figure, a analysis.Answer) (t rendition.Table, kept int) {
	q, units := a.Question, units(a.Totals)
	t = rendition.Table{ID: f.ID, Heads: []string{c.p.T("edition.by." + q.Group)}, Numeric: []bool{false}}
	if q.Split != "" {
		t.Heads, t.Numeric = append(t.Heads, c.p.T("edition.by."+q.Split)), append(t.Numeric, false)
	}
	t.Heads, t.Numeric = append(t.Heads, c.p.T("edition.head.cases")), append(t.Numeric, true)
	for _, u := range units {
		t.Heads, t.Numeric = append(t.Heads, c.p.Unit(u)), append(t.Numeric, true)
	}
	var first *analysis.Group
	hidden := false
	for _, g := range a.Groups {
		if c.hides(cellKey(q, g)) {
			hidden = true
			continue
		}
		if kept++; first == nil || g.Cases > first.Cases {
			first = &g
		}
		t.Rows = append(t.Rows, c.row(q, c.label(q.Group, g.Value), c.label(q.Split, g.Split), g.Cases, g.Totals, units))
	}
	if hidden {
		t.Rows = append(t.Rows, c.others(len(t.Heads), q.Split != ""))
		t.Notes = append(t.Notes, c.text("edition.hidden-note", fault.Args{"cases": int64(suppress.LeastCases), "administrations": int64(suppress.LeastAdministrations)}))
	}
	if !c.hides(keyOf(q.Where)) {
		t.Foot = c.row(q, rendition.Cell{Text: c.p.T("edition.all")}, rendition.Cell{}, a.Cases, a.Totals, units)
	}
	if analysis.Overlaps(q.Group) || analysis.Overlaps(q.Split) {
		t.Notes = append(t.Notes, c.text("edition.overlap"))
	}
	t.Caption = c.caption(f, a, first, hidden)
	return t, kept
}

func units(totals map[string]int64) []string {
	out := slices.Collect(maps.Keys(totals))
	i18n.SortUnits(out)
	return out
}

func (c *composer) row(q analysis.Question, first, second rendition.Cell, cases int64, totals map[string]int64, units []string) []rendition.Cell {
	out := []rendition.Cell{first}
	if q.Split != "" {
		out = append(out, second)
	}
	out = append(out, rendition.Cell{Text: c.p.Number(cases), Number: strconv.FormatInt(cases, 10)})
	for _, u := range units {
		out = append(out, rendition.Cell{Text: c.p.Micro(totals[u]), Number: i18n.Decimal(totals[u])})
	}
	return out
}

func (c *composer) others(width int, split bool) []rendition.Cell {
	out := []rendition.Cell{{Text: c.p.T("edition.others")}}
	for len(out) < width {
		out = append(out, rendition.Cell{Text: c.p.T("edition.hidden"), Hidden: true})
	}
	if split {
		out[1] = rendition.Cell{}
	}
	return out
}

// caption states the finding. Of hidden lines it says nothing, not even that they are
// fewer.
func (c *composer) caption(f publication.Figure, a analysis.Answer, first *analysis.Group, hidden bool) rendition.Text {
	title := c.title(f)
	key := "edition.finding"
	switch {
	case first == nil || c.hides(keyOf(a.Question.Where)):
		return rendition.Text{Words: title, Lang: string(c.p.Lang())}
	case hidden:
		key = "edition.finding-shown"
	case analysis.OverTime(a.Question.Group):
		key = "edition.finding-time"
	}
	value := c.label(a.Question.Group, first.Value).Text
	if a.Question.Split != "" {
		value = c.p.T("edition.by-two", fault.Args{"first": value, "second": c.label(a.Question.Split, first.Split).Text})
	}
	return c.text(key, fault.Args{"title": title, "value": value, "count": first.Cases, "of": a.Cases})
}

// label says a value of a dimension.
func (c *composer) label(dimension, value string) rendition.Cell {
	p, out := c.p, rendition.Cell{Text: value, Code: value}
	switch list := analysis.ListOf(dimension); {
	case dimension == "":
		return rendition.Cell{}
	case value == "":
		return rendition.Cell{Text: p.T("edition.unknown")}
	case dimension == analysis.ByCountry, dimension == analysis.ByOrigin, dimension == analysis.ByDestination:
		out.Text = p.Country(value)
	case dimension == analysis.ByRoute:
		from, to, _ := strings.Cut(value, ">")
		out.Text = p.T("edition.route", fault.Args{"from": c.label(analysis.ByOrigin, from).Text, "to": c.label(analysis.ByDestination, to).Text})
	case dimension == analysis.ByReporter:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			out = rendition.Cell{Text: c.organisation(n)}
		}
	case dimension == analysis.ByDay:
		out.Text = p.Day(value)
	case dimension == analysis.ByWeek:
		out.Text = p.T("edition.week", fault.Args{"day": p.Day(value)})
	case dimension == analysis.ByBrand, dimension == analysis.ByMonth:
		out.Code = ""
	case list.Name() != "":
		out.Text = p.Code(list.Name(), value)
	}
	return out
}

// own writes a right holder's own figures.
func (c *composer) own() []rendition.Block {
	out := []rendition.Block{c.heading(1, c.p.T("edition.own"), "")}
	out = append(out, rendition.Block{Kind: rendition.Paragraph, Spans: []rendition.Span{{Words: c.p.T("edition.own-rule", fault.Args{"cases": ownRule().Cases, "administrations": ownRule().Administrations})}}})
	if len(c.m.Own.Brands) == 0 {
		return append(out, rendition.Block{Kind: rendition.Paragraph, Spans: []rendition.Span{{Words: c.p.T("edition.own-none")}}})
	}
	brands := map[string]string{}
	for i, name := range c.m.Own.Brands {
		brands[ownKey(c.m, fmt.Sprint("/brand/", i))] = name
	}
	conveyances := map[string]string{}
	for _, x := range c.shown.Cells {
		if code, ok := strings.CutPrefix(x.Key, ownKey(c.m, "/conveyance/")); ok {
			conveyances[x.Key] = c.label(analysis.ByConveyance, code).Text
		}
	}
	out = append(out, c.ownTable(ownBrands, analysis.ByBrand, brands, true)...)
	return append(out, c.ownTable(ownConveyance, analysis.ByConveyance, conveyances, false)...)
}

// ownTable is a table of one's own figures. Each of one's brands has its line, also that
// of which nothing is shown; others are named only where they are shown.
func (c *composer) ownTable(id, dimension string, names map[string]string, each bool) []rendition.Block {
	whole, ok := c.shown.Find(ownKey(c.m, ""))
	if !ok || slices.Contains(c.shown.Withheld, id) {
		return []rendition.Block{c.note("edition.withheld", fault.Args{"title": c.p.T("edition.by." + dimension)})}
	}
	totals := map[string]int64{}
	for key := range names {
		if x, ok := c.shown.Find(key); ok && !x.Hidden {
			maps.Copy(totals, x.Values)
		}
	}
	if !whole.Hidden {
		maps.Copy(totals, whole.Values)
	}
	units, q := units(totals), analysis.Question{Group: dimension}
	t := rendition.Table{ID: id, Caption: c.text("edition." + id), Heads: []string{c.p.T("edition.by." + dimension), c.p.T("edition.head.cases")}, Numeric: []bool{false, true}}
	for _, u := range units {
		t.Heads, t.Numeric = append(t.Heads, c.p.Unit(u)), append(t.Numeric, true)
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		switch x, ok := c.shown.Find(key); {
		case ok && !x.Hidden:
			t.Rows = append(t.Rows, c.row(q, rendition.Cell{Text: names[key]}, rendition.Cell{}, x.Cases, x.Values, units))
		case each:
			r := c.others(len(t.Heads), false)
			r[0].Text = names[key]
			t.Rows = append(t.Rows, r)
		}
	}
	if !whole.Hidden {
		t.Foot = c.row(q, rendition.Cell{Text: c.p.T("edition.all")}, rendition.Cell{}, whole.Cases, whole.Values, units)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []rendition.Block{{Kind: rendition.TableKind, ID: id, Table: &t}}
}
