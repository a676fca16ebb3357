package operationpage

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// How much of what stands beside the figures the first page shows.
const (
	topFlows   = 8
	topMembers = 12
)

// beside is what the first page asks for by itself: each part may fail and leave the
// page standing. A part that is nil was not asked for, or could not be counted.
type beside struct {
	progress *results.Progress
	routes   *analysis.View
	members  *analysis.View // counted cases by who reported them; for who coordinates
	clocks   *detention.List
	lessons  *learnt.Page // that are open
	training []kit.Task   // of its workshops
	failed   map[string]bool
}

// besides asks for the parts that this reader may have.
func (s site) besides(r *http.Request, v *frame.Visit, p *kit.Page, o results.Overview) beside {
	b := beside{failed: map[string]bool{}}
	ctx, who, code := r.Context(), v.Actor(), o.Standing.Operation.Code
	note := func(part string, err error) bool {
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("a part of the overview could not be counted", "part", part, "error", err)
		}
		b.failed[part] = err != nil
		return err == nil
	}
	if p, err := s.Results.Progress(ctx, who, code); note("progress", err) {
		b.progress = &p
	}
	ask := func(part, group string) *analysis.View {
		a, err := s.Analyses.Ask(ctx, who, code, analysis.Question{Group: group})
		if !note(part, err) {
			return nil
		}
		return &a
	}
	if o.Standing.May(access.AnalysisRead) {
		b.routes = ask("routes", analysis.ByRoute)
		if o.Standing.Side() == access.Coordination {
			b.members = ask("members", analysis.ByReporter)
		}
	}
	if o.Standing.May(access.DetentionRead) {
		if l, err := s.Detentions.Running(ctx, who, code); note("clocks", err) {
			b.clocks = &l
		}
	}
	if o.Standing.May(access.LearntRead) {
		if l, err := s.Learnt.List(ctx, who, code, learnt.Filter{State: learnt.StillOpen}); note("lessons", err) {
			b.lessons = &l
		}
	}
	if all, err := s.TrainingTasks(r, v, p, o.Standing); note("training", err) {
		b.training = all
	}
	return b
}

// learnt counts the open lessons that the reader's organisation sees to, those of them
// that are overdue, and those that earlier operations left to this one: for who settles
// them, and for who draws conclusions.
func (o overviewView) learnt() (own, late, earlier int64) {
	if o.lessons == nil || !o.may(access.LearntSettle) {
		return 0, 0, 0
	}
	for _, l := range o.lessons.Items {
		if l.Owner.Number == o.Standing.Organisation.Number {
			own++
			if l.Late {
				late++
			}
		}
		if l.From.Operation != 0 && o.may(access.LearntCarry) {
			earlier++
		}
	}
	return own, late, earlier
}

// ending counts the legal clocks that are due soon, or over.
func (b beside) ending() (n, over int64) {
	if b.clocks == nil {
		return 0, 0
	}
	for _, c := range b.clocks.Items {
		if c.Nearest != nil && (c.Nearest.State == legal.DueSoon || c.Nearest.State == legal.Overdue) {
			n++
		}
	}
	return n, int64(b.clocks.Overdue)
}

// unrouted counts the cases that say no origin or no destination.
func (b beside) unrouted() (n int64) {
	if b.routes == nil {
		return 0
	}
	for _, g := range b.routes.Answer.Groups {
		if from, to, _ := strings.Cut(g.Value, ">"); from == "" || to == "" {
			n += g.Cases
		}
	}
	return n
}

// added says what today added to a figure; nothing where it did not.
func (b beside) added(p *kit.Page, n int64) string {
	if b.progress == nil || n == 0 {
		return ""
	}
	return p.T("overview.added", fault.Args{"amount": p.Printer.Isolate("+" + p.Printer.Number(n))})
}

func (b beside) addedCases(p *kit.Page) string {
	if b.progress == nil {
		return ""
	}
	return b.added(p, b.progress.Added.Cases)
}

func (b beside) addedMessages(p *kit.Page) string {
	if b.progress == nil {
		return ""
	}
	return b.added(p, b.progress.Added.Messages)
}

func (b beside) addedWarnings(p *kit.Page) string {
	if b.progress == nil {
		return ""
	}
	return b.added(p, b.progress.Added.Warnings)
}

func (b beside) addedOf(p *kit.Page, unit string) string {
	if b.progress == nil || b.progress.Added.Totals[unit] == 0 {
		return ""
	}
	return p.T("overview.added", fault.Args{"amount": p.Printer.Isolate("+" + p.Printer.Micro(b.progress.Added.Totals[unit]))})
}

