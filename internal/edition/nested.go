package edition

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// set is what stands behind a cell: a bit for each case, and one for each of its lines.
type set []uint64

func (s set) put(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s != nil && s[i/64]&(1<<(i%64)) != 0 }

func (s set) within(other set) bool {
	for i, w := range s {
		if w&^other[i] != 0 {
			return false
		}
	}
	return true
}

func (s set) size() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// numbered gives each case, and each of its lines after it, a place in the sets.
func (c *counter) numbered() {
	c.place = make([]int, len(c.m.Cases))
	for i, x := range c.m.Cases {
		c.place[i] = c.size
		c.size += 1 + len(x.Goods)
	}
	c.sets, c.where = map[string]set{}, map[string]map[string]string{}
}

// stand notes what stands behind a question's whole and behind its groups. A line stands
// in a cell where it would alone; that others of its case are genuine changes nothing.
func (c *counter) stand(q analysis.Question) {
	note := func(x seizure.Case, at int) bool {
		a := analysis.Tally(c.m.Operation, q, []seizure.Case{x})
		if a.Cases == 0 {
			return false
		}
		c.put(keyOf(q.Where), at)
		for _, g := range a.Groups {
			c.put(cellKey(q, g), at)
		}
		return true
	}
	for i, x := range c.m.Cases {
		if !note(x, c.place[i]) || len(x.Goods) < 2 {
			continue
		}
		genuine := x.ClassIn(c.m.Operation) == seizure.Genuine
		for j, l := range x.Goods {
			if !genuine {
				l.Verdict = ""
			}
			alone := x
			alone.Goods = []goods.Line{l}
			note(alone, c.place[i]+1+j)
		}
	}
}

func (c *counter) put(key string, at int) {
	if c.sets[key] == nil {
		c.sets[key] = make(set, c.size/64+1)
	}
	c.sets[key].put(at)
}

// nested ties two figures of which one holds all that the other does, as their filters say, wherever they stand:
// their difference is a figure, too, that anybody can work out. It matters where it is too
// small to be shown, and where no table says it already: the lines of one table are tied
// to its total as they are. Of figures that are hidden for being small themselves nobody
// works out anything.
func (c *counter) nested() {
	rule := suppress.Everybody()
	type cell struct {
		*suppress.Cell
		set
		size int
	}
	var all []cell
	for _, key := range c.order {
		if x := c.cells[key]; c.sets[key] != nil && x.Cases >= rule.Cases && x.Administrations >= rule.Administrations {
			all = append(all, cell{x, c.sets[key], c.sets[key].size()})
		}
	}
	tied := map[[2]string]bool{}
	for _, s := range c.sums {
		for _, part := range s.Parts {
			tied[[2]string{s.Whole, part}] = true
		}
	}
	c.siblings()
	for _, wide := range all {
		for _, narrow := range all {
			if narrow.size < wide.size && implies(c.where[narrow.Key], c.where[wide.Key]) && narrow.within(wide.set) && !tied[[2]string{wide.Key, narrow.Key}] {
				c.rest(wide.Cell, narrow.Cell)
			}
		}
	}
}

// implies tells whether whatever passes some filters passes others, too, as any reader can
// tell. That all cases of one figure happen to be in another no reader knows.
func implies(narrow, wide map[string]string) bool {
	for name, value := range wide {
		is := narrow[name]
		switch {
		case is == value, name == caselist.Class && value == analysis.EveryClass, name == caselist.From && is > value, name == caselist.To && is != "" && is < value:
		default:
			return false
		}
	}
	return wide != nil && narrow != nil
}

// asked notes by which filters a cell counts.
func (c *counter) asked(where map[string]string) {
	w := maps.Clone(where)
	if w == nil {
		w = map[string]string{}
	}
	if w[caselist.Class] == "" {
		w[caselist.Class] = seizure.Counted
	}
	if brand := w[caselist.Brand]; brand != "" {
		w[caselist.Brand] = i18n.Fold(brand)
	}
	c.where[keyOf(w)] = w
}

// siblings ties figures that differ in the value of one filter alone to the one without
// it: together they are a table, though no table says so.
func (c *counter) siblings() {
	type family struct{ wide, by string }
	parts := map[family][]*suppress.Cell{}
	for _, key := range c.order {
		for name, value := range c.where[key] {
			if name == caselist.From || name == caselist.To || name == caselist.Violation || name == caselist.Class && value == analysis.EveryClass {
				continue // they overlap
			}
			w := maps.Clone(c.where[key])
			if delete(w, name); name == caselist.Class {
				w[name] = analysis.EveryClass
			}
			f := family{keyOf(w), name}
			if c.cells[f.wide] != nil && c.sums[[2]string{f.wide, name}] == nil {
				parts[f] = append(parts[f], c.cells[key])
			}
		}
	}
	for _, f := range slices.SortedFunc(maps.Keys(parts), func(a, b family) int { return cmp.Or(cmp.Compare(a.wide, b.wide), cmp.Compare(a.by, b.by)) }) {
		if len(parts[f]) > 1 {
			c.rest(c.cells[f.wide], parts[f]...)
		}
	}
}

// rest adds what one figure holds more than others, which share no line, where that is
// small; of several also that nothing is left.
func (c *counter) rest(wide *suppress.Cell, narrow ...*suppress.Cell) {
	var cases, some, sum int64 // not in the others at all; with some lines more
	wholly, partly := map[int64]bool{}, map[int64]bool{}
	left := func(at int) bool {
		return c.sets[wide.Key].has(at) && !slices.ContainsFunc(narrow, func(x *suppress.Cell) bool { return c.sets[x.Key].has(at) })
	}
	for i, x := range c.m.Cases {
		if left(c.place[i]) {
			cases++
			wholly[x.Organisation] = true
		}
		for at := c.place[i]; at <= c.place[i]+len(x.Goods); at++ {
			if left(at) {
				some++
				partly[x.Organisation] = true
				break
			}
		}
	}
	x := suppress.Cell{Key: wide.Key, Cases: cases, Administrations: int64(len(wholly)), Values: maps.Clone(wide.Values), Silent: true}
	s := suppress.Sum{Whole: wide.Key}
	for _, n := range narrow {
		x.Key += " - " + n.Key
		x.Tables = append(x.Tables, n.Tables...)
		s.Parts = append(s.Parts, n.Key)
		sum += n.Cases
		for u, much := range n.Values {
			x.Values[u] -= much
		}
	}
	maps.DeleteFunc(x.Values, func(_ string, much int64) bool { return much == 0 })
	if sum+cases != wide.Cases || some != cases {
		s.Overlap = suppress.OverlapCases
	}
	if cases == 0 {
		x.Cases, x.Administrations = some, int64(len(partly))
	}
	if rule := suppress.Everybody(); x.Cases >= rule.Cases && x.Administrations >= rule.Administrations {
		return
	}
	slices.Sort(x.Tables)
	x.Tables = slices.Compact(x.Tables)
	s.By, s.Tables = x.Key, x.Tables
	if x.Cases > 0 {
		c.cells[x.Key], c.order = &x, append(c.order, x.Key)
		s.Parts = append(s.Parts, x.Key)
	}
	slices.Sort(s.Parts)
	c.sums[[2]string{s.Whole, s.By}] = &s
}
