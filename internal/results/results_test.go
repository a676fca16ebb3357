package results_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// TestFiguresOfASmallOperation: counted and not, by every dimension, as JSON.
func TestFiguresOfASmallOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.report("xa.officer", draft("XA", "2017-02-07", "mail", line("FOO", 12, 3), line("PHA", 5, 0)))
		w.report("xa.officer", draft("XB", "2017-02-09", "sea", line("FOO", 0, 7)))
		w.report("xa.officer", draft("XA", "2017-02-01", "mail", line("FOO", 100, 0)))
		genuine := line("FOO", 50, 0)
		genuine.Verdict = "genuine"
		w.report("xa.officer", draft("XA", "2017-02-08", "mail", genuine))
		_, f, err := w.results.Read(t.Context(), w.actor["wco.coordinator"], code)
		if err != nil {
			t.Fatal(err)
		}
		asOf := f.AsOf
		f.AsOf = 1234
		got, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		const want = `{"operation":"tide","as_of":1234,"cases":2,"not_counted":{"genuine":1,"outside-phase":1},"totals":{"H87":"17","KGM":"10"},` +
			`"by_category":[{"cases":2,"category":"FOO","totals":{"H87":"12","KGM":"10"}},{"cases":1,"category":"PHA","totals":{"H87":"5"}}],` +
			`"by_country":[{"cases":1,"country":"XA","totals":{"H87":"17","KGM":"3"}},{"cases":1,"country":"XB","totals":{"KGM":"7"}}],` +
			`"by_conveyance":[{"cases":1,"conveyance":"mail","totals":{"H87":"17","KGM":"3"}},{"cases":1,"conveyance":"sea","totals":{"KGM":"7"}}],` +
			`"by_day":[{"cases":1,"day":"2017-02-07","totals":{"H87":"17","KGM":"3"}},{"cases":1,"day":"2017-02-09","totals":{"KGM":"7"}}]}`
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("JSON (-want +got):\n%s", diff)
		}
		if n := f.NotCountedTotal(); n != 2 {
			t.Errorf("%d not counted", n)
		}
		w.report("xa.officer", draft("XA", "2017-02-07", "mail", line("PHA", 1, 0)))
		if _, f, err = w.results.Read(t.Context(), w.actor["xa.officer"], code); err != nil || f.AsOf != asOf+1 || f.Cases != 3 {
			t.Errorf("one entry later: as of %d (was %d), %d cases, %v", f.AsOf, asOf, f.Cases, err)
		}
	})
}

// TestFiguresNeverShowWhatListsHide: for every reader the figures are what
// counting its own list of cases gives.
func TestFiguresNeverShowWhatListsHide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(r, "cases") {
				c := draft(rapid.SampledFrom([]string{"XA", "XB"}).Draw(r, "country"),
					rapid.SampledFrom([]string{"2017-02-05", "2017-02-07", "2017-02-09"}).Draw(r, "day"),
					rapid.SampledFrom([]string{"sea", "mail"}).Draw(r, "conveyance"),
					line(rapid.SampledFrom([]string{"FOO", "PHA"}).Draw(r, "category"), rapid.Int64Range(1, 9).Draw(r, "pieces"), rapid.Int64Range(0, 9).Draw(r, "kilos")))
				who := rapid.SampledFrom([]string{"xa.officer", "xb.officer"}).Draw(r, "who")
				made := w.report(who, c)
				if rapid.IntRange(0, 3).Draw(r, "fate") == 0 {
					w.tick()
					if _, err := w.cases.Withdraw(t.Context(), w.actor[who], code, made.Seq, made.Version, "mistaken"); err != nil {
						r.Fatal(err)
					}
				}
			}
			for _, who := range []string{"xa.officer", "xb.officer", "xb", "wco.coordinator"} {
				_, f, err := w.results.Read(t.Context(), w.actor[who], code)
				if err != nil {
					r.Fatal(err)
				}
				if diff := cmp.Diff(recount(r, w, who), plain(f)); diff != "" {
					r.Errorf("%s (-list +figures):\n%s", who, diff)
				}
			}
		})
	})
}

// figures are what both ways of counting give.
type figures struct {
	Cases      int64
	NotCounted map[string]int64
	Totals     map[string]int64
	ByCategory map[string]int64 // cases
	ByDay      map[string]int64
}

func plain(f results.Figures) figures {
	out := figures{Cases: f.Cases, NotCounted: f.NotCounted, Totals: f.Totals, ByCategory: map[string]int64{}, ByDay: map[string]int64{}}
	for _, g := range f.Categories {
		out.ByCategory[g.Value] = g.Cases
	}
	for _, g := range f.Days {
		out.ByDay[g.Value] = g.Cases
	}
	return out
}

func recount(r *rapid.T, w *world, who string) figures {
	out := figures{NotCounted: map[string]int64{}, Totals: map[string]int64{}, ByCategory: map[string]int64{}, ByDay: map[string]int64{}}
	for before := int64(0); ; {
		p, err := w.cases.List(w.t.Context(), w.actor[who], code, seizure.Filter{Before: before, Limit: 200})
		if err != nil {
			r.Fatal(err)
		}
		for _, c := range p.Items {
			if c.Class != seizure.Counted {
				out.NotCounted[c.Class]++
				continue
			}
			out.Cases++
			out.ByDay[c.Day]++
			var held []string
			for _, l := range c.Goods {
				if !slices.Contains(held, l.Category) {
					held = append(held, l.Category)
					out.ByCategory[l.Category]++
				}
				for _, q := range l.Quantities {
					out.Totals[q.Unit] += q.Micro
				}
			}
		}
		if before = p.Next; before == 0 {
			return out
		}
	}
}

// TestOfficialFigureStandsBesideWhereItDiffers: a case that waits for release is
// known to its own organisation and to coordination only.
func TestOfficialFigureStandsBesideWhereItDiffers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.report("xa.officer", draft("XA", "2017-02-07", "mail", line("FOO", 12, 0)))
		c := w.report("xb.officer", draft("XB", "2017-02-08", "sea", line("FOO", 30, 0)))
		for who, want := range map[string]struct{ own, official int64 }{"wco.coordinator": {2, 0}, "xb.officer": {2, 0}, "xa.officer": {1, 2}, "observer": {0, 2}} {
			_, f, err := w.results.Read(t.Context(), w.actor[who], code)
			if err != nil {
				t.Fatal(err)
			}
			if f.Cases != want.own || (f.Official == nil) != (want.official == 0) || f.Official != nil && f.Official.Cases != want.official {
				t.Errorf("%s: %d cases, official %+v, want %+v", who, f.Cases, f.Official, want)
			}
			if f.Official != nil && f.Official.Totals["H87"] != 42_000_000 {
				t.Errorf("%s: official totals %v", who, f.Official.Totals)
			}
		}
		w.tick()
		if _, err := w.cases.Release(t.Context(), w.actor["xb"], code, c.Seq, c.Version); err != nil {
			t.Fatal(err)
		}
		if _, f, err := w.results.Read(t.Context(), w.actor["xa.officer"], code); err != nil || f.Cases != 2 || f.Official != nil {
			t.Errorf("after the release: %d cases, official %+v, %v", f.Cases, f.Official, err)
		}
	})
}
