package nilreport_test

import (
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
)

const day = "2017-02-08"

func controls(n int64) *int64 { return &n }

func (w *world) send(who string, d nilreport.Draft) (nilreport.Report, error) {
	return w.store.Send(w.T.Context(), w.Actor[who], code, d)
}

func (w *world) sent(who string, d nilreport.Draft) nilreport.Report {
	w.T.Helper()
	r, err := w.send(who, d)
	w.Must(err)
	return r
}

func (w *world) own(who, day string) (operation.Standing, nilreport.Report) {
	w.T.Helper()
	st, r, err := w.store.Own(w.T.Context(), w.Actor[who], code, day)
	w.Must(err)
	return st, r
}

// standing are the reports that an organisation may read.
func (w *world) standing(body string) (out []nilreport.Report) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, code)
		if err != nil {
			return err
		}
		readable, err := audience.Open(tx, o.Number, w.Body[body].Number)
		if err != nil {
			return err
		}
		out, err = nilreport.Between(tx, o.Number, readable, "2017-02-06", "2017-02-24")
		return err
	}))
	return out
}

// One report stands for each organisation and day: the same again is the same,
// another one amends it, a withdrawn one leaves the day as if there were none.
func TestSendAmendWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := nilreport.Draft{Day: day, Controls: controls(0), Remark: "Rough sea.", Language: "en"}
		first := w.sent("xa.officer", draft)
		if _, own := w.own("xa", day); own.Seq != first.Seq || own.Version != 1 || *own.Controls != 0 || own.Remark != "Rough sea." ||
			own.Author != w.Actor["xa.officer"].Person || own.State != nilreport.Stands || !own.At.Equal(operationtest.Start) {
			t.Errorf("sent: %+v", own)
		}
		st, _ := w.own("xa", day)
		if again := w.sent("xa", draft); again.Version != 1 || again.Author != first.Author {
			t.Errorf("the same again: %+v", again)
		}
		if after, _ := w.own("xa", day); after.AsOf != st.AsOf {
			t.Error("the same again made an entry")
		}
		amended := w.sent("xa", nilreport.Draft{Day: day, Controls: controls(300), Version: 1})
		if _, own := w.own("xa", day); own.Version != 2 || amended.Version != 2 || amended.Seq != first.Seq || own.Seq != first.Seq || *own.Controls != 300 || own.Remark != "" ||
			own.Language != "" || own.Author != w.Actor["xa"].Person {
			t.Errorf("amended: %+v", own)
		}
		for _, version := range []int64{0, 1, 3} {
			if _, err := w.send("xa.officer", nilreport.Draft{Day: day, Controls: controls(7), Version: version}); !fault.Is(err, fault.Conflict) {
				t.Errorf("amends version %d: %v", version, err)
			}
			if err := w.store.Withdraw(t.Context(), w.Actor["xa"], code, day, version); !fault.Is(err, fault.Conflict) {
				t.Errorf("withdraws version %d: %v", version, err)
			}
		}
		w.Must(w.store.Withdraw(t.Context(), w.Actor["xa"], code, day, 2))
		w.Must(w.store.Withdraw(t.Context(), w.Actor["xa"], code, day, 2))
		if _, own := w.own("xa", day); own.State != nilreport.Withdrawn || own.Version != 3 {
			t.Errorf("withdrawn: %+v", own)
		}
		if left := w.standing("wco"); len(left) != 0 {
			t.Errorf("coordination still reads %+v", left)
		}
		if err := w.store.Withdraw(t.Context(), w.Actor["xa"], code, day, 3); !fault.Is(err, fault.Conflict) {
			t.Errorf("withdraws what is withdrawn: %v", err)
		}
		if _, err := w.send("xa", nilreport.Draft{Day: day, Version: 2}); !fault.Is(err, fault.Conflict) {
			t.Errorf("amends what somebody withdrew: %v", err)
		}
		anew := w.sent("xa", nilreport.Draft{Day: day})
		if left := w.standing("wco"); len(left) != 1 || anew.Version != 4 || left[0].Version != 4 || left[0].Seq != first.Seq || left[0].Controls != nil {
			t.Errorf("sent anew: %+v", left)
		}
	})
}

