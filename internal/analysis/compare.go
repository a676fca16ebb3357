package analysis

import (
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

// Pair is a figure of one's own beside a published one. What is not known is nil, and
// no zero: of goods counted in pieces nobody knows the weight.
type Pair struct {
	Label  string `json:"label,omitempty"` // of a part, as printed; empty: of the whole, or only of one's own
	Value  string `json:"value,omitempty"` // of a part, as the question's groups have it
	Unit   string `json:"unit,omitempty"`  // empty: cases, or Word says it
	Word   string `json:"word,omitempty"`  // a printed unit that is none of ours
	Ours   *int64 `json:"ours,omitempty"`  // cases, or millionths of the unit
	Theirs *int64 `json:"theirs,omitempty"`
	Share  *int64 `json:"share,omitempty"` // of theirs, millionths of a hundredth
}

// Comparison is an answer beside a reference.
type Comparison struct {
	Reference Reference
	Whole     []Pair // cases first, then units
	Parts     []Pair // where both have the question's dimension
	Narrowed  bool   // the question leaves cases out, which the published figures do not
}

// Compare sets an answer beside what was published. Nothing is computed: no unit is
// converted, no missing figure is a zero, no sum is made of parts.
func Compare(a Answer, r Reference) Comparison {
	c := Comparison{Reference: r, Narrowed: len(a.Question.Where) > 0}
	c.Whole = pairs(Pair{}, &a.Cases, r.Cases, a.Totals, r.Totals)
	if a.Question.Split != "" {
		return c
	}
	parts := slices.DeleteFunc(slices.Clone(r.Parts), func(p Part) bool { return p.Dimension != a.Question.Group })
	if len(parts) == 0 {
		return c
	}
	for _, g := range a.Groups {
		i := slices.IndexFunc(parts, func(p Part) bool { return p.Value != "" && p.Value == g.Value })
		if i < 0 {
			c.Parts = append(c.Parts, pairs(Pair{Value: g.Value}, &g.Cases, nil, g.Totals, nil)...)
			continue
		}
		p := parts[i]
		parts = slices.Delete(parts, i, i+1)
		c.Parts = append(c.Parts, pairs(Pair{Label: p.Label, Value: g.Value, Share: p.Share}, &g.Cases, p.Cases, g.Totals, p.Amounts)...)
	}
	for _, p := range parts {
		c.Parts = append(c.Parts, pairs(Pair{Label: p.Label, Value: p.Value, Share: p.Share}, nil, p.Cases, nil, p.Amounts)...)
	}
	return c
}

// pairs gives one pair of cases and one of each unit that either has.
func pairs(of Pair, ours, theirs *int64, totals map[string]int64, amounts []Amount) []Pair {
	first := of
	first.Ours, first.Theirs = copied(ours), copied(theirs)
	out := []Pair{first}
	of.Share = nil
	amounts = slices.Clone(amounts)
	for _, unit := range units(totals) {
		p := of
		if n, ok := totals[unit]; ok {
			p.Ours = &n
		}
		if i := slices.IndexFunc(amounts, func(m Amount) bool { return m.Unit == unit }); i >= 0 {
			p.Theirs = &amounts[i].Micro
			p.Word = amounts[i].Word
		}
		if p.Unit = unit; p.Ours != nil || p.Theirs != nil {
			out = append(out, p)
		}
	}
	for i, m := range amounts {
		if m.Unit == "" {
			p := of
			p.Word, p.Theirs = m.Word, &amounts[i].Micro
			out = append(out, p)
		}
	}
	return out
}

// units are those of the list, and what totals have beside them.
func units(totals map[string]int64) []string {
	all := codelist.Unit.Codes()
	for _, unit := range slices.Sorted(maps.Keys(totals)) {
		if !codelist.Unit.Has(unit) {
			all = append(all, unit)
		}
	}
	return all
}

func copied(n *int64) *int64 {
	if n == nil {
		return nil
	}
	m := *n
	return &m
}
