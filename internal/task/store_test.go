package task_test

import (
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/task"
)

func (w *world) draft(to string) task.Draft {
	return task.Draft{ID: task.ID(w.Source.ID()), Organisation: w.Body[to].Number, Title: "Look at the sheds", Language: "en", Due: "2017-02-11"}
}

func (w *world) gave(who string, d task.Draft) task.Task {
	w.T.Helper()
	out, err := w.store.Give(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return out
}

func (w *world) read(who string, n task.Task) task.Listed {
	w.T.Helper()
	p, err := w.store.Read(w.T.Context(), w.Actor[who], code, n.Seq)
	w.Must(err)
	return p.Tasks[0]
}

func (w *world) list(who, scope string) []task.Listed {
	w.T.Helper()
	p, err := w.store.List(w.T.Context(), w.Actor[who], code, scope)
	w.Must(err)
	return p.Tasks
}

func (w *world) wants(what string, kind fault.Kind, err error) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Errorf("%s: %v", what, err)
	}
}

// A task is given once, to whoever the giver may give one.
func TestGive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		asked := w.draft("xa")
		first := w.gave("wco.coordinator", asked)
		if again := w.gave("wco", asked); again.Seq != first.Seq || again.Author != first.Author {
			t.Errorf("the same again: %+v", again)
		}
		changed := asked
		changed.Title = "Look at the ships"
		_, err := w.store.Give(ctx, w.Actor["wco"], code, changed)
		w.wants("other words under the same id", fault.Conflict, err)
		if l := w.read("xa.officer", first); l.Title != asked.Title || l.From.Number != w.Body["wco"].Number || l.For.Number != w.Body["xa"].Number ||
			l.State != task.Open || l.Version != 1 || l.Today != "2017-02-10" || l.Late {
			t.Errorf("given: %+v", l)
		}
		own := w.draft("xa")
		own.ID, own.Owner = asked.ID, w.Actor["xa.officer"].Person // an id is its giver's
		if mine := w.gave("xa", own); mine.Seq == first.Seq || len(w.list("xa.officer", task.Mine)) != 1 || len(w.list("xa", task.Ours)) != 2 {
			t.Errorf("own task: %+v", mine)
		}
		w.gave("wco", w.draft("wco"))
		for who, to := range map[string]string{"xa": "xb", "wco": "observer", "wco.coordinator": "holder"} {
			_, err := w.store.Give(ctx, w.Actor[who], code, w.draft(to))
			w.wants(who+" gives "+to, fault.Invalid, err)
		}
		_, err = w.store.Give(ctx, w.Actor["wco"], code, w.draft("stranger"))
		w.wants("to no member", fault.Invalid, err)
		for who, owner := range map[string]string{"wco": "xa.officer", "xa": "xb.officer"} {
			d := w.draft("xa")
			d.Owner = w.Actor[owner].Person
			_, err := w.store.Give(ctx, w.Actor[who], code, d)
			w.wants(who+" names "+owner, fault.Invalid, err)
		}
		for to, due := range map[string]string{"xa": "2017-02-09", "xb": "2017-02-08"} { // yesterday where they are
			d := w.draft(to)
			d.Due = due
			_, err := w.store.Give(ctx, w.Actor["wco"], code, d)
			w.wants("due yesterday", fault.Invalid, err)
		}
		d9 := w.draft("xb")
		d9.Due = "2017-02-09" // today in Lima
		late := w.gave("wco", d9)
		w.Source.Set(operationtest.Start.AddDate(0, 0, 1))
		if l := w.read("xb", late); !l.Late || w.read("xa", first).Late {
			t.Errorf("the day after: %+v", l)
		}
	})
}

