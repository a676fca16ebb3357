package importpage

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func columns(p *kit.Page, lead string, names ...string) []kit.Column {
	out := []kit.Column{{Head: p.T("importpage.column." + lead), Lead: true}}
	for _, name := range names {
		out = append(out, kit.Column{Head: p.T("importpage.column." + name)})
	}
	return out
}

func sheetTable(p *kit.Page, m startView) kit.Table {
	t := kit.Table{Caption: p.T("importpage.sheets"), Hidden: true, Columns: columns(p, "file", "handed", "state")}
	for _, s := range m.sheets {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{sheetLink(p, s), kit.When(p, s.Created), sheetState(p, s)}})
	}
	return t
}

func mappingTable(p *kit.Page, m startView) kit.Table {
	t := kit.Table{Caption: p.T("importpage.mappings"), Hidden: true, Columns: append(columns(p, "mapping", "changed"), kit.Column{Head: p.T("importpage.drop"), Hide: true})}
	for _, one := range m.mappings {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{words(one.Name), kit.When(p, one.Changed), dropButton(p, one)}})
	}
	return t
}

// mostReasons is how many reasons a page lists.
const mostReasons = 50

func reasonTable(p *kit.Page, all []intake.Reason) kit.Table {
	t := kit.Table{Caption: p.T("importpage.reasons"), Hidden: true, Columns: columns(p, "why", "column", "value", "rows", "row")}
	for _, r := range all[:min(len(all), mostReasons)] {
		t.Rows = append(t.Rows, kit.TableRow{Tone: kit.Bad, Cells: []templ.Component{words(p.T(r.Key, r.Args)), words(r.Column), words(r.Value),
			kit.Num(p, int64(r.Rows)), kit.Num(p, int64(r.First))}})
	}
	return t
}

func noteTable(p *kit.Page, r *outcome.Result) kit.Table {
	t := kit.Table{Caption: p.T("importpage.notes"), Hidden: true, Columns: columns(p, "note", "column", "value", "rows")}
	for _, n := range r.Notes[:min(len(r.Notes), mostReasons)] {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{words(p.T(n.Key, n.Args)), words(n.Column), words(n.Value), kit.Num(p, int64(n.Rows))}})
	}
	return t
}

func caseTable(p *kit.Page, m lookView) kit.Table {
	t := kit.Table{Caption: p.T("importpage.first"), Hidden: true, Columns: columns(p, "day", "country", "goods", "remarks")}
	for _, d := range m.Cases {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Day(p, d.Day), kit.Country(p, d.Country), words(goodsOf(p, d)), words(first(d.Remarks))}})
	}
	return t
}

// goodsOf says the goods of a case in a line: each by its category and amounts.
func goodsOf(p *kit.Page, d seizure.Draft) string {
	var out []string
	for _, l := range d.Goods {
		parts := append([]string{p.Printer.Code("category", l.Category)}, amounts(p, l)...)
		out = append(out, p.Printer.Isolate(strings.Join(parts, " ")))
	}
	return p.Printer.List(out)
}

func amounts(p *kit.Page, l goods.Line) (out []string) {
	for _, q := range l.Quantities {
		out = append(out, p.Printer.Quantity(q.Micro, q.Unit))
	}
	return out
}

func first(s string) string {
	line, _, more := strings.Cut(s, "\n")
	if r := []rune(line); len(r) > 120 {
		line, more = string(r[:120]), true
	}
	if more {
		line += " …"
	}
	return line
}

func plainOptions(values []string) []kit.Option {
	out := make([]kit.Option, len(values))
	for i, v := range values {
		out[i] = kit.Option{Value: v, Label: v}
	}
	return out
}

func savedOptions(m lookView) []kit.Option {
	var out []kit.Option
	for _, known := range m.mappings {
		out = append(out, kit.Option{Value: known.Name, Label: known.Name})
	}
	return out
}

// datePatterns are the usual ones, and those that were found.
func datePatterns(m lookView) []string {
	out := slices.Clone(m.Found.Dates)
	for _, p := range []string{"yyyy-mm-dd", "d/m/yyyy", "m/d/yyyy", "d.m.yyyy", "d-m-yyyy", "m-d-yyyy", "d/m/yy", "m/d/yy", "d-mmm-yy", "d mmm yyyy", "yyyy/m/d"} {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// samples are values of a column.
func samples(p *kit.Page, c guess.Column) string {
	if len(c.Samples) == 0 {
		return p.T("importpage.no-values")
	}
	var out []string
	for _, s := range c.Samples {
		out = append(out, p.Printer.Isolate(first(s)))
	}
	return strings.Join(out, " · ")
}

// roles are what a column can be: those of the guess, and what a saved mapping or
// the product's own sheet makes of it.
func (m lookView) roles(p *kit.Page) []kit.Option {
	out := roles(p)
	for _, c := range m.Found.Columns {
		if !slices.ContainsFunc(out, func(o kit.Option) bool { return o.Value == c.Role }) {
			out = append(out, kit.Option{Value: c.Role, Label: p.T("importpage.role.own"), Group: p.T("importpage.group.whole")})
		}
	}
	return out
}

// written says how the file is written.
func (m lookView) written(p *kit.Page) string {
	switch {
	case m.Found.Encoding == "":
		return p.T("importpage.written.unknown")
	case m.Found.Delimiter == "":
		return p.T("importpage.written.workbook", fault.Args{"sheet": m.Found.Sheet, "line": int64(m.Found.Heading), "rows": int64(m.Found.Rows)})
	}
	return p.T("importpage.written.text", fault.Args{"encoding": m.Found.Encoding, "delimiter": m.Found.Delimiter, "line": int64(m.Found.Heading), "rows": int64(m.Found.Rows)})
}

// how says where the mapping came from.
func (m lookView) how(p *kit.Page) string {
	switch {
	case m.Saved != "":
		return p.T("importpage.how.saved", fault.Args{"name": m.Saved})
	case m.Found.Own:
		return p.T("importpage.how.own")
	}
	return p.T("importpage.how.guessed")
}
