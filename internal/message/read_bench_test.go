package message_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// BenchmarkRead opens one message after another, without a log of reads, with notes
// that are known, and with a fresh note each, of which fifty are written at once as
// the server writes those of a second.
func BenchmarkRead(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			w := newWorld(b, d)
			var sent []message.Message
			for range 50 {
				sent = append(sent, w.Send("xa", w.General("enforcement")))
			}
			log := reading.NewLog(d, journal.New(w.Source), w.Source)
			read := func(b *testing.B, l *reading.Log, each func()) {
				w.Messages.Readings = l
				for i := 0; b.Loop(); i++ {
					if _, err := w.Messages.Read(b.Context(), w.Actor["xb"], code, sent[i%50].Seq); err != nil {
						b.Fatal(err)
					}
					if i%50 == 49 {
						each()
					}
				}
			}
			write := func() {
				if err := log.Flush(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			b.Run("no log", func(b *testing.B) { read(b, nil, func() {}) })
			b.Run("known", func(b *testing.B) { read(b, log, write) })
			b.Run("fresh", func(b *testing.B) {
				read(b, log, func() {
					write()
					w.Source.Set(w.Source.Now().Add(24 * time.Hour))
				})
			})
		})
	}
}
