package review_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

type world struct {
	*operationtest.World
	cases   *seizure.Store
	reviews *review.Store
}

func newWorld(t *testing.T, d *db.DB) world {
	w := operationtest.New(t, d)
	return world{w, seizure.NewStore(d, w.Journal, w.Source), review.NewStore(d, w.Journal, w.Source)}
}

func (w world) draft() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(w.Source.ID()), Country: "XA", Day: "2017-02-09",
		Goods: []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}}}}
}

func (w world) report(who string) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, w.draft())
	w.Must(err)
	return c
}

func (w world) read(who, ref string) ([]review.Review, review.Standing) {
	w.T.Helper()
	all, where, err := w.reviews.Read(w.T.Context(), w.Actor[who], code, ref)
	w.Must(err)
	return all, where
}

// A case is returned, corrected, and checked by both who answer for it.
func TestReturnedAndChecked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		c := w.report("xa.officer")
		w.Must(w.reviews.Return(ctx, w.Actor["wco.coordinator"], code, c.Reference, c.Version, " The unit is wrong. "))
		all, where := w.read("xa.officer", c.Reference)
		if len(all) != 1 || all[0].Reason != "The unit is wrong." || all[0].Side != review.ByCoordination || !where.Open() {
			t.Fatalf("%+v %+v", all, where)
		}
		back, err := w.reviews.Waiting(ctx, w.Actor["xa.officer"], code)
		w.Must(err)
		if len(back) != 1 || back[0].Case.Seq != c.Seq {
			t.Fatalf("waits: %+v", back)
		}
		next := c.Draft
		next.Goods = []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: 12e6, Unit: "KGM"}}}}
		c, err = w.cases.Amend(ctx, w.Actor["xa.officer"], code, c.Seq, c.Version, next, "kilograms")
		w.Must(err)
		if _, where := w.read("xa", c.Reference); where.Open() || !where.Corrected {
			t.Errorf("corrected: %+v", where)
		}
		if back, err := w.reviews.Waiting(ctx, w.Actor["xa.officer"], code); err != nil || len(back) > 0 {
			t.Errorf("still waits: %v %v", back, err)
		}
		w.Must(w.reviews.Check(ctx, w.Actor["xa"], code, c.Reference, c.Version, ""))
		w.Must(w.reviews.Check(ctx, w.Actor["wco.coordinator"], code, c.Reference, c.Version, ""))
		w.Must(w.reviews.Check(ctx, w.Actor["wco.coordinator"], code, c.Reference, c.Version, "")) // the same again
		all, where = w.read("wco", c.Reference)
		if len(all) != 3 || where.ContactPoint.Verdict != review.Checked || where.Coordination.Verdict != review.Checked || where.Since {
			t.Fatalf("checked: %+v %+v", all, where)
		}
		next.Remarks = "Counted again."
		c, err = w.cases.Amend(ctx, w.Actor["xa.officer"], code, c.Seq, c.Version, next, "counted again")
		w.Must(err)
		if _, where = w.read("wco", c.Reference); !where.Since {
			t.Error("the check is still of the newest version")
		}
		if c.Version != 3 {
			t.Errorf("reviews made versions: %d", c.Version)
		}
	})
}

// What is said of a case is seen by those who answer for it, and by nobody else,
// who can neither say nor see anything.
func TestOthersSeeNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		c := w.report("xa.officer")
		w.Must(w.reviews.Return(ctx, w.Actor["wco.coordinator"], code, c.Reference, c.Version, "Look again."))
		for _, who := range []string{"xb", "xb.officer"} {
			if all, where := w.read(who, c.Reference); len(all) > 0 || where.Coordination != nil {
				t.Errorf("%s reads %+v", who, all)
			}
			for name, say := range map[string]func(access.Actor) error{
				"check":  func(a access.Actor) error { return w.reviews.Check(ctx, a, code, c.Reference, c.Version, "") },
				"return": func(a access.Actor) error { return w.reviews.Return(ctx, a, code, c.Reference, c.Version, "why") },
			} {
				if err := say(w.Actor[who]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s as %s: %v", name, who, err)
				}
			}
		}
		for _, who := range operationtest.Outside {
			w.Missing(who, func(a access.Actor) error {
				return w.reviews.Return(ctx, a, code, c.Reference, c.Version, "why")
			})
		}
		if back, err := w.reviews.Waiting(ctx, w.Actor["xb.officer"], code); err != nil || len(back) > 0 {
			t.Errorf("another's return waits: %v %v", back, err)
		}
		if err := w.reviews.Check(ctx, w.Actor["xa.officer"], code, c.Reference, c.Version, ""); err == nil {
			t.Error("an officer checks for the contact point")
		}
	})
}

// What cannot be said: nothing, too much, of a version that is gone, of a draft.
func TestRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		c := w.report("xa.officer")
		saved, err := w.cases.Save(ctx, w.Actor["xa"], code, w.draft(), 0)
		w.Must(err)
		for name, err := range map[string]error{
			"no reason":       w.reviews.Return(ctx, w.Actor["wco"], code, c.Reference, c.Version, "  "),
			"another version": w.reviews.Check(ctx, w.Actor["wco"], code, c.Reference, c.Version+1, ""),
			"a draft":         w.reviews.Check(ctx, w.Actor["xa"], code, saved.Reference, saved.Version, ""),
		} {
			if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
