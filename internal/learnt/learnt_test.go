package learnt_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const (
	code  = operationtest.Code
	after = operation.Code("tide-2")
)

type world struct {
	*operationtest.World
	store *learnt.Store
	n     int
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.store = learnt.NewStore(d, w.Journal, w.Source)
	w.Give("wco", "trainer", access.Trainer)
	return w
}

// follow opens the next operation, in which of the administrations only xa takes part.
func (w *world) follow() {
	w.T.Helper()
	ctx := w.T.Context()
	_, err := w.Operations.Open(ctx, w.Root, operation.Draft{Code: after, Kind: operation.KindOperation, Name: "Tide 2", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "plan", Starts: "2017-03-01", Ends: "2017-06-05"}}})
	w.Must(err)
	w.Must(w.Operations.Invite(ctx, w.Actor["wco"], after, w.Body["xa"].ID, access.Enforcement))
	w.Must(w.Operations.Accept(ctx, w.Actor["xa"], after, 1))
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) draft(title string) learnt.Draft {
	w.n++
	return learnt.Draft{ID: learnt.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", w.n)), For: learnt.ForAll, Topic: "reporting", Title: title,
		Happened: "It came late.", Proposed: "Send it sooner.", Language: "en"}
}

func (w *world) record(who, title string, change ...func(*learnt.Draft)) learnt.Learnt {
	w.T.Helper()
	w.tick()
	d := w.draft(title)
	for _, c := range change {
		c(&d)
	}
	l, err := w.store.Record(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return l
}

func (w *world) titles(who string, in operation.Code, f learnt.Filter) []string {
	w.T.Helper()
	p, err := w.store.List(w.T.Context(), w.Actor[who], in, f)
	w.Must(err)
	out := []string{}
	for _, i := range p.Items {
		out = append(out, i.Title)
	}
	return out
}

// TestWayOfALesson: who may do what with it, in which order.
func TestWayOfALesson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		l := w.record("xb", "Forms are long")
		again, err := w.store.Record(ctx, w.Actor["xb"], code, learnt.Draft{ID: l.ID, For: l.For, Topic: l.Topic, Title: l.Title, Happened: l.Happened, Proposed: l.Proposed, Language: "en"})
		if err != nil || again.Seq != l.Seq {
			t.Fatal("the same twice:", again, err)
		}
		other := w.draft("Something else")
		other.ID = l.ID
		if _, err := w.store.Record(ctx, w.Actor["xb"], code, other); !fault.Is(err, fault.Conflict) {
			t.Error("its id for another lesson:", err)
		}
		for _, who := range append(slices.Clone(operationtest.Outside), "xa.officer", "xb.officer", "wco.trainer", "xa") {
			if _, err := w.store.Amend(ctx, w.Actor[who], code, named(l), learnt.Draft{}, l.Version); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s amends: %v", who, err)
			}
			if who == "wco.trainer" {
				continue
			}
			if _, err := w.store.Settle(ctx, w.Actor[who], code, named(l), l.Version, learnt.Accepted, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s settles: %v", who, err)
			}
		}
		l, err = w.store.Settle(ctx, w.Actor["wco.coordinator"], code, named(l), l.Version, learnt.Accepted, "")
		w.Must(err)
		same, err := w.store.Settle(ctx, w.Actor["wco.coordinator"], code, named(l), l.Version-1, learnt.Accepted, "")
		if err != nil || same.Version != l.Version {
			t.Error("the same step twice:", same, err)
		}
		change := learnt.Draft{ID: l.ID, For: learnt.ForCoordination, Topic: "tools", Title: "Forms are too long", Happened: l.Happened, Language: "en",
			Owner: w.Body["xa"].ID, Person: person.ID(w.Actor["xa.officer"].Person), Due: "2017-02-10"}
		if _, err := w.store.Amend(ctx, w.Actor["wco.coordinator"], code, named(l), change, l.Version-1); !fault.Is(err, fault.Conflict) {
			t.Error("an old version:", err)
		}
		l, err = w.store.Amend(ctx, w.Actor["wco.coordinator"], code, named(l), change, l.Version)
		w.Must(err)
		if got := w.titles("xa", code, learnt.Filter{}); len(got) != 1 {
			t.Error("its owner does not read it:", got)
		}
		w.Source.Set(w.Source.Now().Add(48 * time.Hour))
		if got := w.titles("xa", code, learnt.Filter{State: learnt.Late}); len(got) != 1 {
			t.Error("not overdue:", got)
		}
		if _, err := w.store.Settle(ctx, w.Actor["xa"], code, named(l), l.Version, learnt.Dropped, "No."); !fault.Is(err, fault.Conflict) {
			t.Error("an owner drops it:", err)
		}
		l, err = w.store.Settle(ctx, w.Actor["xa"], code, named(l), l.Version, learnt.Done, "")
		w.Must(err)
		if _, err := w.store.Settle(ctx, w.Actor["wco"], code, named(l), l.Version, learnt.Dropped, "No."); !fault.Is(err, fault.Conflict) {
			t.Error("what is done was dropped:", err)
		}
		o, err := w.store.Read(ctx, w.Actor["wco"], code, named(l))
		w.Must(err)
		var way []string
		for _, a := range o.History {
			way = append(way, a.State)
		}
		if diff := cmp.Diff([]string{learnt.Recorded, learnt.Accepted, learnt.Done}, way); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
	})
}

