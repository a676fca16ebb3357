package links

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Strength is how much speaks for two cases being one.
type Strength int

// The strengths; texts under duplicate.strength.
const (
	Possible Strength = iota + 1 // the same place, day and kind of goods, of the same brand or as many
	Likely                       // pictures that look alike
	Strong                       // the same number, or the same file
)

// String is the strength's word in addresses and texts.
func (s Strength) String() string { return []string{"", "possible", "likely", "strong"}[s] }

// The kinds of reason; texts under duplicate.reason.
const (
	ByMark     = "mark"
	ByFile     = "file"
	ByPicture  = "picture"
	ByBrand    = "brand"
	ByQuantity = "quantity"
)

// Reason is one thing that two cases share.
type Reason struct {
	Kind     string
	Strength Strength
	Mark     consignment.Mark // of ByMark
	Differ   int              // of ByPicture: bits of 64
	Brand    string           // of ByBrand
	Quantity goods.Quantity   // of ByQuantity
}

// Hint is another case that may be the same one.
type Hint struct {
	Case    seizure.Case
	From    organisation.Organisation
	Reasons []Reason // the strongest first
}

// Strength is that of the strongest reason.
func (h Hint) Strength() Strength { return h.Reasons[0].Strength }

// Hints are the cases that may be the same as one case.
type Hints struct {
	Standing   operation.Standing
	Items      []Hint // the strongest first
	MayRelate  bool   // the reader says that they are one
	MayDismiss bool   // or that they are not
}

// Double is a case of the list of hints, with those older than it.
type Double struct {
	Hint
	Hints []Hint
}

// Doubles are the hints that are open, newest case first.
type Doubles struct {
	Hints
	Doubles []Double
	Next    int64 // before which number to go on; 0: that was all
}

// telling are the marks that make a consignment, with how much one says. A
// container carries many consignments; so it must be about the same time.
func telling(m consignment.Mark, a, b seizure.Draft) (Strength, bool) {
	switch m.Kind {
	case consignment.AirWaybill, consignment.BillOfLading, consignment.PostalItem:
		return Strong, true
	case consignment.Container:
		if apart(a.Day, b.Day) <= containerDays {
			return Strong, true
		}
		return Possible, true
	}
	return 0, false
}

// containerDays is how long one journey of a container may take.
const containerDays = 30

// apart is how many days lie between two days; many, if one is not stated.
func apart(a, b string) int {
	x, errX := time.Parse(time.DateOnly, a)
	y, errY := time.Parse(time.DateOnly, b)
	if errX != nil || errY != nil {
		return 1 << 30
	}
	return int(x.Sub(y).Abs() / (24 * time.Hour))
}

// sameEvent tells what two cases of one country and day share, if they share the
// place and a kind of goods.
func sameEvent(a, b seizure.Draft) (out []Reason) {
	if p := i18n.Fold(a.Place); p == "" || p != i18n.Fold(b.Place) || a.Country != b.Country || a.Day != b.Day || a.Day == "" {
		return nil
	}
	for _, x := range a.Goods {
		for _, y := range b.Goods {
			if x.Category != y.Category {
				continue
			}
			if brand := i18n.Fold(x.Brand); brand != "" && brand == i18n.Fold(y.Brand) {
				out = append(out, Reason{Kind: ByBrand, Strength: Possible, Brand: x.Brand})
			}
			for _, q := range x.Quantities {
				if slices.ContainsFunc(y.Quantities, func(r goods.Quantity) bool { return r.Unit == q.Unit && r.Micro == q.Micro }) {
					out = append(out, Reason{Kind: ByQuantity, Strength: Possible, Quantity: q})
				}
			}
		}
	}
	return out
}

// maxReasons bounds how many are shown of one hint.
const maxReasons = 4

// settled puts the reasons in order, each once.
func settled(all []Reason) []Reason {
	var out []Reason
	for _, r := range all {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Strength, a.Strength) })
	return out[:min(len(out), maxReasons)]
}

// out tells whether a case is one that can be a double: reported, and standing.
func isOut(c seizure.Case) bool { return c.State == seizure.Reported || c.State == seizure.Released }

// related tells whether it was said already that two cases are one.
func related(a, b seizure.Case) bool {
	return a.DuplicateOf == b.Seq && b.Seq != 0 || b.DuplicateOf == a.Seq && a.Seq != 0 || a.DuplicateOf != 0 && a.DuplicateOf == b.DuplicateOf
}
