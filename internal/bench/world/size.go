package world

import "fmt"

// Size is how much a world holds.
type Size struct {
	Name          string `json:"name"`
	Cases         int    `json:"cases"`
	LinesOf       int    `json:"lines_of"` // a case has 1 to LinesOf lines of goods
	Organisations int    `json:"organisations"`
	PersonsOf     int    `json:"persons_of"` // people of an organisation
	Messages      int    `json:"messages"`
	Searched      int    `json:"searched"` // messages of the operation that is searched, see Letter
}

// LeastSearched is the fewest messages that can be searched: the words that are
// looked for must stand somewhere.
const LeastSearched = 200

// The sizes. Full is what docs/explanation/performance.md sets goals for: a
// million cases, and a million lines and more.
var (
	Tiny    = Size{Name: "tiny", Cases: 300, LinesOf: 3, Organisations: 6, PersonsOf: 3, Messages: 60, Searched: 600}
	Default = Size{Name: "default", Cases: 20_000, LinesOf: 3, Organisations: 40, PersonsOf: 5, Messages: 2_000, Searched: 50_000}
	Full    = Size{Name: "full", Cases: 1_000_000, LinesOf: 3, Organisations: 40, PersonsOf: 25, Messages: 10_000, Searched: 1_000_000}
)

// SizeOf gives a size by its name.
func SizeOf(name string) (Size, error) {
	for _, s := range []Size{Tiny, Default, Full} {
		if s.Name == name {
			return s, nil
		}
	}
	return Size{}, fmt.Errorf("no size %q: tiny, default, full", name)
}

// Lines is how many lines of goods all cases have.
func (s Size) Lines() int {
	n := 0
	for i := range s.Cases {
		n += s.linesOf(i)
	}
	return n
}

func (s Size) linesOf(i int) int { return 1 + int(drawn(i, 1)%uint64(s.LinesOf)) }

// drawn gives the n-th number that belongs to case i (splitmix64).
func drawn(i, n int) uint64 {
	x := uint64(i)*0x9e3779b97f4a7c15 + uint64(n)*0xd1b54a32d192ed03
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// skewed picks one of a list, the first far more often than the last: real
// figures are not spread evenly.
func skewed(list []string, draw uint64) string {
	a, b := draw%uint64(len(list)), (draw>>20)%uint64(len(list))
	return list[min(a, b)]
}
