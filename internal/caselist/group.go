package caselist

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// block is how many cases are looked at together: what is known of them fits into the
// nearest cache.
const block = 1024

// scan is one pass over the cases, a block at a time.
type scan struct {
	*columns
	by, split axis
	onBy      uint64                 // what a place on the first axis is in a key; on the second it is 1
	meant     func(item uint32) bool // nil: all
	sums      sums
	cases     int64
	totals    []int64 // by unit
	rows      [block]int32
	keys      [block]uint64
	lines     lines
}

// group answers a question of columns.
func (c *columns) group(q *question, f Filter, by, split string) Groups {
	s := &scan{columns: c, by: c.axis(by), split: c.axis(split), meant: c.meant(f), totals: make([]int64, len(c.items.units))}
	s.onBy = uint64(s.split.size)
	s.sums = newSums(s.by.size*s.split.size, len(c.items.units))
	for from := 0; from < len(c.seqs); from += block {
		n := q.matching(from, min(from+block, len(c.seqs)), s.rows[:])
		s.take(s.rows[:n])
	}
	timed := by == ByDay || by == ByWeek || by == ByMonth
	all := s.groups(timed)
	return Groups{Size: c.size, Cases: s.cases, Totals: s.named(s.totals), All: all}
}

// matching gives the places of the cases of a block that the reader may read and that
// match.
func (q *question) matching(from, to int, into []int32) int {
	n := 0
	for i, a := range q.audience[from:to] {
		into[n] = int32(from + i)
		if q.readable[a] {
			n++
		}
	}
	for i := range q.tests {
		t, kept := &q.tests[i], 0
		if t.column != nil {
			for _, at := range into[:n] {
				into[kept] = at
				if t.column[at] == t.want {
					kept++
				}
			}
		} else {
			for _, at := range into[:n] {
				into[kept] = at
				if t.holds(int(at)) {
					kept++
				}
			}
		}
		n = kept
	}
	return n
}

// once tells whether every item stands in one group, so that the groups' figures add
// up to those of all.
func (s *scan) once() bool {
	return s.meant == nil && s.by.kind != ofViolations && s.split.kind != ofViolations && (s.by.kind == ofCases || s.split.kind == ofCases)
}

// take takes in cases.
func (s *scan) take(rows []int32) {
	s.cases += int64(len(rows))
	keys := s.keys[:len(rows)]
	clear(keys)
	if s.by.fill != nil {
		s.by.fill(rows, keys, s.onBy)
	}
	if s.split.fill != nil {
		s.split.fill(rows, keys, 1)
	}
	if s.once() {
		s.spread(rows, keys)
	} else {
		s.each(rows, keys)
	}
}

// lines are the items of some cases one after the other, each with the place of its
// case and its key so far.
type lines struct {
	n    int
	item [block]uint32
	row  [block]int32
	key  [block]uint64
}

// few is how many items a case has as a rule: so many are written down for each case,
// and what is too much is overwritten. There is no branch in it: how many a case has
// cannot be foretold.
const few = 4

// spread goes through the items of cases each of which stands in one group.
func (s *scan) spread(rows []int32, keys []uint64) {
	t, spans, n := &s.lines, s.spans, 0
	for i, at := range rows {
		sp, part := spans[at], keys[i]
		if n > block-few || sp.n-1 >= few { // full, or a case of no item or of many
			t.n = n
			s.flush()
			if n = 0; sp.n-1 >= few {
				s.many(at, part)
				continue
			}
		}
		item, row, key := t.item[n:n+few:n+few], t.row[n:n+few:n+few], t.key[n:n+few:n+few]
		item[0], item[1], item[2], item[3] = sp.first, sp.first+1, sp.first+2, sp.first+3
		row[0], row[1], row[2], row[3] = at, at, at, at
		key[0], key[1], key[2], key[3] = part, part, part, part
		n += int(sp.n)
	}
	t.n = n
	s.flush()
}

// many is spread for a case of no item, or of many.
func (s *scan) many(at int32, key uint64) {
	sp, t := s.spans[at], &s.lines
	if sp.n == 0 {
		s.alone(at, key)
	}
	for i := sp.first; i < sp.first+sp.n; i++ {
		t.item[t.n], t.row[t.n], t.key[t.n] = i, at, key
		if t.n++; t.n == block {
			s.flush()
		}
	}
	s.flush()
}

// flush adds what was spread to the groups.
func (s *scan) flush() {
	t := &s.lines
	items, rows, keys := t.item[:t.n], t.row[:t.n], t.key[:t.n]
	s.place(&s.by, s.onBy, items, keys)
	s.place(&s.split, 1, items, keys)
	t.n = 0
	units, amounts, width := s.items.unit, s.items.amount, s.sums.units
	if !s.sums.direct() {
		for k, key := range keys {
			from := s.sums.at(key)
			figures := s.sums.figures[from : from+width]
			figures[0] = counted(figures[0], rows[k])
			figures[units[items[k]]] += amounts[items[k]]
		}
		return
	}
	figures := s.sums.figures
	for k, key := range keys {
		from, item := int(key)*width, items[k]
		figures[from] = counted(figures[from], rows[k])
		figures[from+int(units[item])] += amounts[item]
	}
}

