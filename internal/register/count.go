package register

import (
	"math/bits"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
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
	holds     func(at int) bool
	column    []uint16 // where a case holds by its place there: the same as holds, faster
	want      uint16
}

// question is a filter over columns for one reader.
type question struct {
	*columns
	readable []bool // by place in audiences
	tests    []test
	flags    []test // all of them, chosen or not
}

// asked makes a filter ready.
func (c *columns) asked(f Filter, readable db.List, organisation int64, person string) *question {
	q := &question{columns: c, readable: make([]bool, len(c.audiences)+1)}
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
	q.text(f)
	if f.From != "" {
		q.tests = append(q.tests, c.within(From, func(day string) bool { return day >= f.From }))
	}
	if f.To != "" {
		q.tests = append(q.tests, c.within(To, func(day string) bool { return day != "" && day <= f.To }))
	}
	own, mine := c.places[singles-1][strconv.FormatInt(organisation, 10)], c.authors[person]
	waits := c.places[0]["reported"]
	q.flags = []test{
		{name: Photos, dimension: -1, holds: func(at int) bool { return c.photos[at] }},
		{name: Waits, dimension: -1, holds: func(at int) bool {
			return waits != 0 && own != 0 && c.values[0][at] == waits && c.values[singles-1][at] == own
		}},
		{name: Mine, dimension: -1, holds: func(at int) bool { return mine != 0 && c.author[at] == mine }},
	}
	for i, on := range []bool{f.Photos, f.Waits, f.Mine} {
		if on {
			q.tests = append(q.tests, q.flags[i])
		}
	}
	return q
}

// within tells of days, each of which is asked about once.
func (c *columns) within(name string, is func(day string) bool) test {
	days, in := c.days, make([]bool, len(c.calendar))
	for i, day := range c.calendar {
		in[i] = is(day)
	}
	return test{name: name, dimension: -1, holds: func(at int) bool { return in[days[at]] }}
}

func (c *columns) code(dimension int, name, value string) test {
	want, known := c.places[dimension][value]
	switch {
	case !known:
		return test{name: name, dimension: dimension, holds: func(int) bool { return false }}
	case dimension < singles:
		column := c.values[dimension]
		return test{name: name, dimension: dimension, holds: func(at int) bool { return column[at] == want }, column: column, want: want}
	}
	column, bit := c.categories, uint64(1)<<min(want, 63)
	if dimension > singles {
		column = c.violations
	}
	return test{name: name, dimension: dimension, holds: func(at int) bool { return column[at]&bit != 0 }}
}

func (q *question) text(f Filter) {
	if f.Brand != "" {
		fold, known := q.items.foldAt[i18n.Fold(f.Brand)]
		q.tests = append(q.tests, test{name: Brand, dimension: -1, holds: func(at int) bool { return known && q.branded(at, fold) }})
	}
	if f.Post != "" {
		key := seizure.PostKey(f.Post)
		want, known := q.postAt[key]
		q.tests = append(q.tests, test{name: Post, dimension: -1, holds: func(at int) bool { return (known || key == "") && q.posts[at] == want }})
	}
	if f.Words {
		q.tests = append(q.tests, test{name: Words, dimension: -1, holds: func(at int) bool {
			_, there := slices.BinarySearch(f.Found, q.seqs[at])
			return there
		}})
	}
}

// branded tells whether a line of a case has that brand.
func (c *columns) branded(at int, fold uint32) bool {
	s := c.spans[at]
	for _, b := range c.items.brand[s.first : s.first+s.n] {
		if c.items.folds[b] == fold {
			return true
		}
	}
	return false
}

// page gives the numbers of the newest cases before one that match, newest first.
func (q *question) page(before int64, limit int) (out []int64) {
	end, _ := slices.BinarySearch(q.seqs, before)
	for at := end - 1; at >= 0 && len(out) < limit; at-- {
		if q.readable[q.audience[at]] && q.matches(at) {
			out = append(out, q.seqs[at])
		}
	}
	return out
}

func (q *question) matches(at int) bool {
	for i := range q.tests {
		if !q.tests[i].holds(at) {
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

// add counts cases under the choices of a filter, one filter after the other.
func (q *question) add(t *tally, rows []int32, dimension int) {
	if dimension < singles {
		column, counts := q.values[dimension], t.singles[dimension]
		for _, at := range rows {
			counts[column[at]]++
		}
		return
	}
	sets, counts := q.categories, &t.multiple[dimension-singles]
	if dimension > singles {
		sets = q.violations
	}
	for _, at := range rows {
		for set := sets[at]; set != 0; set &= set - 1 {
			counts[bits.TrailingZeros64(set)]++
		}
	}
}

func (q *question) addAll(t *tally, rows []int32) {
	for d := range singles + 2 {
		q.add(t, rows, d)
	}
}

// count goes through all cases once. A case that fails one filter alone counts
// under the other choices of that filter.
func (q *question) count() Counts {
	out := Counts{On: map[string]int64{}, Without: map[string]int64{}}
	var t tally
	for i := range t.singles {
		t.singles[i] = make([]int64, len(q.words[i]))
	}
	without, on := make([]int64, len(q.tests)), make([]int64, len(q.flags))
	rows := make([]int32, 0, block)
	for at, a := range q.audience {
		if !q.readable[a] {
			continue
		}
		fails, failed := 0, 0
		for i := range q.tests {
			if !q.tests[i].holds(at) {
				if fails++; fails > 1 {
					break
				}
				failed = i
			}
		}
		switch {
		case fails == 0:
			out.Matching++
			if rows = append(rows, int32(at)); len(rows) == block {
				q.addAll(&t, rows)
				rows = rows[:0]
			}
			for i := range q.flags {
				if q.flags[i].holds(at) {
					on[i]++
				}
			}
		case fails == 1:
			if without[failed]++; q.tests[failed].dimension >= 0 {
				q.add(&t, []int32{int32(at)}, q.tests[failed].dimension)
			}
		}
	}
	q.addAll(&t, rows)
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
func (q *question) named(t tally) map[string]map[string]int64 {
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