// Two people at once: one report, one winner, and the others are told.
func TestTwoAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const many = 8
		for version := range int64(2) {
			var wg sync.WaitGroup
			var mu sync.Mutex
			var won []nilreport.Report
			for i := range int64(many) {
				wg.Go(func() {
					r, err := w.send([]string{"xa", "xa.officer"}[i%2], nilreport.Draft{Day: day, Controls: controls(100*version + i), Version: version})
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						won = append(won, r)
					} else if !fault.Is(err, fault.Conflict) {
						t.Error(err)
					}
					if _, err := w.send("xb.officer", nilreport.Draft{Day: day, Controls: controls(5)}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			all := w.standing("wco")
			if len(won) != 1 || len(all) != 2 || all[0].Version != version+1 || all[1].Version != 1 || *all[0].Controls != *won[0].Controls ||
				all[0].Author != won[0].Author {
				t.Errorf("%d won: %+v; kept: %+v", len(won), won, all)
			}
		}
	})
}

// A day is one of the operational phase that has begun where the organisation is.
func TestWrongDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, c := range []struct {
			who, day string
			good     bool
		}{{"xa", "2017-02-10", true}, {"xa", "2017-02-11", false}, {"xb", "2017-02-10", false}, {"xb", "2017-02-09", true},
			{"xa", "2017-02-06", true}, {"xa", "2017-02-05", false}, {"xa", "2017-02-25", false}, {"xa", "2017-2-8", false}} {
			_, err := w.send(c.who, nilreport.Draft{Day: c.day})
			if c.good && err != nil || !c.good && !fault.Is(err, fault.Invalid) {
				t.Errorf("%s on %s: %v", c.who, c.day, err)
			}
		}
		w.Source.Set(operationtest.Start.AddDate(0, 1, 0))
		if _, err := w.send("xa", nilreport.Draft{Day: "2017-02-25"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("past the phase: %v", err)
		}
		w.sent("xa", nilreport.Draft{Day: "2017-02-24"})
		if all := w.standing("wco"); len(all) != 4 {
			t.Errorf("kept: %+v", all)
		}
	})
}

// A report is written by its own organisation and read by it and coordination; for
// all others there is none, and nothing to send either.
func TestAudience(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Give("wco", "officer", access.Officer) // whose organisation controls no goods
		w.sent("gone.officer", nilreport.Draft{Day: day})
		w.Leave("gone")
		w.sent("xa.officer", nilreport.Draft{Day: day})
		for body, want := range map[string]int{"wco": 2, "xa": 1, "xb": 0, "gone": 0, "observer": 0, "holder": 0, "stranger": 0} {
			if got := w.standing(body); len(got) != want {
				t.Errorf("%s reads %+v", body, got)
			}
		}
		for _, who := range append([]string{"wco", "wco.coordinator", "wco.officer"}, operationtest.Outside...) {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Send(t.Context(), a, code, nilreport.Draft{Day: day})
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, _, err := w.store.Own(t.Context(), a, code, day)
				return err
			})
		}
		for _, who := range append([]string{"xb", "xb.officer", "wco", "wco.officer"}, operationtest.Outside...) {
			w.Missing(who, func(a access.Actor) error { return w.store.Withdraw(t.Context(), a, code, day, 1) })
		}
		if _, none := w.own("xb", day); none != (nilreport.Report{}) {
			t.Errorf("another member's own: %+v", none)
		}
		if _, own := w.own("xa", day); own.State != nilreport.Stands || own.Version != 1 {
			t.Errorf("after all that: %+v", own)
		}
	})
}
