package register

import (
	"slices"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// block is how many cases are looked at together: what is known of them fits into the
// nearest cache.
const block = 1024

// scan is one pass over the cases, a block at a time, and one over their items.
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
	of        []uint32 // by place of a case plus one: its key so far plus one; 0: it is none of those that match
}

// group answers a question of columns.
func (c *columns) group(q *question, f Filter, by, split string) Groups {
	s := &scan{columns: c, by: c.axis(by), split: c.axis(split), meant: c.meant(f), totals: make([]int64, len(c.items.units))}
	s.onBy = uint64(s.split.size)
	s.sums = newSums(s.by.size*s.split.size, len(c.items.units))
	if s.once() {
		room := rooms.Get().(*[]uint32)
		defer rooms.Put(room)
		*room = slices.Grow((*room)[:0], len(c.seqs)+1)[:len(c.seqs)+1]
		s.of = *room
		clear(s.of)
	}
	for from := 0; from < len(c.seqs); from += block {
		n := q.matching(from, min(from+block, len(c.seqs)), s.rows[:])
		s.take(s.rows[:n])
	}
	if s.of != nil && s.cases > 0 {
		s.lines()
	}
	timed := by == ByDay || by == ByWeek || by == ByMonth
	all := s.groups(timed)
	return Groups{Cases: s.cases, Totals: s.named(s.totals), All: all}
}

// rooms are used again: four bytes a case for each question would be much to clear away.
var rooms = sync.Pool{New: func() any { return new([]uint32) }}

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
// up to those of all, and its key fits into what is kept of a case.
func (s *scan) once() bool {
	return s.meant == nil && s.by.kind != ofViolations && s.split.kind != ofViolations && (s.by.kind == ofCases || s.split.kind == ofCases) &&
		s.by.size*s.split.size < 1<<31
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
	if s.of == nil {
		s.each(rows, keys)
		return
	}
	for i, at := range rows {
		s.of[at+1] = uint32(keys[i]) + 1
	}
}

// alone counts a case.
func (s *scan) alone(at int32, key uint64) {
	from := s.sums.at(key)
	s.sums.figures[from] = counted(s.sums.figures[from], uint32(at+1))
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
		if a.met[fold] == 0 { // cases come in order
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
