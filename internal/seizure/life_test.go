package seizure_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// TestLife follows a case of each kind of administration, and who sees it.
func TestLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		see := func(when string, c seizure.Case, want ...string) {
			t.Helper()
			may := map[string]bool{}
			for _, who := range want {
				may[who] = true
			}
			for _, who := range []string{"wco", "wco.coordinator", "xa.officer", "xb", "xb.officer", "xc.officer"} {
				if got := w.sees(who, c); got != may[who] {
					t.Errorf("%s: %s sees it: %v", when, who, got)
				}
			}
			for _, who := range []string{"observer", "holder", "wco.auditor", "xz", "xz.officer"} {
				if w.sees(who, c) {
					t.Errorf("%s: %s sees it", when, who)
				}
			}
		}
		everybody := []string{"wco", "wco.coordinator", "xa.officer", "xb", "xb.officer", "xc.officer"}
		see("released by an officer", w.report("xa.officer", draft()), everybody...)
		see("released by the contact point's own report", w.report("xb", draft()), everybody...)

		saved := draft()
		saved.Goods = nil
		c, err := w.cases.Save(ctx, w.actor["xb.officer"], code, saved, 0)
		w.must(err)
		see("draft", c, "xb", "xb.officer")
		saved.Goods = draft().Goods
		c = w.report("xb.officer", saved)
		if c.State != seizure.Reported || c.Version != 2 || c.Class != seizure.IsDraft {
			t.Errorf("reported: %+v", c)
		}
		see("waiting", c, "wco", "wco.coordinator", "xb", "xb.officer")
		c, err = w.cases.Release(ctx, w.actor["xb"], code, c.Seq, c.Version)
		w.must(err)
		see("released", c, everybody...)
		c, err = w.cases.Recall(ctx, w.actor["xb"], code, c.Seq, c.Version, "wrong port")
		w.must(err)
		see("recalled", c, "wco", "wco.coordinator", "xb", "xb.officer")
		c, err = w.cases.Withdraw(ctx, w.actor["xb.officer"], code, c.Seq, c.Version, "never happened")
		w.must(err)
		see("withdrawn after the recall", c, "wco", "wco.coordinator", "xb", "xb.officer")
		if c.Class != seizure.IsWithdrawn {
			t.Errorf("class %s", c.Class)
		}
		w.verify()
	})
}

// TestVersionsStayAtHome: what a reader could not see when it was written is not
// shown to him later through the history.
func TestVersionsStayAtHome(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		dr := draft()
		dr.Remarks = "only a draft"
		c, err := w.cases.Save(ctx, w.actor["xb.officer"], code, dr, 0)
		w.must(err)
		dr.Remarks = "waiting"
		c = w.report("xb.officer", dr)
		dr.Remarks = "checked"
		c, err = w.cases.Amend(ctx, w.actor["xb"], code, c.Seq, c.Version, dr, "checked")
		w.must(err)
		c, err = w.cases.Release(ctx, w.actor["xb"], code, c.Seq, c.Version)
		w.must(err)
		for who, want := range map[string][]string{
			"xb.officer":      {"only a draft", "waiting", "checked", "checked"},
			"wco.coordinator": {"waiting", "checked", "checked"},
			"xa.officer":      {"checked"},
		} {
			var got []string
			for _, v := range w.read(who, c).Versions {
				got = append(got, v.Remarks)
			}
			if len(got) != len(want) {
				t.Fatalf("%s sees %q, want %q", who, got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s sees %q, want %q", who, got, want)
				}
			}
		}
	})
}

