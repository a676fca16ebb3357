package watch_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watch"
)

const code = messagetest.Code

// world has four members.
type world struct {
	*messagetest.World
	watches *watch.Store
	cases   *seizure.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: messagetest.New(t, d, time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC))}
	hub := live.New(d, w.Source, audience.Readers, slog.New(slog.DiscardHandler))
	w.Journal.Grew = hub.Grew
	w.watches, w.cases = watch.NewStore(d, w.Source, hub), seizure.NewStore(d, w.Journal, w.Source)
	w.Four()
	return w
}

// say sends a message to organisations only, or to a side.
func (w *world) say(who string, to audience.Address) message.Message {
	m, err := w.Messages.Send(context.Background(), w.Actor[who], code, message.Draft{ID: message.ID(messagetest.ID()), Template: message.General,
		Subject: "A word", Body: "For you.", Language: "en", TLP: "GREEN", To: to})
	if err != nil {
		w.T.Error(err)
	}
	return m
}

func (w *world) report(who string) seizure.Case {
	c, err := w.cases.Report(context.Background(), w.Actor[who], code, seizure.Draft{ID: seizure.ID(messagetest.ID()), Country: "XA", Day: "2017-02-09",
		Goods: []goods.Line{{Category: "FOO"}}})
	if err != nil {
		w.T.Error(err)
	}
	return c
}

func (w *world) open(who string, after int64) *watch.Watch {
	w.T.Helper()
	held, err := w.watches.Open(context.Background(), w.Actor[who], code, after)
	w.Must(err)
	w.T.Cleanup(held.Close)
	return held
}

// next waits for events, past beats.
func (w *world) next(held *watch.Watch) ([]watch.Event, error) {
	w.T.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		events, err := held.Next(ctx)
		if err != nil || len(events) > 0 {
			return events, err
		}
	}
}

// oracle is what somebody may hear, told from the values of audiences and the
// sides of the members alone.
func (w *world) oracle(who, body string, after int64, cases, all bool) (out []int64) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		entries, err := journal.List(tx, w.Number, journal.Filter{Limit: 100_000})
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Seq <= after {
				continue
			}
			open := all && e.Audience == 0
			if e.Audience != 0 {
				v, err := audience.Of(tx, w.Number, e.Audience)
				if err != nil {
					return err
				}
				open = v.Has(w.Body[body].Number, w.Side[body])
			}
			if isCase := len(e.Subject) > 7 && e.Subject[:7] == "seizure"; open && (!isCase || cases) {
				out = append(out, e.Seq)
			}
		}
		return nil
	}))
	slices.Sort(out)
	return out
}