// TestWhoReadsWhat over random histories, against a slow reference.
func TestWhoReadsWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Leave("gone")
		r := rand.New(rand.NewPCG(7, 7))
		sides := map[string]access.Side{"wco": access.Coordination, "xa": access.Enforcement, "xb": access.Enforcement}
		type model struct{ by, owner, state, topic, why, due, title string }
		var all []*model
		var now []learnt.Learnt
		pick := func(of ...string) string { return of[r.IntN(len(of))] }
		for n := range 60 {
			w.tick()
			if len(all) == 0 || r.IntN(3) == 0 {
				m := &model{by: pick("wco", "xa", "xb"), state: learnt.Recorded, topic: pick("tools", "legal"), why: pick(learnt.ForAll, learnt.ForCoordination), title: fmt.Sprint("No. ", n)}
				if m.by == "wco" {
					m.owner, m.due = pick("", "xa", "xb", "wco"), pick("", "2017-02-09", "2017-02-20")
				}
				l := w.record(m.by, m.title, func(d *learnt.Draft) {
					d.Topic, d.For, d.Due = m.topic, m.why, m.due
					if m.owner != "" {
						d.Owner = w.Body[m.owner].ID
					}
				})
				all, now = append(all, m), append(now, l)
				continue
			}
			i := r.IntN(len(all))
			m, by, to := all[i], pick("wco", "xa", "xb"), pick(learnt.Accepted, learnt.InProgress, learnt.Done, learnt.Dropped)
			l, err := w.store.Settle(t.Context(), w.Actor[by], code, named(now[i]), now[i].Version, to, "why")
			follows := map[string]string{learnt.Recorded: " accepted dropped", learnt.Accepted: " in-progress done dropped", learnt.InProgress: " done dropped",
				learnt.Done: " accepted", learnt.Dropped: " accepted"}
			may := by == "wco" || m.owner == by && (to == learnt.InProgress || to == learnt.Done)
			if may && to != m.state && slices.Contains(strings.Fields(follows[m.state]), to) {
				w.Must(err)
				m.state, now[i] = to, l
			} else if err == nil && l.Version != now[i].Version {
				t.Fatalf("%s brought %+v to %s", by, m, to)
			}
		}
		w.Source.Set(w.Source.Now().Add(48 * time.Hour))
		for who, side := range sides {
			for _, f := range []learnt.Filter{{}, {State: learnt.StillOpen}, {State: learnt.Late}, {Topic: "tools"}, {Owner: w.Body["xa"].ID}, {State: learnt.Done}} {
				want := []string{}
				for _, m := range all {
					reads := side == access.Coordination || m.by == who || m.owner == who || m.why == learnt.ForAll
					open := m.state == learnt.Recorded || m.state == learnt.Accepted || m.state == learnt.InProgress
					if reads && (f.Topic == "" || f.Topic == m.topic) && (f.Owner == "" || m.owner == "xa") &&
						(f.State == "" || f.State == m.state || open && (f.State == learnt.StillOpen || f.State == learnt.Late && m.due == "2017-02-09")) {
						want = append(want, m.title)
					}
				}
				got := w.titles(who, code, f)
				slices.Sort(got)
				slices.Sort(want)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s with %+v (-want +got):\n%s", who, f, diff)
				}
			}
		}
		for _, who := range operationtest.Outside {
			if _, err := w.store.List(t.Context(), w.Actor[who], code, learnt.Filter{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s lists: %v", who, err)
			}
		}
	})
}

