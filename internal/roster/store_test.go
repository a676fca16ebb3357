package roster_test

import (
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/roster"
)

// draft is a shift of somebody, in hours from the start.
func (w *world) draft(who string, from, to int) roster.Draft {
	return roster.Draft{ID: roster.ID(w.Source.ID()), Person: w.Actor[who].Person, Begins: operationtest.Start.Add(time.Duration(from) * time.Hour),
		Ends: operationtest.Start.Add(time.Duration(to) * time.Hour), Phone: "+000 1"}
}

func (w *world) planned(who string, d roster.Draft) roster.Shift {
	w.T.Helper()
	s, err := w.store.Plan(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return s
}

func (w *world) page(who string) roster.Page {
	w.T.Helper()
	p, err := w.store.Read(w.T.Context(), w.Actor[who], code)
	w.Must(err)
	return p
}

func (w *world) wants(what string, kind fault.Kind, err error) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Errorf("%s: %v", what, err)
	}
}

// on are the names of who is on duty in a member, as somebody reads it.
func (w *world) on(who, body string) (names []string) {
	w.T.Helper()
	for _, d := range w.page(who).Now {
		if d.Organisation.Number != w.Body[body].Number {
			continue
		}
		for _, s := range d.Shifts {
			names = append(names, s.Name)
		}
	}
	return names
}

// A shift is planned once, of the own people, never of one person in two places;
// what overlaps otherwise, and what nobody covers, is told.
func TestPlan(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		asked := w.draft("xa.officer", -1, 4)
		first := w.planned("xa", asked)
		if again := w.planned("xa", asked); again.Seq != first.Seq || again.Version != 1 {
			t.Errorf("the same again: %+v", again)
		}
		changed := asked
		changed.Phone = "+000 2"
		_, err := w.store.Plan(ctx, w.Actor["xa"], code, changed)
		w.wants("another phone under the same id", fault.Conflict, err)
		other := w.draft("xb.officer", -1, 4)
		other.ID = asked.ID // an id is its organisation's
		if s := w.planned("xb", other); s.Seq == first.Seq {
			t.Errorf("the same id of another organisation: %+v", s)
		}
		_, err = w.store.Plan(ctx, w.Actor["xa"], code, w.draft("xb.officer", 4, 6))
		w.wants("another's officer", fault.Invalid, err)
		for _, hours := range [][2]int{{-2, 0}, {3, 5}, {0, 1}, {-2, 6}, {-1, 4}} {
			_, err = w.store.Plan(ctx, w.Actor["xa"], code, w.draft("xa.officer", hours[0], hours[1]))
			w.wants("in two places", fault.Invalid, err)
		}
		w.planned("xa", w.draft("xa.officer", 4, 6)) // touches
		w.planned("xa", w.draft("xa", 3, 5))
		w.planned("xa", w.draft("xa", 8, 9))
		at := func(h int) time.Time { return operationtest.Start.Add(time.Duration(h) * time.Hour) }
		p := w.page("xa.officer")
		if want := []roster.Span{{From: at(3), To: at(4)}, {From: at(4), To: at(5)}}; len(p.Told.Overlaps) != 2 || p.Told.Overlaps[0] != want[0] || p.Told.Overlaps[1] != want[1] {
			t.Errorf("overlaps %v", p.Told.Overlaps)
		}
		if len(p.Told.Gaps) != 1 || p.Told.Gaps[0] != (roster.Span{From: at(6), To: at(8)}) {
			t.Errorf("gaps %v", p.Told.Gaps)
		}
		if len(p.Own) != 4 || p.Own[0].Seq != first.Seq || p.Own[0].Name != "Person xa.officer" || p.Own[0].Phone != "+000 1" || len(p.People) != 0 {
			t.Errorf("the own roster: %+v, %+v", p.Own, p.People)
		}
		if own := w.page("xb"); len(own.Own) != 1 || len(own.Told.Overlaps)+len(own.Told.Gaps) != 0 || len(own.People) != 2 {
			t.Errorf("another's: %+v", own)
		}
	})
}

