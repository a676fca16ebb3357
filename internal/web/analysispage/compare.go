package analysispage

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// compared is the answer beside the published figures that the address names.
func (v view) compared() (analysis.Comparison, bool) {
	i := slices.IndexFunc(v.References, func(r analysis.Reference) bool { return r.ID == v.with })
	if i < 0 {
		return analysis.Comparison{}, false
	}
	return analysis.Compare(v.Answer, v.References[i]), true
}

func (v view) references() []kit.Option {
	var out []kit.Option
	for _, r := range v.References {
		out = append(out, kit.Option{Value: r.ID, Label: r.Name})
	}
	return out
}

// comparedTable sets one's own beside what was published. What is not known is a dash.
func (v view) comparedTable(p *kit.Page, caption, name string, pairs []analysis.Pair) kit.Table {
	t := kit.Table{Caption: caption, Columns: []kit.Column{{Head: p.T("analysispage.compare.figure"), Lead: true},
		{Head: p.T("analysispage.compare.ours"), Numeric: true}, {Head: name, Numeric: true}}}
	for _, c := range pairs {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(v.figureName(p, c)), figure(p, c, c.Ours), figure(p, c, c.Theirs)}})
		if c.Share != nil {
			t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(v.figureName(p, c)), figure(p, c, nil), kit.UserWords("", p.Printer.Micro(*c.Share)+" %")}})
		}
	}
	return t
}

// figureName says what a pair counts: of which part, in which unit.
func (v view) figureName(p *kit.Page, c analysis.Pair) string {
	unit := p.T("overview.cases")
	switch {
	case c.Unit != "":
		unit = unitHead(p, c.Unit)
	case c.Word != "":
		unit = c.Word // as it was printed
	}
	switch {
	case c.Value != "":
		return p.T("analysispage.compare.part", fault.Args{"part": p.Printer.Isolate(v.label(p, v.question().Group, c.Value)), "figure": unit})
	case c.Label != "":
		return p.T("analysispage.compare.part", fault.Args{"part": p.Printer.Isolate(c.Label), "figure": unit})
	}
	return unit
}

// published tells whether the other operation published any of these figures.
func published(pairs []analysis.Pair) bool {
	return slices.ContainsFunc(pairs, func(c analysis.Pair) bool { return c.Theirs != nil || c.Share != nil })
}

// figure is one of a pair: cases are whole, quantities are millionths.
func figure(p *kit.Page, c analysis.Pair, n *int64) templ.Component {
	switch {
	case n == nil:
		return unknown(p)
	case c.Unit == "" && c.Word == "":
		return kit.Num(p, *n)
	}
	return bare(p, *n)
}
