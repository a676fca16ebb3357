package verify_test

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/register"
)

// questions keeps questions, changes and drops some, and loads figures of earlier
// operations twice, the second time with a change.
func (w *world) questions() {
	ctx, s := w.t.Context(), analysis.NewStore(w.db, journal.New(w.source), w.source, register.New())
	q := analysis.Question{Group: analysis.ByCategory, Where: map[string]string{"country": "XA"}}
	for _, name := range []string{"Ours", "Ours", "Everybody's", "Gone"} {
		w.tick()
		q.Split = map[string]string{"Ours": "", "Everybody's": analysis.ByBrand}[name]
		made, err := s.Keep(ctx, w.actor["wco"], code, name, q, name != "Ours")
		w.must(err)
		q.Group = analysis.ByDay
		if name == "Gone" {
			w.tick()
			w.must(s.Drop(ctx, w.actor["wco"], code, made.ID))
		}
	}
	file := `{"units":{"pieces":"H87"},"operations":[{"id":"one","operation":"One","precision":"exact","cases":CASES,"sources":["https://example.org/one"]},
		{"id":"two","operation":"Two","precision":"rounded","totals":{"pieces":12},"sources":["https://example.org/two"]}]}`
	for _, cases := range []string{"null", "7"} {
		w.tick()
		_, err := s.Load(ctx, w.actor["wco"], code, strings.NewReader(strings.Replace(file, "CASES", cases, 1)))
		w.must(err)
	}
	w.tick()
	w.must(s.Unload(ctx, w.actor["wco"], code, "two"))
}