// TestReleaseDue: the clock releases what was to be released by time, once; never
// after a recall, never for who has left.
func TestReleaseDue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		due := func(want int) {
			t.Helper()
			n, err := w.cases.ReleaseDue(ctx)
			w.must(err)
			if n != want {
				t.Errorf("%d released by time, want %d", n, want)
			}
		}
		first := w.report("xb.officer", draft())
		never := w.report("xc.officer", draft())
		recalled := w.report("xb.officer", draft())
		c, err := w.cases.Release(ctx, w.actor["xb"], code, recalled.Seq, recalled.Version)
		w.must(err)
		_, err = w.cases.Recall(ctx, w.actor["xb"], code, c.Seq, c.Version, "wait")
		w.must(err)
		w.source.Set(first.ReleaseDue.Add(-time.Microsecond))
		due(0)
		w.source.Set(first.ReleaseDue)
		due(1)
		due(0)
		f := w.read("xa.officer", first)
		if last := f.Versions[len(f.Versions)-1]; f.Case.State != seizure.Released || last.Author != "system:release-clock" ||
			f.Case.Organisation != w.body["xb"].Number || f.Case.Class != seizure.Counted {
			t.Errorf("released by time: %+v by %s", f.Case, last.Author)
		}
		w.pass(1000 * time.Hour)
		due(0)
		if w.sees("xa.officer", recalled) || w.sees("xa.officer", never) {
			t.Error("the clock released what was recalled, or what only a person releases")
		}
		gone := w.report("xb.officer", draft())
		w.leave("xb")
		w.pass(1000 * time.Hour)
		due(0)
		if w.sees("xa.officer", gone) {
			t.Error("the clock released a case of an administration that had left")
		}
		w.verify()
	})
}

// TestRelate: a double does not count, the mark can be taken back, and there are
// no doubles of doubles.
func TestRelate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		one, two, three := w.report("xa.officer", draft()), w.report("xb", draft()), w.report("xc", draft())
		relate := func(c seizure.Case, of int64) (seizure.Case, error) {
			w.tick()
			return w.cases.Relate(ctx, w.actor["wco.coordinator"], code, c.Seq, w.read("wco", c).Case.Version, of, "same container")
		}
		two, err := relate(two, one.Seq)
		w.must(err)
		if two.Class != seizure.Duplicate || w.read("wco", one).Case.Class != seizure.Counted {
			t.Errorf("double: %s", two.Class)
		}
		for name, try := range map[string]func() (seizure.Case, error){
			"of itself":   func() (seizure.Case, error) { return relate(three, three.Seq) },
			"of a double": func() (seizure.Case, error) { return relate(three, two.Seq) },
			"in a circle": func() (seizure.Case, error) { return relate(one, two.Seq) },
		} {
			if _, err := try(); key(err) != "seizure.double-of-double" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := relate(three, 99999); !fault.Is(err, fault.NotFound) {
			t.Errorf("of nothing: %v", err)
		}
		gone, err := w.cases.Withdraw(ctx, w.actor["xc"], code, three.Seq, three.Version, "error")
		w.must(err)
		if _, err := relate(one, gone.Seq); key(err) != "seizure.double-of-withdrawn" {
			t.Errorf("of a withdrawn case: %v", err)
		}
		two, err = relate(two, 0)
		w.must(err)
		if two.Class != seizure.Counted || two.DuplicateOf != 0 {
			t.Errorf("mark taken back: %+v", two)
		}
		w.verify()
	})
}

// TestSaved: a draft that a colleague changed is not sent over his head, one
// that was thrown away is not reported at all.
func TestSaved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, officer := t.Context(), w.actor["xa.officer"]
		dr := draft()
		first, err := w.cases.Save(ctx, officer, code, dr, 0)
		w.must(err)
		again, err := w.cases.Save(ctx, officer, code, dr, 0)
		w.must(err)
		if again.Seq != first.Seq || again.Version != 1 {
			t.Errorf("saved twice: %+v", again)
		}
		theirs := dr
		theirs.Place = "Airport"
		second, err := w.cases.Save(ctx, w.actor["xa"], code, theirs, first.Version)
		w.must(err)
		mine := dr
		mine.Place = "Depot"
		if _, err := w.cases.Save(ctx, officer, code, mine, first.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved over a colleague: %v", err)
		}
		if _, err := w.cases.ReportSaved(ctx, officer, code, mine, first.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("reported over a colleague: %v", err)
		}
		_, err = w.cases.Withdraw(ctx, officer, code, second.Seq, second.Version, "nothing there")
		w.must(err)
		if _, err := w.cases.Report(ctx, officer, code, theirs); key(err) != "seizure.withdrawn-draft" {
			t.Errorf("reported after it was thrown away: %v", err)
		}
		w.verify()
	})
}

