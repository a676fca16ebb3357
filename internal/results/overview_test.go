package results_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// seen is what one reader's overview says.
type seen struct {
	Figures                bool
	Cases, Messages        int64
	Latest                 int
	Waiting, Open, Overdue int64
	Drafts, Release        int64
}

func look(o results.Overview) seen {
	s := seen{Messages: o.Messages, Latest: len(o.Latest), Waiting: o.Warnings.Waiting, Open: o.Warnings.All, Overdue: o.Warnings.AllOverdue,
		Drafts: o.Own.Drafts, Release: o.Own.Waiting}
	if o.Figures != nil {
		s.Figures, s.Cases = true, o.Figures.Cases
	}
	return s
}

// TestOverviewIsEachReadersOwn: figures, messages, warnings and what waits come
// with the reader's permissions and audiences.
func TestOverviewIsEachReadersOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for range 7 {
			w.send("wco.coordinator", message.Draft{Template: message.General, To: to(access.Sides()...)})
		}
		w.send("wco.coordinator", message.Draft{Template: message.Warning, To: audience.Address{Organisations: []int64{w.body["xa"].Number}},
			ReplyDue: w.source.Now().Add(time.Hour)})
		w.report("xa.officer", draft("XA", "2017-02-07", "mail", line("FOO", 12, 0)))
		w.report("xb.officer", draft("XB", "2017-02-08", "sea", line("FOO", 30, 0)))
		if _, err := w.cases.Save(t.Context(), w.actor["xa.officer"], code, draft("XA", "2017-02-08", "mail", line("FOO", 1, 0)), 0); err != nil {
			t.Fatal(err)
		}
		w.source.Set(w.source.Now().Add(2 * time.Hour))
		for who, want := range map[string]seen{
			"wco.coordinator": {Figures: true, Cases: 2, Messages: 8, Latest: 6, Open: 1, Overdue: 1},
			"xa.officer":      {Figures: true, Cases: 1, Messages: 8, Latest: 6, Waiting: 1, Open: 1, Overdue: 1, Drafts: 1},
			"xb":              {Figures: true, Cases: 2, Messages: 7, Latest: 6, Release: 1},
			"observer":        {Figures: true, Messages: 7, Latest: 6},
			"holder":          {Messages: 7, Latest: 6},
			"wco.trainer":     {Messages: 8, Latest: 6, Open: 1, Overdue: 1},
			"wco.auditor":     {},
		} {
			o := w.overview(who)
			if diff := cmp.Diff(want, look(o)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", who, diff)
			}
			for i, m := range o.Latest {
				if !m.To.Empty() || m.From.Name == "" || i > 0 && m.Seq >= o.Latest[i-1].Seq {
					t.Errorf("%s: letter %d: to %+v, from %q, number %d", who, i, m.To, m.From.Name, m.Seq)
				}
			}
		}
	})
}

// TestOverviewIsForMembersOnly: for others the operation does not exist.
func TestOverviewIsForMembersOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.actor["nobody"] = access.Actor{}
		for _, who := range []string{"nobody", "outsider"} {
			if _, err := w.results.Overview(t.Context(), w.actor[who], code); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", who, err)
			}
			if _, _, err := w.results.Read(t.Context(), w.actor[who], code); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads results: %v", who, err)
			}
		}
		for _, who := range []string{"holder", "wco.auditor", "wco.trainer"} {
			if _, _, err := w.results.Read(t.Context(), w.actor[who], code); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads results: %v", who, err)
			}
		}
		if _, err := w.results.Overview(t.Context(), w.actor["xa"], "ebb"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another operation: %v", err)
		}
		w.tick()
		w.must(w.operations.End(t.Context(), w.actor["wco"], code, w.body["xa"].ID))
		if _, err := w.results.Overview(t.Context(), w.actor["xa.officer"], code); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed a moment ago: %v", err)
		}
	})
}

func TestDailyLeavesNoDayOut(t *testing.T) {
	o := operation.Operation{Counting: operation.Counting{Phase: "operational"},
		Phases: []operation.Phase{{Kind: "plan", Starts: "2017-01-01", Ends: "2017-01-31"}, {Kind: "operational", Starts: "2017-02-27", Ends: "2017-03-02"}}}
	f := results.Figures{Days: []results.Group{{Value: "2017-02-25", Cases: 1}, {Value: "2017-03-01", Cases: 4}}}
	var got []results.Group
	for _, g := range f.Daily(o) {
		g.Totals = nil
		got = append(got, g)
	}
	want := []results.Group{{Value: "2017-02-25", Cases: 1}, {Value: "2017-02-27"}, {Value: "2017-02-28"}, {Value: "2017-03-01", Cases: 4}, {Value: "2017-03-02"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReasonsStandInTheirOrder(t *testing.T) {
	f := results.Figures{NotCounted: map[string]int64{seizure.IsDraft: 3, seizure.Genuine: 2, seizure.Duplicate: 0, seizure.IsWithdrawn: 1}}
	want := []results.Reason{{Class: seizure.Genuine, Cases: 2}, {Class: seizure.IsWithdrawn, Cases: 1}, {Class: seizure.IsDraft, Cases: 3}}
	if diff := cmp.Diff(want, f.Reasons()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
