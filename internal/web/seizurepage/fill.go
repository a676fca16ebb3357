package seizurepage

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// lineField names a field of a line of goods.
func lineField(n int, name string) string { return "goods." + strconv.Itoa(n) + "." + name }

// measureField names the number, or the unit, of a measure of a line.
func measureField(n, m int, unit bool) string {
	q, u := measureNames("goods."+strconv.Itoa(n)+".", m)
	if unit {
		return u
	}
	return q
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
		if c.form.Value(measureField(n, m, false)) != "" || c.form.Value(measureField(n, m, true)) != "" {
			return m
		}
	}
	return 1
}

// lineOpen tells whether the folded part of a line holds something.
func (c caseFormView) lineOpen(n int) bool {
	for _, name := range []string{"brand", "ipr", "ipr.typed", "hs", "hs_edition"} {
		if c.form.Value(lineField(n, name)) != "" {
			return true
		}
	}
	v := c.form.Value(lineField(n, "verdict"))
	return v != "" && v != "suspected" || c.wrongIn(lineField(n, "brand")) || c.wrongIn(lineField(n, "ipr")) || c.wrongIn(lineField(n, "hs")) ||
		c.wrongIn(measureField(n, c.shownMeasures(n)+1, false))
}

// longOpen tells whether the folded part of the form holds something.
func (c caseFormView) longOpen() bool {
	for _, name := range []string{"time", "conveyance.typed", "direction", "origin", "transit", "destination", "detection", "concealment"} {
		if c.form.Value(name) != "" || c.form.Value(name+".typed") != "" || c.wrongIn(name) {
			return true
		}
	}
	return c.wrongIn("language")
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

func (c caseActView) doubleHint(p *kit.Page) string {
	if c.Case.DuplicateOf != 0 {
		return p.T("casepage.hint.of-back")
	}
	return p.T("casepage.hint.of")
}

func sortedNames(values map[string][]string) []string { return slices.Sorted(maps.Keys(values)) }

func versionText(n int64) string { return strconv.FormatInt(n, 10) }

// arrow points from old to new in the direction of reading.
func arrow(p *kit.Page) string {
	if p.Printer.Dir() == "rtl" {
		return "←"
	}
	return "→"
}
