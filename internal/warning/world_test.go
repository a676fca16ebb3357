package warning_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

const code = messagetest.Code

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

// world has seven members.
type world struct {
	*messagetest.World
	warnings *warning.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: messagetest.New(t, d, start)}
	w.warnings = warning.NewStore(d, w.Journal, w.Source)
	w.Seven()
	return w
}

func (w *world) urgent(to ...string) message.Draft {
	d := w.General(to...)
	d.Urgent = true
	return d
}

func (w *world) account(who string, m message.Message) warning.Account {
	w.T.Helper()
	a, err := w.warnings.Account(w.T.Context(), w.Actor[who], code, m.Seq)
	w.Must(err)
	return a
}

func (w *world) acknowledge(who string, m message.Message) {
	w.T.Helper()
	w.Tick()
	w.Must(w.warnings.Acknowledge(w.T.Context(), w.Actor[who], code, m.Seq))
}

func (w *world) ledger(who string, f warning.Filter) warning.Ledger {
	w.T.Helper()
	l, err := w.warnings.List(w.T.Context(), w.Actor[who], code, f)
	w.Must(err)
	return l
}

// later lets time pass and has the clock do what it owes.
func (w *world) later(d time.Duration) int {
	w.T.Helper()
	w.Source.Set(w.Source.Now().Add(d))
	n, err := w.warnings.RemindDue(w.T.Context())
	w.Must(err)
	return n
}

func called(all []organisation.Organisation) string {
	var names []string
	for _, o := range all {
		names = append(names, strings.TrimPrefix(o.Name, "Body "))
	}
	return strings.Join(names, " ")
}
