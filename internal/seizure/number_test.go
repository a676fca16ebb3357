package seizure_test

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Numbers that were drawn are given to the cases that name them, once, and to
// nobody else's.
func TestNumbersForPaper(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		drawn, err := w.cases.Reserve(ctx, w.actor["xa.officer"], code, 12)
		w.must(err)
		seen := map[string]bool{}
		for _, n := range drawn {
			if ref, ok := seizure.ValidReference(n.Reference); !ok || ref != n.Reference || seen[ref] {
				t.Fatalf("%+v", drawn)
			}
			seen[n.Reference] = true
		}
		paper := draft()
		paper.Reserved = " " + strings.ToLower(drawn[4].Reference)
		c := w.report("xa", paper)
		if c.Reference != drawn[4].Reference {
			t.Fatalf("got %s, want %s", c.Reference, drawn[4].Reference)
		}
		if again := w.report("xa", paper); again.Seq != c.Seq {
			t.Error("reported again it is another case")
		}
		_, left, err := w.cases.Numbers(ctx, w.actor["xa"], code)
		w.must(err)
		if len(left) != 11 || strings.Contains(left[4].Reference, c.Reference) {
			t.Errorf("%d left", len(left))
		}
		for name, ref := range map[string]string{"used": drawn[4].Reference, "never drawn": "S-17-11111-F", "a slip": "S-17-11111-G"} {
			bad := draft()
			bad.Reserved = ref
			if _, err := w.cases.Report(ctx, w.actor["xa"], code, bad); !fault.Is(err, fault.Invalid) || !strings.HasPrefix(key(err), "reserved: ") {
				t.Errorf("%s: %s", name, key(err))
			}
		}
		theirs := draft()
		theirs.Reserved = drawn[0].Reference
		if _, err := w.cases.Report(ctx, w.actor["xb.officer"], code, theirs); key(err) != "reserved: seizure.number-not-drawn" {
			t.Errorf("another organisation: %s", key(err))
		}
		next := c.Draft
		next.Reserved, next.Place = drawn[1].Reference, "Elsewhere"
		if _, err := w.cases.Amend(ctx, w.actor["xa"], code, c.Seq, c.Version, next, "why"); key(err) != "reserved: seizure.number-late" {
			t.Errorf("changed later: %s", key(err))
		}
		for _, count := range []int{0, -1, seizure.MaxReserved + 1} {
			if _, err := w.cases.Reserve(ctx, w.actor["xa"], code, count); key(err) != "count: seizure.numbers-count" {
				t.Errorf("%d: %s", count, key(err))
			}
		}
		for range 3 {
			_, err = w.cases.Reserve(ctx, w.actor["xa"], code, seizure.MaxReserved)
			w.must(err)
		}
		if _, err := w.cases.Reserve(ctx, w.actor["xa"], code, seizure.MaxReserved); key(err) != "count: seizure.numbers-count" {
			t.Errorf("without end: %s", key(err))
		}
		for _, who := range []string{"observer", "holder", "xz", "wco.auditor"} {
			if _, err := w.cases.Reserve(ctx, w.actor[who], code, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
}
