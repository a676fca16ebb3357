package caselist

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

func compareNames(a, b string) int { return strings.Compare(a, b) }

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
}

// group answers a question of columns.
func (c *columns) group(q question, f Filter, by, split string) Groups {
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
	switch {
	case !s.once():
		s.each(rows, keys)
	case s.by.kind == ofCategories:
		s.ofCategories(rows, keys, s.onBy)
	case s.split.kind == ofCategories:
		s.ofCategories(rows, keys, 1)
	case s.by.kind == ofBrands:
		s.ofBrands(rows, keys, s.onBy, s.by.met)
	case s.split.kind == ofBrands:
		s.ofBrands(rows, keys, 1, s.split.met)
	default:
		s.whole(rows, keys)
	}
}

// whole is take where all items of a case stand with it.
func (s *scan) whole(rows []int32, keys []uint64) {
	for i, at := range rows {
		from, sp := s.sums.at(keys[i]), s.spans[at]
		figures := s.sums.figures[from : from+s.sums.units]
		figures[0] = counted(figures[0], at)
		amounts := s.items.amount[sp.first : sp.first+sp.n]
		units := s.items.unit[sp.first : sp.first+sp.n][:len(amounts)]
		for k, amount := range amounts {
			figures[units[k]] += amount
		}
	}
}

// ofCategories is take where items are told apart by category.
func (s *scan) ofCategories(rows []int32, keys []uint64, times uint64) {
	for i, at := range rows {
		sp, key := s.spans[at], keys[i]
		if sp.n == 0 {
			s.alone(at, key)
		}
		amounts := s.items.amount[sp.first : sp.first+sp.n]
		units, categories := s.items.unit[sp.first : sp.first+sp.n][:len(amounts)], s.items.category[sp.first : sp.first+sp.n][:len(amounts)]
		for k, amount := range amounts {
			from := s.sums.at(key + uint64(categories[k])*times)
			figures := s.sums.figures[from : from+s.sums.units]
			figures[0] = counted(figures[0], at)
			figures[units[k]] += amount
		}
	}
}

// ofBrands is take where items are told apart by brand.
func (s *scan) ofBrands(rows []int32, keys []uint64, times uint64, met []uint32) {
	folds := s.items.folds
	for i, at := range rows {
		sp, key := s.spans[at], keys[i]
		if sp.n == 0 {
			s.alone(at, key)
		}
		amounts := s.items.amount[sp.first : sp.first+sp.n]
		units, brands := s.items.unit[sp.first : sp.first+sp.n][:len(amounts)], s.items.brand[sp.first : sp.first+sp.n][:len(amounts)]
		for k, amount := range amounts {
			fold := folds[brands[k]]
			if met[fold] == 0 {
				met[fold] = brands[k]
			}
			from := s.sums.at(key + uint64(fold)*times)
			figures := s.sums.figures[from : from+s.sums.units]
			figures[0] = counted(figures[0], at)
			figures[units[k]] += amount
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

// groups gives the groups their names and their order, and adds up what stands in one
// each.
func (s *scan) groups(timed bool) []Group {
	type place struct {
		figures       []int64
		by, split     int32
		onBy, onSplit uint32
	}
	var places []place
	usedBy, usedSplit := make([]bool, s.by.size), make([]bool, s.split.size)
	s.sums.each(func(key uint64, figures []int64) {
		v, w := key/s.onBy, key%s.onBy
		usedBy[v], usedSplit[w] = true, true
		figures[0] &= 0xffffffff
		places = append(places, place{figures: figures, onBy: uint32(v), onSplit: uint32(w)})
	})
	byRank, byName := s.by.rank(usedBy)
	splitRank, splitName := s.split.rank(usedSplit)
	once := s.once()
	for i := range places {
		p := &places[i]
		p.by, p.split = byRank[p.onBy], splitRank[p.onSplit]
		for unit, n := range p.figures {
			if once {
				s.totals[unit] += n
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if timed && a.by != b.by {
			return cmp.Compare(a.by, b.by)
		}
		return cmp.Or(cmp.Compare(b.figures[0], a.figures[0]), cmp.Compare(a.by, b.by), cmp.Compare(a.split, b.split))
	})
	out := make([]Group, len(places))
	for i, p := range places {
		out[i] = Group{Value: byName[p.onBy], Split: splitName[p.onSplit], Cases: p.figures[0], Totals: s.named(p.figures)}
	}
	return out
}
