package effect

import "math/big"

// scale is one, in the millionths in which shares and their limits are counted.
const scale = 1_000_000

// LeastCases is how many reports must stand on a side before any share is given, and
// LeastPeople how many people must have been trained.
const (
	LeastCases  = 10
	LeastPeople = 5
)

// z2 is the square of 1.96, the point of the normal distribution that leaves 2.5 of a
// hundred beyond it on each side, as a fraction.
var z2 = big.NewRat(38416, 10000)

// Share is how many of how many.
type Share struct {
	Part  int64 `json:"part"`
	Whole int64 `json:"whole"`
}

// Add puts two shares of different things together.
func (s Share) Add(o Share) Share { return Share{s.Part + o.Part, s.Whole + o.Whole} }

// Micro is the share in millionths, rounded to the nearest; 0 of nothing.
func (s Share) Micro() int64 {
	if s.Whole <= 0 {
		return 0
	}
	return (2*s.Part*scale + s.Whole) / (2 * s.Whole)
}

// Wilson gives the limits, in millionths, between which the share lies that stands
// behind what was seen, with a confidence of 95 of a hundred: the score interval,
// computed in whole numbers and rounded outwards. Of nothing everything is possible.
func (s Share) Wilson() (low, high int64) {
	if s.Whole <= 0 {
		return 0, scale
	}
	// (2k + z² ± z·√(z² + 4k(n−k)/n)) / (2(n + z²)), the root taken of (z² · that).
	k, n := big.NewRat(s.Part, 1), big.NewRat(s.Whole, 1)
	spread := new(big.Rat).Sub(n, k)
	spread.Mul(spread, k).Mul(spread, big.NewRat(4, 1)).Quo(spread, n).Add(spread, z2).Mul(spread, z2)
	middle := new(big.Rat).Mul(k, big.NewRat(2, 1))
	middle.Add(middle, z2)
	under := new(big.Rat).Add(n, z2)
	under.Mul(under, big.NewRat(2, 1))
	root := rootUp(spread)
	limit := func(r *big.Rat) *big.Rat { return new(big.Rat).Mul(new(big.Rat).Quo(r, under), big.NewRat(scale, 1)) }
	low = floor(limit(new(big.Rat).Sub(middle, root)))
	high = ceil(limit(new(big.Rat).Add(middle, root)))
	return max(low, 0), min(high, scale)
}

// precision is of the roots: they are taken of whole numbers this much larger.
var precision = big.NewInt(1_000_000_000_000)

// rootUp is the square root, rounded up at the twelfth decimal.
func rootUp(r *big.Rat) *big.Rat {
	squared := new(big.Int).Mul(precision, precision)
	whole := new(big.Int).Mul(r.Num(), squared)
	whole, rest := whole.QuoRem(whole, r.Denom(), new(big.Int))
	if rest.Sign() != 0 {
		whole.Add(whole, big.NewInt(1))
	}
	root := new(big.Int).Sqrt(whole)
	if new(big.Int).Mul(root, root).Cmp(whole) < 0 {
		root.Add(root, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(root, precision)
}

func floor(r *big.Rat) int64 {
	q, m := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	_ = m // DivMod rounds down for positive denominators
	return q.Int64()
}

func ceil(r *big.Rat) int64 { return -floor(new(big.Rat).Neg(r)) }

// The verdicts: what the interval of a difference allows to say.
const (
	NoRatio = "no-ratio" // too few reports or people for any share
	TooFew  = "too-few"  // no change lies within the interval
	Higher  = "higher"   // the share was higher after
	Lower   = "lower"    // the share was lower after
)

// Difference is after minus before in millionths, with its limits: Newcombe's interval,
// made of the two score intervals, rounded outwards.
type Difference struct {
	Micro   int64  `json:"micro"`
	Low     int64  `json:"low"`
	High    int64  `json:"high"`
	Verdict string `json:"verdict"`
}

// Differ compares two shares. With fewer than LeastCases on a side there is none.
func Differ(before, after Share) Difference {
	if before.Whole < LeastCases || after.Whole < LeastCases {
		return Difference{Verdict: NoRatio}
	}
	lowB, highB := before.Wilson()
	lowA, highA := after.Wilson()
	was, is := before.Micro(), after.Micro()
	d := Difference{Micro: is - was}
	d.Low = max(d.Micro-longSide(is-lowA, highB-was), -scale)
	d.High = min(d.Micro+longSide(highA-is, was-lowB), scale)
	switch {
	case d.Low > 0:
		d.Verdict = Higher
	case d.High < 0:
		d.Verdict = Lower
	default:
		d.Verdict = TooFew
	}
	return d
}

// longSide is the third side of a triangle with a right angle, rounded up, and one more
// for the rounding of the shares themselves.
func longSide(a, b int64) int64 {
	squared := new(big.Int).Add(new(big.Int).Mul(big.NewInt(a), big.NewInt(a)), new(big.Int).Mul(big.NewInt(b), big.NewInt(b)))
	root := new(big.Int).Sqrt(squared)
	if new(big.Int).Mul(root, root).Cmp(squared) < 0 {
		root.Add(root, big.NewInt(1))
	}
	return root.Int64() + 1
}
