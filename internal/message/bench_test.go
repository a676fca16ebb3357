package message_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/message"
)

// BenchmarkList measures a page of 50 of an operation of 5,000 messages, with
// counts, names and answers, as different readers see it.
func BenchmarkList(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, open(b))
			w.fill(5000, newDraws(11))
			for reader, f := range map[string]struct {
				who    string
				filter message.Filter
			}{
				"coordination": {"wco", message.Filter{}}, "open": {"xa", message.Filter{Open: true}},
				"rival": {"rival", message.Filter{}}, "warnings": {"xb", message.Filter{Template: message.Warning}},
			} {
				b.Run(reader, func(b *testing.B) {
					for b.Loop() {
						if _, err := w.Messages.List(b.Context(), w.Actor[f.who], code, f.filter); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