// TestRefuses: every command refuses nobody, who lacks the permission, another
// organisation, another operation's member, and a member removed a second ago;
// each time as if there were nothing.
func TestRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		waiting := w.report("xb.officer", draft())
		released := w.report("xb", draft())
		commands := map[string]struct {
			with func(who access.Actor, c operation.Code) error
			may  []string // of these actors; others are refused
		}{
			"save": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Save(ctx, who, c, draft(), 0)
				return err
			}, []string{"xa", "xa.officer", "xb", "xb.officer"}},
			"report": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Report(ctx, who, c, draft())
				return err
			}, []string{"xa", "xa.officer", "xb", "xb.officer"}},
			"prepare": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Preview(ctx, who, c, draft())
				return err
			}, []string{"xa", "xa.officer", "xb", "xb.officer"}},
			"amend": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Amend(ctx, who, c, released.Seq, released.Version, released.Draft, "why")
				return err
			}, []string{"xb", "xb.officer"}},
			"release": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Release(ctx, who, c, released.Seq, released.Version)
				return err
			}, []string{"xb"}},
			"recall": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Recall(ctx, who, c, waiting.Seq, waiting.Version, "why")
				if key(err) == "seizure.cannot-recall" { // it got as far as the state
					return nil
				}
				return err
			}, []string{"xb"}},
			"withdraw": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Withdraw(ctx, who, c, waiting.Seq, waiting.Version+7, "why")
				if fault.Is(err, fault.Conflict) {
					return nil
				}
				return err
			}, []string{"xb", "xb.officer"}},
			"relate": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Relate(ctx, who, c, waiting.Seq, waiting.Version, 0, "why")
				return err
			}, []string{"wco", "wco.coordinator"}},
			"read": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Read(ctx, who, c, released.Reference)
				return err
			}, []string{"wco", "wco.coordinator", "xa", "xa.officer", "xa.analyst", "xb", "xb.officer"}},
			"list": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.List(ctx, who, c, seizure.Filter{})
				return err
			}, []string{"wco", "wco.coordinator", "xa", "xa.officer", "xa.analyst", "xb", "xb.officer"}},
			"mine": {func(who access.Actor, c operation.Code) error {
				_, err := w.cases.Mine(ctx, who, c, seizure.Saved)
				return err
			}, []string{"wco", "wco.coordinator", "xa", "xa.officer", "xa.analyst", "xb", "xb.officer"}},
		}
		refused := func(name, who string, err error) {
			t.Helper()
			if !fault.Is(err, fault.NotFound) || key(err) != "fault.not-found" {
				t.Errorf("%s by %s: %v", name, who, err)
			}
		}
		w.tick()
		for name, c := range commands {
			refused(name, "nobody", c.with(access.Actor{}, code))
			refused(name, "no person", c.with(access.Actor{Organisation: w.body["xb"].Number}, code))
			refused(name, "an administrator", c.with(w.root, code))
			may := map[string]bool{}
			for _, who := range c.may {
				may[who] = true
			}
			for _, who := range []string{"wco", "wco.coordinator", "wco.auditor", "xa", "xa.officer", "xa.analyst", "xb", "xb.officer",
				"observer", "holder", "xz", "xz.officer"} {
				if err := c.with(w.actor[who], code); !may[who] {
					refused(name, who, err)
				} else if err != nil {
					t.Errorf("%s by %s: %v", name, who, err)
				}
			}
			refused(name, "xb of another operation", c.with(w.actor["xb"], other))
			refused(name, "no operation", c.with(w.actor["xb"], "none"))
		}
		w.leave("xb")
		w.tick()
		for name, c := range commands {
			refused(name, "xb after it left", c.with(w.actor["xb"], code))
			refused(name, "xb.officer after it left", c.with(w.actor["xb.officer"], code))
		}
		w.verify()
	})
}
