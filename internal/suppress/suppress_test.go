package suppress_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// fact is a case as tables count it.
type fact struct {
	country, conveyance, day string
	lines                    []item
}

type item struct {
	category string
	values   map[string]int64
}

var layers = []string{"", "H87", "KGM"}

func randomFacts(dice *rand.Rand, n, countries int) (out []fact) {
	for range n {
		f := fact{country: string(rune('A' + dice.IntN(countries))), conveyance: []string{"sea", "air", "mail"}[dice.IntN(3)], day: string(rune('1' + dice.IntN(6)))}
		for range 1 + dice.IntN(2) {
			i := item{category: string(rune('a' + dice.IntN(6))), values: map[string]int64{}}
			if dice.IntN(4) > 0 {
				i.values["H87"] = int64(1 + dice.IntN(1<<dice.IntN(14)))
			}
			if dice.IntN(4) == 0 {
				i.values["KGM"] = int64(1 + dice.IntN(500))
			}
			f.lines = append(f.lines, i)
		}
		out = append(out, f)
	}
	return out
}

// value is what a case's line says of a dimension.
func value(f fact, i item, dimension string) string {
	switch dimension {
	case "country":
		return f.country
	case "conveyance":
		return f.conveyance
	case "day":
		return f.day
	}
	return i.category
}

