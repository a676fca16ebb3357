package analysispage

import (
	"cmp"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// longest is how many days a line of days may have; longer stretches stand as bars of
// the days on which something was found.
const longest = 190

// bars are the lines of the answer as a picture, with their table.
func (v view) bars(p *kit.Page) kit.BarChart {
	q := v.question()
	c := kit.BarChart{ID: "answer", Caption: v.finding(p), Label: p.T("analysispage.by." + q.Group), Measure: p.T("overview.cases"), Top: drawn,
		CSV: v.at("", "format", "csv"), Table: kit.Grid(v.table(p, v.lines()))}
	if analysis.OverTime(q.Group) {
		c.Top = 2 * drawn // a calendar is not cut at its best days
	}
	for _, l := range v.lines() {
		c.Bars = append(c.Bars, kit.Bar{Label: v.label(p, q.Group, l.value), Value: l.cases, Href: v.row(l)})
	}
	return c
}

// days is the answer by day, none of them left out; false: the stretch is too long.
func (v view) days(p *kit.Page) (kit.DayLine, bool) {
	lines := v.lines()
	if v.question().Group != analysis.ByDay || len(lines) == 0 {
		return kit.DayLine{}, false
	}
	byDay := map[string]line{}
	for _, l := range lines {
		byDay[l.value] = l
	}
	dated := slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.value == "" })
	if len(dated) == 0 {
		return kit.DayLine{}, false
	}
	from, err1 := time.Parse(time.DateOnly, dated[0].value)
	to, err2 := time.Parse(time.DateOnly, dated[len(dated)-1].value)
	if err1 != nil || err2 != nil || to.Sub(from) > longest*24*time.Hour {
		return kit.DayLine{}, false
	}
	c := kit.DayLine{ID: "answer", Caption: v.finding(p), Measure: p.T("overview.cases"), CSV: v.at("", "format", "csv")}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		at := day.Format(time.DateOnly)
		value := kit.DayValue{Day: at, Value: byDay[at].cases}
		if l, ok := byDay[at]; ok {
			value.Href = v.row(l)
		}
		c.Days = append(c.Days, value)
	}
	return c, true
}

// table is the lines with every unit, as many as a page takes.
func (v view) table(p *kit.Page, lines []line) kit.Table {
	q := v.question()
	t := kit.Table{Caption: v.finding(p), Hidden: true, Columns: []kit.Column{{Head: p.T("analysispage.by." + q.Group), Lead: true}, {Head: p.T("overview.cases"), Numeric: true}}}
	units := v.units()
	for _, unit := range units {
		t.Columns = append(t.Columns, kit.Column{Head: unitHead(p, unit), Numeric: true})
	}
	for _, l := range lines[:min(listed, len(lines))] {
		cells := []templ.Component{named(v.label(p, q.Group, l.value), v.row(l)), kit.Num(p, l.cases)}
		for _, unit := range units {
			cells = append(cells, bare(p, l.totals[unit]))
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: cells})
	}
	return t
}

// shown tells how many groups stand in the table, of how many.
func (v view) shown() (shown, of int64) {
	n := len(v.lines())
	return int64(min(listed, n)), int64(n) + v.Left.Groups
}

// cross is a two-way table, its largest rows and columns.
type cross struct {
	heat        kit.Heat
	rows, of    int64 // shown, and there are
	columns, to int64
}

func (v view) cross(p *kit.Page) cross {
	q := v.question()
	cells := map[[2]string]analysis.Group{}
	var tops, sides []weighed
	for _, g := range v.Answer.Groups {
		cells[[2]string{g.Value, g.Split}] = g
		sides, tops = weigh(sides, g.Value, g.Cases), weigh(tops, g.Split, g.Cases)
	}
	arrange(sides, q.Group)
	arrange(tops, q.Split)
	c := cross{of: int64(len(sides)), to: int64(len(tops))}
	sides, tops = sides[:min(rows, len(sides))], tops[:min(across, len(tops))]
	c.rows, c.columns = int64(len(sides)), int64(len(tops))
	c.heat = kit.Heat{Caption: v.finding(p), Label: p.T("analysispage.by." + q.Group), CSV: v.at("", "format", "csv")}
	for _, top := range tops {
		c.heat.Columns = append(c.heat.Columns, v.label(p, q.Split, top.value))
	}
	for _, side := range sides {
		row := kit.HeatRow{Label: v.label(p, q.Group, side.value)}
		for _, top := range tops {
			g := cells[[2]string{side.value, top.value}]
			row.Cells = append(row.Cells, kit.HeatCell{Value: g.Cases, Href: v.behind(g)})
		}
		c.heat.Rows = append(c.heat.Rows, row)
	}
	return c
}

// weighed is a value with how much stands under it, to choose what is shown; it may
// count a case twice, so nobody sees it.
type weighed struct {
	value  string
	weight int64
}

func weigh(all []weighed, value string, cases int64) []weighed {
	i := slices.IndexFunc(all, func(w weighed) bool { return w.value == value })
	if i < 0 {
		return append(all, weighed{value, cases})
	}
	all[i].weight += cases
	return all
}

// arrange puts values of time by the calendar, and others by what stands under them.
func arrange(all []weighed, dimension string) {
	slices.SortStableFunc(all, func(a, b weighed) int {
		if analysis.OverTime(dimension) {
			return cmp.Compare(a.value, b.value)
		}
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.value, b.value))
	})
}
