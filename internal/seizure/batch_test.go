package seizure_test

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// A batch is reported as a whole or not at all, once however often it is sent.
func TestReportBatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		batch := make([]seizure.Draft, 80)
		for i := range batch {
			batch[i] = draft()
		}
		bad := append([]seizure.Draft{}, batch...)
		bad[2].Day = "2017-02-31"
		if _, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, bad); key(err) != "items.3.day: fault.date-does-not-exist" {
			t.Fatalf("a bad one: %s", key(err))
		}
		first, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, batch)
		w.must(err)
		again, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, batch)
		w.must(err)
		seen := map[string]bool{}
		for i, c := range first {
			if c.Reference != again[i].Reference || seen[c.Reference] || c.State != seizure.Released {
				t.Fatalf("%d: %s, then %s, %s", i, c.Reference, again[i].Reference, c.State)
			}
			seen[c.Reference] = true
		}
		// One of them was reported before with other content: none of the others is.
		mixed := []seizure.Draft{draft(), batch[0]}
		mixed[1].Place = "Elsewhere"
		if _, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, mixed); !fault.Is(err, fault.Conflict) {
			t.Fatalf("mixed: %v", err)
		}
		if n := len(w.list("xa", seizure.Filter{})); n != 80 {
			t.Errorf("%d cases, want 80", n)
		}
		if _, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, nil); !strings.Contains(key(err), "items: fault.required") {
			t.Errorf("none: %s", key(err))
		}
		if _, err := w.cases.ReportBatch(ctx, w.actor["xa.officer"], code, make([]seizure.Draft, seizure.MaxBatch+1)); !strings.Contains(key(err), "batch-too-large") {
			t.Errorf("too many: %s", key(err))
		}
		w.verify()
	})
}
