package edition

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// official is the key of the figure of figures.
var official = keyOf(nil)

// keyOf names what a question counts by its filters, so that the same thing has one name
// in all tables: the categories of a country are the country's of a category.
func keyOf(where map[string]string) string {
	w := maps.Clone(where)
	if w == nil {
		w = map[string]string{}
	}
	switch w[caselist.Class] {
	case "":
		w[caselist.Class] = seizure.Counted
	case analysis.EveryClass:
		delete(w, caselist.Class)
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(w)) {
		value := w[name]
		if name == caselist.Brand {
			value = i18n.Fold(value)
		}
		parts = append(parts, name+"="+value)
	}
	return strings.Join(parts, "&")
}

// cellKey names one group of a question.
func cellKey(q analysis.Question, g analysis.Group) string {
	if narrowed, ok := q.Of(g); ok {
		return keyOf(narrowed.Where)
	}
	key := keyOf(q.Where) + "&" + q.Group + ":" + i18n.Fold(g.Value)
	if q.Split != "" {
		key += "&" + q.Split + ":" + i18n.Fold(g.Split)
	}
	return key
}

// counter makes what suppress needs of a version's answers: cells by key, and sums.
type counter struct {
	m     Material
	by    map[int64][]seizure.Case // the cases of each administration
	cells map[string]*suppress.Cell
	order []string
	sums  map[[2]string]*suppress.Sum
	known []ranged // cells of days, and of times of several days
	place []int    // of each case in a set
	size  int      // of a set
	sets  map[string]set
	where map[string]map[string]string // filters of cells
}

func newCounter(m Material) *counter {
	c := &counter{m: m, by: map[int64][]seizure.Case{}, cells: map[string]*suppress.Cell{}, sums: map[[2]string]*suppress.Sum{}}
	for _, x := range m.Cases {
		c.by[x.Organisation] = append(c.by[x.Organisation], x)
	}
	c.numbered()
	c.total("", analysis.Question{Group: analysis.ByAll}, m.Version.Official, false)
	c.cells[official].Fixed = true
	return c
}

// cell adds a cell to a table.
func (c *counter) cell(table, key string, g analysis.Group, administrations int64, keep int, silent bool) {
	x := c.cells[key]
	if x == nil {
		x = &suppress.Cell{Key: key, Cases: g.Cases, Values: maps.Clone(map[string]int64(g.Totals)), Administrations: administrations, Silent: true}
		c.cells[key] = x
		c.order = append(c.order, key)
	}
	if x.Silent = x.Silent && silent; !silent {
		x.Keep = max(x.Keep, keep)
	}
	if table != "" && !slices.Contains(x.Tables, table) {
		x.Tables = append(x.Tables, table)
	}
}

// behind is how many administrations stand behind a question's whole, and behind each of
// its groups by key.
func (c *counter) behind(q analysis.Question) (whole int64, groups map[string]int64) {
	groups = map[string]int64{}
	for _, cases := range c.by {
		a := analysis.Tally(c.m.Operation, q, cases)
		if a.Cases > 0 {
			whole++
		}
		for _, g := range a.Groups {
			groups[cellKey(q, g)]++
		}
	}
	return whole, groups
}

func (c *counter) total(table string, q analysis.Question, a analysis.Answer, silent bool) {
	whole, _ := c.behind(analysis.Question{Group: analysis.ByAll, Where: q.Where})
	if c.sets[keyOf(q.Where)] == nil {
		c.stand(analysis.Question{Group: analysis.ByAll, Where: q.Where})
	}
	c.cell(table, keyOf(q.Where), analysis.Group{Cases: a.Cases, Totals: a.Totals}, whole, 2, silent)
	c.during(q.Where)
	c.asked(q.Where)
}

