package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// teach makes lessons of a sheet: one is left a draft, one is withdrawn, one gets a
// second version; people take them, to the end or not.
func (w *world) teach(sheet product.Name) {
	ctx, s := w.t.Context(), lesson.NewStore(w.db, journal.New(w.source), w.source)
	for i := range 3 {
		p := lesson.Plan{Language: "en", Title: product.Text{"en": "Shirts", "fr": "Chemises"}, Kinds: lesson.Kinds(), Minutes: 10, Questions: 8,
			Sheets: []lesson.Chosen{{Sheet: sheet.ID, Explain: product.Text{"en": "Look at the seam."}}}}
		w.tick()
		l, _, err := s.Save(ctx, w.actor["holder"], lesson.Saving{ID: lesson.ID(w.source.ID()), Plan: p})
		w.must(err)
		if i == 0 {
			continue
		}
		n := lesson.Name{ID: l.ID}
		w.tick()
		_, err = s.Publish(ctx, w.actor["holder"], n, l.Edit)
		w.must(err)
		for j, who := range []string{"xa.officer", "xb.officer", "xa"} {
			w.tick()
			a, err := s.Take(ctx, w.actor[who], n, lesson.AttemptID(w.source.ID()))
			w.must(err)
			w.tick()
			if j < 2 {
				_, err = s.Answer(ctx, w.actor[who], n, lesson.Answering{Attempt: a.ID, Number: 1, Option: []string{lesson.First, lesson.Second}[j]})
				w.must(err)
			}
		}
		w.tick()
		if i == 1 {
			w.must(s.Withdraw(ctx, w.actor["holder"], n, "Found better words."))
			continue
		}
		p.Aim = product.Text{"en": "Tell them apart."}
		l, _, err = s.Save(ctx, w.actor["holder"], lesson.Saving{ID: l.ID, Edit: l.Edit, Plan: p})
		w.must(err)
		w.tick()
		_, err = s.Publish(ctx, w.actor["holder"], n, l.Edit)
		w.must(err)
	}
}
