package seizure_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

const years = 10 * 365 * 24 * time.Hour

// A clock that jumps back holds releases by time up until it is right again; one
// that jumps ahead lets out what waits, once, and what is reported afterwards waits
// its own time. Order, references and figures do not depend on the clock.
func TestReleaseUnderAClockThatJumps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		due := func(what string, want int) {
			t.Helper()
			n, err := w.cases.ReleaseDue(t.Context())
			w.must(err)
			if n != want {
				t.Errorf("%s: %d released, want %d", what, n, want)
			}
		}
		first := w.report("xb.officer", draft())
		right := w.source.Now()
		w.source.Set(right.Add(-years))
		due("ten years back", 0)
		w.source.Set(right)
		due("right again, too early", 0)
		w.source.Set(right.Add(years))
		due("ten years ahead", 1)
		due("ten years ahead, again", 0)
		w.source.Set(right)
		due("right again", 0)
		second := w.report("xb.officer", draft())
		if second.Seq <= first.Seq || second.Reference == first.Reference {
			t.Errorf("number %d after %d, reference %s after %s", second.Seq, first.Seq, second.Reference, first.Reference)
		}
		desk, err := w.cases.Prepare(t.Context(), w.actor["xb.officer"], code)
		if w.must(err); desk.Last == nil || desk.Last.Seq != second.Seq {
			t.Errorf("the author's newest case is %+v, want number %d", desk.Last, second.Seq)
		}
		w.source.Set(second.ReleaseDue.Add(-time.Microsecond))
		due("before its time", 0)
		w.source.Set(second.ReleaseDue)
		due("in its time", 1)
		w.verify()
	})
}

// One operation whose releases fail does not hold up those of the others.
func TestReleaseGoesOnPastAnOperationThatFails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(other, "xb", "enforcement")
		w.give(other, "xb", "officer", "officer")
		bad := w.report("xb.officer", draft())
		good, err := w.cases.Report(t.Context(), w.actor["xb.officer"], other, draft())
		w.must(err)
		w.must(d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(spoilFields, w.number[code], bad.Seq)
			return err
		}))
		w.pass(7 * time.Hour)
		n, err := w.cases.ReleaseDue(t.Context())
		if n != 1 || err == nil {
			t.Errorf("%d released, %v: want one, and what went wrong", n, err)
		}
		f, err := w.cases.Read(t.Context(), w.actor["xb.officer"], other, good.Reference)
		w.must(err)
		if f.Case.State != "released" {
			t.Errorf("the other operation's case is %s", f.Case.State)
		}
	})
}

var spoilFields = db.Statement(`update seizure set fields = '{' where operation = $1 and seq = $2`)
