package warning_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// BenchmarkLedger reads the ledger of a thousand warnings, two of three answered;
// statements and rows are of one page.
func BenchmarkLedger(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, d)
			for i := range 1_000 {
				to := [][]string{{"enforcement"}, {"xb"}, {"xb", "xc"}}[i%3]
				d := w.Warning(to...)
				d.ReplyDue = w.Source.Now().Add(90 * 24 * time.Hour)
				m := w.Send("xa", d)
				if i%3 > 0 {
					w.Send("xb", w.Feedback(m, []string{"hit", "clean"}[i%2]))
				}
			}
			before := d.Stats()
			n := int64(0)
			for b.Loop() {
				w.ledger("wco", warning.Filter{OpenFirst: true})
				n++
			}
			after := d.Stats()
			b.ReportMetric(float64(after.Asked-before.Asked)/float64(n), "statements/op")
			b.ReportMetric(float64(after.Got-before.Got)/float64(n), "rows/op")
		})
	}
}
