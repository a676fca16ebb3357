package publication

import (
	"slices"
)

// MaxEmbargo is for how many days an embargo may stand at most.
const MaxEmbargo = 366

// Held tells whether a version may go out.
type Held struct {
	Until string  // the first local day on which it may; empty: nothing holds it
	By    []int64 // organisations whose embargo holds it now
}

// Embargo tells whether clearances hold a version on a local day: each embargo until
// the day it names begins.
func Embargo(standing []Clearance, today string) Held {
	var out Held
	for _, c := range standing {
		if c.State == Embargoes && today < c.Until {
			out.By = append(out.By, c.Organisation)
			out.Until = max(out.Until, c.Until)
		}
	}
	slices.Sort(out.By)
	return out
}

// Standing gives the words that stand on a version, by organisation: the newest that
// each said of it. Who has said nothing of it yet but put an earlier version under an
// embargo still holds this one, or freezing anew would lift it.
func Standing(all []Clearance, number int64) []Clearance {
	last := map[int64]Clearance{}
	for _, c := range all { // oldest first
		if c.Number <= number && c.Number >= last[c.Organisation].Number {
			last[c.Organisation] = c
		}
	}
	var out []Clearance
	for _, c := range last {
		if c.Number == number || c.State == Embargoes {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Clearance) int { return int(a.Organisation - b.Organisation) })
	return out
}
