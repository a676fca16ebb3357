package register

import (
	"cmp"
	"math/bits"
	"slices"
)

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

// ordered puts groups in order, by eleven bits at a time where there are many: comparing
// each with each other that it meets takes five times as long.
func ordered(all []placed, width int) []placed {
	const digit = 11
	if len(all) < 1<<digit/4 {
		slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
		return all
	}
	other := make([]placed, len(all))
	for shift := 0; shift < width; shift += digit {
		var from [1<<digit + 1]int32
		for i := range all {
			from[all[i].order>>shift&(1<<digit-1)+1]++
		}
		for d := range 1 << digit {
			from[d+1] += from[d]
		}
		for i := range all {
			d := all[i].order >> shift & (1<<digit - 1)
			other[from[d]] = all[i]
			from[d]++
		}
		all, other = other, all
	}
	return all
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
	all = ordered(all, ofBy+ofSplit+ofCases)
	out := make([]Group, len(all))
	for i, g := range all {
		figures := s.sums.figures[g.at : int(g.at)+s.sums.units]
		out[i] = Group{Value: byName[g.by], Split: splitName[g.split], Cases: figures[0], Totals: s.named(figures)}
	}
	return out
}
