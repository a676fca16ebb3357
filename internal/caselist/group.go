package caselist

import (
	"cmp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// axis is one of the two dimensions of groups, made ready: a case, or an item of it,
// has a place on it, and a place has a name.
type axis struct {
	size  int
	name  func(place int) string
	cases func(at int) int      // place of a case; nil: items have places
	items func(item uint32) int // place of an item; nil: it may have several
	many  func(item uint32) []uint16
	spelt []uint32 // of brands: the spelling that was met first, by fold
}

// axis makes a dimension ready; one that is not known is a single group.
func (c *columns) axis(by string) axis {
	if d := slices.Index(coded[:singles], by); d >= 0 {
		column, words := c.values[d], c.words[d]
		return axis{size: len(words), name: func(p int) string { return words[p] }, cases: func(at int) int { return int(column[at]) }}
	}
	switch by {
	case Category:
		words := c.words[singles]
		return axis{size: len(words), name: func(p int) string { return words[p] }, items: func(i uint32) int { return int(c.items.category[i]) }}
	case Violation:
		words := c.words[singles+1]
		return axis{size: len(words), name: func(p int) string { return words[p] }, many: func(i uint32) []uint16 { return c.items.sets[c.items.offends[i]] }}
	case Brand:
		spelt := make([]uint32, len(c.items.folded))
		return axis{size: len(spelt), name: func(p int) string { return c.items.brands[spelt[p]] }, spelt: spelt,
			items: func(i uint32) int { return int(c.items.folds[c.items.brand[i]]) }}
	case ByRoute:
		return c.routes()
	case ByDay:
		return c.times(func(day string) string { return day })
	case ByWeek:
		return c.times(WeekOf)
	case ByMonth:
		return c.times(MonthOf)
	}
	return axis{size: 1, name: func(int) string { return "" }, cases: func(int) int { return 0 }}
}

func (c *columns) routes() axis {
	from, to := slices.Index(coded, Origin), slices.Index(coded, Destination)
	origins, destinations, width := c.values[from], c.values[to], len(c.words[to])
	return axis{size: len(c.words[from]) * width, cases: func(at int) int { return int(origins[at])*width + int(destinations[at]) },
		name: func(p int) string { return Route(c.words[from][p/width], c.words[to][p%width]) }}
}

// times groups days.
func (c *columns) times(of func(day string) string) axis {
	var names []string
	places, at := make([]int, len(c.calendar)), map[string]int{}
	for i, day := range c.calendar {
		name := of(day)
		p, known := at[name]
		if !known {
			p = len(names)
			at[name] = p
			names = append(names, name)
		}
		places[i] = p
	}
	days := c.days
	return axis{size: len(names), name: func(p int) string { return names[p] }, cases: func(i int) int { return places[days[i]] }}
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
			has[i] = known && slices.Contains(set, want)
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

// sums are the figures of groups as they come: a group is known by its places on
// both axes.
type sums struct {
	units  int
	slots  []int32          // by places of both axes, plus one; 0: no such group yet
	sparse map[uint64]int32 // instead, where there could be too many
	keys   []uint64         // of each slot
	cases  []int64
	last   []int32 // the case that was counted last, plus one
	amount []int64 // by slot and unit
}

// mostDense is for how many groups a table is made.
const mostDense = 1 << 20

func newSums(groups, units int) *sums {
	s := &sums{units: units}
	if groups <= mostDense {
		s.slots = make([]int32, groups)
	} else {
		s.sparse = map[uint64]int32{}
	}
	return s
}

// slot gives a group's slot, a new one at the end.
func (s *sums) slot(key uint64) int {
	if s.slots != nil {
		if at := s.slots[key]; at != 0 {
			return int(at - 1)
		}
		s.slots[key] = int32(len(s.keys) + 1)
	} else {
		if at := s.sparse[key]; at != 0 {
			return int(at - 1)
		}
		s.sparse[key] = int32(len(s.keys) + 1)
	}
	s.keys, s.cases, s.last = append(s.keys, key), append(s.cases, 0), append(s.last, 0)
	s.amount = append(s.amount, make([]int64, s.units)...)
	return len(s.keys) - 1
}

// count counts a case in a group, once.
func (s *sums) count(at, slot int) {
	if s.last[slot] != int32(at+1) {
		s.last[slot] = int32(at + 1)
		s.cases[slot]++
	}
}

// scan is one pass over the cases.
type scan struct {
	*columns
	by, split axis
	meant     func(item uint32) bool
	sums      *sums
	cases     int64
	totals    []int64 // by unit
}

func (c *columns) group(q question, f Filter, by, split string) Groups {
	s := scan{columns: c, by: c.axis(by), split: c.axis(split), meant: c.meant(f), totals: make([]int64, len(c.items.units))}
	s.sums = newSums(s.by.size*s.split.size, len(c.items.units))
	for at, a := range c.audience {
		if q.readable[a] && q.matches(at) {
			s.one(at)
		}
	}
	out := Groups{Size: c.size, Cases: s.cases, Totals: s.named(s.totals), All: s.groups()}
	timed := by == ByDay || by == ByWeek || by == ByMonth
	slices.SortFunc(out.All, func(a, b Group) int {
		if timed {
			return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Split, b.Split))
		}
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Split, b.Split))
	})
	return out
}

