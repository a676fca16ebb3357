package operationpage

import (
	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// drawnBars is how many bars a picture of the overview has; its table has all.
const drawnBars = 8

// tasks lists what waits for this reader, most urgent first.
func (o overviewView) tasks(p *kit.Page) []kit.Task {
	var out []kit.Task
	add := func(n int64, key, href, state string, tone kit.Tone, hint string) {
		if n > 0 {
			out = append(out, kit.Task{Label: p.T("overview.task."+key, fault.Args{"count": n}), Href: href,
				State: p.T("overview.state." + state), Tone: tone, Hint: hint})
		}
	}
	overdue := func(n int64) (state string, tone kit.Tone, hint string) {
		if n == 0 {
			return "to-do", kit.Warn, ""
		}
		return "overdue", kit.Bad, p.T("overview.task.overdue", fault.Args{"count": n})
	}
	if o.may(access.MessageAnswer) {
		state, tone, hint := overdue(o.Warnings.WaitingOverdue)
		add(o.Warnings.Waiting, "waiting", o.base+"m/?state=waiting", state, tone, hint)
	}
	if o.may(access.WarningAcknowledge) {
		add(o.Attend.Acknowledge, "acknowledge", o.base+"m/", "to-do", kit.Warn, "")
	}
	if o.Standing.Side() == access.Coordination && o.may(access.MessageRead) {
		add(o.Attend.Escalated, "escalated", o.base+"warnings/", "overdue", kit.Bad, "")
		state, tone, hint := overdue(o.Warnings.AllOverdue)
		fresh := o.Warnings.All
		if o.progress != nil && o.progress.Old == fresh { // the line below says it
			fresh = 0
		}
		add(fresh, "open", o.base+"warnings/?state=open", state, tone, hint)
	}
	if o.progress != nil && o.Standing.Side() == access.Coordination {
		add(o.progress.Unseen, "unseen", o.base+"warnings/?state=unseen", "to-do", kit.Warn, "")
		add(o.progress.Old, "old", o.base+"warnings/?state=old", "overdue", kit.Bad, "")
		add(o.unrouted(), "unrouted", o.base+"analysis/?group=route", "to-do", kit.Warn, "")
	}
	if n, over := o.ending(); n > 0 {
		state, tone, hint := overdue(over)
		add(n, "clocks", o.base+"clocks/", state, tone, hint)
	}
	if o.Daily.Silent > o.Daily.Long || !o.Daily.Running {
		add(o.Daily.Silent, "silent-day", o.base+"coverage/", "to-do", kit.Warn, "")
	}
	if o.Daily.Running {
		add(o.Daily.Long, "silent", o.base+"coverage/", "to-do", kit.Warn, "")
		add(int64(o.Daily.Quiet), "quiet", o.base+"coverage/", "to-do", kit.Warn, "")
	}
	if o.may(access.TaskRead) {
		state, tone, hint := overdue(o.Daily.Tasks.Overdue)
		add(o.Daily.Tasks.Open, "given", o.base+"tasks/", state, tone, hint)
	}
	o.learntTasks(add, overdue)
	if o.may(access.SeizureRelease) {
		add(o.Own.Waiting, "release", o.cases("state", "reported"), "to-do", kit.Warn, "")
	}
	if o.may(access.SeizureSave) {
		add(o.Own.Drafts, "draft", o.cases("state", "draft"), "draft", kit.Info, "")
	}
	return append(out, o.training...)
}

// units lists the units of a total as they are read out; pieces, kilograms and
// litres always, so that a nought is seen as one.
func units(totals results.Totals) []string {
	out := []string{"H87", "KGM", "LTR"}
	for unit, micro := range totals {
		if micro != 0 && unit != "H87" && unit != "KGM" && unit != "LTR" {
			out = append(out, unit)
		}
	}
	i18n.SortUnits(out)
	return out
}

// unitLabel heads the figure of a unit: "Pieces".
func unitLabel(p *kit.Page, unit string) string {
	if key := "overview.unit." + unit; p.Printer.Has(key) {
		return p.T(key)
	}
	return p.Printer.Unit(unit)
}

// figureTiles are the tiles of a total: cases, then each unit by itself.
func (o overviewView) figureTiles(p *kit.Page, cases int64, totals results.Totals) []kit.Tile {
	out := []kit.Tile{{Label: p.T("overview.cases"), Value: kit.Num(p, cases), Href: o.cases("class", "counted"), Note: o.addedCases(p)}}
	for _, unit := range units(totals) {
		out = append(out, kit.Tile{Label: unitLabel(p, unit), Value: bareAmount(p, totals[unit]), Note: o.addedOf(p, unit)})
	}
	return out
}

// chart is a bar chart of one dimension with the finding as its caption, and a
// table that gives the quantities too.
func (o overviewView) chart(p *kit.Page, dimension string, groups []results.Group, label func(string) string) kit.BarChart {
	c := kit.BarChart{ID: "by-" + dimension, Label: p.T("overview.by." + dimension), Measure: p.T("overview.cases"), Top: drawnBars,
		CSV: o.base + "results?format=csv"}
	names := make([]templ.Component, 0, len(groups))
	for _, g := range groups {
		b := kit.Bar{Label: label(g.Value), Value: g.Cases, Href: o.counted(dimension, g.Value)}
		if g.Value == "" {
			b.Label, b.Href = p.T("overview.unknown"), ""
		}
		c.Bars = append(c.Bars, b)
		names = append(names, linkedName(b))
	}
	if len(groups) > 0 {
		c.Caption = p.T("overview.finding."+dimension, fault.Args{"name": c.Bars[0].Label, "cases": groups[0].Cases, "of": o.Figures.Cases})
		c.Table = kit.Grid(groupTable(p, c, groups, names))
	}
	return c
}

func groupTable(p *kit.Page, c kit.BarChart, groups []results.Group, names []templ.Component) kit.Table {
	all := results.Totals{}
	for _, g := range groups {
		for unit, micro := range g.Totals {
			all[unit] += micro
		}
	}
	t := kit.Table{Caption: c.Caption, Hidden: true, Columns: []kit.Column{{Head: c.Label, Lead: true}, {Head: c.Measure, Numeric: true}}}
	shown := units(all)
	for _, unit := range shown {
		t.Columns = append(t.Columns, kit.Column{Head: unitLabel(p, unit), Numeric: true})
	}
	for i, g := range groups {
		cells := []templ.Component{names[i], kit.Num(p, g.Cases)}
		for _, unit := range shown {
			cells = append(cells, bareAmount(p, g.Totals[unit]))
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: cells})
	}
	return t
}

