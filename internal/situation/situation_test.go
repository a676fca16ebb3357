package situation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/situation"
)

const code = operationtest.Code

type world struct {
	*operationtest.World
	store *situation.Store
	cases *seizure.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.store, w.cases = situation.NewStore(d, w.Journal, w.Source), seizure.NewStore(d, w.Journal, w.Source)
	w.Source.Set(operationtest.Start)
	return w
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) report(who, day string, pieces int64) seizure.Case {
	w.T.Helper()
	w.tick()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, seizure.Draft{ID: seizure.ID(w.Source.ID()), Country: "XA", Place: "Harbour", Day: day,
		Status: "seized", Conveyance: goods.Coded{Code: "mail"}, Language: "en",
		Goods: []goods.Line{{Category: "FTW", Description: "Shoes", Quantities: []goods.Quantity{{Micro: pieces * 1e6, Unit: "H87"}}}}})
	w.Must(err)
	return c
}

func (w *world) issue(d situation.Draft) situation.Report {
	w.T.Helper()
	w.tick()
	r, err := w.store.Issue(w.T.Context(), w.Actor["wco.coordinator"], code, d)
	w.Must(err)
	return r
}

func (w *world) list(who string) situation.Page {
	w.T.Helper()
	p, err := w.store.List(w.T.Context(), w.Actor[who], code, 0)
	w.Must(err)
	return p
}

// TestWhatWasSaidStaysSaid: a correction is in the next report, and the old one is as it was.
func TestWhatWasSaidStaysSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.report("xa.officer", "2017-02-08", 30)
		c := w.report("xa.officer", "2017-02-09", 100)
		first := w.issue(situation.Draft{Day: "2017-02-09", Note: "Quiet.", Language: "en"})
		again := w.issue(situation.Draft{Day: "2017-02-09", Note: "Quiet.", Language: "en"})
		if again.Seq != first.Seq {
			t.Errorf("the same click twice made reports %d and %d", first.Seq, again.Seq)
		}
		if f := first.Figures; f.OfDay.Cases != 1 || f.Since.Cases != 2 || f.OfDay.Totals["H87"] != 100e6 || f.Since.Totals["H87"] != 130e6 || f.Members != 3 || f.Reported != 1 {
			t.Errorf("figures: %+v", f)
		}
		w.tick()
		_, err := w.cases.Withdraw(ctx, w.Actor["xa.officer"], code, c.Seq, c.Version, "A mistake.")
		w.Must(err)
		second := w.issue(situation.Draft{Day: "2017-02-09"})
		if second.Seq == first.Seq || second.Figures.OfDay.Cases != 0 || second.Figures.Since.Totals["H87"] != 30e6 {
			t.Errorf("after the correction: %+v", second)
		}
		for _, who := range []string{"wco.coordinator", "xa.officer", "xb", "observer"} {
			got, err := w.store.Read(ctx, w.Actor[who], code, first.Seq)
			w.Must(err)
			if diff := cmp.Diff(first, got.Report); diff != "" {
				t.Errorf("%s reads (-issued +read):\n%s", who, diff)
			}
			if p := w.list(who); p.All != 2 || len(p.Reports) != 2 || p.Reports[0].Seq != second.Seq || p.More {
				t.Errorf("%s lists %+v", who, p)
			}
		}
	})
}

// TestOnlyCoordinationIssuesAndNoRightHolderReads: for others it does not exist.
func TestOnlyCoordinationIssuesAndNoRightHolderReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		made := w.issue(situation.Draft{})
		if made.Day != "2017-02-09" {
			t.Errorf("today is %s", made.Day)
		}
		w.Actor["nobody"] = access.Actor{}
		w.Must(w.Operations.End(ctx, w.Actor["wco"], code, w.Body["gone"].ID))
		for _, who := range []string{"nobody", "xa", "xa.officer", "observer", "holder", "gone", "stranger", "wco.auditor"} {
			if _, err := w.store.Issue(ctx, w.Actor[who], code, situation.Draft{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s issues: %v", who, err)
			}
			if _, err := w.store.Plan(ctx, w.Actor[who], code, situation.Plan{On: true}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s plans: %v", who, err)
			}
		}
		for _, who := range []string{"nobody", "holder", "gone", "stranger", "wco.auditor"} {
			if _, err := w.store.List(ctx, w.Actor[who], code, 0); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s lists: %v", who, err)
			}
			if _, err := w.store.Read(ctx, w.Actor[who], code, made.Seq); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads: %v", who, err)
			}
		}
		for _, bad := range []situation.Draft{{Day: "2017-02-30"}, {Day: "2017-02-20"}, {Day: "2017-02-09", Note: "x", Language: "zz-nothing"}} {
			if _, err := w.store.Issue(ctx, w.Actor["wco"], code, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if _, err := w.store.Plan(ctx, w.Actor["wco"], code, situation.Plan{Hour: 24, Minute: -1}); !fault.Is(err, fault.Invalid) {
			t.Errorf("an hour that is none: %v", err)
		}
	})
}

