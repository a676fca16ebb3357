package message_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
)

const code = messagetest.Code

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

// world has seven members.
type world struct{ *messagetest.World }

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{messagetest.New(t, d, start)}
	w.Seven()
	return w
}

func id() message.ID { return message.ID(messagetest.ID()) }

// list pages through everything that a filter shows to somebody.
func (w *world) list(who string, f message.Filter) []message.Item {
	w.T.Helper()
	var out []message.Item
	for {
		p, err := w.Messages.List(w.T.Context(), w.Actor[who], code, f)
		w.Must(err)
		out = append(out, p.Items...)
		if p.Next == 0 {
			return out
		}
		f.Before = p.Next
	}
}

func (w *world) read(who string, m message.Message) message.Thread {
	w.T.Helper()
	t, err := w.Messages.Read(w.T.Context(), w.Actor[who], code, m.Seq)
	w.Must(err)
	return t
}
