package analysispage

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// first are the filters that are always open; the others fold.
var first = []string{caselist.Category, caselist.Country, caselist.Conveyance, caselist.From, caselist.To}

func folded() []string {
	return slices.DeleteFunc(analysis.Filters(), func(name string) bool { return slices.Contains(first, name) })
}

// chosen are the filters of the question, each with the way out of it.
func (v view) chosen(p *kit.Page) []kit.Chip {
	var out []kit.Chip
	for _, name := range analysis.Filters() {
		if value := v.query.Get(name); value != "" {
			out = append(out, kit.Chip{Label: p.T("casepage.filter." + name), Value: v.choice(p, name, value), Remove: v.at("", name, "")})
		}
	}
	return out
}

// clear is the question without any filter.
func (v view) clear() string {
	q := url.Values{"group": {v.question().Group}}
	if v.question().Split != "" {
		q.Set("split", v.question().Split)
	}
	return v.base + "?" + q.Encode()
}

// choice says a value of a filter in words.
func (v view) choice(p *kit.Page, name, value string) string {
	switch name {
	case caselist.Class:
		if value == analysis.EveryClass {
			return p.T("analysispage.every-class")
		}
		return v.label(p, analysis.ByClass, value)
	case caselist.State:
		if slices.Contains(caselist.States(), value) {
			return p.T("casepage.state." + value)
		}
		return value
	case caselist.From, caselist.To:
		return p.Printer.Day(value)
	case caselist.Organisation:
		return v.reporter(p, value)
	}
	if list, ok := caselist.Lists()[name]; ok {
		return p.Printer.Code(list.Name(), value)
	}
	return value
}

// options are the choices of one filter that lead to cases, each with their number.
func (v view) options(p *kit.Page, name string) []kit.Option {
	counts := v.Counts.Choices[name]
	var codes []string
	label := map[string]string{}
	for code := range counts {
		codes = append(codes, code)
	}
	if value := v.query.Get(name); value != "" && counts[value] == 0 && value != analysis.EveryClass {
		codes = append(codes, value)
	}
	for _, code := range codes {
		label[code] = v.choice(p, name, code)
	}
	place := func(code string) int { return slices.Index(append(caselist.Classes(), caselist.States()...), code) }
	slices.SortFunc(codes, func(a, b string) int {
		if name == caselist.Class || name == caselist.State {
			return cmp.Compare(place(a), place(b))
		}
		return cmp.Or(p.Printer.Compare(label[a], label[b]), cmp.Compare(a, b))
	})
	var out []kit.Option
	if name == caselist.Class {
		out = append(out, kit.Option{Value: analysis.EveryClass, Label: p.T("analysispage.every-class")})
	}
	for _, code := range codes {
		out = append(out, kit.Option{Value: code, Label: p.T("casepage.choice", fault.Args{"label": p.Printer.Isolate(label[code]), "count": counts[code]})})
	}
	return out
}

// blank is the empty choice of a filter: without a class those that count are meant.
func blank(p *kit.Page, name string) string {
	if name == caselist.Class {
		return p.T("analysispage.counted-only")
	}
	return p.T("casepage.filter.any")
}

// splits are the dimensions that can be the columns of a two-way table.
func (v view) splits(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, d := range chips {
		if d != v.question().Group {
			out = append(out, kit.Option{Value: d, Label: p.T("analysispage.by." + d)})
		}
	}
	return out
}

// ways are filters whose removal would show cases where now there are none, the one
// that hides most first.
func (v view) ways(p *kit.Page) []kit.Link {
	type way struct {
		kit.Link
		count int64
	}
	var all []way
	for _, name := range analysis.Filters() {
		if count := v.Counts.Without[name]; count > 0 && v.query.Get(name) != "" {
			label := p.T("analysispage.without", fault.Args{"filter": p.T("casepage.filter." + name), "value": p.Printer.Isolate(v.choice(p, name, v.query.Get(name))), "cases": n(p, count)})
			all = append(all, way{kit.Link{Label: label, Href: v.at("", name, "")}, count})
		}
	}
	if count := v.Counts.Without[caselist.Class]; count > 0 && v.query.Get(caselist.Class) == "" {
		label := p.T("analysispage.uncounted", fault.Args{"cases": n(p, count)})
		all = append(all, way{kit.Link{Label: label, Href: v.at("", caselist.Class, analysis.EveryClass)}, count})
	}
	slices.SortStableFunc(all, func(a, b way) int { return cmp.Compare(b.count, a.count) })
	var out []kit.Link
	for _, w := range all {
		out = append(out, w.Link)
	}
	return out
}
