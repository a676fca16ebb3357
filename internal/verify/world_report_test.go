package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/register"
)

// reports writes the final report: chapters written, added, moved and taken out,
// contributions asked for and made, two versions, of which one is cleared and
// objected to.
func (w *world) reports() {
	ctx, wco := w.t.Context(), w.actor["wco"]
	store := publication.NewStore(w.db, journal.New(w.source), w.source, register.New())
	w.tick()
	r, err := store.Open(ctx, wco, code, "en")
	w.must(err)
	_, err = store.Write(ctx, wco, code, publication.SectionDraft{ID: "aim", Texts: map[string]string{"en": "{{f1.cases}}"}, Editions: []string{publication.Public}}, 1)
	w.must(err)
	_, err = store.Write(ctx, wco, code, publication.SectionDraft{Kind: publication.Own, Title: map[string]string{"en": "Aside"}}, 0)
	w.must(err)
	w.must(store.Remove(ctx, wco, code, "legal", 1))
	_, err = store.Arrange(ctx, wco, code, []string{"scope"}, r.Edit+2)
	w.must(err)
	_, err = store.Ask(ctx, wco, code, w.day(5))
	w.must(err)
	for edit, who := range []string{"xa", "xa", "xb"} {
		w.tick()
		_, err = store.Contribute(ctx, w.actor[who], code, publication.ContributionDraft{Language: "en", Lessons: "Ask earlier.", Done: edit == 1}, int64(edit%2))
		w.must(err)
	}
	for number, note := range []string{"", "A chapter was missing."} {
		w.tick()
		_, err = store.Freeze(ctx, wco, code, publication.Freezing{Note: note, ClearBy: w.day(9)})
		w.must(err)
		for _, who := range []string{"xa", "xb"} {
			w.tick()
			_, err = store.Clear(ctx, w.actor[who], code, int64(number+1), publication.ClearanceDraft{State: publication.Dissents, Words: "We counted more.", Language: "en"})
			w.must(err)
		}
		_, err = store.Clear(ctx, w.actor["xa"], code, int64(number+1), publication.ClearanceDraft{State: publication.Embargoes, Until: w.day(20)})
		w.must(err)
	}
}