// Each change is a version, for who may make it; whoever is slower is told.
func TestAssignFinishDrop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, officer := t.Context(), w.Actor["xa.officer"].Person
		n := w.gave("wco", w.draft("xa"))
		for _, other := range []string{w.Actor["xb.officer"].Person, "nobody"} {
			_, err := w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 1, other)
			w.wants("a stranger for owner", fault.Invalid, err)
		}
		_, err := w.store.Assign(ctx, w.Actor["wco"], code, n.Seq, 1, w.Actor["wco"].Person)
		w.wants("the giver assigns", fault.NotFound, err)
		got, err := w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 1, officer)
		if w.Must(err); got.Version != 2 || got.Owner != officer {
			t.Errorf("assigned: %+v", got)
		}
		got, err = w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 1, officer)
		if w.Must(err); got.Version != 2 {
			t.Errorf("assigned again: %+v", got)
		}
		_, err = w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 1, "")
		w.wants("assigns an old version", fault.Conflict, err)
		_, err = w.store.Finish(ctx, w.Actor["xa.officer"], code, n.Seq, 1, "Looked.")
		w.wants("finishes an old version", fault.Conflict, err)
		_, err = w.store.Drop(ctx, w.Actor["wco"], code, n.Seq, 1, "Not needed.")
		w.wants("drops an old version", fault.Conflict, err)
		_, err = w.store.Drop(ctx, w.Actor["wco"], code, n.Seq, 2, " ")
		w.wants("drops without a reason", fault.Invalid, err)
		_, err = w.store.Drop(ctx, w.Actor["xa"], code, n.Seq, 2, "Not ours.")
		w.wants("drops what another gave", fault.NotFound, err)
		_, err = w.store.Finish(ctx, w.Actor["wco.coordinator"], code, n.Seq, 2, "Looked.")
		w.wants("finishes another's", fault.NotFound, err)
		_, err = w.store.Finish(ctx, w.Actor["xa.officer"], code, n.Seq, 2, "Looked.")
		w.Must(err)
		if l := w.read("wco", n); l.State != task.Done || l.Version != 3 || l.Note != "Looked." || l.Ender != "Person xa.officer" ||
			l.OwnedBy != "Person xa.officer" || !l.Ended.Equal(operationtest.Start) {
			t.Errorf("finished: %+v", l)
		}
		_, err = w.store.Drop(ctx, w.Actor["wco"], code, n.Seq, 3, "Not needed.")
		w.wants("drops what is done", fault.Conflict, err)
		_, err = w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 3, "")
		w.wants("assigns what is done", fault.Conflict, err)
		dropped := w.gave("wco", w.draft("xa"))
		_, err = w.store.Drop(ctx, w.Actor["wco.coordinator"], code, dropped.Seq, 1, "Not needed.")
		w.Must(err)
		_, err = w.store.Finish(ctx, w.Actor["xa"], code, dropped.Seq, 2, "Looked.")
		w.wants("finishes what was dropped", fault.Conflict, err)
		if l := w.read("xa", dropped); l.State != task.Dropped || l.Note != "Not needed." || l.Version != 2 {
			t.Errorf("dropped: %+v", l)
		}
	})
}

// An answer that got lost is asked for again: the same end of a task is the same.
func TestEndAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		n, m := w.gave("wco", w.draft("xa")), w.gave("wco", w.draft("xa"))
		for range 2 {
			done, err := w.store.Finish(ctx, w.Actor["xa"], code, n.Seq, 1, "Looked.")
			if w.Must(err); done.Version != 2 {
				t.Errorf("finished: %+v", done)
			}
			gone, err := w.store.Drop(ctx, w.Actor["wco"], code, m.Seq, 1, "Not needed.")
			if w.Must(err); gone.Version != 2 {
				t.Errorf("dropped: %+v", gone)
			}
		}
		_, err := w.store.Finish(ctx, w.Actor["xa"], code, n.Seq, 1, "Looked twice.")
		w.wants("with another note", fault.Conflict, err)
		_, err = w.store.Finish(ctx, w.Actor["xa.officer"], code, n.Seq, 1, "Looked.")
		w.wants("by another", fault.Conflict, err)
		_, err = w.store.Finish(ctx, w.Actor["xa"], code, n.Seq, 2, "Looked.")
		w.wants("what is seen to be done", fault.Conflict, err)
		_, err = w.store.Assign(ctx, w.Actor["xa"], code, n.Seq, 1, w.Actor["xa.officer"].Person)
		w.wants("names an owner of what was ended meanwhile", fault.Conflict, err)
	})
}