// daily is the line of cases by day.
func (o overviewView) daily(p *kit.Page) kit.DayLine {
	c := kit.DayLine{ID: "by-day", Measure: p.T("overview.cases"), CSV: o.base + "results?format=csv"}
	top := results.Group{}
	for _, g := range o.Figures.Daily(o.Standing.Operation) {
		d := kit.DayValue{Day: g.Value, Value: g.Cases}
		if href := o.counted("from", g.Value); href != "" && g.Cases > 0 {
			d.Href = href + "&to=" + g.Value
		}
		c.Days = append(c.Days, d)
		if g.Cases > top.Cases {
			top = g
		}
	}
	c.Caption = p.T("overview.finding.day", fault.Args{"day": i18n.Day(top.Value), "cases": top.Cases, "of": o.Figures.Cases})
	return c
}

// officialTable sets the reader's own figures beside the coordination's.
func (o overviewView) officialTable(p *kit.Page) kit.Table {
	own, theirs := *o.Figures, *o.Figures.Official
	t := kit.Table{Caption: p.T("overview.official.title"), Hidden: true, Plain: true, Columns: []kit.Column{{Head: p.T("overview.figure"), Lead: true},
		{Head: p.T("overview.official.own"), Numeric: true}, {Head: p.T("overview.official.theirs"), Numeric: true}}}
	t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(p.T("overview.cases")), kit.Num(p, own.Cases), kit.Num(p, theirs.Cases)}})
	for _, unit := range units(theirs.Totals) {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(unitLabel(p, unit)),
			bareAmount(p, own.Totals[unit]), bareAmount(p, theirs.Totals[unit])}})
	}
	return t
}

// calendar is the list of phases with where each stands today.
func (o overviewView) calendar(p *kit.Page) []kit.Task {
	today := o.Standing.Today()
	var out []kit.Task
	for _, ph := range o.Standing.Operation.Phases {
		t := kit.Task{Label: frame.PhaseName(p, ph), Hint: p.Printer.Range(ph.Starts, ph.Ends)}
		switch {
		case today > ph.Ends:
			t.State, t.Tone = p.T("overview.state.past"), kit.Neutral
		case today < ph.Starts:
			t.State, t.Tone = p.T("overview.state.ahead"), kit.Info
		default:
			t.State, t.Tone = p.T("overview.state.now"), kit.Good
		}
		out = append(out, t)
	}
	return out
}

func scopeNames(p *kit.Page, o overviewView) []string {
	var out []string
	for _, c := range o.Standing.Operation.Scope.Categories {
		out = append(out, p.Printer.Code("category", c))
	}
	return out
}