// TestTimeIssuesOnceADay: by the operation's own clock, also on the nights on which it
// jumps; not for a moment that is over, not twice, not after the phase.
func TestTimeIssuesOnceADay(t *testing.T) {
	type step struct {
		at   string // UTC
		want string // days of the reports that were issued then
	}
	york := func(phase [2]string) operation.Draft {
		return operation.Draft{Code: "ebb", Kind: operation.KindOperation, Name: "Ebb", Language: "en", Handling: "Keep it here.", TimeZone: "America/New_York",
			Phases: []operation.Phase{{Kind: "operational", Starts: phase[0], Ends: phase[1]}}}
	}
	for name, c := range map[string]struct {
		plan  situation.Plan
		phase [2]string
		steps []step // the plan is made at the first
	}{
		"in the evening, of the same day": {situation.Plan{On: true, Hour: 18, Minute: 30}, [2]string{"2018-02-05", "2018-02-07"}, []step{
			{"2018-02-05T23:31", ""}, // made at 18:31 local time: today's moment is over
			{"2018-02-06T23:29", ""},
			{"2018-02-06T23:30", "2018-02-06"},
			{"2018-02-06T23:40", ""},
			{"2018-02-07T04:59", ""},
			{"2018-02-08T04:58", "2018-02-07"}, // it was down from the evening until two minutes to midnight
			{"2018-02-08T23:40", ""},           // the phase is over
		}},
		"of the day before, over the last day": {situation.Plan{On: true, Hour: 7, DayBefore: true}, [2]string{"2018-02-05", "2018-02-06"}, []step{
			{"2018-02-05T00:00", ""},
			{"2018-02-05T13:00", ""}, // the day before is before the phase
			{"2018-02-06T12:00", "2018-02-05"},
			{"2018-02-07T12:00", "2018-02-06"},
			{"2018-02-08T12:00", ""},
		}},
		"an hour that the night leaves out": {situation.Plan{On: true, Hour: 2, Minute: 30}, [2]string{"2018-03-10", "2018-03-12"}, []step{
			{"2018-03-11T06:00", ""},           // 01:00 in New York
			{"2018-03-11T07:40", "2018-03-11"}, // 03:40: half past two never was
			{"2018-03-11T08:40", ""},
		}},
		"an hour that the night has twice": {situation.Plan{On: true, Hour: 1, Minute: 30}, [2]string{"2018-11-03", "2018-11-05"}, []step{
			{"2018-11-04T04:10", ""},
			{"2018-11-04T05:30", "2018-11-04"},
			{"2018-11-04T06:30", ""}, // half past one again
			{"2018-11-05T06:30", "2018-11-05"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				w := newWorld(t, d)
				draft := york(c.phase)
				draft.Organisation, draft.Director = w.Body["wco"].ID, person.ID(w.Actor["wco"].Person)
				_, err := w.Operations.Open(t.Context(), w.Root, draft)
				w.Must(err)
				for i, s := range c.steps {
					at, err := time.Parse("2006-01-02T15:04", s.at)
					w.Must(err)
					w.Source.Set(at)
					if i == 0 {
						_, err := w.store.Plan(t.Context(), w.Actor["wco"], "ebb", c.plan)
						w.Must(err)
					}
					before, err := w.store.List(t.Context(), w.Actor["wco"], "ebb", 0)
					w.Must(err)
					n, err := w.store.IssueDue(t.Context())
					w.Must(err)
					after, err := w.store.List(t.Context(), w.Actor["wco"], "ebb", 0)
					w.Must(err)
					got := ""
					if n > 0 {
						got = after.Reports[0].Day
					}
					if got != s.want || len(after.Reports)-len(before.Reports) != n {
						t.Errorf("%s: issued %d, of %q, want %q", s.at, n, got, s.want)
					}
				}
			})
		})
	}
}

// TestAPlanTakenBackIssuesNothing, and the newest plan is the one that holds.
func TestAPlanTakenBackIssuesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		plan := func(p situation.Plan) situation.Made {
			w.tick()
			m, err := w.store.Plan(ctx, w.Actor["wco.coordinator"], code, p)
			w.Must(err)
			return m
		}
		due := func(want int) {
			t.Helper()
			if n, err := w.store.IssueDue(ctx); err != nil || n != want {
				t.Errorf("at %s: %d, %v; want %d", w.Source.Now(), n, err, want)
			}
		}
		first := plan(situation.Plan{On: true, Hour: 21})
		if again := plan(situation.Plan{On: true, Hour: 21}); again.Seq != first.Seq {
			t.Error("the same plan twice")
		}
		plan(situation.Plan{Hour: 21})
		w.Source.Set(operationtest.Start.Add(90 * time.Minute))
		due(0)
		plan(situation.Plan{On: true, Hour: 22})
		due(0)
		w.Source.Set(operationtest.Start.Add(2 * time.Hour))
		due(1)
		plan(situation.Plan{On: true, Hour: 23}) // another hour on the same day is no second report
		w.Source.Set(operationtest.Start.Add(3 * time.Hour))
		due(0)
		if r := w.list("xb").Reports[0]; !r.Planned() || r.Author != situation.Clock || r.Organisation != w.Body["wco"].Number {
			t.Errorf("issued by time: %+v", r)
		}
	})
}
