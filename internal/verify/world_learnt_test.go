package verify_test

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// learn asks the participants of two workshops, closes one form, and keeps lessons.
func (w *world) learn() {
	ctx, j := w.t.Context(), journal.New(w.source)
	workshops, forms, lessons := workshop.NewStore(w.db, j, w.source), evaluation.NewStore(w.db, j, w.source), learnt.NewStore(w.db, j, w.source)
	people := nomination.NewStore(w.db, j, w.source)
	host, guest := w.actor["wco"], w.actor["xa.officer"]
	day := func(n int) string { return w.source.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	for _, last := range []bool{false, true} {
		w.tick()
		v, err := workshops.Plan(ctx, host, code, workshop.Draft{ID: workshop.ID(w.source.ID()), Kind: workshop.FollowUp, Title: "What we learnt", Language: "en",
			Address: "https://meet.example.org/learnt", Zone: "UTC", Starts: day(2), Ends: day(2), To: audience.Address{Sides: []access.Side{access.Enforcement}}})
		w.must(err)
		w.must(workshops.Call(ctx, host, code, v.ID))
		p, err := people.Nominate(ctx, w.actor["xa"], code, v.ID, nomination.Draft{Person: person.ID(guest.Person)})
		w.must(err)
		_, err = people.Confirm(ctx, host, code, v.ID, true, "", p[0].ID)
		w.must(err)
		_, err = forms.Ask(ctx, host, code, v.ID, evaluation.Draft{Language: "en", Opens: day(0), Closes: day(9), Questions: evaluation.ReadyMade()[:6]})
		w.must(err)
		for n := range 2 {
			w.tick()
			w.must(forms.Answer(ctx, guest, code, v.ID, []evaluation.Said{{Question: "q1", Values: []int{n + 3}}}))
		}
		if last {
			w.must(forms.Close(ctx, host, code, v.ID))
		}
	}
	for n := range 2 {
		w.tick()
		l, err := lessons.Record(ctx, host, code, learnt.Draft{ID: learnt.ID(w.source.ID()), For: learnt.ForAll, Topic: "tools", Title: "Scales", Happened: "They were slow.",
			Language: "en", Owner: w.body["xa"].ID, Due: day(20)})
		w.must(err)
		if n == 0 {
			_, err = lessons.Settle(ctx, host, code, learnt.Name{ID: l.ID}, l.Version, learnt.Dropped, "Nobody has others.")
			w.must(err)
		}
	}
}
