package register_test

import (
	"fmt"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

// world is operationtest's with cases and what the register knows of them.
type world struct {
	*operationtest.World
	cases *seizure.Store
	known *register.Register
	ids   int
}

func (w *world) report(who, day string, lines ...goods.Line) seizure.Case {
	w.T.Helper()
	for i := range lines {
		lines[i].Quantities, lines[i].Verdict = []goods.Quantity{{Micro: 12e6, Unit: "H87"}}, "suspected"
	}
	w.ids++
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, seizure.Draft{ID: seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", w.ids)),
		Country: "XA", Day: day, Status: "seized", Language: "en", Goods: lines})
	w.Must(err)
	return c
}

// groups answers as somebody.
func (w *world) groups(who, by, split string) (out register.Groups) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], code, access.SeizureRead)
		if err != nil {
			return err
		}
		readable, err := st.Readable(tx)
		if err != nil {
			return err
		}
		l, done, err := w.known.Look(tx, st, readable)
		if err == nil {
			out = l.Groups(register.Filter{}, by, split)
			done()
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
	w := &world{World: operationtest.New(t, dbtest.SQLite(t)), known: register.New()}
	w.cases = seizure.NewStore(w.DB, w.Journal, w.Source)
	long := make([]goods.Line, 2500)
	for i := range long {
		long[i] = goods.Line{Category: []string{"FOO", "PHA"}[i%2], Brand: fmt.Sprint("Brand ", i%7)}
	}
	c := w.report("xa.officer", "2017-02-08", long...)
	w.report("xb.officer", "2017-02-07", goods.Line{Category: "FOO", Brand: "BRAND 3"})
	var want []string
	for round := range 3 {
		var got []string
		for _, split := range []string{"", register.Category, register.ByRoute} {
			g := w.groups("wco.coordinator", register.Brand, split)
			if g.Cases != 2 || g.Totals["H87"] != 2501*12e6 {
				t.Errorf("round %d: %d cases, %v", round, g.Cases, g.Totals)
			}
			for _, slots := range []int{1 << 20, 0} {
				back := register.Crowd(slots)
				crowded := w.groups("wco.coordinator", register.Brand, split)
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
	w.Must(w.DB.Read(t.Context(), func(tx *db.Tx) error {
		n, err := w.known.Items(tx, st.Operation.Number)
		if n != 2501 {
			t.Errorf("%d items of 2501 lines are held", n)
		}
		return err
	}))
	if want == nil || len(want[0]) < 50 {
		t.Errorf("nothing was compared: %v", want)
	}
}
