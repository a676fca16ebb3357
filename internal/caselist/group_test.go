package caselist_test

import (
	"fmt"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// groups answers as somebody.
func (w *world) groups(who, by, split string) (out caselist.Groups) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], code, access.SeizureRead)
		if err != nil {
			return err
		}
		readable, err := st.Readable(tx)
		if err == nil {
			out, err = caselist.GroupsOf(tx, w.lists.Memory(), st, readable, caselist.Filter{}, by, split)
		}
		return err
	}))
	return out
}

// However many groups there could be, they are the same; so are those of a case with
// more lines than are looked at together, and of cases whose lines were replaced until
// they had to be packed. (What groups are is held against a count of cases in package
// analysis.)
func TestGroupsAreTheSame(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	long := make([]goods.Line, 2500)
	for i := range long {
		long[i] = goods.Line{Category: []string{"FOO", "PHA"}[i%2], Brand: fmt.Sprint("Brand ", i%7)}
	}
	c := w.report("xa.officer", draft("XA", "2017-02-08", long...))
	w.report("xb.officer", draft("XB", "2017-02-07", goods.Line{Category: "FOO", Brand: "BRAND 3"}))
	var want []string
	for round := range 3 {
		var got []string
		for _, split := range []string{"", caselist.Category, caselist.ByRoute} {
			g := w.groups("wco.coordinator", caselist.Brand, split)
			if g.Cases != 2 || g.Totals["H87"] != 2501*12e6 {
				t.Errorf("round %d: %d cases, %v", round, g.Cases, g.Totals)
			}
			for _, slots := range []int{1 << 20, 0} {
				back := caselist.Crowd(slots)
				crowded := w.groups("wco.coordinator", caselist.Brand, split)
				back()
				if fmt.Sprint(crowded) != fmt.Sprint(g) {
					t.Errorf("with %d slots by %q:\n%v, want\n%v", slots, split, crowded, g)
				}
			}
			got = append(got, fmt.Sprint(g.All))
		}
		if want == nil {
			want = got
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("round %d:\n%v, want\n%v", round, got, want)
		}
		next := c.Draft
		next.Remarks = fmt.Sprint("Looked at again ", round)
		var err error
		c, err = w.cases.Amend(t.Context(), w.Actor["xa"], code, c.Seq, c.Version, next, "Wrong")
		w.Must(err)
	}
	st, _, _, err := w.cases.Find(t.Context(), w.Actor["xa"], code, seizure.Name{ID: c.ID})
	w.Must(err)
	w.groups("xa", "", "")
	if n := w.lists.Items(st.Operation.Number); n != 2501 {
		t.Errorf("%d items of 2501 lines are held", n)
	}
	if want == nil || len(want[0]) < 50 {
		t.Errorf("nothing was compared: %v", want)
	}
}
