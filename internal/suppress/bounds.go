package suppress

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// The rule of bounds. No number is below nothing, so a sum bounds its hidden parts. A
// number that is hidden for being small must not be bounded more narrowly than from its
// half to its double, or above by a whole that is shown and holds it: that it is no more
// than this whole would be known without any table. What stays narrow for want of anything
// to hide is told as Weak.
const (
	below = 2 // the lower bound is at most the number divided by this
	above = 2 // the upper bound is at least the number times this, or a shown whole
)

const infinite = math.MaxInt64 / 4

// casesLayer is the layer of cases; the others are the units.
const casesLayer = ""

// span is what a reader can say of a variable.
type span struct{ low, high int64 }

// value is the number of a cell in a layer.
func (c Cell) value(layer string) int64 {
	if layer == casesLayer {
		return c.Cases
	}
	return c.Values[layer]
}

// allBounds gives the bounds of all variables in each layer.
func (s *system) allBounds() map[string][]span {
	out := map[string][]span{}
	for _, layer := range append([]string{casesLayer}, s.units...) {
		out[layer] = s.bounds(layer)
	}
	return out
}

// passes is how often bounds are handed on: a table ties to few others.
const passes = 30

func (s *system) bounds(layer string) []span {
	b := make([]span, len(s.names))
	for v := range b {
		b[v] = span{0, infinite}
		if s.known[v] {
			b[v] = span{s.cells[v].value(layer), s.cells[v].value(layer)}
		}
	}
	for range passes {
		changed := false
		for _, e := range s.sums {
			if e.narrow(b, e.overlap == OverlapAll || e.overlap == OverlapCases && layer == casesLayer) {
				changed = true
			}
		}
		if !changed {
			break
		}
	}
	return b
}

// narrow draws from one sum what it says of its whole and its parts.
func (e equation) narrow(b []span, overlap bool) (changed bool) {
	var lows, highs, most int64
	for _, v := range e.parts {
		lows, highs, most = lows+b[v].low, min(infinite, highs+b[v].high), max(most, b[v].low)
	}
	set := func(v int, low, high int64) {
		low, high = max(low, b[v].low), min(high, b[v].high)
		if low > high || low == b[v].low && high == b[v].high {
			return // contradictory: figures that do not add up tell nothing
		}
		b[v], changed = span{low, high}, true
	}
	if overlap {
		set(e.whole, most, highs)
	} else {
		set(e.whole, lows, highs)
	}
	w := b[e.whole]
	for _, v := range e.parts {
		low := int64(0)
		if rest := e.highOfOthers(b, v); rest < infinite {
			low = w.low - rest
		}
		high := w.high
		if !overlap && high < infinite {
			high -= lows - b[v].low
		}
		set(v, low, high)
	}
	return changed
}

func (e equation) highOfOthers(b []span, but int) (sum int64) {
	for _, v := range e.parts {
		if v != but {
			sum = min(infinite, sum+b[v].high)
		}
	}
	return sum
}

// wide tells whether all bounds of a hidden variable are wide enough.
func (s *system) wide(v int, bounds map[string][]span) bool {
	for layer, b := range bounds {
		if !s.wideIn(v, layer, b) {
			return false
		}
	}
	return true
}

func (s *system) wideIn(v int, layer string, b []span) bool {
	x := s.cells[v].value(layer)
	return x <= 0 || b[v].low <= x/below && (b[v].high >= above*x || b[v].high >= s.holding(v, layer))
}

// holding is the least shown whole that a variable is a part of; without one, nothing
// bounds it but what it is.
func (s *system) holding(v int, layer string) int64 {
	least := int64(infinite)
	for _, e := range s.sums {
		if s.known[e.whole] && s.cells[e.whole].shown() && slices.Contains(e.parts, v) {
			least = min(least, s.cells[e.whole].value(layer))
		}
	}
	return least
}

// narrow finds cells to hide for those whose bounds are too narrow: of the sums that hold
// one, the smallest that is enough, or else the greatest.
func (s *system) narrow(given map[string]bool) (keys []string, more bool) {
	for _, layer := range append([]string{casesLayer}, s.units...) {
		b, hidden := s.bounds(layer), map[int]bool{}
		for v := range s.names {
			mark := fmt.Sprint(s.names[v], layer)
			if !s.protected[v] || !s.cells[v].Small || given[mark] || s.wideIn(v, layer, b) {
				continue
			}
			more = true
			switch best, beside := s.widen(v, layer, b, hidden); {
			case beside: // of what was hidden a moment ago: look again
			case best >= 0:
				hidden[best] = true
				keys = append(keys, s.names[best].key)
			default:
				given[mark] = true
			}
		}
		if len(keys) > 0 {
			break
		}
	}
	return keys, more
}

// widen picks a cell that makes bounds wider: of the sums that hold the variable or, where
// these have nothing to hide, of those that they hang on. beside: one of them is hidden
// already, so it is time to look again.
func (s *system) widen(v int, layer string, b []span, hidden map[int]bool) (best int, beside bool) {
	need := above*s.cells[v].value(layer) - b[v].high
	reached, used := map[int]bool{v: true}, make([]bool, len(s.sums))
	for {
		best, grown := -1, false
		next := maps.Clone(reached)
		for i, e := range s.sums {
			if used[i] || !e.holds(reached) {
				continue
			}
			used[i], grown = true, true
			for _, x := range append(slices.Clone(e.parts), e.whole) {
				if next[x] = true; hidden[x] {
					return -1, true
				}
				if s.free[x] && s.cells[x].value(layer) > 0 && (best < 0 || s.better(x, best, layer, need)) {
					best = x
				}
			}
		}
		if best >= 0 || !grown {
			return best, false
		}
		reached = next
	}
}

func (e equation) holds(any map[int]bool) bool {
	return any[e.whole] || slices.ContainsFunc(e.parts, func(v int) bool { return any[v] })
}

// better tells whether a cell widens bounds by what is needed with less than another, or
// where neither is enough, by more.
func (s *system) better(x, best int, layer string, need int64) bool {
	if s.cells[x].Keep != s.cells[best].Keep {
		return s.cells[x].Keep < s.cells[best].Keep
	}
	a, c := s.cells[x].value(layer), s.cells[best].value(layer)
	if (a >= need) != (c >= need) {
		return a >= need
	}
	if a != c {
		return (a < c) == (a >= need)
	}
	return s.cells[x].Key < s.cells[best].Key
}
