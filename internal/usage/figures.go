package usage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// closing is when a month is closed: what was written later does not count.
func closing(month string) time.Time {
	t, _ := time.Parse("2006-01", month)
	return t.AddDate(0, 1, Delay)
}

// closedMonths are the newest months that are closed, the newest first.
func closedMonths(now time.Time) []string {
	var out []string
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 0; len(out) < Months; n++ {
		if m := first.AddDate(0, -n, 0).Format("2006-01"); !now.Before(closing(m)) {
			out = append(out, m)
		}
	}
	return out
}

// names finds brands by what goods lines say.
type names struct {
	brand map[string]int // by folded name; -1: of nobody's brand here
	code  map[string]int
}

// claim is that a brand goes by a name or a code.
type claim struct {
	key   string
	of    int64
	at    int // place among the reader's brands; -1: of others
	since time.Time
	seq   int64
}

// claims gathers what all brands and sheets of the library are called. What several
// right holders claim counts for the first of them: what comes later, be it false,
// neither shows them the figures of the first nor takes these from it.
func claims(all []holder.Brand, own []holder.Brand, sheets []product.Shelved) names {
	place := func(of int64, id holder.BrandID) int {
		return slices.IndexFunc(own, func(b holder.Brand) bool { return b.Organisation == of && b.ID == id })
	}
	var brands, codes []claim
	for _, b := range all {
		for _, name := range append([]string{b.Name}, b.Also...) {
			key := i18n.Fold(name)
			brands = append(brands, claim{key, b.Organisation, place(b.Organisation, b.ID), b.Claimed[key], b.Seq})
		}
	}
	for _, s := range sheets {
		for _, c := range s.Codes {
			if c.Kind == product.GTIN {
				key := product.Compared(c.Value)
				codes = append(codes, claim{key, s.Organisation, place(s.Organisation, s.Sheet.Brand), s.Claimed[key], s.Sheet.Seq})
			}
		}
	}
	return names{first(brands), first(codes)}
}

// first gives each name to who claimed it first. Two brands of one right holder: it
// counts for neither, or it would count twice.
func first(all []claim) map[string]int {
	slices.SortStableFunc(all, func(a, b claim) int { return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.seq, b.seq)) })
	owner, out := map[string]int64{}, map[string]int{}
	for _, c := range all {
		of, taken := owner[c.key]
		switch {
		case c.key == "" || taken && of != c.of:
		case taken && out[c.key] != c.at:
			out[c.key] = -1
		default:
			owner[c.key], out[c.key] = c.of, c.at
		}
	}
	return out
}

// of tells of which brand a goods line is; -1: of none that counts.
func (n names) of(brand, gtin string) int {
	if at, ok := n.brand[i18n.Fold(brand)]; ok && strings.TrimSpace(brand) != "" {
		return at
	}
	if at, ok := n.code[product.Compared(gtin)]; ok && gtin != "" {
		return at
	}
	return -1
}

// cell is one brand in one month.
type cell struct {
	brand int
	month string
}

// sum is what a cell, or one unit of it, comes to.
type sum struct {
	cases  int64
	amount int64
	by     map[int64]bool // administrations
}

func (s *sum) add(organisation, amount int64) {
	if s.by == nil {
		s.by = map[int64]bool{}
	}
	s.cases++
	s.amount += amount
	s.by[organisation] = true
}

// stands tells whether a sum may be shown.
func (s sum) stands() bool { return s.cases >= LeastCases && len(s.by) >= LeastAdministrations }

// table counts cases.
type table struct {
	names
	consents map[int64]Consent // newest, by organisation
	open     map[string]bool   // months that are shown
	cells    map[cell]*sum
	units    map[cell]map[string]*sum
	gone     map[cell]bool // one of those behind it took its consent back
	history  []Consent
}

// take counts a case once in each brand that its goods are of.
func (t *table) take(c seizure.Case) {
	if len(c.Day) < 7 || !t.open[c.Day[:7]] || c.Redacted != "" || c.DuplicateOf != 0 {
		return
	}
	month := c.Day[:7]
	close := closing(month)
	if !c.Reported.Before(close) || !t.hadConsented(c.Organisation, close) {
		return
	}
	amounts := map[int]map[string]int64{}
	for _, l := range c.Goods {
		at := t.of(l.Brand, l.GTIN)
		if at < 0 || l.Verdict == "genuine" {
			continue
		}
		if amounts[at] == nil {
			amounts[at] = map[string]int64{}
		}
		for _, q := range l.Quantities {
			amounts[at][q.Unit] += q.Micro
		}
	}
	for at, units := range amounts {
		k := cell{at, month}
		if !t.consentsStill(c.Organisation, close) {
			t.gone[k] = true
			continue
		}
		if t.cells[k] == nil {
			t.cells[k], t.units[k] = &sum{}, map[string]*sum{}
		}
		t.cells[k].add(c.Organisation, 0)
		for unit, amount := range units {
			if t.units[k][unit] == nil {
				t.units[k][unit] = &sum{}
			}
			t.units[k][unit].add(c.Organisation, amount)
		}
	}
}

// hadConsented tells whether an administration consented when a month was closed.
func (t *table) hadConsented(organisation int64, at time.Time) bool {
	had := false
	for _, c := range t.history {
		if c.Organisation == organisation && c.At.Before(at) {
			had = c.Figures
		}
	}
	return had
}

// consentsStill tells whether it has done so ever since.
func (t *table) consentsStill(organisation int64, at time.Time) bool {
	c := t.consents[organisation]
	return c.Figures && c.FiguresSince.Before(at)
}

// figures are the lines that may be shown.
func (t *table) figures(own []holder.Brand) []Figure {
	var out []Figure
	for k, s := range t.cells {
		if !s.stands() || t.gone[k] {
			continue
		}
		f := Figure{Brand: own[k.brand].Name, Month: k.month, Cases: s.cases, Quantities: map[string]int64{}}
		for unit, u := range t.units[k] {
			if u.stands() {
				f.Quantities[unit] = u.amount
			}
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Figure) int { return cmp.Or(cmp.Compare(a.Brand, b.Brand), cmp.Compare(b.Month, a.Month)) })
	return out
}

// Names finds brands by what goods lines say, as figures of right holders count them.
// Brand and Code lead a folded name, or a code, to the place of a brand among own; -1: it
// is another's, and counts for nobody here.
type Names struct {
	Brand map[string]int `json:"brand,omitempty"`
	Code  map[string]int `json:"code,omitempty"`
}

// NamesOf gathers what all brands and sheets of the library are called; what several
// right holders claim counts for the first of them.
func NamesOf(all, own []holder.Brand, sheets []product.Shelved) Names {
	n := claims(all, own, sheets)
	return Names{Brand: n.brand, Code: n.code}
}

// Of tells of which brand a goods line is; -1: of none that counts.
func (n Names) Of(brand, gtin string) int { return names{n.Brand, n.Code}.of(brand, gtin) }

// Met keeps of names only those that goods lines have.
func (n Names) Met(lines func(yield func(brand, gtin string) bool)) Names {
	out := Names{Brand: map[string]int{}, Code: map[string]int{}}
	lines(func(brand, gtin string) bool {
		if at, ok := n.Brand[i18n.Fold(brand)]; ok {
			out.Brand[i18n.Fold(brand)] = at
		}
		if at, ok := n.Code[product.Compared(gtin)]; ok {
			out.Code[product.Compared(gtin)] = at
		}
		return true
	})
	return out
}
