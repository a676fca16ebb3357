package suppress

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// name is a thing counted in one version.
type name struct {
	key     string
	version int64
}

// system is everything that is, and was, published, as equations. A variable is a thing
// counted in a version; two that are hidden in different versions with the same content
// are one, for a reader may assume that nothing about them changed. What was shown once
// and is hidden in a later version is a variable of its own: nobody can tell whether it
// changed.
type system struct {
	of        map[name]int
	names     []name
	cells     []Cell // by variable; zero for what no table of the version has
	known     []bool // shown by some edition of that version
	protected []bool // hidden, and must stay so
	free      []bool // shown by this edition only, and may be hidden
	sums      []equation
	units     []string
}

// equation is a Sum over variables.
type equation struct {
	whole   int
	parts   []int
	overlap string
}

// newSystem makes the system of an edition and of all before it; out is what follows from
// those alone.
func newSystem(p Published, before []Published, out map[name]bool) *system {
	s := &system{of: map[name]int{}}
	all := append(slices.Clone(before), p)
	units := map[string]bool{}
	for _, e := range all {
		for _, c := range e.Cells {
			v := s.variable(name{c.Key, e.Version})
			s.cells[v] = c
			s.known[v] = s.known[v] || c.shown()
			s.protected[v] = s.protected[v] || c.Hidden
			for u := range c.Values {
				units[u] = true
			}
		}
	}
	s.units = slices.Sorted(maps.Keys(units))
	for _, c := range p.Cells {
		s.free[s.of[name{c.Key, p.Version}]] = c.shown() && !c.Fixed
	}
	for _, e := range before {
		for _, c := range e.Cells {
			if v := s.of[name{c.Key, e.Version}]; c.shown() {
				s.free[v] = false // what was shown once cannot be hidden
			}
		}
	}
	for v, n := range s.names {
		s.free[v] = s.free[v] && !out[n]
		s.known[v] = s.known[v] || out[n] && !s.protected[v]
		s.protected[v] = s.protected[v] && !s.known[v]
	}
	for v := range s.names {
		s.protected[v] = s.protected[v] && !s.told(v)
	}
	s.add(all)
	return s
}

// table is what the sums of all versions say of a whole by one dimension.
type table struct{ whole, by string }

// add puts in the sums of all editions. Lines that a version's table has and another's has
// not are nothing in the other if it hides no line; otherwise they are not known.
func (s *system) add(all []Published) {
	lines := map[table][]string{}
	for _, e := range all {
		for _, sum := range e.Sums {
			for _, part := range sum.Parts {
				if k := (table{sum.Whole, sum.By}); !slices.Contains(lines[k], part) {
					lines[k] = append(lines[k], part)
				}
			}
		}
	}
	for _, e := range all {
		for _, sum := range e.Sums {
			closed := !slices.ContainsFunc(sum.Parts, func(key string) bool { return !s.known[s.variable(name{key, e.Version})] })
			for _, key := range lines[table{sum.Whole, sum.By}] {
				if v := s.variable(name{key, e.Version}); closed && !slices.Contains(sum.Parts, key) {
					s.known[v] = true
				}
			}
		}
	}
	same, seen := s.same(), map[string]bool{}
	for _, e := range all {
		for _, sum := range e.Sums {
			s.sum(e.Version, Sum{Whole: sum.Whole, Parts: lines[table{sum.Whole, sum.By}], Overlap: sum.Overlap}, same, seen)
		}
	}
}

// told tells that another version shows the same content under the key: no secret.
func (s *system) told(v int) bool {
	for w, n := range s.names {
		if s.known[w] && n.key == s.names[v].key && equal(s.cells[w], s.cells[v]) {
			return true
		}
	}
	return false
}

func equal(a, b Cell) bool { return a.Cases == b.Cases && maps.Equal(a.Values, b.Values) }

func (s *system) variable(n name) int {
	if v, ok := s.of[n]; ok {
		return v
	}
	v := len(s.names)
	s.of[n] = v
	s.names, s.cells = append(s.names, n), append(s.cells, Cell{Key: n.key})
	s.known, s.protected, s.free = append(s.known, false), append(s.protected, false), append(s.free, false)
	return v
}

// same leads each variable that is not shown to the first of its key with the same content.
func (s *system) same() map[int]int {
	out, by := map[int]int{}, map[string][]int{}
	for v, n := range s.names {
		if !s.known[v] {
			by[n.key] = append(by[n.key], v)
		}
	}
	for _, list := range by {
		for i, v := range list {
			for _, first := range list[:i] {
				if equal(s.cells[first], s.cells[v]) {
					out[v] = first
					s.protected[first], s.protected[v] = s.protected[first] || s.protected[v], false // the first stands for it
					break
				}
			}
		}
	}
	return out
}

