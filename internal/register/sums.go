package register

// sums are the figures of groups as they come. A group is known by its key: its
// places on both axes. Each has as many numbers as there are units; that of no unit
// counts its cases, and remembers which was counted last.
type sums struct {
	units   int
	figures []int64          // where every group stands at its key, those of nobody come first
	slots   []int32          // by key, where in figures a group stands, plus one
	sparse  map[uint64]int32 // instead, where there could be too many
	keys    []uint64         // of each slot; with neither of both a group stands at its key
}

// Of so many numbers a place is made for every group that there could be, and of so
// many groups a table that says where those stand that there are. Variables, so that
// tests come to the other side of them.
var (
	mostFigures = 1 << 18
	mostSlots   = 1 << 20
)

func newSums(groups, units int) sums {
	s := sums{units: units}
	switch {
	case groups*units <= mostFigures:
		s.figures = make([]int64, (groups+1)*units)
	case groups <= mostSlots:
		s.slots = make([]int32, groups)
	default:
		s.sparse = map[uint64]int32{}
	}
	return s
}

// direct tells whether every group stands at its key.
func (s *sums) direct() bool { return s.slots == nil && s.sparse == nil }

// at gives where the figures of a group begin.
func (s *sums) at(key uint64) int {
	if s.direct() {
		return int(key+1) * s.units
	}
	return s.slot(key) * s.units
}

// slot gives a group's slot, a new one at the end.
func (s *sums) slot(key uint64) int {
	at := int32(0)
	if s.slots != nil {
		at = s.slots[key]
	} else {
		at = s.sparse[key]
	}
	if at != 0 {
		return int(at) - 1
	}
	s.keys = append(s.keys, key)
	s.figures = append(s.figures, make([]int64, s.units)...)
	if s.slots != nil {
		s.slots[key] = int32(len(s.keys))
	} else {
		s.sparse[key] = int32(len(s.keys))
	}
	return len(s.keys) - 1
}

// counted is the number of cases with one more, if it is another than the last: row is
// its place plus one. There is no branch in it: which lines share a case cannot be
// foretold.
func counted(n int64, row uint32) int64 {
	last := uint64(row) << 32
	differ := (uint64(n) ^ last) >> 32
	return int64((uint64(n)&0xffffffff + (differ+0xffffffff)>>32) | last)
}

// most is how many groups there may be.
func (s *sums) most() int {
	if s.direct() {
		return min(len(s.figures)/s.units, 1<<16)
	}
	return len(s.keys)
}

// each gives every group that has cases, and where its figures begin.
func (s *sums) each(yield func(key uint64, at int, figures []int64)) {
	first := 0
	if s.direct() {
		first = s.units
	}
	for at := first; at < len(s.figures); at += s.units {
		if s.figures[at] != 0 {
			key := uint64((at - first) / s.units)
			if s.keys != nil {
				key = s.keys[key]
			}
			yield(key, at, s.figures[at:at+s.units])
		}
	}
}
