package reportpage

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// memberField names a field of a member of a group that repeats.
func memberField(group string, n int, name string) string {
	return group + "." + strconv.Itoa(n) + "." + name
}

// lineField names a field of a line of goods.
func lineField(n int, name string) string { return memberField("goods", n, name) }

// measureField names the quantity, the unit or the basis of a measure of a line.
func measureField(n, m int, what string) string {
	q, u, b := measureNames("goods."+strconv.Itoa(n)+".", m)
	return map[string]string{"quantity": q, "unit": u, "basis": b}[what]
}

func measureLabel(p *kit.Page, m int) string {
	if m == 1 {
		return p.T("casepage.field.quantity")
	}
	return p.T("casepage.also-quantity")
}

func measureHint(p *kit.Page, m int) string {
	if m == 1 {
		return p.T("casepage.hint.quantity")
	}
	return p.T("casepage.hint.also-quantity")
}

// shownMeasures is how many measures of a line hold something; the first always
// stands there.
func (c caseFormView) shownMeasures(n int) int {
	for m := measures; m > 1; m-- {
		if c.form.Value(measureField(n, m, "quantity")) != "" || c.form.Value(measureField(n, m, "unit")) != "" {
			return m
		}
	}
	return 1
}

// goodsParts are the form's names behind each of them.
var goodsParts = map[string][]string{"verdict": {"verdict_by"}, "violations": {"violations"}, "hazard": {"hazard"}, "holder": {"holder"},
	"ipr": {"ipr", "right"}, "hs": {"hs", "hs_edition"}, "batch": {"batch"}, "value": {"value", "value_currency", "value_basis"}, "sub": {"sub"}}

// asked is what a line is asked for by its category: the sections by commodity.
func (c caseFormView) asked(n int) []string {
	return c.Standing.Operation.Scope.Asks.Of(c.form.Value(lineField(n, "category")))
}

func (c caseFormView) unasked(n int) []string {
	asked := c.asked(n)
	return slices.DeleteFunc(slices.Clone(operation.GoodsFields), func(name string) bool { return slices.Contains(asked, name) })
}

// subs are the sub-categories that the operation names for a line's category.
func (c caseFormView) subs(n int) []string {
	return c.Standing.Operation.Scope.Asks.Subs[c.form.Value(lineField(n, "category"))]
}

func declaredFields(n int) (out []string) {
	for _, name := range lineFields {
		if strings.HasPrefix(name, "declared_") {
			out = append(out, lineField(n, name))
		}
	}
	return out
}

// lineOpen tells whether the folded part of a line holds something.
func (c caseFormView) lineOpen(n int) bool {
	if v := c.form.Value(lineField(n, "verdict")); v != "" && v != "suspected" && slices.Contains(c.unasked(n), "verdict") {
		return true
	}
	for _, field := range c.unasked(n) {
		for _, name := range goodsParts[field] {
			if c.anyOf(lineField(n, name)) {
				return true
			}
		}
	}
	return c.wrongIn(measureField(n, c.shownMeasures(n)+1, "quantity"))
}

// fresh tells whether the case has no number yet.
func (c caseFormView) fresh() bool { return c.file == nil && casepart.VersionOf(c.form.Values) == 0 }

// anyOf tells whether one of these parts of the form holds something, or is wrong.
func (c caseFormView) anyOf(names ...string) bool {
	for _, name := range names {
		if part(c.form.Values, name) != "" || c.wrongIn(name) {
			return true
		}
	}
	return false
}

// groupOpen tells whether a group of the form stands open.
func (c caseFormView) groupOpen(name string) bool {
	switch name {
	case "where", "carried", "goods":
		return true
	case "route":
		return c.anyOf("direction", "origin", "transit", "destination", "legs")
	case "control":
		status := c.form.Value("status")
		return status != "" && status != "seized" || c.anyOf("detection", "status_day", "yields", "custody") || c.wrongIn("status")
	}
	return c.anyOf("remarks") || c.wrongIn("language") || c.anyOf("reserved") && c.fresh()
}

// tasks are the six groups with what is still to do in each. The link leads to
// the first field: it opens the group.
func (c caseFormView) tasks(p *kit.Page) (out []kit.Task) {
	stated := map[string]bool{"where": c.form.Value("day") != "" && c.form.Value("country") != "", "carried": c.anyOf("conveyance", "carrier", "marks"),
		"route": c.groupOpen("route"), "goods": true, "control": c.groupOpen("control"), "remarks": c.anyOf("remarks")}
	for n := range lineCount(c.form.Values) {
		stated["goods"] = stated["goods"] && c.form.Value(lineField(n+1, "category")) != ""
	}
	for _, g := range []struct{ name, first string }{{"where", "day"}, {"carried", "conveyance"}, {"route", "direction"}, {"goods", lineField(1, "gtin")},
		{"control", "detection"}, {"remarks", "remarks"}} {
		t := kit.Task{Label: p.T("casepage.group." + g.name), Href: "#" + kit.FieldID(g.first), State: p.T("casepage.group-optional")}
		switch {
		case stated[g.name]:
			t.State, t.Tone = p.T("casepage.group-done"), kit.Good
		case g.name == "where" || g.name == "goods":
			t.State, t.Tone = p.T("casepage.group-to-do"), kit.Warn
		}
		out = append(out, t)
	}
	return out
}

// wrongIn tells whether there is a problem with a field of that prefix: a fold
// must not hide it.
func (c caseFormView) wrongIn(prefix string) bool {
	return c.form.Fault != nil && slices.ContainsFunc(c.form.Fault.Fields, func(f fault.Field) bool {
		return strings.HasPrefix(f.Path, prefix)
	})
}

// choices are the options of a list; countries begin with those of the operation.
func (c caseFormView) choices(p *kit.Page, list codelist.List) []kit.Option {
	if list.Name() == codelist.Country.Name() {
		return c.countries(p, false)
	}
	return frame.SortedOptions(p, list, list.Codes())
}

// countries are all countries and areas, first those that the operation names;
// codes that nobody has named (user-assigned ones) are left out.
func (c caseFormView) countries(p *kit.Page, own bool) []kit.Option {
	first := slices.Collect(maps.Keys(c.Standing.Operation.Names))
	if mine := c.Standing.Organisation.Country; own && mine != "" && !slices.Contains(first, mine) {
		first = append(first, mine)
	}
	var rest []string
	for _, code := range codelist.Country.Codes() {
		if !slices.Contains(first, code) && p.Printer.Country(code) != code {
			rest = append(rest, code)
		}
	}
	first = slices.DeleteFunc(first, func(code string) bool { return !codelist.Country.Has(code) })
	out := frame.SortedOptions(p, codelist.Country, first)
	others := frame.SortedOptions(p, codelist.Country, rest)
	if len(first) == 0 {
		return others
	}
	for i := range out {
		out[i].Group = p.T("casepage.countries-here")
	}
	for i := range others {
		others[i].Group = p.T("casepage.countries-all")
	}
	return append(out, others...)
}

// sendLabel is the button that sends.
func (c caseCheckView) sendLabel(p *kit.Page) string {
	switch {
	case c.file != nil:
		return p.T("casepage.amend.go")
	case c.State == seizure.Released:
		return p.T("casepage.send")
	}
	return p.T("casepage.send-waiting")
}

// kept is the form without the choices, which the page asks for.
func (c caseConflictView) kept() url.Values {
	out := url.Values{}
	for name, values := range c.values {
		if !strings.HasPrefix(name, "choose.") {
			out[name] = values
		}
	}
	return out
}

func sortedNames(values map[string][]string) []string { return slices.Sorted(maps.Keys(values)) }