// Many at once: one task of one id, one winner of a version, and nothing lost.
func TestTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		shared, base := w.draft("xa"), w.gave("wco", w.draft("xa"))
		const many = 8
		var drafts [many]task.Draft
		for i := range drafts {
			drafts[i] = w.draft("xa")
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		won, seqs := 0, map[int64]bool{}
		for i := range many {
			wg.Go(func() {
				if _, err := w.store.Give(t.Context(), w.Actor["wco"], code, drafts[i]); err != nil {
					t.Error(err)
				}
				one, err := w.store.Give(t.Context(), w.Actor["wco"], code, shared)
				if err != nil {
					t.Error(err)
				}
				if i%2 == 0 {
					_, err = w.store.Finish(t.Context(), w.Actor["xa.officer"], code, base.Seq, 1, string(rune('a'+i)))
				} else {
					_, err = w.store.Drop(t.Context(), w.Actor["wco"], code, base.Seq, 1, string(rune('a'+i)))
				}
				mu.Lock()
				defer mu.Unlock()
				seqs[one.Seq] = true
				if err == nil {
					won++
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if all := w.list("xa", task.Ours); len(all) != many+2 || len(seqs) != 1 || won != 1 || w.read("xa", base).Version != 2 {
			t.Errorf("%d tasks, %d of one id, %d winners", len(all), len(seqs), won)
		}
	})
}

// A task is read by who does it, who gave it, and coordination; for all others it
// is the same as a number that was never given.
func TestAudience(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		n := w.gave("wco", w.draft("xa"))
		own := w.gave("xb", w.draft("xb"))
		of := w.gave("wco", w.draft("gone"))
		w.Leave("gone")
		for who, want := range map[string]int{"wco": 3, "wco.coordinator": 3, "xa": 1, "xa.officer": 1, "xb": 1, "xb.officer": 1} {
			if got := w.list(who, task.All); len(got) != want {
				t.Errorf("%s lists %+v", who, got)
			}
		}
		if p, err := w.store.List(ctx, w.Actor["xb"], code, task.All); err != nil || len(p.Receivers) != 1 || len(p.People) != 2 {
			t.Errorf("xb chooses among %+v and %+v: %v", p.Receivers, p.People, err)
		}
		if p, err := w.store.List(ctx, w.Actor["wco"], code, task.All); err != nil || len(p.Receivers) != 3 {
			t.Errorf("wco chooses among %+v: %v", p.Receivers, err)
		}
		for _, who := range append([]string{"xb", "xb.officer"}, operationtest.Outside...) {
			for _, seq := range []int64{n.Seq, of.Seq, 1 << 40} {
				w.Missing(who, func(a access.Actor) error { _, err := w.store.Read(ctx, a, code, seq); return err })
				w.Missing(who, func(a access.Actor) error { _, err := w.store.Assign(ctx, a, code, seq, 1, a.Person); return err })
				w.Missing(who, func(a access.Actor) error { _, err := w.store.Finish(ctx, a, code, seq, 1, "x"); return err })
				w.Missing(who, func(a access.Actor) error { _, err := w.store.Drop(ctx, a, code, seq, 1, "x"); return err })
			}
		}
		for _, who := range operationtest.Outside {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.List(ctx, a, code, task.All); return err })
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Give(ctx, a, code, w.draft("xa")); return err })
		}
		w.Missing("xa.officer", func(a access.Actor) error { _, err := w.store.Give(ctx, a, code, w.draft("xa")); return err })
		w.Missing("xa.officer", func(a access.Actor) error { _, err := w.store.Assign(ctx, a, code, n.Seq, 1, a.Person); return err })
		if a, b := w.read("wco", n), w.read("wco", own); a.Version != 1 || b.Version != 1 {
			t.Errorf("after all that: %+v, %+v", a, b)
		}
	})
}
