package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// connect has people say what connects cases, keep values on lists and see them.
func (w *world) connect() {
	ctx, j, index := w.t.Context(), journal.New(w.source), connection.NewIndex()
	s, lists := connection.NewStore(w.db, j, w.source, index), watchlist.NewStore(w.db, j, w.source, index)
	var cases []seizure.Case
	for range 3 {
		w.tick()
		c, err := w.cases.Report(ctx, w.actor["xb.officer"], code, w.shirt())
		w.must(err)
		cases = append(cases, c)
	}
	for i, state := range []string{connection.Hidden, connection.Confirmed, connection.Hidden} {
		w.tick()
		_, err := s.Judge(ctx, w.actor["xb"], code, connection.JudgementDraft{One: cases[i/2].Reference, Other: cases[2].Reference, State: state, Reason: "One driver."})
		w.must(err)
	}
	w.tick()
	w.must(s.Retract(ctx, w.actor["xb"], code, cases[0].Reference, cases[2].Reference))
	for i, to := range watchlist.Audiences() {
		w.tick()
		e, _, err := lists.Set(ctx, w.actor["xb"], code, watchlist.Draft{ID: watchlist.ID(w.source.ID()), Kind: "seal", Value: "SEAL " + to, Until: w.day(9), To: to, Good: i == 1})
		w.must(err)
		w.tick()
		_, err = lists.Say(ctx, w.actor["xb.officer"], code, watchlist.SightingDraft{Entry: watchlist.Name{ID: e.ID}, State: watchlist.NotConfirmed})
		w.must(err)
		if i == 0 {
			w.must(lists.Drop(ctx, w.actor["xb"], code, watchlist.Name{ID: e.ID}))
		}
	}
	_, err := lists.Say(ctx, w.actor["xb.officer"], code, watchlist.SightingDraft{Case: cases[0].Reference, State: watchlist.SeenHere, Words: "At the pier."})
	w.must(err)
}
