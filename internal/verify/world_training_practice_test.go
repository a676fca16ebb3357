package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// practices opens a practice when everything else is over: somebody joins it, begins
// again, and two days of the operation are replayed.
func (w *world) practices() {
	ctx, j, who, xa := w.t.Context(), journal.New(w.source), w.actor["wco"], w.actor["xa"]
	w.source.Set(w.source.Now().AddDate(2, 0, 0))
	at, people := workshop.NewStore(w.db, j, w.source), nomination.NewStore(w.db, j, w.source)
	made, err := at.Plan(ctx, who, code, workshop.Draft{ID: workshop.ID(w.source.ID()), Kind: workshop.FollowUp, Title: "Again", Language: "en", Place: "Port", Zone: "UTC", Starts: w.day(20), Ends: w.day(21),
		To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.must(err)
	w.must(at.Call(ctx, who, code, made.ID))
	g, err := people.Nominate(ctx, xa, code, made.ID, nomination.Draft{ID: participant.ID(w.source.ID()), Person: person.ID(xa.Person)})
	w.must(err)
	_, err = people.Confirm(ctx, who, code, made.ID, true, "", g[0].ID)
	w.must(err)
	s := practice.NewStore(w.db, j, w.source)
	_, err = s.Open(ctx, who, code, made.ID, practice.Draft{ID: practice.ID(w.source.ID()), Name: "Dry run", Language: "en", Handling: "Nothing is real.", Tasks: practice.ReadyTasks()})
	w.must(err)
	for range 2 {
		w.tick()
		w.must(s.Join(ctx, xa, code, made.ID, 1))
		w.must(s.Join(ctx, who, code, made.ID, 2))
		w.tick()
		w.must(s.Reset(ctx, xa, code, made.ID, 1, false))
		w.must(s.Reset(ctx, who, code, made.ID, 0, true))
	}
	w.tick()
	days, err := s.Prepare(ctx, who, code, made.ID, code, practice.Labels{Brand: "Brand", Holder: "Holder"})
	w.must(err)
	for n := range min(2, days) {
		w.tick()
		_, err = s.Advance(ctx, who, code, made.ID, int64(n+1))
		w.must(err)
	}
}
