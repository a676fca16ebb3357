package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/register"
)

// editions gives out two editions of the second version, and writes the press release
// twice. The embargo is lifted first.
func (w *world) editions() {
	ctx, wco := w.t.Context(), w.actor["wco"]
	reports, store := publication.NewStore(w.db, journal.New(w.source), w.source, register.New()), edition.NewStore(w.db, journal.New(w.source), w.source)
	w.tick()
	_, err := reports.Clear(ctx, w.actor["xa"], code, 2, publication.ClearanceDraft{State: publication.Cleared})
	w.must(err)
	for _, kind := range []string{publication.Enforcement, publication.Public} {
		w.tick()
		_, err = store.Issue(ctx, wco, code, edition.Wanted{Kind: kind}, []string{"en", "ar"})
		w.must(err)
	}
	for edit, title := range []string{"Done", "Well done"} {
		w.tick()
		_, err = store.WritePress(ctx, wco, code, "en", edition.PressDraft{Title: title, Body: "It is done."}, int64(edit))
		w.must(err)
	}
}
