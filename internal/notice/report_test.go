package notice_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/register"
)

// TestReports: who speaks for an administration is told what the final report wants of
// it, as long as it does.
func TestReports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, wco, xa := t.Context(), w.Actor["wco"], w.Actor["xa"]
		store := publication.NewStore(d, journal.New(w.Source), w.Source, register.New())
		_, err := store.Open(ctx, wco, code, "en")
		w.Must(err)
		_, err = store.Ask(ctx, wco, code, "2017-02-20")
		w.Must(err)
		w.follow()
		tells := func(what string, xa, xb []string) {
			t.Helper()
			for who, want := range map[string][]string{"xa": xa, "xb": xb, "xa.officer": nil, "wco": nil, "wco.analyst": nil, "holder": nil} {
				var got []string
				for _, r := range w.reasons(who) {
					got = append(got, r[:slices.Index([]byte(r), ' ')])
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s has %v, want %v", what, who, got, want)
				}
			}
		}
		asked, frozen := []string{notice.ReportAsked}, []string{notice.ReportFrozen}
		tells("asked", asked, asked)
		_, err = store.Contribute(ctx, xa, code, publication.ContributionDraft{Language: "en", Lessons: "None.", Done: true}, 0)
		w.Must(err)
		tells("one has handed in", nil, asked)
		_, err = store.Freeze(ctx, wco, code, publication.Freezing{ClearBy: "2017-02-25"})
		w.Must(err)
		w.follow()
		tells("frozen", frozen, append(slices.Clone(frozen), asked...))
		_, err = store.Clear(ctx, xa, code, 1, publication.ClearanceDraft{State: publication.Cleared})
		w.Must(err)
		tells("one has cleared", nil, append(slices.Clone(frozen), asked...))
		all, err := w.notices.List(ctx, w.Actor["xb"])
		if err != nil || fmt.Sprint(*all[0].Report, *all[1].Report) != "{1 2017-02-25} {0 2017-02-20}" || all[0].From.ID != w.Body["wco"].ID {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