// one takes in a case.
func (s *scan) one(at int) {
	s.cases++
	v, w := 0, 0 // where its items have places, those of nothing
	if s.by.cases != nil {
		v = s.by.cases(at)
	}
	if s.split.cases != nil {
		w = s.split.cases(at)
	}
	key, any := uint64(v*s.split.size+w), false
	span := s.spans[at]
	for i := span.first; i < span.first+span.n; i++ {
		if s.meant != nil && !s.meant(i) {
			continue
		}
		any = true
		s.totals[s.items.unit[i]] += s.items.amount[i]
		if s.by.cases != nil && s.split.cases != nil {
			s.into(at, key, i)
		} else {
			s.item(at, v, w, i)
		}
	}
	if !any {
		s.sums.count(at, s.sums.slot(key))
	}
}

// item puts one item where it has places.
func (s *scan) item(at, v, w int, i uint32) {
	for _, x := range s.by.placesOf(v, i, s) {
		for _, y := range s.split.placesOf(w, i, s) {
			s.into(at, uint64(x*s.split.size+y), i)
		}
	}
}

func (s *scan) into(at int, key uint64, i uint32) {
	slot := s.sums.slot(key)
	s.sums.count(at, slot)
	s.sums.amount[slot*s.sums.units+int(s.items.unit[i])] += s.items.amount[i]
}

func (a *axis) placesOf(ofCase int, i uint32, s *scan) []int {
	switch {
	case a.cases != nil:
		return []int{ofCase}
	case a.items != nil:
		p := a.items(i)
		if a.spelt != nil && a.spelt[p] == 0 {
			a.spelt[p] = s.columns.items.brand[i]
		}
		return []int{p}
	}
	var out []int
	for _, v := range a.many(i) {
		out = append(out, int(v))
	}
	if out == nil {
		out = []int{0}
	}
	return out
}

func (s *scan) named(amounts []int64) map[string]int64 {
	out := make(map[string]int64, 2)
	for u, n := range amounts {
		if n != 0 && u != 0 {
			out[s.items.units[u]] = n
		}
	}
	return out
}

func (s *scan) groups() []Group {
	out := make([]Group, len(s.sums.keys))
	for slot, key := range s.sums.keys {
		v, w := int(key)/s.split.size, int(key)%s.split.size
		out[slot] = Group{Value: s.by.name(v), Split: s.split.name(w), Cases: s.sums.cases[slot],
			Totals: s.named(s.sums.amount[slot*s.sums.units : (slot+1)*s.sums.units])}
	}
	return out
}