// answer adds a whole table: its total, its groups, and for one with two dimensions the
// margins, which stand nowhere and can be added up all the same.
func (c *counter) answer(table string, a analysis.Answer, silent bool) {
	q := a.Question
	c.total(table, q, a, silent)
	if q.Group == analysis.ByAll && q.Split == "" {
		return
	}
	_, behind := c.behind(q)
	c.stand(q)
	keep := 1 // a line of a table by one dimension is worth more than one by two
	if q.Split != "" {
		keep = 0
	}
	whole := keyOf(q.Where)
	parts := map[[2]string][]string{{whole, by(q)}: nil}
	for _, g := range a.Groups {
		key := cellKey(q, g)
		if key == whole {
			continue
		}
		c.cell(table, key, g, behind[key], keep, silent)
		parts[[2]string{whole, by(q)}] = append(parts[[2]string{whole, by(q)}], key)
		if narrowed, ok := q.Of(g); ok {
			c.during(narrowed.Where)
			c.asked(narrowed.Where)
		}
		for _, m := range margins(q, g) {
			parts[[2]string{m.whole, m.by}] = append(parts[[2]string{m.whole, m.by}], key)
		}
	}
	for k, list := range parts {
		c.sum(table, k[0], k[1], list, overlaps(q))
	}
	for _, mq := range marginQuestions(q) {
		c.answer(table, analysis.Tally(c.m.Operation, mq, c.m.Cases), true)
	}
}

func by(q analysis.Question) string {
	if q.Split != "" {
		return q.Group + "/" + q.Split
	}
	return q.Group
}

// overlaps says what of a question's groups does not add up.
func overlaps(q analysis.Question) string {
	switch {
	case q.Group == analysis.ByViolation || q.Split == analysis.ByViolation:
		return suppress.OverlapAll
	case analysis.Overlaps(q.Group) || analysis.Overlaps(q.Split):
		return suppress.OverlapCases
	}
	return ""
}

// margin is a whole of which a cell is a part.
type margin struct{ whole, by string }

func margins(q analysis.Question, g analysis.Group) (out []margin) {
	for _, mq := range marginQuestions(q) {
		value, other := g.Value, q.Split
		switch {
		case q.Group == analysis.ByRoute && q.Split == "":
			from, to, _ := strings.Cut(g.Value, ">")
			value, other = from, analysis.ByDestination
			if mq.Group == analysis.ByDestination {
				value, other = to, analysis.ByOrigin
			}
		case mq.Group == q.Split:
			value, other = g.Split, q.Group
		}
		out = append(out, margin{cellKey(mq, analysis.Group{Value: value}), other})
	}
	return out
}

// marginQuestions ask for each of a question's two dimensions alone. A route has two.
func marginQuestions(q analysis.Question) []analysis.Question {
	one := func(group string) analysis.Question { return analysis.Question{Group: group, Where: q.Where} }
	switch {
	case q.Split != "":
		return []analysis.Question{one(q.Group), one(q.Split)}
	case q.Group == analysis.ByRoute:
		return []analysis.Question{one(analysis.ByOrigin), one(analysis.ByDestination)}
	}
	return nil
}

// sum adds that parts make up a whole. What might overlap and does not is taken to add up:
// a reader may find that out.
func (c *counter) sum(table, whole, by string, parts []string, overlap string) {
	if len(parts) == 0 {
		return
	}
	k := [2]string{whole, by}
	s := c.sums[k]
	if s == nil {
		s = &suppress.Sum{Whole: whole, By: by}
		c.sums[k] = s
	}
	for _, p := range parts {
		if !slices.Contains(s.Parts, p) {
			s.Parts = append(s.Parts, p)
		}
	}
	slices.Sort(s.Parts)
	if table != "" && !slices.Contains(s.Tables, table) {
		s.Tables = append(s.Tables, table)
	}
	s.Overlap = overlap
}

