package caselist

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Counts are how many cases there are, of those that the reader may read.
type Counts struct {
	Matching int64
	Choices  map[string]map[string]int64 // of each coded filter, by code, with all other filters kept
	On       map[string]int64            // of each flag, with all other filters kept
	Without  map[string]int64            // with one chosen filter taken away
}

// test is one chosen filter, made ready.
type test struct {
	name      string
	dimension int // of coded filters; otherwise -1
	holds     func(at int, r *row) bool
}

// question is a filter over columns for one reader.
type question struct {
	*columns
	readable []bool // by place in audiences
	tests    []test
	flags    []test // all of them, chosen or not
}

// asked makes a filter ready. found: numbers of cases that hold the words, in
// order, if any are looked for.
func (c *columns) asked(f Filter, readable db.List, organisation int64, person string, found []int64) question {
	q := question{columns: c, readable: make([]bool, len(c.audiences)+1)}
	for _, a := range readable {
		if at, ok := c.audiences[a]; ok {
			q.readable[at] = true
		}
	}
	for i, name := range coded {
		if value := f.Codes[name]; value != "" {
			q.tests = append(q.tests, c.code(i, name, value))
		}
	}
	q.text(f, found)
	if from := dayOf(f.From); from != 0 {
		q.tests = append(q.tests, test{From, -1, func(_ int, r *row) bool { return r.day >= from }})
	}
	if to := dayOf(f.To); to != 0 {
		q.tests = append(q.tests, test{To, -1, func(_ int, r *row) bool { return r.day != 0 && r.day <= to }})
	}
	own, mine := c.places[singles-1][strconv.FormatInt(organisation, 10)], c.authors[person]
	waits := c.places[0]["reported"]
	q.flags = []test{
		{Photos, -1, func(_ int, r *row) bool { return r.photos }},
		{Waits, -1, func(_ int, r *row) bool {
			return waits != 0 && own != 0 && r.values[0] == waits && r.values[singles-1] == own
		}},
		{Mine, -1, func(_ int, r *row) bool { return mine != 0 && r.author == mine }},
	}
	for i, on := range []bool{f.Photos, f.Waits, f.Mine} {
		if on {
			q.tests = append(q.tests, q.flags[i])
		}
	}
	return q
}

func (c *columns) code(dimension int, name, value string) test {
	at, known := c.places[dimension][value]
	t := test{name, dimension, func(_ int, r *row) bool { return known && r.values[dimension] == at }}
	switch dimension {
	case singles:
		t.holds = func(_ int, r *row) bool { return known && r.categories&(1<<min(at, 63)) != 0 }
	case singles + 1:
		t.holds = func(_ int, r *row) bool { return known && r.violations&(1<<min(at, 63)) != 0 }
	}
	return t
}

func (q *question) text(f Filter, found []int64) {
	if f.Brand != "" {
		list := q.brands[i18n.Fold(f.Brand)]
		q.tests = append(q.tests, test{Brand, -1, func(at int, _ *row) bool {
			_, there := slices.BinarySearch(list, int32(at))
			return there
		}})
	}
	if f.Words != "" {
		q.tests = append(q.tests, test{Words, -1, func(_ int, r *row) bool {
			_, there := slices.BinarySearch(found, r.seq)
			return there
		}})
	}
}

// page gives the numbers of the newest cases before one that match, newest first.
func (q question) page(before int64, limit int) (out []int64) {
	end, _ := slices.BinarySearchFunc(q.rows, before, func(r row, seq int64) int { return cmp.Compare(r.seq, seq) })
	for at := end - 1; at >= 0 && len(out) < limit; at-- {
		if r := &q.rows[at]; q.readable[r.audience] && q.matches(at, r) {
			out = append(out, r.seq)
		}
	}
	return out
}

func (q question) matches(at int, r *row) bool {
	for i := range q.tests {
		if !q.tests[i].holds(at, r) {
			return false
		}
	}
	return true
}

// tally counts by place in the dictionaries.
type tally struct {
	singles  [singles][]int64
	multiple [2][64]int64
}

func (t *tally) add(r *row, dimension int) {
	switch {
	case dimension < singles:
		t.singles[dimension][r.values[dimension]]++
	default:
		set := r.categories
		if dimension > singles {
			set = r.violations
		}
		for ; set != 0; set &= set - 1 {
			t.multiple[dimension-singles][bits.TrailingZeros64(set)]++
		}
	}
}

// count goes through all cases once. A case that fails one filter alone counts
// under the other choices of that filter.
func (q question) count() Counts {
	out := Counts{On: map[string]int64{}, Without: map[string]int64{}}
	var t tally
	for i := range t.singles {
		t.singles[i] = make([]int64, len(q.words[i]))
	}
	without, on := make([]int64, len(q.tests)), make([]int64, len(q.flags))
	for at := range q.rows {
		r := &q.rows[at]
		if !q.readable[r.audience] {
			continue
		}
		fails, failed := 0, 0
		for i := range q.tests {
			if !q.tests[i].holds(at, r) {
				if fails++; fails > 1 {
					break
				}
				failed = i
			}
		}
		switch {
		case fails == 0:
			out.Matching++
			for d := range singles + 2 {
				t.add(r, d)
			}
			for i := range q.flags {
				if q.flags[i].holds(at, r) {
					on[i]++
				}
			}
		case fails == 1:
			if without[failed]++; q.tests[failed].dimension >= 0 {
				t.add(r, q.tests[failed].dimension)
			}
		}
	}
	for i, x := range q.tests {
		out.Without[x.name] = without[i] + out.Matching
	}
	for i, x := range q.flags {
		out.On[x.name] = on[i]
	}
	out.Choices = q.named(t)
	return out
}

// named gives a tally its codes; what no case has is left out.
func (q question) named(t tally) map[string]map[string]int64 {
	out := map[string]map[string]int64{}
	for i, name := range coded {
		out[name] = map[string]int64{}
		counts := t.multiple[max(0, i-singles)][:]
		if i < singles {
			counts = t.singles[i]
		}
		for at, value := range q.words[i] {
			if at < len(counts) && counts[at] > 0 && value != "" {
				out[name][value] = counts[at]
			}
		}
	}
	return out
}