func (s *system) sum(version int64, sum Sum, same map[int]int, seen map[string]bool) {
	at := func(key string) int {
		v := s.variable(name{key, version})
		if first, ok := same[v]; ok {
			return first
		}
		return v
	}
	e := equation{whole: at(sum.Whole), overlap: sum.Overlap}
	for _, part := range sum.Parts {
		e.parts = append(e.parts, at(part))
	}
	slices.Sort(e.parts)
	if mark := e.mark(); !seen[mark] {
		seen[mark] = true
		s.sums = append(s.sums, e)
	}
}

// mark tells equations apart.
func (e equation) mark() string {
	b := []byte{0}
	for _, v := range append([]int{e.whole}, e.parts...) {
		b = append(b, byte(v>>16), byte(v>>8), byte(v))
	}
	return e.overlap + string(b)
}

// line is a combination of equations: what comes before each variable.
type line map[int]*big.Rat

// solved is a line that leaves one variable alone, which it determines.
type solved struct {
	of   int
	line line
}

// determined gives the variables that are not shown and that some combination of all equations
// determines, each with one that does. Quantities add up in every sum, so the sums of
// cases are among these, too.
func (s *system) determined() []solved {
	var rows []line
	for _, e := range s.sums {
		if e.overlap == OverlapAll {
			continue
		}
		row := line{}
		add(row, e.whole, big.NewRat(1, 1))
		for _, part := range e.parts {
			add(row, part, big.NewRat(-1, 1))
		}
		rows = append(rows, row)
	}
	used := make([]bool, len(rows))
	pivot := make([]int, len(rows))
	for i := range rows {
		pivot[i] = -1
	}
	for v := range s.names {
		if s.known[v] {
			continue
		}
		at := choose(rows, used, v)
		if at < 0 {
			continue
		}
		used[at], pivot[at] = true, v
		scale(rows[at], new(big.Rat).Inv(rows[at][v]))
		for i, row := range rows {
			if c, ok := row[v]; ok && i != at {
				subtract(row, rows[at], new(big.Rat).Set(c))
			}
		}
	}
	var out []solved
	for i, row := range rows {
		if v := pivot[i]; v >= 0 && s.unknowns(row) == 1 {
			out = append(out, solved{v, row})
		}
	}
	slices.SortFunc(out, func(a, b solved) int { return cmp.Compare(a.of, b.of) })
	return out
}

// choose picks the shortest line that holds a variable, so that little grows.
func choose(rows []line, used []bool, v int) int {
	best := -1
	for i, row := range rows {
		if _, ok := row[v]; ok && !used[i] && (best < 0 || len(row) < len(rows[best])) {
			best = i
		}
	}
	return best
}

func (s *system) unknowns(row line) (n int) {
	for v := range row {
		if !s.known[v] {
			n++
		}
	}
	return n
}

func add(row line, v int, by *big.Rat) {
	if old, ok := row[v]; ok {
		by = new(big.Rat).Add(old, by)
	}
	if by.Sign() == 0 {
		delete(row, v)
		return
	}
	row[v] = by
}

func scale(row line, by *big.Rat) {
	for v, c := range row {
		row[v] = new(big.Rat).Mul(c, by)
	}
}

func subtract(row, other line, times *big.Rat) {
	for v, c := range other {
		add(row, v, new(big.Rat).Neg(new(big.Rat).Mul(c, times)))
	}
}

// exact finds cells to hide for those that could be computed: the smallest of this
// edition in each combination that gives one away. more: there was something to decide.
func (s *system) exact(given map[string]bool) (keys []string, more bool) {
	hidden := map[int]bool{}
	for _, d := range s.determined() {
		if mark := fmt.Sprint(s.names[d.of]); given[mark] || !s.protected[d.of] {
			continue
		} else if more = true; hides(d.line, hidden) {
			continue
		} else if best := s.cheapest(d.line); best >= 0 {
			hidden[best] = true
			keys = append(keys, s.names[best].key)
		} else {
			given[mark] = true
		}
	}
	return keys, more
}

func hides(row line, hidden map[int]bool) bool {
	for v := range row {
		if hidden[v] {
			return true
		}
	}
	return false
}

func (s *system) cheapest(row line) int {
	best := -1
	for v := range row {
		if s.free[v] && (best < 0 || s.cheaper(v, best)) {
			best = v
		}
	}
	return best
}

// cheaper tells whether less is lost with one cell than with another. One that has
// nothing in it protects nothing.
func (s *system) cheaper(a, b int) bool {
	x, y := s.cells[a], s.cells[b]
	if (x.Cases == 0) != (y.Cases == 0) {
		return y.Cases == 0
	}
	return cmp.Or(cmp.Compare(x.Keep, y.Keep), cmp.Compare(x.Cases, y.Cases), cmp.Compare(x.Key, y.Key)) < 0
}