// place adds the places of items to keys, where an axis has places for them.
func (s *scan) place(a *axis, times uint64, items []uint32, keys []uint64) {
	switch a.kind {
	case ofCategories:
		categories := s.items.category
		for k, item := range items {
			keys[k] += uint64(categories[item]) * times
		}
	case ofBrands:
		brands, folds, met := s.items.brand, s.items.folds, a.met
		for k, item := range items {
			brand := brands[item]
			fold := folds[brand]
			if met[fold] == 0 {
				met[fold] = brand
			}
			keys[k] += uint64(fold) * times
		}
	}
}

// alone counts a case, with no item.
func (s *scan) alone(at int32, key uint64) {
	from := s.sums.at(key)
	s.sums.figures[from] = counted(s.sums.figures[from], at)
}

// each is take for everything else: only some items are meant, or one has several
// places.
func (s *scan) each(rows []int32, keys []uint64) {
	for i, at := range rows {
		sp, any := s.spans[at], false
		for item := sp.first; item < sp.first+sp.n; item++ {
			if s.meant != nil && !s.meant(item) {
				continue
			}
			any = true
			s.totals[s.items.unit[item]] += s.items.amount[item]
			for _, v := range s.places(&s.by, item) {
				for _, w := range s.places(&s.split, item) {
					key := keys[i] + uint64(v)*s.onBy + uint64(w)
					s.alone(at, key)
					s.sums.figures[s.sums.at(key)+int(s.items.unit[item])] += s.items.amount[item]
				}
			}
		}
		if !any {
			s.alone(at, keys[i])
		}
	}
}

// nowhere is the place of what says nothing.
var nowhere = []uint32{0}

// places are those of an item beside its case's.
func (s *scan) places(a *axis, item uint32) []uint32 {
	switch a.kind {
	case ofCategories:
		return []uint32{uint32(s.items.category[item])}
	case ofBrands:
		brand := s.items.brand[item]
		fold := s.items.folds[brand]
		if a.met[fold] == 0 {
			a.met[fold] = brand
		}
		return []uint32{fold}
	case ofViolations:
		if set := s.items.sets[s.items.offends[item]]; len(set) > 0 {
			return set
		}
	}
	return nowhere
}

// meant gives which items pass the filters of lines; nil: all of them.
func (c *columns) meant(f Filter) func(item uint32) bool {
	var tests []func(item uint32) bool
	if v := f.Codes[Category]; v != "" {
		want, known := c.places[singles][v]
		tests = append(tests, func(i uint32) bool { return known && c.items.category[i] == want })
	}
	if v := f.Codes[Violation]; v != "" {
		want, known := c.places[singles+1][v]
		has := make([]bool, len(c.items.sets))
		for i, set := range c.items.sets {
			has[i] = known && slices.Contains(set, uint32(want))
		}
		tests = append(tests, func(i uint32) bool { return has[c.items.offends[i]] })
	}
	if f.Brand != "" {
		want, known := c.items.foldAt[i18n.Fold(f.Brand)]
		tests = append(tests, func(i uint32) bool { return known && c.items.folds[c.items.brand[i]] == want })
	}
	if len(tests) == 0 {
		return nil
	}
	return func(item uint32) bool {
		for _, t := range tests {
			if !t(item) {
				return false
			}
		}
		return true
	}
}

func (s *scan) named(amounts []int64) map[string]int64 {
	out := make(map[string]int64, 1)
	for u, n := range amounts {
		if n != 0 && u != 0 {
			out[s.items.units[u]] = n
		}
	}
	return out
}

// placed is a group on its way into order. It holds no pointer: it is moved often.
type placed struct {
	order     uint64
	at        uint32 // where its figures begin
	by, split uint32
}

// groups gives the groups their names and their order, and adds up what stands in one
// each.
func (s *scan) groups(timed bool) []Group {
	all := make([]placed, 0, s.sums.most())
	usedBy, usedSplit, most, once := make([]bool, s.by.size), make([]bool, s.split.size), uint64(0), s.once()
	s.sums.each(func(key uint64, at int, figures []int64) {
		v, w := key/s.onBy, key%s.onBy
		usedBy[v], usedSplit[w] = true, true
		figures[0] &= 0xffffffff
		most = max(most, uint64(figures[0]))
		all = append(all, placed{at: uint32(at), by: uint32(v), split: uint32(w)})
		for unit, n := range figures {
			if once {
				s.totals[unit] += n
			}
		}
	})
	byRank, byName := s.by.rank(usedBy)
	splitRank, splitName := s.split.rank(usedSplit)
	// One number says all of a group's order: of the cases that are kept (22 bits), of
	// brands (24 at most) and of whatever else it is split by (16, routes).
	ofBy, ofSplit, ofCases := bits.Len(uint(s.by.size)), bits.Len(uint(s.split.size)), bits.Len64(most)
	for i := range all {
		g := &all[i]
		v, w, fewer := uint64(byRank[g.by]), uint64(splitRank[g.split]), most-uint64(s.sums.figures[g.at])
		if timed {
			g.order = (v<<ofCases|fewer)<<ofSplit | w
		} else {
			g.order = (fewer<<ofBy|v)<<ofSplit | w
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	out := make([]Group, len(all))
	for i, g := range all {
		figures := s.sums.figures[g.at : int(g.at)+s.sums.units]
		out[i] = Group{Value: byName[g.by], Split: splitName[g.split], Cases: figures[0], Totals: s.named(figures)}
	}
	return out
}
