package connection

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
)

// Strength is how much speaks for a connection.
type Strength int

// The strengths; texts under connection.strength.
const (
	Possible Strength = iota + 1
	Likely
	Strong
)

// String is the strength's word in addresses and texts.
func (s Strength) String() string { return []string{"", "possible", "likely", "strong"}[s] }

// The rule, which docs/explanation/connections.md states in words: points of reasons
// are added up, and so many make a strength.
const (
	strongPoints = 70
	likelyPoints = 35
	// MaxShared is how many of the cases that the reader may read share a fact at most:
	// where there are more it is left out.
	MaxShared = 40
	// journey is how many days one journey of a container may take.
	journey = 30
)

// family says which facts go together: of one family the strongest counts whole, each
// further one a quarter, because it mostly follows from the first.
type family int

const (
	numbers family = iota
	things
	ways
	pictures
	tasks
)

// weights is what each kind says at most.
var weights = map[string]struct {
	points int64
	family family
}{
	consignment.Container: {100, numbers}, consignment.AirWaybill: {100, numbers}, consignment.BillOfLading: {100, numbers},
	consignment.PostalItem: {100, numbers}, consignment.Seal: {100, numbers}, consignment.Vehicle: {72, numbers},
	consignment.Consignor: {72, numbers}, consignment.Vessel: {20, numbers}, consignment.Other: {40, numbers},
	Lot: {72, things}, GTIN: {40, things}, Brand: {20, things},
	Carrier: {40, ways}, Route: {20, ways}, Concealment: {20, ways},
	File: {100, pictures}, Picture: {60, pictures}, Warning: {40, tasks},
}

// rare takes off what a fact says when more cases share it, n with both of the two.
func rare(points, n int64) int64 {
	switch {
	case n <= 3:
		return points
	case n <= 10:
		return points * 3 / 4
	}
	return points / 2
}

// weigh is what a shared fact says of two cases, of which the reader may read n that
// share it. days lie between them; below zero: not known.
func weigh(kind string, n, days int64) int64 {
	points := weights[kind].points
	if kind == consignment.Container && (days < 0 || days > journey) {
		points = 40 // a container goes on, with other goods
	}
	return rare(points, n)
}

// settle adds up the reasons of a connection: their points as they count, the
// strongest first.
func settle(reasons []Reason) (sum int64, sorted []Reason) {
	sorted = slices.Clone(reasons)
	slices.SortFunc(sorted, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.key, b.key))
	})
	seen := map[family]bool{}
	for i, r := range sorted {
		f := weights[r.Kind].family
		if seen[f] {
			sorted[i].Points /= 4
		}
		seen[f] = true
		sum += sorted[i].Points
	}
	slices.SortStableFunc(sorted, func(a, b Reason) int { return cmp.Compare(b.Points, a.Points) })
	return sum, sorted
}

func strengthOf(points int64) Strength {
	switch {
	case points >= strongPoints:
		return Strong
	case points >= likelyPoints:
		return Likely
	}
	return Possible
}

// dayNumber counts days; 0: not stated.
func dayNumber(day string) int32 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return int32(t.Unix() / 86400)
}

// apart is how many days lie between two; -1: not known.
func apart(a, b int32) int64 {
	if a == 0 || b == 0 {
		return -1
	}
	return int64(max(a-b, b-a))
}
