package bench

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// A ratio is formed within each round: what moves both subjects moves no ratio.
func TestRatiosWithinRounds(t *testing.T) {
	r := &Report{Engine: "sqlite"}
	for _, slow := range []float64{1, 10, 3} {
		r.add(Key{"W1", postsRate, ours, writers(16)}, "units/s", 700/slow)
		r.add(Key{"W1", postsRate, bared, writers(16)}, "units/s", 1000/slow)
		r.add(Key{"W4", resultsP50, ours, ""}, "ms", 2*slow)
	}
	r.finish(planOf(world.Default))
	if len(r.Ratios) != 1 {
		t.Fatalf("%d ratios of one pair", len(r.Ratios))
	}
	q := r.Ratios[0]
	if q.Median < 0.699 || q.Most > 0.701 || q.Least < 0.699 || q.Goal == nil || !q.Met || q.To != bared {
		t.Errorf("%+v, %+v", *q, q.Goal)
	}
	for _, f := range r.Figures {
		if f.Name == resultsP50 && (f.Median != 6 || f.Least != 2 || f.Most != 20 || f.Goal == nil || f.Met) {
			t.Errorf("%+v, %+v", *f, f.Goal)
		}
	}
}

func TestPercentile(t *testing.T) {
	var took []time.Duration
	for i := range 100 {
		took = append(took, time.Duration(100-i)*time.Millisecond)
	}
	for p, want := range map[float64]float64{50: 50, 99: 99, 100: 100, 0: 1} {
		if got := percentile(took, p); got != want {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
	if percentile(nil, 50) != 0 {
		t.Error("nothing has a percentile")
	}
}
