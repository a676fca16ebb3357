package product_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Time reminds a holder once of what ends soon, once more when it has ended, and of
// what misled; the entries are read by its own side only.
func TestRemind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		c := content("Relievo")
		c.Valid = "2026-05-01"
		s := w.published("orva", c, customs)
		due := func(day string, want int) {
			t.Helper()
			at, err := time.Parse(time.DateOnly, day)
			w.Must(err)
			w.Source.Set(at.Add(9 * time.Hour))
			for _, n := range []int{want, 0} {
				if got, err := w.store.RemindDue(ctx); err != nil || got != n {
					t.Errorf("on %s: %d, %v, want %d", day, got, err, n)
				}
			}
		}
		due("2026-03-20", 0)
		due("2026-04-02", 1)
		due("2026-05-02", 1)
		w.Must(w.store.Confirm(ctx, w.Actor["orva"], product.Name{ID: s.ID}, 1, "2027-05-01"))
		due("2026-05-03", 0)
		for _, who := range []string{"xa", "xb", "xc"} {
			w.Must(w.store.Mark(ctx, w.Actor[who], product.Name{ID: s.ID}, product.Marking{Kind: product.Misleading, Note: "Wrong seal"}))
		}
		due("2026-05-04", 1)
	})
}