// TestCarry: open lessons go on in the next operation, once, and say where they came from.
func TestCarry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.follow()
		give := func(body, due string) func(*learnt.Draft) {
			return func(d *learnt.Draft) { d.Owner, d.Due = organisation.ID(w.Body[body].ID), due }
		}
		one, two := w.record("wco", "One", give("xa", "2017-02-20")), w.record("wco", "Two", give("xb", "2017-02-12"))
		done := w.record("wco", "Done")
		done, err := w.store.Settle(ctx, w.Actor["wco"], code, named(done), done.Version, learnt.Accepted, "")
		w.Must(err)
		_, err = w.store.Settle(ctx, w.Actor["wco"], code, named(done), done.Version, learnt.Done, "")
		w.Must(err)
		w.Source.Set(time.Date(2017, 2, 15, 8, 0, 0, 0, time.UTC))
		ids := []learnt.Name{named(one), named(two), named(done)}
		for _, who := range []string{"xa", "wco.trainer", "stranger", "wco.coordinator"} { // the last has no role in the new one
			if _, err := w.store.Carry(ctx, w.Actor[who], code, ids, after); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s carries: %v", who, err)
			}
		}
		if _, err := w.store.Carry(ctx, w.Actor["wco"], code, ids, code); !fault.Is(err, fault.Invalid) {
			t.Error("into itself:", err)
		}
		n, err := w.store.Carry(ctx, w.Actor["wco"], code, ids, after)
		if err != nil || n != 2 {
			t.Fatal("carried", n, err)
		}
		if n, err = w.store.Carry(ctx, w.Actor["wco"], code, ids, after); err != nil || n != 0 {
			t.Error("carried twice:", n, err)
		}
		old, err := w.store.Read(ctx, w.Actor["xb"], code, named(two))
		if err != nil || old.State != learnt.Carried || old.Into != after || old.Succeeded {
			t.Errorf("the earlier one: %+v %v", old.Learnt, err)
		}
		p, err := w.store.List(ctx, w.Actor["xa"], after, learnt.Filter{Earlier: true})
		w.Must(err)
		if len(p.Items) != 2 || p.Earlier != 2 {
			t.Fatalf("in the new plan: %+v", p.Items)
		}
		for _, i := range p.Items {
			want := map[string]string{"One": "2017-02-20 true", "Two": " false"}[i.Title]
			if got := fmt.Sprint(i.Due, " ", i.Member); got != want || i.From.Code != code || i.From.Name != "Tide" || i.Owner.Number == 0 {
				t.Errorf("%s: %q, from %+v", i.Title, got, i.From)
			}
		}
		if _, err := w.store.Settle(ctx, w.Actor["xa"], after, named(one), 1, learnt.Done, ""); err == nil {
			t.Error("done before anybody accepted it")
		}
	})
}

func named(l learnt.Learnt) learnt.Name { return learnt.Name{ID: l.ID} }
