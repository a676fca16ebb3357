package effect_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/effect"
)

// The limits are those of the textbook (Wilson 1927; Newcombe 1998, who compares 56 of
// 70 with 48 of 80: from 0.0524 to 0.3339), rounded outwards.
func TestIntervalsOfTheTextbook(t *testing.T) {
	for _, c := range []struct {
		s         effect.Share
		low, high float64
	}{{effect.Share{Part: 56, Whole: 70}, 0.6920, 0.8765}, {effect.Share{Part: 0, Whole: 10}, 0, 0.2776}, {effect.Share{Part: 10, Whole: 10}, 0.7224, 1}, {effect.Share{}, 0, 1}} {
		low, high := c.s.Wilson()
		if math.Abs(float64(low)/1e6-c.low) > 0.0005 || math.Abs(float64(high)/1e6-c.high) > 0.0005 {
			t.Errorf("%+v: %d to %d", c.s, low, high)
		}
	}
	d := effect.Differ(effect.Share{Part: 48, Whole: 80}, effect.Share{Part: 56, Whole: 70})
	if d.Micro != 200_000 || math.Abs(float64(d.Low)/1e6-0.0524) > 0.0005 || math.Abs(float64(d.High)/1e6-0.3339) > 0.0005 || d.Verdict != effect.Higher {
		t.Errorf("%+v", d)
	}
	if d := effect.Differ(effect.Share{Part: 0, Whole: 9}, effect.Share{Part: 1000, Whole: 1000}); d.Verdict != effect.NoRatio || d.Micro != 0 || d.High != 0 {
		t.Errorf("nine: %+v", d)
	}
	if d := effect.Differ(effect.Share{Part: 5, Whole: 10}, effect.Share{Part: 6, Whole: 10}); d.Verdict != effect.TooFew {
		t.Errorf("one of ten: %+v", d)
	}
}

// Whole numbers say what floating point says, never narrower; a comparison turned round
// says the opposite.
func TestIntervalsAgreeWithFloatingPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) effect.Share {
			whole := rapid.Int64Range(1, 100_000).Draw(t, name)
			return effect.Share{Part: rapid.Int64Range(0, whole).Draw(t, name+" part"), Whole: whole}
		}
		a, b := draw("a"), draw("b")
		low, high := a.Wilson()
		n, k, z := float64(a.Whole), float64(a.Part), 1.96
		root := z * math.Sqrt(z*z+4*k*(n-k)/n)
		wantLow, wantHigh := (2*k+z*z-root)/(2*(n+z*z))*1e6, (2*k+z*z+root)/(2*(n+z*z))*1e6
		if float64(low) > wantLow+0.001 || float64(low) < wantLow-1.001 || float64(high) < wantHigh-0.001 || float64(high) > wantHigh+1.001 {
			t.Fatalf("%+v: %d to %d, want %f to %f", a, low, high, wantLow, wantHigh)
		}
		if low > a.Micro() || high < a.Micro() {
			t.Fatalf("%+v is not within %d to %d", a, low, high)
		}
		there, back := effect.Differ(a, b), effect.Differ(b, a)
		if there.Micro != -back.Micro || there.Low != -back.High || there.High != -back.Low {
			t.Fatalf("%+v, turned round %+v", there, back)
		}
	})
}
