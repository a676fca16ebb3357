package analysispage

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// label says a value of a dimension in words.
func (v view) label(p *kit.Page, dimension, value string) string {
	switch {
	case dimension == analysis.ByAll:
		return p.T("analysispage.all")
	case value == "":
		return p.T("overview.unknown")
	}
	switch dimension {
	case analysis.ByRoute:
		from, to, _ := strings.Cut(value, ">")
		return p.T("analysispage.route", fault.Args{"from": v.label(p, analysis.ByOrigin, from), "to": v.label(p, analysis.ByDestination, to)})
	case analysis.ByReporter:
		return v.reporter(p, value)
	case analysis.ByClass:
		if slices.Contains(caselist.Classes(), value) {
			return p.T("casepage.class." + value)
		}
		return value
	case analysis.ByDay:
		return p.Printer.Day(value)
	case analysis.ByMonth:
		return p.Printer.Month(value)
	case analysis.ByWeek:
		return p.T("analysispage.week", fault.Args{"day": i18n.Day(value)})
	}
	if list := analysis.ListOf(dimension).Name(); list != "" {
		return p.Printer.Code(list, value)
	}
	return value
}

func (v view) reporter(p *kit.Page, value string) string {
	n, _ := strconv.ParseInt(value, 10, 64)
	if o, ok := v.Organisations[n]; ok {
		return called(p, o)
	}
	return "–" // took part once, or never: the two look the same
}

// called is a body by its country and its name, since several may be of one country.
func called(p *kit.Page, o organisation.Organisation) string { return frame.Called(p, o) }

// finding states the answer in one sentence.
func (v view) finding(p *kit.Page) string {
	a := v.Answer
	args := fault.Args{"cases": n(p, a.Cases), "totals": p.Printer.Totals(a.Totals)}
	key := "analysispage.finding"
	if len(nonzero(a.Totals)) == 0 {
		key = "analysispage.finding-bare"
	}
	text := p.T(key, args)
	if most := v.most(p); most != "" {
		text = p.T("analysispage.finding-most", fault.Args{"finding": text, "most": most})
	}
	return text
}

func n(p *kit.Page, cases int64) string { return p.T("analysispage.cases", fault.Args{"count": cases}) }

// most says which group leads; nothing where none does.
func (v view) most(p *kit.Page) string {
	q := v.question()
	if q.Group == analysis.ByAll {
		return ""
	}
	groups := v.lines()
	groups = slices.DeleteFunc(slices.Clone(groups), func(l line) bool { return l.value == "" || l.value == ">" })
	if len(groups) == 0 {
		return ""
	}
	top := slices.MaxFunc(groups, func(a, b line) int { return int(a.cases - b.cases) })
	var names []string
	for _, g := range groups {
		if g.cases == top.cases {
			names = append(names, p.Printer.Isolate(v.label(p, q.Group, g.value)))
		}
	}
	switch {
	case len(names) == 1:
		return p.T("analysispage.most."+q.Group, fault.Args{"name": names[0], "cases": n(p, top.cases)})
	case len(names) <= 3:
		return p.T("analysispage.most-alike", fault.Args{"names": p.Printer.List(names), "cases": n(p, top.cases)})
	}
	return p.T("analysispage.most-many", fault.Args{"count": int64(len(names)), "cases": n(p, top.cases)})
}

// line is one value of the question's first dimension, over all of its second.
type line struct {
	value  string
	cases  int64
	totals results.Totals
	group  analysis.Group
}

// lines are the groups of the first dimension. Of a two-way table they are the sums of
// its rows, where no case stands in two cells of a row; otherwise there are none, since
// a sum would count such a case twice.
func (v view) lines() []line {
	q := v.question()
	if q.Split != "" && analysis.Overlaps(q.Split) {
		return nil
	}
	var out []line
	place := map[string]int{}
	for _, g := range v.Answer.Groups {
		at, ok := place[g.Value]
		if !ok {
			at = len(out)
			place[g.Value] = at
			out = append(out, line{value: g.Value, totals: results.Totals{}, group: analysis.Group{Value: g.Value}})
		}
		out[at].cases += g.Cases
		out[at].group.Cases += g.Cases
		for unit, micro := range g.Totals {
			out[at].totals[unit] += micro
		}
	}
	if !analysis.OverTime(q.Group) {
		slices.SortStableFunc(out, func(a, b line) int { return cmp.Or(cmp.Compare(b.cases, a.cases), cmp.Compare(a.value, b.value)) })
	}
	return out
}

func nonzero(totals results.Totals) []string {
	units := slices.Collect(maps.Keys(totals))
	units = slices.DeleteFunc(units, func(u string) bool { return totals[u] == 0 })
	i18n.SortUnits(units)
	return units
}

// units are those of the answer, as columns.
func (v view) units() []string { return nonzero(v.Answer.Totals) }

// unitHead heads a column of a unit.
func unitHead(p *kit.Page, unit string) string {
	if key := "overview.unit." + unit; p.Printer.Has(key) {
		return p.T(key)
	}
	return p.Printer.Unit(unit)
}
