package seizurepage

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseFilters are the names of the filter, as they stand in addresses.
var caseFilters = caselist.Names()

// caseStates are the states in which a case may be listed.
var caseStates = caselist.States()

// caseFirst are the filters that are always open; the others fold.
var caseFirst = []string{caselist.Words, caselist.Category, caselist.Country, caselist.Class, caselist.State, caselist.Organisation}

func folded() []string {
	return slices.DeleteFunc(caselist.Names(), func(n string) bool { return slices.Contains(caseFirst, n) })
}

// chipList shows what a filter narrows to.
func (l caseListView) chipList(p *kit.Page, query url.Values) []kit.Chip {
	var out []kit.Chip
	for _, name := range caseFilters {
		if value := query.Get(name); value != "" {
			out = append(out, kit.Chip{Label: p.T("casepage.filter." + name), Value: l.filterLabel(p, name, value), Remove: l.with(name, "")})
		}
	}
	return out
}

// filterLabel says a value of the filter in words.
func (l caseListView) filterLabel(p *kit.Page, name, value string) string {
	switch name {
	case caselist.Class:
		return known(p, "casepage.class.", value, caselist.Classes())
	case caselist.State:
		return known(p, "casepage.state.", value, caselist.States())
	case caselist.From, caselist.To:
		return p.Printer.Day(value)
	case caselist.Photos, caselist.Waits, caselist.Mine:
		return p.T("casepage.filter.on")
	case caselist.Post:
		if seizure.PostKey(value) == "" {
			return p.T("effectpage.no-post")
		}
	case caselist.Organisation:
		return l.organisationLabel(p, value)
	}
	if list, ok := caselist.Lists()[name]; ok {
		return p.Printer.Code(list.Name(), value)
	}
	return value
}

// known says a value that has a text; a code that has none any more stands for itself.
func known(p *kit.Page, prefix, value string, values []string) string {
	if slices.Contains(values, value) {
		return p.T(prefix + value)
	}
	return value
}

func (l caseListView) organisationLabel(p *kit.Page, value string) string {
	for _, m := range l.Members {
		if strconv.FormatInt(m.Organisation.Number, 10) == value {
			return frame.Called(p, m.Organisation)
		}
	}
	n, _ := strconv.ParseInt(value, 10, 64)
	if o, ok := l.Organisations[n]; ok {
		return frame.Called(p, o)
	}
	return "–" // took part once, or never: the two look the same
}

// options are the choices of one field of the filter that lead to cases, each
// with their number, and the one that is chosen.
func (l caseListView) options(p *kit.Page, name string) []kit.Option {
	counts := l.Counts.Choices[name]
	var codes []string
	for code := range counts {
		codes = append(codes, code)
	}
	if chosen := l.query.Get(name); chosen != "" && counts[chosen] == 0 {
		codes = append(codes, chosen)
	}
	label := map[string]string{}
	for _, code := range codes {
		label[code] = l.filterLabel(p, name, code)
	}
	group := l.groups(p, name)
	slices.SortFunc(codes, func(a, b string) int {
		return cmp.Or(cmp.Compare(group[a].place, group[b].place), p.Printer.Compare(label[a], label[b]), cmp.Compare(a, b))
	})
	var out []kit.Option
	for _, code := range codes {
		out = append(out, kit.Option{Value: code, Label: counted(p, label[code], counts[code]), Group: group[code].label})
	}
	return out
}

// counted is a choice with the number of cases behind it.
func counted(p *kit.Page, label string, n int64) string {
	return p.T("casepage.choice", fault.Args{"label": p.Printer.Isolate(label), "count": n})
}

type optionGroup struct {
	place int
	label string
}

// groups puts the categories of the operation's scope first, and values that
// have an order of their own into that.
func (l caseListView) groups(p *kit.Page, name string) map[string]optionGroup {
	out := map[string]optionGroup{}
	switch name {
	case caselist.Class, caselist.State:
		for i, v := range append(caselist.Classes(), caselist.States()...) {
			out[v] = optionGroup{place: i}
		}
	case caselist.Category:
		scope := l.Standing.Operation.Scope.Categories
		if len(scope) == 0 {
			return out
		}
		for code := range l.Counts.Choices[name] {
			out[code] = optionGroup{1, p.T("casepage.out-of-scope")}
		}
		for _, code := range scope {
			out[code] = optionGroup{0, p.T("casepage.in-scope")}
		}
	}
	return out
}

// wayOut is a filter whose removal would show cases where now there are none.
type wayOut struct {
	chip  kit.Chip
	count int64
}

// waysOut are those filters, the one that hides most first.
func (l caseListView) waysOut(p *kit.Page) []wayOut {
	var out []wayOut
	for _, name := range caseFilters {
		if n := l.Counts.Without[name]; n > 0 {
			out = append(out, wayOut{kit.Chip{Label: p.T("casepage.filter." + name), Value: l.filterLabel(p, name, l.query.Get(name)),
				Remove: l.with(name, "")}, n})
		}
	}
	slices.SortStableFunc(out, func(a, b wayOut) int { return cmp.Compare(b.count, a.count) })
	return out
}

// flagLabel is a switch with the number of cases behind it.
func (l caseListView) flagLabel(p *kit.Page, name string) string {
	return counted(p, p.T("casepage.filter."+name), l.Counts.On[name])
}
