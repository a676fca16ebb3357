package operation_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const years = 10 * 365 * 24 * time.Hour

// A clock that jumps by ten years and back, either way, leaves the journal in the
// order of its commits, shuts no member out for ever, and lets nobody back in.
func TestClockJumps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		right := w.source.Now()
		for _, jump := range []time.Duration{years, -years} {
			c := fresh()
			o := w.open(w.draft(c, "wco"))
			w.join(c, "xa", access.Enforcement)
			w.must(w.invite("wco", c, "xb", access.Enforcement))
			reads := func(who string) (audiences int, err error) {
				st, err := w.operations.Read(t.Context(), w.actor[who], c)
				if err != nil {
					return 0, err
				}
				err = d.Read(t.Context(), func(tx *db.Tx) error {
					l, err := st.Readable(tx)
					audiences = len(l)
					return err
				})
				return audiences, err
			}
			interned(t, d, o.Number)

			w.source.Set(right.Add(jump))
			w.must(w.accept("xb", c)) // begins at the wrong moment
			if jump > 0 {
				w.must(w.end("xa", c, "xa")) // ends at the wrong moment
			}
			w.source.Set(right.Add(time.Second))
			if n, err := reads("xb"); err != nil || n != 1 {
				t.Errorf("jump %v: who joined under the wrong clock reads %d audiences, %v", jump, n, err)
			}
			if jump > 0 {
				if _, err := reads("xa"); err == nil {
					t.Error("who left under the wrong clock is back")
				}
				w.must(w.invite("wco", c, "xa", access.Enforcement))
				w.must(w.accept("xa", c))
			}
			if n, err := reads("xa"); err != nil || n != 1 {
				t.Errorf("jump %v: who came back reads %d audiences, %v", jump, n, err)
			}
			w.must(w.end("wco", c, "xa"))
			if _, err := reads("xa"); err == nil {
				t.Errorf("jump %v: who left is still in", jump)
			}
			w.must(d.Read(t.Context(), func(tx *db.Tx) error {
				members, err := operation.Members(tx, o.Number)
				if len(members) != 2 {
					t.Errorf("jump %v: %d members", jump, len(members))
				}
				return err
			}))
			ordered(t, d, o.Number)
			w.source.Set(right)
		}
	})
}

// interned makes one audience, of everybody who enforces.
func interned(t *testing.T, d *db.DB, number int64) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := audience.Intern(tx, number, audience.Value{Sides: []access.Side{access.Enforcement}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ordered wants a journal without a gap, whatever its moments are.
func ordered(t *testing.T, d *db.DB, number int64) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := journal.List(tx, number, journal.Filter{Limit: 100})
		for i, e := range all {
			if e.Seq != int64(len(all)-1-i) {
				t.Errorf("entry %d stands at %d", e.Seq, len(all)-1-i)
			}
			if _, err := journal.Prove(tx, e); err != nil {
				t.Errorf("entry %d: %v", e.Seq, err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