// publish makes tables of cases: each by one or two dimensions, "country" or
// "country/category".
func publish(version int64, facts []fact, tables ...string) suppress.Published {
	p := suppress.Published{Version: version}
	parts := map[string][]string{}
	of := map[string][]string{} // tables of a sum
	count := func(table, key string, silent bool, is func(fact, item) bool) {
		if i := slices.IndexFunc(p.Cells, func(c suppress.Cell) bool { return c.Key == key }); i >= 0 {
			if p.Cells[i].Silent = p.Cells[i].Silent && silent; !slices.Contains(p.Cells[i].Tables, table) {
				p.Cells[i].Tables = append(p.Cells[i].Tables, table)
			}
			return
		}
		c := counted(key, facts, is)
		c.Fixed, c.Silent, c.Tables = key == "all", silent, []string{table}
		p.Cells = append(p.Cells, c)
	}
	part := func(table, whole, by, key string) {
		if !slices.Contains(of[whole+" by "+by], table) {
			of[whole+" by "+by] = append(of[whole+" by "+by], table)
		}
		if !slices.Contains(parts[whole+" by "+by], key) {
			parts[whole+" by "+by] = append(parts[whole+" by "+by], key)
		}
	}
	count("", "all", false, func(fact, item) bool { return true })
	for _, t := range tables {
		d := strings.Split(t, "/")
		for _, f := range facts {
			for _, i := range f.lines {
				is := func(d ...string) func(fact, item) bool {
					return func(g fact, j item) bool {
						return !slices.ContainsFunc(d, func(d string) bool { return value(g, j, d) != value(f, i, d) })
					}
				}
				key := d[0] + "=" + value(f, i, d[0])
				if len(d) == 2 {
					first, second := key, d[1]+"="+value(f, i, d[1])
					key = first + "," + second
					part(t, first, d[1], key)
					part(t, second, d[0], key)
					part(t, "all", d[0], first)
					part(t, "all", d[1], second)
					count(t, first, true, is(d[0]))
					count(t, second, true, is(d[1]))
				}
				part(t, "all", t, key)
				count(t, key, false, is(d...))
			}
		}
	}
	for name, list := range parts {
		whole, by, _ := strings.Cut(name, " by ")
		slices.Sort(list)
		s := suppress.Sum{Whole: whole, By: by, Parts: list, Tables: of[name]}
		if strings.Contains(by, "category") {
			s.Overlap = suppress.OverlapCases
		}
		p.Sums = append(p.Sums, s)
	}
	slices.SortFunc(p.Sums, func(a, b suppress.Sum) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return p
}

// nest puts in two numbers that stand in no table, of which one is a part of the other, and
// what the difference is.
func nest(p suppress.Published, facts []fact, category, conveyance string) suppress.Published {
	wide, narrow, rest := "category="+category, "conveyance="+conveyance+",category="+category, "category="+category+" but "+conveyance
	for key, is := range map[string]func(fact, item) bool{wide: func(_ fact, i item) bool { return i.category == category },
		narrow: func(f fact, i item) bool { return i.category == category && f.conveyance == conveyance },
		rest:   func(f fact, i item) bool { return i.category == category && f.conveyance != conveyance }} {
		at := slices.IndexFunc(p.Cells, func(c suppress.Cell) bool { return c.Key == key })
		if at < 0 {
			at, p.Cells = len(p.Cells), append(p.Cells, counted(key, facts, is))
		}
		if key != rest {
			p.Cells[at].Silent, p.Cells[at].Tables = false, append(p.Cells[at].Tables, "numbers")
		} else {
			p.Cells[at].Silent, p.Cells[at].Tables = true, []string{"numbers"}
		}
	}
	slices.SortFunc(p.Cells, func(a, b suppress.Cell) int { return strings.Compare(a.Key, b.Key) })
	p.Sums = append(p.Sums, suppress.Sum{Whole: wide, By: rest, Parts: []string{rest, narrow}, Tables: []string{"numbers"}})
	return p
}

// counted makes a cell of the lines that are meant.
func counted(key string, facts []fact, is func(fact, item) bool) suppress.Cell {
	c := suppress.Cell{Key: key, Values: map[string]int64{}}
	by := map[string]bool{}
	for _, f := range facts {
		in := false
		for _, i := range f.lines {
			if is(f, i) {
				in = true
				for u, n := range i.values {
					c.Values[u] += n
				}
			}
		}
		if in {
			c.Cases++
			by[f.country] = true
		}
	}
	c.Administrations = int64(len(by))
	return c
}

var someTables = []string{"country", "category", "conveyance", "day", "country/category", "conveyance/category", "conveyance/day"}

// history is a world that is published several times: two editions of a version, then a
// version in which something was corrected.
func history(dice *rand.Rand) (raw []suppress.Published) {
	facts := randomFacts(dice, 3+dice.IntN(80), 2+dice.IntN(6))
	tables := func() (out []string) {
		for _, t := range someTables {
			if dice.IntN(2) == 0 {
				out = append(out, t)
			}
		}
		return out
	}
	first := tables()
	category, conveyance := string(rune('a'+dice.IntN(6))), []string{"sea", "air", "mail"}[dice.IntN(3)]
	nested := dice.IntN(2) == 0
	put := func(p suppress.Published, facts []fact) {
		if nested {
			p = nest(p, facts, category, conveyance)
		}
		raw = append(raw, p)
	}
	put(publish(1, facts, first...), facts)
	raw = append(raw, publish(1, facts, tables()...))
	changed := slices.Clone(facts)
	switch dice.IntN(4) {
	case 0:
		changed = append(changed, randomFacts(dice, 1+dice.IntN(2), 7)...)
	case 1:
		changed = changed[1+dice.IntN(2):]
	case 2:
		changed[0] = randomFacts(dice, 1, 7)[0]
	}
	put(publish(2, changed, first...), changed)
	return append(raw, publish(2, changed, tables()...))
}

const worlds = 60

// TestAttackerFindsNothing: over random worlds, editions and versions no hidden cell can
// be computed, and bounds stay wide unless an earlier version had been given out and is
// told as weak.
func TestAttackerFindsNothing(t *testing.T) {
	var hidden, shown, naive, weakened, withheld int
	for seed := range uint64(worlds) {
		dice := rand.New(rand.NewPCG(seed, 7))
		var out []suppress.Published
		told := map[string]bool{}
		raw := history(dice)
		for _, p := range raw {
			done, weak := suppress.Hide(p, out, suppress.Everybody())
			out = append(out, done)
			for _, w := range weak {
				told[w.Key] = true
				weakened++
				if len(out) == 1 {
					t.Errorf("world %d, version %d: %+v", seed, p.Version, w)
				}
			}
			withheld += len(done.Withheld)
			a := newAttacker(out)
			if hits := a.hits(layers...); len(hits) > 0 {
				t.Errorf("world %d, version %d: computed %q", seed, p.Version, hits)
			}
			for _, key := range a.pinned(layers...) {
				if key, _, _ = strings.Cut(key, " "); !told[key] {
					t.Errorf("world %d, version %d: %s is bounded narrowly, and nobody says so", seed, p.Version, key)
				}
			}
			for _, c := range done.Cells {
				switch {
				case c.Hidden:
					hidden++
				case !c.Silent:
					shown++
				}
			}
		}
		// The same attacker finds what is only hidden for being small.
		if len(newAttacker(smallOnly(raw)).hits(layers...)) > 0 {
			naive++
		}
	}
	t.Logf("%d cells hidden, %d shown; without secondary suppression %d worlds of 60 fall; %d narrow bounds told, %d tables withheld", hidden, shown, naive, weakened, withheld)
	if naive < worlds/2 || shown < 500 || hidden < 500 {
		t.Errorf("this test proves little: %d fall without protection, %d shown, %d hidden", naive, shown, hidden)
	}
}

// smallOnly hides what is too small, and nothing else.
func smallOnly(raw []suppress.Published) (out []suppress.Published) {
	for _, p := range raw {
		p.Cells = slices.Clone(p.Cells)
		for i, c := range p.Cells {
			p.Cells[i].Hidden = c.Cases > 0 && (c.Cases < suppress.LeastCases || c.Administrations < suppress.LeastAdministrations)
		}
		out = append(out, p)
	}
	return out
}

func cell(key string, cases, pieces int64) suppress.Cell {
	return suppress.Cell{Key: key, Cases: cases, Values: map[string]int64{"H87": pieces}, Administrations: min(cases, 3)}
}

// TestHidesTheSmallestPartner that is enough, keeps zeros and the official figure, and
// what was hidden stays hidden, also beside a line that is gone.
func TestHidesTheSmallestPartner(t *testing.T) {
	all := cell("all", 30, 3000)
	all.Fixed = true
	sum := suppress.Sum{Whole: "all", By: "category", Parts: []string{"a", "b", "c", "z"}}
	p := suppress.Published{Version: 1, Sums: []suppress.Sum{sum},
		Cells: []suppress.Cell{all, cell("a", 2, 10), cell("b", 8, 900), cell("c", 20, 2090), cell("z", 0, 0)}}
	first, weak := suppress.Hide(p, nil, suppress.Everybody())
	if got := hiddenKeys(first); !reflect.DeepEqual(got, []string{"a", "b"}) || len(weak) > 0 {
		t.Errorf("hidden: %q, weak: %v", got, weak)
	}
	p = suppress.Published{Version: 2, Sums: []suppress.Sum{{Whole: "all", By: "category", Parts: []string{"b", "c"}}}, Cells: []suppress.Cell{all, cell("b", 9, 950), cell("c", 21, 2050)}}
	second, weak := suppress.Hide(p, []suppress.Published{first}, suppress.Everybody())
	if got := hiddenKeys(second); !reflect.DeepEqual(got, []string{"b"}) || len(weak) > 0 {
		t.Errorf("hidden in the second version: %q, weak: %v", got, weak)
	}
	small := suppress.Published{Version: 1, Cells: []suppress.Cell{{Key: "all", Cases: 2, Fixed: true, Administrations: 2}}}
	if got, _ := suppress.Hide(small, nil, suppress.Everybody()); !got.Cells[0].Hidden {
		t.Error("an official figure of two cases is shown")
	}
}

func hiddenKeys(p suppress.Published) (out []string) {
	for _, c := range p.Cells {
		if c.Hidden {
			out = append(out, c.Key)
		}
	}
	slices.Sort(out)
	return out
}

// BenchmarkHide: fifteen tables of about forty lines.
func BenchmarkHide(b *testing.B) {
	dice := rand.New(rand.NewPCG(1, 2))
	facts := randomFacts(dice, 400, 20)
	for i := range facts {
		facts[i].day = fmt.Sprint(i % 40)
		for j := range facts[i].lines {
			facts[i].lines[j].category = fmt.Sprint(dice.IntN(40))
		}
	}
	p := publish(1, facts, "country", "category", "conveyance", "day", "country/category", "conveyance/category", "conveyance/day", "country/day")
	b.Logf("%d cells, %d sums", len(p.Cells), len(p.Sums))
	for b.Loop() {
		suppress.Hide(p, nil, suppress.Everybody())
	}
}