// A withdrawn shift is off every roster, its person is free, and who is slower is told.
func TestWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		s := w.planned("xa", w.draft("xa.officer", -1, 4))
		if on := w.on("xb", "xa"); len(on) != 1 || on[0] != "Person xa.officer" {
			t.Errorf("on duty: %v", on)
		}
		w.wants("another version", fault.Conflict, w.store.Withdraw(ctx, w.Actor["xa"], code, s.Seq, 2))
		w.Must(w.store.Withdraw(ctx, w.Actor["xa"], code, s.Seq, 1))
		w.Must(w.store.Withdraw(ctx, w.Actor["xa"], code, s.Seq, 1)) // its answer got lost
		w.wants("what is withdrawn", fault.Conflict, w.store.Withdraw(ctx, w.Actor["xa"], code, s.Seq, 2))
		w.wants("hands over what is withdrawn", fault.Conflict, w.store.HandOver(ctx, w.Actor["xa.officer"], code, s.Seq, 2, "Quiet.", "en"))
		if on, own := w.on("xb", "xa"), w.page("xa").Own; len(on)+len(own) != 0 {
			t.Errorf("still on duty: %v, %+v", on, own)
		}
		w.planned("xa", w.draft("xa.officer", -1, 4))
	})
}

// The officer of a shift that has begun, or a contact point, hands over; somebody
// else confirms; a second note is confirmed anew.
func TestHandOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.Give("xa", "second", access.Officer)
		s := w.planned("xa", w.draft("xa.officer", 1, 4))
		hand := func(who string, version int64, note string) error {
			return w.store.HandOver(ctx, w.Actor[who], code, s.Seq, version, note, "en")
		}
		w.wants("before it has begun", fault.Invalid, hand("xa.officer", 1, "Quiet."))
		w.Source.Set(operationtest.Start.Add(time.Hour))
		w.wants("nothing to confirm", fault.Invalid, w.store.Confirm(ctx, w.Actor["xa"], code, s.Seq, 1))
		w.wants("an empty note", fault.Invalid, hand("xa.officer", 1, " "))
		w.wants("another officer's", fault.NotFound, hand("xa.second", 1, "Quiet."))
		w.Must(hand("xa.officer", 1, "Quiet."))
		w.Must(hand("xa.officer", 1, "Quiet.")) // its answer got lost
		w.wants("an old version", fault.Conflict, hand("xa.officer", 1, "Loud."))
		w.wants("by another", fault.Conflict, hand("xa", 1, "Quiet."))
		w.wants("confirms the own note", fault.Invalid, w.store.Confirm(ctx, w.Actor["xa.officer"], code, s.Seq, 2))
		w.wants("confirms an old version", fault.Conflict, w.store.Confirm(ctx, w.Actor["xa.second"], code, s.Seq, 1))
		w.Must(w.store.Confirm(ctx, w.Actor["xa.second"], code, s.Seq, 2))
		w.Must(w.store.Confirm(ctx, w.Actor["xa.second"], code, s.Seq, 2))
		if l := w.page("xa").Own[0]; l.Version != 3 || l.Note != "Quiet." || l.Language != "en" || l.Giver != "Person xa.officer" || l.Taker != "Person xa.second" ||
			!l.Handed.Equal(w.Source.Now()) || !l.Taken.Equal(w.Source.Now()) {
			t.Errorf("handed over and confirmed: %+v", l)
		}
		for _, d := range w.page("xb").Now {
			for _, l := range d.Shifts {
				if l.Note+l.Language+l.HandedBy+l.TakenBy+l.Giver+l.Taker != "" || !l.Handed.IsZero() || !l.Taken.IsZero() {
					t.Errorf("another member reads the hand-over: %+v", l)
				}
			}
		}
		w.Must(hand("xa", 3, "Loud."))
		if l := w.page("xa.second").Own[0]; l.Version != 4 || l.Note != "Loud." || l.Giver != "Person xa" || l.TakenBy != "" || !l.Taken.IsZero() {
			t.Errorf("a second note: %+v", l)
		}
	})
}

