package edition

import (
	"math/bits"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// set is what stands behind a cell: a bit for each case, and one for each of its lines.
type set []uint64

func (s set) put(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

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
	c.sets = map[string]set{}
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

// nested ties two figures of which one holds all that the other does, wherever they stand:
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
	for _, wide := range all {
		for _, narrow := range all {
			if narrow.size < wide.size && narrow.within(wide.set) && !tied[[2]string{wide.Key, narrow.Key}] {
				c.rest(wide.Cell, narrow.Cell)
			}
		}
	}
}

// rest adds what one figure holds more than another, where it is small.
func (c *counter) rest(wide, narrow *suppress.Cell) {
	var cases, some int64 // not in the narrow one at all; with some lines more
	wholly, partly := map[int64]bool{}, map[int64]bool{}
	for i, x := range c.m.Cases {
		more := false
		for at := c.place[i]; at <= c.place[i]+len(x.Goods); at++ {
			more = more || c.sets[wide.Key].has(at) && !c.sets[narrow.Key].has(at)
		}
		if at := c.place[i]; c.sets[wide.Key].has(at) && !c.sets[narrow.Key].has(at) {
			cases++
			wholly[x.Organisation] = true
		}
		if more {
			some++
			partly[x.Organisation] = true
		}
	}
	x := suppress.Cell{Key: wide.Key + " - " + narrow.Key, Cases: cases, Administrations: int64(len(wholly)), Values: map[string]int64{}, Silent: true, Tables: narrow.Tables}
	s := suppress.Sum{Whole: wide.Key, By: x.Key, Parts: []string{narrow.Key, x.Key}, Tables: narrow.Tables}
	if some != cases {
		s.Overlap = suppress.OverlapCases
	}
	if cases == 0 {
		x.Cases, x.Administrations = some, int64(len(partly))
	}
	for u, n := range wide.Values {
		if n != narrow.Values[u] {
			x.Values[u] = n - narrow.Values[u]
		}
	}
	if rule := suppress.Everybody(); x.Cases >= rule.Cases && x.Administrations >= rule.Administrations {
		return
	}
	slices.Sort(s.Parts)
	c.cells[x.Key], c.sums[[2]string{s.Whole, s.By}] = &x, &s
	c.order = append(c.order, x.Key)
}