// loose corrects what overlaps by what the figures themselves say.
func (c *counter) loose(s *suppress.Sum) {
	w, ok := c.cells[s.Whole]
	if !ok || s.Overlap == "" {
		return
	}
	cases, values := int64(0), map[string]int64{}
	for _, p := range s.Parts {
		if x, ok := c.cells[p]; ok {
			cases += x.Cases
			for u, n := range x.Values {
				values[u] += n
			}
		}
	}
	switch same := maps.Equal(values, w.Values); {
	case same && cases == w.Cases:
		s.Overlap = ""
	case same:
		s.Overlap = suppress.OverlapCases
	}
}

// ranged is a cell of a time.
type ranged struct{ rest, from, to, key string }

// during notes a cell of one or several days, to tie weeks and months to their days.
func (c *counter) during(where map[string]string) {
	from, to := where[caselist.From], where[caselist.To]
	if from == "" && to == "" {
		return
	}
	rest := maps.Clone(where)
	delete(rest, caselist.From)
	delete(rest, caselist.To)
	r := ranged{keyOf(rest), from, to, keyOf(where)}
	if !slices.Contains(c.known, r) {
		c.known = append(c.known, r)
	}
}

// calendar ties times of several days to the days that a table has.
func (c *counter) calendar() {
	for _, long := range c.known {
		if long.from == long.to {
			continue
		}
		var parts []string
		for _, day := range c.known {
			if day.from == day.to && day.rest == long.rest && (long.from == "" || day.from >= long.from) && (long.to == "" || day.from <= long.to) {
				parts = append(parts, day.key)
			}
		}
		if x := c.cells[long.key]; x != nil && len(parts) > 0 {
			for _, t := range x.Tables {
				c.sum(t, long.key, analysis.ByDay, parts, "")
			}
		}
	}
}

// published is all of it, in an order of its own.
func (c *counter) published() suppress.Published {
	c.calendar()
	c.nested()
	p := suppress.Published{Version: c.m.Version.Number}
	for _, key := range c.order {
		p.Cells = append(p.Cells, *c.cells[key])
	}
	for _, s := range c.sums {
		c.loose(s)
		p.Sums = append(p.Sums, *s)
	}
	slices.SortFunc(p.Sums, func(a, b suppress.Sum) int {
		return strings.Compare(a.Whole+" "+a.By, b.Whole+" "+b.By)
	})
	return p
}

// placed are the figures that an edition shows. A right holder's shows those that the
// public may see, too: nothing of its rivals that not everybody knows.
func placed(v publication.Version, kind string) (out []publication.Figure) {
	for _, s := range v.Sections {
		if !slices.Contains(s.Editions, kind) || kind == publication.Holder && !slices.Contains(s.Editions, publication.Public) {
			continue
		}
		out = append(out, s.Figures...)
	}
	return out
}

// Figures decides what an edition shows and what it hides, the same for all languages.
// The edition for enforcement hides nothing and needs no answer from here.
func Figures(m Material, kind string) (suppress.Published, []suppress.Weak) {
	if kind == publication.Enforcement {
		return suppress.Published{Version: m.Version.Number}, nil
	}
	c := newCounter(m)
	for _, f := range placed(m.Version, kind) {
		if a, ok := m.Version.Answers[f.ID]; ok {
			c.answer(f.ID, a, false)
		}
	}
	before := m.before(kind)
	p, weak := suppress.Hide(c.published(), before, suppress.Everybody())
	if kind != publication.Holder || m.Own == nil {
		return p, weak
	}
	own, more := suppress.Hide(m.own(p), append(slices.Clone(before), p), ownRule())
	for i, x := range own.Cells {
		own.Cells[i].Hidden = x.Hidden || x.Cases == 0 // none, or too few: both look the same
	}
	p.Cells, p.Sums = append(p.Cells, own.Cells...), append(p.Sums, own.Sums...)
	p.Withheld = append(p.Withheld, own.Withheld...)
	for _, w := range more {
		if !slices.Contains(weak, w) {
			weak = append(weak, w)
		}
	}
	return p, weak
}

func ownKey(m Material, rest string) string { return fmt.Sprint("own", m.Own.Organisation, rest) }