// reportingTile tells how many members have reported on the newest day; what could not
// be counted says so.
func (o overviewView) reportingTile(p *kit.Page) (kit.Tile, bool) {
	t := kit.Tile{Label: p.T("overview.reporting"), Href: o.base + "coverage/"}
	switch {
	case o.progress == nil && o.failed["progress"]:
		t.Note = p.T("overview.could-not", fault.Args{"at": p.Printer.Clock(o.Standing.Now, o.Standing.Operation.Location())})
		t.Href = o.base // tries again
		return t, true
	case o.progress == nil || o.progress.Coverage == nil || !o.progress.Coverage.Whole:
		return t, false
	}
	t.Value, t.Note = kit.Of(p, o.progress.Reported, o.progress.Members), p.Printer.Day(o.progress.Day)
	return t, true
}

// flowTable is where goods mostly came from and went to.
func (o overviewView) flowTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("overview.flows"), Hidden: true, Plain: true, Columns: []kit.Column{{Head: p.T("analysispage.by.route"), Lead: true}, {Head: p.T("overview.cases"), Numeric: true}}}
	for _, g := range o.routes.Answer.Groups {
		from, to, _ := strings.Cut(g.Value, ">")
		if from == "" || to == "" || len(t.Rows) == topFlows {
			continue
		}
		b := kit.Bar{Label: p.T("analysispage.route", fault.Args{"from": p.Printer.Country(from), "to": p.Printer.Country(to)})}
		if of, ok := o.routes.Answer.Question.Of(g); ok && o.may(access.SeizureRead) {
			b.Href = o.base + "c/?" + of.Cases().Encode()
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{linkedName(b), kit.Num(p, g.Cases)}})
	}
	return t
}

// flowMap is the same as a map, for the wall.
func (o overviewView) flowMap(p *kit.Page) kit.FlowMap {
	m := kit.FlowMap{ID: "flows", Caption: p.T("overview.flows"), Note: p.T("analysispage.map-note"), Top: 20, Table: o.flowTable(p)}
	for _, g := range o.routes.Answer.Groups {
		if from, to, _ := strings.Cut(g.Value, ">"); from != "" && to != "" {
			m.Flows = append(m.Flows, kit.Flow{From: from, To: to, Value: g.Cases})
		}
	}
	return frame.Placed(m, o.demo)
}

// contribution is one member with what it brought.
type contribution struct {
	number  int64
	name    string
	cases   int64
	totals  results.Totals
	reports results.Reports
}

// contributions are those of all members, most cases first.
func (o overviewView) contributions(p *kit.Page) []contribution {
	var out []contribution
	place := map[int64]int{}
	if o.progress != nil && o.progress.Coverage != nil {
		for _, r := range o.progress.Coverage.Rows {
			place[r.Organisation.Number] = len(out)
			out = append(out, contribution{number: r.Organisation.Number, name: frame.Called(p, r.Organisation), reports: results.ReportsOf(r)})
		}
	}
	for _, g := range o.members.Answer.Groups {
		n, _ := strconv.ParseInt(g.Value, 10, 64)
		at, ok := place[n]
		if !ok {
			at = len(out)
			out = append(out, contribution{number: n, name: frame.Called(p, o.members.Organisations[n])})
		}
		out[at].cases, out[at].totals = g.Cases, g.Totals
	}
	slices.SortStableFunc(out, func(a, b contribution) int {
		return cmp.Or(cmp.Compare(b.cases, a.cases), p.Printer.Compare(a.name, b.name))
	})
	return out
}

func (o overviewView) contributionTable(p *kit.Page, all []contribution) kit.Table {
	t := kit.Table{Caption: p.T("overview.contributions"), Hidden: true, Columns: []kit.Column{{Head: p.T("overview.member"), Lead: true}, {Head: p.T("overview.cases"), Numeric: true},
		{Head: p.T("situation.quantity"), Numeric: true}, {Head: p.T("overview.days-told"), Numeric: true}}}
	for _, c := range all[:min(topMembers, len(all))] {
		name := linkedName(kit.Bar{Label: c.name, Href: o.counted(caselist.Organisation, strconv.FormatInt(c.number, 10))})
		told := kit.Of(p, c.reports.Told, c.reports.Over)
		if c.reports.Over == 0 {
			told = kit.Text("–")
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{name, kit.Num(p, c.cases), kit.UserWords("", p.Printer.Totals(c.totals)), told}})
	}
	return t
}

// learntTasks adds what is to be done about lessons learnt.
func (o overviewView) learntTasks(add func(n int64, key, href, state string, tone kit.Tone, hint string), overdue func(n int64) (string, kit.Tone, string)) {
	own, late, earlier := o.learnt()
	state, tone, hint := overdue(late)
	add(own, "learnt", o.base+"learnt/?state=open&owner="+string(o.Standing.Organisation.ID), state, tone, hint)
	add(earlier, "learnt-earlier", o.base+"learnt/?state=open&from=earlier", "to-do", kit.Info, "")
}
