package detention_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

// world is the shared one with the store under test, and a case of xa, which is in
// Tokyo. It is Friday there, 10 February 2017, five in the morning.
type world struct {
	*operationtest.World
	store   *detention.Store
	cases   *seizure.Store
	notices *notice.Store
	made    seizure.Case
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bccf-%012x", ids)
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.store, w.cases, w.notices = detention.NewStore(d, w.Journal, w.Source), seizure.NewStore(d, w.Journal, w.Source), notice.NewStore(d, w.Source)
	w.Give("xa", "second", access.Officer)
	w.made = w.report(draft())
	return w
}

func draft() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: "2017-02-09", Language: "en", Conveyance: goods.Coded{Code: "mail"},
		Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"},
		Goods: []goods.Line{{Category: "PHA", Description: "White tablets", Quantities: []goods.Quantity{{Micro: 2e6, Unit: "H87"}}},
			{Category: "CLO", Brand: "Canary"}}}
}

func (w *world) report(d seizure.Draft) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor["xa.officer"], code, d)
	w.Must(err)
	return c
}

// japan enters and checks Japan's law with a calendar in which 13 February is free.
func (w *world) japan() {
	w.T.Helper()
	_, err := w.store.Adopt(w.T.Context(), w.Actor["xa"], code, adopting("jp"))
	w.Must(err)
	w.Must(w.store.Check(w.T.Context(), w.Actor["xa.officer"], code, 1))
}

func adopting(profile string) detention.Adopting {
	return detention.Adopting{Profile: profile, Note: "First version.", Calendar: legal.Entered{Zone: "Asia/Tokyo", Weekend: []string{"0", "6"},
		Holidays: "2017-02-13 Day off", Years: "2017", Source: "Calendar of the office"}}
}

func (w *world) start(kind string) detention.Clock {
	w.T.Helper()
	c, err := w.store.Start(w.T.Context(), w.Actor["xa.officer"], code, w.made.Reference, detention.Starting{Kind: kind, Day: "2017-02-09"})
	w.Must(err)
	return c
}

func (w *world) note(c detention.Clock, h detention.Happening) error {
	h.Clock = c.Seq
	return w.store.Note(w.T.Context(), w.Actor["xa.officer"], code, w.made.Reference, h)
}

func (w *world) read(who string) detention.Account {
	w.T.Helper()
	a, err := w.store.Read(w.T.Context(), w.Actor[who], code, w.made.Reference)
	w.Must(err)
	return a
}

func (w *world) deadline(who, step string) legal.Deadline {
	w.T.Helper()
	all := w.read(who).Deadlines
	i := slices.IndexFunc(all, func(d legal.Deadline) bool { return d.Step.Code == step })
	if i < 0 {
		w.T.Fatalf("no deadline %s", step)
	}
	return all[i]
}

// on lets time pass until a moment, has the clock warn, and has people told.
func (w *world) on(at string) int {
	w.T.Helper()
	t, err := time.Parse("2006-01-02 15:04", at)
	w.Must(err)
	w.Source.Set(t)
	n, err := w.store.WarnDue(w.T.Context())
	w.Must(err)
	_, err = w.notices.Follow(w.T.Context())
	w.Must(err)
	return n
}

// told lists the deadlines of which somebody was told.
func (w *world) told(who string) []string {
	w.T.Helper()
	all, err := w.notices.List(w.T.Context(), w.Actor[who])
	w.Must(err)
	var out []string
	for _, n := range all {
		if n.Reason == notice.Clock {
			if n.Case == nil || n.Case.Reference != w.made.Reference {
				w.T.Errorf("a warning without its case: %+v", n)
			}
			out = append(out, n.Alarm.Step+" "+n.Alarm.Kind)
		}
	}
	return out
}

// entries gives the verbs in the journal that an actor may read, newest last.
func (w *world) entries(who string) []string {
	w.T.Helper()
	var out []string
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], code, access.OperationRead)
		if err != nil {
			return err
		}
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		all, err := journal.Between(tx, st.Operation.Number, -1, 1<<40, list, 1000)
		for _, e := range all {
			out = append(out, e.Verb)
		}
		return err
	}))
	return out
}
