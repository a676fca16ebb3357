package verify_test

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/situation"
)

// situations issues reports of the situation, by hand and by time.
func (w *world) situations() {
	ctx, s := w.t.Context(), situation.NewStore(w.db, journal.New(w.source), w.source)
	for _, note := range []string{"", "All quiet."} {
		w.tick()
		_, err := s.Issue(ctx, w.actor["wco"], code, situation.Draft{Note: note, Language: "en"})
		w.must(err)
	}
	soon := w.source.Now().UTC().Add(time.Minute)
	for _, p := range []situation.Plan{{On: true, Hour: 6}, {On: true, Hour: soon.Hour(), Minute: soon.Minute()}} {
		w.tick()
		_, err := s.Plan(ctx, w.actor["wco"], code, p)
		w.must(err)
	}
	w.source.Set(soon)
	if n, err := s.IssueDue(ctx); err != nil || n != 1 {
		w.t.Fatalf("issued by time: %d, %v", n, err)
	}
}