// Many at once: one shift of one id, one person in one place, one winner of a version.
func TestTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		base, shared := w.planned("xa", w.draft("xa", -1, 4)), w.draft("xa.officer", 0, 4)
		const many = 8
		var clashing [many]roster.Draft
		for i := range clashing {
			clashing[i] = w.draft("xb.officer", i, i+many)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		seqs, won, placed := map[int64]bool{}, 0, 0
		for i := range many {
			wg.Go(func() {
				s, err := w.store.Plan(t.Context(), w.Actor["xa"], code, shared)
				if err != nil {
					t.Error(err)
				}
				_, errPlace := w.store.Plan(t.Context(), w.Actor["xb"], code, clashing[i])
				errNote := w.store.HandOver(t.Context(), w.Actor["xa"], code, base.Seq, 1, string(rune('a'+i)), "en")
				mu.Lock()
				defer mu.Unlock()
				seqs[s.Seq] = true
				if errPlace == nil {
					placed++
				} else if !fault.Is(errPlace, fault.Invalid) {
					t.Error(errPlace)
				}
				if errNote == nil {
					won++
				} else if !fault.Is(errNote, fault.Conflict) {
					t.Error(errNote)
				}
			})
		}
		wg.Wait()
		if own, others := w.page("xa").Own, w.page("xb").Own; len(seqs) != 1 || len(own) != 2 || won != 1 || own[0].Version != 2 || placed != 1 || len(others) != 1 {
			t.Errorf("%d shifts of one id, %d notes won, %d placed: %+v, %+v", len(seqs), won, placed, own, others)
		}
	})
}

// Who is on duty is read by all who coordinate or control goods; a shift is changed
// by its own organisation; for all others there is no roster.
func TestAudience(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		s := w.planned("xa", w.draft("xa.officer", -1, 4))
		w.planned("gone", w.draft("gone.officer", -1, 4))
		w.Leave("gone")
		for _, who := range []string{"wco", "wco.coordinator", "xa", "xb.officer"} {
			if on := w.on(who, "xa"); len(on) != 1 || on[0] != "Person xa.officer" || len(w.page(who).Now) != 3 || len(w.on(who, "gone")) != 0 {
				t.Errorf("%s reads that %v is on duty, of %+v", who, on, w.page(who).Now)
			}
		}
		for _, who := range append([]string{"wco", "wco.coordinator", "xb", "xb.officer"}, operationtest.Outside...) {
			for _, seq := range []int64{s.Seq, 1 << 40} {
				w.Missing(who, func(a access.Actor) error { return w.store.Withdraw(ctx, a, code, seq, 1) })
				w.Missing(who, func(a access.Actor) error { return w.store.HandOver(ctx, a, code, seq, 1, "Quiet.", "en") })
				w.Missing(who, func(a access.Actor) error { return w.store.Confirm(ctx, a, code, seq, 1) })
			}
		}
		plan := func(a access.Actor) error {
			_, err := w.store.Plan(ctx, a, code, w.draft("xa", 5, 6))
			return err
		}
		for _, who := range operationtest.Outside {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Read(ctx, a, code); return err })
			w.Missing(who, plan)
		}
		w.Missing("xa.officer", plan)
		w.Missing("xa.officer", func(a access.Actor) error { return w.store.Withdraw(ctx, a, code, s.Seq, 1) })
		w.Source.Set(operationtest.Start.Add(4 * time.Hour)) // the moment it ends
		if on := w.on("wco", "xa"); len(on) != 0 {
			t.Errorf("on duty after the end: %v", on)
		}
	})
}
