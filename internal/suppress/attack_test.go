package suppress_test

import (
	"maps"
	"math/big"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// attacker knows everything that was published: each line shown or marked as hidden, how
// the tables add up, and that a line that is hidden in two versions may well be the same.
// The figures of hidden cells are given to it only to be compared with what it finds, and
// to tell which hidden lines of two versions are the same.
type attacker struct {
	columns map[string]int
	shown   map[int]suppress.Cell
	truth   map[int]suppress.Cell
	sums    []attackedSum
}

type attackedSum struct {
	whole   int
	parts   []int
	overlap string
}

func newAttacker(editions []suppress.Published) *attacker {
	a := &attacker{columns: map[string]int{}, shown: map[int]suppress.Cell{}, truth: map[int]suppress.Cell{}}
	open := map[string]bool{} // shown by some edition of the version
	for _, e := range editions {
		for _, c := range e.Cells {
			open[at(e.Version, c.Key)] = open[at(e.Version, c.Key)] || !c.Hidden && !c.Silent
		}
	}
	column := map[string]int{}
	small := map[string]bool{} // hidden by some edition, or too small for any
	for _, e := range editions {
		for _, c := range e.Cells {
			id := at(e.Version, c.Key)
			small[id] = small[id] || c.Hidden || c.Silent && c.Cases > 0 && (c.Cases < 3 || c.Administrations < 2)
		}
	}
	for _, e := range editions {
		for _, c := range e.Cells {
			id := at(e.Version, c.Key)
			name := id
			if c.Hidden && !open[id] {
				name = "hidden " + c.Key + text(c) // equal in two versions: one unknown
			}
			column[id] = a.column(name)
			if open[id] {
				a.shown[column[id]] = c
			} else if small[id] && !slices.ContainsFunc(editions, func(e suppress.Published) bool {
				return slices.ContainsFunc(e.Cells, func(d suppress.Cell) bool {
					return d.Key == c.Key && !small[at(e.Version, c.Key)] && text(d) == text(c)
				})
			}) { // what another version does not hide, with the same figures, is no secret
				a.truth[column[id]] = c
			}
		}
	}
	lines := map[string]map[string]bool{} // that a table has in any version
	for _, e := range editions {
		for _, s := range e.Sums {
			for _, p := range s.Parts {
				if lines[s.Whole+s.By] == nil {
					lines[s.Whole+s.By] = map[string]bool{}
				}
				lines[s.Whole+s.By][p] = true
			}
		}
	}
	nothing := map[string]bool{}
	for _, e := range editions {
		for _, s := range e.Sums {
			hides := slices.ContainsFunc(s.Parts, func(p string) bool { return !open[at(e.Version, p)] })
			for p := range lines[s.Whole+s.By] {
				nothing[at(e.Version, p)] = nothing[at(e.Version, p)] || !hides && !slices.Contains(s.Parts, p)
			}
		}
	}
	for _, e := range editions {
		find := func(key string) int {
			id := at(e.Version, key)
			if _, ok := column[id]; !ok && nothing[id] {
				column[id] = a.column(id)
				a.shown[column[id]] = suppress.Cell{Key: key}
			} else if !ok {
				column[id] = a.column("hidden " + key + text(suppress.Cell{}))
			}
			return column[id]
		}
		for _, s := range e.Sums {
			t := attackedSum{whole: find(s.Whole), overlap: s.Overlap}
			for p := range lines[s.Whole+s.By] {
				t.parts = append(t.parts, find(p))
			}
			a.sums = append(a.sums, t)
		}
	}
	return a
}

func at(version int64, key string) string { return string(rune('0'+version)) + " " + key }

func text(c suppress.Cell) string {
	out := big.NewInt(c.Cases).String()
	for _, u := range slices.Sorted(maps.Keys(c.Values)) {
		out += u + big.NewInt(c.Values[u]).String()
	}
	return out
}

func (a *attacker) column(name string) int {
	if _, ok := a.columns[name]; !ok {
		a.columns[name] = len(a.columns)
	}
	return a.columns[name]
}

func number(c suppress.Cell, layer string) int64 {
	if layer == "" {
		return c.Cases
	}
	return c.Values[layer]
}

// compute solves all sums of a layer and gives every hidden number that comes out.
func (a *attacker) compute(layer string) map[int]*big.Rat {
	n := len(a.columns)
	var m [][]*big.Rat
	for _, s := range a.sums {
		if s.overlap != "" && layer == "" {
			continue
		}
		row := make([]*big.Rat, n+1)
		for i := range row {
			row[i] = new(big.Rat)
		}
		put := func(v int, sign int64) {
			if c, ok := a.shown[v]; ok {
				row[n].Sub(row[n], big.NewRat(sign*number(c, layer), 1))
				return
			}
			row[v].Add(row[v], big.NewRat(sign, 1))
		}
		put(s.whole, 1)
		for _, p := range s.parts {
			put(p, -1)
		}
		m = append(m, row)
	}
	return solve(m, n)
}

// solve is Gauss and Jordan, as in a schoolbook.
func solve(m [][]*big.Rat, n int) map[int]*big.Rat {
	at := 0
	for col := 0; col < n && at < len(m); col++ {
		p := slices.IndexFunc(m[at:], func(row []*big.Rat) bool { return row[col].Sign() != 0 })
		if p < 0 {
			continue
		}
		m[at], m[at+p] = m[at+p], m[at]
		inverse := new(big.Rat).Inv(m[at][col])
		for i := range m[at] {
			if m[at][i].Sign() != 0 {
				m[at][i].Mul(m[at][i], inverse)
			}
		}
		for r := range m {
			if r == at || m[r][col].Sign() == 0 {
				continue
			}
			times := new(big.Rat).Set(m[r][col])
			for i := range m[r] {
				if m[at][i].Sign() != 0 {
					m[r][i].Sub(m[r][i], new(big.Rat).Mul(times, m[at][i]))
				}
			}
		}
		at++
	}
	found := map[int]*big.Rat{}
	for _, row := range m {
		only, count := -1, 0
		for i, c := range row[:n] {
			if c.Sign() != 0 {
				only, count = i, count+1
			}
		}
		if count == 1 {
			found[only] = new(big.Rat).Quo(row[n], row[only])
		}
	}
	return found
}

// hits are the hidden cells that come out right.
func (a *attacker) hits(layers ...string) (out []string) {
	for _, layer := range layers {
		for v, x := range a.compute(layer) {
			if c, ok := a.truth[v]; ok && x.Cmp(big.NewRat(number(c, layer), 1)) == 0 {
				out = append(out, c.Key+" "+layer)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

const unbounded = int64(1) << 60

// pinned are the hidden cells that bounds hold too narrowly: no number is below nothing.
func (a *attacker) pinned(layers ...string) (out []string) {
	for _, layer := range layers {
		low, high := make([]int64, len(a.columns)), make([]int64, len(a.columns))
		for v := range high {
			high[v] = unbounded
			if c, ok := a.shown[v]; ok {
				low[v], high[v] = number(c, layer), number(c, layer)
			}
		}
		for range 40 {
			for _, s := range a.sums {
				draw(s, low, high, s.overlap != "" && layer == "")
			}
		}
		for v, c := range a.truth {
			if x := number(c, layer); x > 0 && (c.Cases < 3 || c.Administrations < 2) && (low[v] > x/2 || high[v] < 2*x && high[v] < a.holding(v, layer)) {
				out = append(out, c.Key+" "+layer)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// holding is the least whole that is shown and holds a cell: that a part is no more than
// the whole is no finding.
func (a *attacker) holding(v int, layer string) int64 {
	least := unbounded
	for _, s := range a.sums {
		if c, ok := a.shown[s.whole]; ok && slices.Contains(s.parts, v) {
			least = min(least, number(c, layer))
		}
	}
	return least
}

func draw(s attackedSum, low, high []int64, overlap bool) {
	var lows, highs int64
	for _, p := range s.parts {
		lows, highs = lows+low[p], min(unbounded, highs+high[p])
	}
	high[s.whole] = min(high[s.whole], highs)
	if !overlap {
		low[s.whole] = max(low[s.whole], lows)
	}
	for _, p := range s.parts {
		othersLow, othersHigh := int64(0), int64(0)
		for _, q := range s.parts {
			if q != p {
				othersLow, othersHigh = othersLow+low[q], min(unbounded, othersHigh+high[q])
			}
		}
		if overlap {
			othersLow = 0
		}
		if high[s.whole] < unbounded {
			high[p] = min(high[p], high[s.whole]-othersLow)
		}
		if othersHigh < unbounded {
			low[p] = max(low[p], low[s.whole]-othersHigh)
		}
	}
}
