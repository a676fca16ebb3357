package seizure_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Where the contact point decides what leaves the administration, an officer's
// amendment waits for it again; the contact point's own goes out at once.
func TestAmendmentWaitsForTheContactPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		amend := func(who string, c seizure.Case, remarks string) seizure.Case {
			t.Helper()
			w.tick()
			next := c.Draft
			next.Remarks = remarks
			made, err := w.cases.Amend(ctx, w.actor[who], code, c.Seq, c.Version, next, "correction")
			w.must(err)
			return made
		}
		c, err := w.cases.Release(ctx, w.actor["xb"], code, w.report("xb.officer", draft()).Seq, 1)
		w.must(err)
		c = amend("xb.officer", c, "written by the officer")
		if c.State != seizure.Reported || w.sees("xa.officer", c) || !w.sees("wco", c) || !c.ReleaseDue.Equal(w.source.Now().Add(6*time.Hour)) {
			t.Errorf("an officer's amendment went out: %s, due %s", c.State, c.ReleaseDue)
		}
		if c, err = w.cases.Release(ctx, w.actor["xb"], code, c.Seq, c.Version); err != nil || !w.sees("xa.officer", c) {
			t.Errorf("released again: %v", err)
		}
		if c = amend("xb", c, "written by the contact point"); c.State != seizure.Released || !w.sees("xa.officer", c) {
			t.Errorf("the contact point's amendment waits: %s", c.State)
		}
		if c = amend("xa.officer", w.report("xa.officer", draft()), "officers decide here"); c.State != seizure.Released {
			t.Errorf("where officers decide it waits: %s", c.State)
		}
		w.verify()
	})
}

// When the case that counted is withdrawn, its double counts again: a
// consignment is never in no figure because of the order of two acts.
func TestWithdrawnOriginalFreesItsDouble(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		original, double := w.report("xa.officer", draft()), w.report("xb", draft())
		double, err := w.cases.Relate(ctx, w.actor["wco.coordinator"], code, double.Seq, double.Version, original.Seq, "same container")
		w.must(err)
		w.tick()
		_, err = w.cases.Withdraw(ctx, w.actor["xa.officer"], code, original.Seq, original.Version, "entered twice")
		w.must(err)
		f := w.read("xb", double)
		last := f.Versions[len(f.Versions)-1]
		if f.Case.Class != seizure.Counted || f.Case.DuplicateOf != 0 || last.Author != "system:original-withdrawn" {
			t.Errorf("the double is %s, of %d, by %s", f.Case.Class, f.Case.DuplicateOf, last.Author)
		}
		w.verify()
	})
}
