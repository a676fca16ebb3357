package seizure_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// play is a world in which random people do random things with random cases.
type play struct {
	*world
	t    *rapid.T
	made []seizure.Case
	left map[string]bool
	kept seizure.Kept
}

var reporters = []string{"xa", "xa.officer", "xb", "xb.officer", "xc", "xc.officer"}

// arbitrary is a draft that may or may not count.
func arbitrary(t *rapid.T) seizure.Draft {
	d := draft()
	d.Country = rapid.SampledFrom([]string{"XA", "XB"}).Draw(t, "country")
	d.Day = rapid.SampledFrom([]string{"2017-02-05", "2017-02-06", "2017-02-07"}).Draw(t, "day")
	d.Conveyance.Code = rapid.SampledFrom([]string{"", "sea", "mail"}).Draw(t, "conveyance")
	d.Status = rapid.SampledFrom([]string{"seized", "seized", "detained", "released"}).Draw(t, "status")
	d.Goods = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) goods.Line {
		l := goods.Line{Category: rapid.SampledFrom([]string{"FOO", "PHA", "TOY"}).Draw(t, "category"),
			Verdict: rapid.SampledFrom([]string{"fake", "fake", "genuine", "suspected"}).Draw(t, "verdict")}
		for _, unit := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"H87", "KGM", "LTR"}), 0, 2, rapid.ID).Draw(t, "units") {
			l.Quantities = append(l.Quantities, goods.Quantity{Micro: rapid.Int64Range(1, 9e6).Draw(t, "micro"), Unit: unit})
		}
		return l
	}), 1, 3).Draw(t, "goods")
	return d
}

// allowed are the answers that a random act may get.
func (p *play) allowed(what string, err error) bool {
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
		p.t.Fatalf("%s: %v", what, err)
	}
	return err == nil
}

func (p *play) who() access.Actor { return p.actor[rapid.SampledFrom(reporters).Draw(p.t, "who")] }

// some is the newest state of some case, as the books have it.
func (p *play) some() (int, seizure.Case) {
	if len(p.made) == 0 {
		p.t.Skip("no case yet")
	}
	i := rapid.IntRange(0, len(p.made)-1).Draw(p.t, "case")
	return i, p.made[i]
}

func (p *play) save(t *rapid.T) {
	c, err := p.cases.Save(p.world.t.Context(), p.who(), code, arbitrary(t), 0)
	if p.allowed("save", err) {
		p.made = append(p.made, c)
	}
}

func (p *play) report(t *rapid.T) {
	d := arbitrary(t)
	at := -1
	if len(p.made) > 0 && rapid.Bool().Draw(t, "again") {
		at, _ = p.some()
		d.ID = p.made[at].ID
	}
	c, err := p.cases.Report(p.world.t.Context(), p.who(), code, d)
	switch {
	case !p.allowed("report", err):
	case at >= 0 && c.Seq == p.made[at].Seq:
		p.made[at] = c
	case !slices.ContainsFunc(p.made, func(o seizure.Case) bool { return o.Seq == c.Seq }):
		p.made = append(p.made, c)
	}
}

func (p *play) change(t *rapid.T) {
	i, c := p.some()
	who, ctx := p.who(), p.world.t.Context()
	var err error
	verb := rapid.SampledFrom([]string{"amend", "release", "recall", "withdraw", "relate", "save"}).Draw(t, "verb")
	switch verb {
	case "amend":
		d := arbitrary(t)
		d.ID = c.ID
		c, err = p.cases.Amend(ctx, who, code, c.Seq, c.Version, d, "why")
	case "save":
		d := arbitrary(t)
		d.ID = c.ID
		c, err = p.cases.Save(ctx, who, code, d, c.Version)
	case "release":
		c, err = p.cases.Release(ctx, who, code, c.Seq, c.Version)
	case "recall":
		c, err = p.cases.Recall(ctx, who, code, c.Seq, c.Version, "why")
	case "withdraw":
		c, err = p.cases.Withdraw(ctx, who, code, c.Seq, c.Version, "why")
	case "relate":
		_, of := p.some()
		seq := of.Seq
		if rapid.IntRange(0, 3).Draw(t, "back") == 0 {
			seq = 0
		}
		c, err = p.cases.Relate(ctx, p.actor["wco.coordinator"], code, c.Seq, c.Version, seq, "why")
	}
	if p.allowed(verb, err) && c.Seq == p.made[i].Seq {
		p.made[i] = c
	}
}

// membership ends, or begins anew.
func (p *play) membership(t *rapid.T) {
	name := rapid.SampledFrom([]string{"xa", "xb"}).Draw(t, "member")
	if p.left[name] {
		p.join(code, name, access.Enforcement)
		p.give(code, name, "officer", access.Officer)
		if name == "xa" {
			p.give(code, name, "analyst", access.Analyst)
		}
	} else {
		p.leave(name)
	}
	p.left[name] = !p.left[name]
}

// clock lets hours pass, and releases by time.
func (p *play) clock(*rapid.T) {
	p.pass(5 * 3600e9)
	_, err := p.cases.ReleaseDue(p.world.t.Context())
	p.must(err)
	for i, c := range p.made {
		if p.sees("wco", c) { // a draft cannot have changed
			p.made[i] = p.read("wco", c).Case
		}
	}
}

// TestTalliesEqualRecount: after whatever people do, the figures are those of a
// recomputation, each reader's list is what single reads show, and his figures
// are the sum over his list.
func TestTalliesEqualRecount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if testing.Short() {
			t.Skip("long")
		}
		w := newWorld(t, d)
		p := &play{world: w, left: map[string]bool{}}
		p.everyClass()
		acts := 0
		rapid.Check(t, func(rt *rapid.T) {
			p.t = rt
			for range 4 {
				w.tick()
				do := rapid.SampledFrom([]func(*rapid.T){p.save, p.report, p.report, p.report, p.change, p.change, p.change, p.clock}).Draw(rt, "act")
				if acts%17 == 16 {
					do = p.membership
				}
				if acts++; len(p.made) == 0 {
					do = p.report
				}
				do(rt)
			}
			if len(w.verify()) == 0 && len(p.made) > 0 {
				rt.Error("no tallies at all")
			}
			who := rapid.SampledFrom(append([]string{"wco", "wco.coordinator", "xa.analyst"}, reporters...)).Draw(rt, "reader")
			if !p.left[who[:2]] {
				p.reader(who)
			}
		})
	})
}

// everyClass begins with a case of every class.
func (p *play) everyClass() {
	p.world.t.Helper()
	of := map[string]func(d *seizure.Draft){
		seizure.Counted:      func(*seizure.Draft) {},
		seizure.Genuine:      func(d *seizure.Draft) { d.Goods[0].Verdict = "genuine" },
		seizure.OutsidePhase: func(d *seizure.Draft) { d.Day = "2017-02-05" },
		seizure.OtherStatus:  func(d *seizure.Draft) { d.Status = "released" },
		seizure.IsDraft:      func(*seizure.Draft) {},
		seizure.IsWithdrawn:  func(*seizure.Draft) {},
		seizure.Duplicate:    func(*seizure.Draft) {},
	}
	original := p.world.report("xa.officer", draft())
	for _, class := range append(seizure.Classes(), seizure.Counted) {
		d := draft()
		of[class](&d)
		who := "xa.officer"
		if class == seizure.IsDraft {
			who = "xb.officer"
		}
		c, err := p.world.report(who, d), error(nil)
		switch class {
		case seizure.IsWithdrawn:
			c, err = p.cases.Withdraw(p.world.t.Context(), p.actor["xa"], code, c.Seq, c.Version, "why")
		case seizure.Duplicate:
			c, err = p.cases.Relate(p.world.t.Context(), p.actor["wco"], code, c.Seq, c.Version, original.Seq, "why")
		}
		p.must(err)
		if c.Class != class {
			p.world.t.Fatalf("made %s, wanted %s", c.Class, class)
		}
		p.made = append(p.made, c)
	}
}

// reader checks one reader: list against single reads, figures against list.
func (p *play) reader(who string) {
	listed := p.list(who, seizure.Filter{Limit: 7})
	seen := map[int64]bool{}
	for i, c := range listed {
		if seen[c.Seq] = true; i > 0 && listed[i-1].Seq <= c.Seq {
			p.t.Errorf("%s: the list is out of order", who)
		}
	}
	for _, c := range rapid.Permutation(p.made).Draw(p.t, "order")[:min(6, len(p.made))] {
		if got := p.sees(who, c); got != seen[c.Seq] {
			p.t.Errorf("%s: case %d: listed %v, read %v", who, c.Seq, seen[c.Seq], got)
		}
	}
	want := map[string]int64{}
	for _, c := range listed {
		want["cases "+c.Class]++
		for _, l := range c.Goods {
			for _, q := range l.Quantities {
				want[q.Unit+" "+c.Class] += q.Micro
			}
		}
	}
	for name, n := range p.figures(who) {
		if want[name] != n {
			p.t.Errorf("%s: %s is %d, the list makes it %d", who, name, n, want[name])
		}
		delete(want, name)
	}
	for name, n := range want {
		if n != 0 {
			p.t.Errorf("%s: %s is missing, the list makes it %d", who, name, n)
		}
	}
	p.pagesLikeTheList(who, listed)
	class := rapid.SampledFrom(append(seizure.Classes(), seizure.Counted)).Draw(p.t, "class")
	if n := len(p.list(who, seizure.Filter{Class: class})); int64(n) != countClass(listed, class) {
		p.t.Errorf("%s: filter %s lists %d, want %d", who, class, n, countClass(listed, class))
	}
}

func countClass(list []seizure.Case, class string) (n int64) {
	for _, c := range list {
		if c.Class == class {
			n++
		}
	}
	return n
}

// figures are the totals that a reader's audiences hold.
func (p *play) figures(who string) map[string]int64 {
	out := map[string]int64{}
	p.must(p.db.Read(p.world.t.Context(), func(tx *db.Tx) error {
		readable, err := audience.Readable(tx, p.number[code], p.actor[who].Organisation, p.source.Now())
		if err != nil {
			return err
		}
		all, err := seizure.Tallies(tx, p.number[code], readable)
		if err != nil {
			return err
		}
		p.sameFromMemory(tx, readable, all)
		for _, t := range all {
			if t.Dimension != seizure.ByTotal {
				continue
			}
			if t.Unit == "" {
				t.Unit = "cases"
			}
			out[t.Unit+" "+t.Class] += t.Amount
		}
		return err
	}))
	return out
}

// TestTogether: many people at once leave exact tallies, one case a report, and
// one winner an amendment.
func TestTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		shared := draft()
		base := w.report("xa.officer", draft())
		var mu sync.Mutex
		seqs, won, lost := map[int64]bool{}, 0, 0
		drafts := make([]seizure.Draft, 24)
		for i := range drafts {
			drafts[i] = draft()
		}
		var wg sync.WaitGroup
		for i := range drafts {
			wg.Go(func() {
				who := w.actor[reporters[i%len(reporters)]]
				if _, err := w.cases.Report(ctx, who, code, drafts[i]); err != nil {
					t.Error(err)
				}
				c, err := w.cases.Report(ctx, w.actor["xa.officer"], code, shared)
				if err != nil {
					t.Error(err)
				}
				mine := base.Draft
				mine.Place = fmt.Sprint("Place ", i)
				_, err = w.cases.Amend(ctx, w.actor["xa.officer"], code, base.Seq, base.Version, mine, "why")
				mu.Lock()
				defer mu.Unlock()
				seqs[c.Seq] = true
				switch {
				case err == nil:
					won++
				case fault.Is(err, fault.Conflict):
					lost++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(seqs) != 1 || won != 1 || lost != len(drafts)-1 {
			t.Errorf("the same report made %d cases; %d amendments won, %d lost", len(seqs), won, lost)
		}
		if n := len(w.list("wco", seizure.Filter{})); n != len(drafts)+2 {
			t.Errorf("%d cases, want %d", n, len(drafts)+2)
		}
		w.verify()
		changed := shared
		changed.Place = "Elsewhere"
		if _, err := w.cases.Report(ctx, w.actor["xa.officer"], code, changed); key(err) != "seizure.other-content" {
			t.Errorf("other content under the same id: %v", err)
		}
		if c, err := w.cases.Report(ctx, w.actor["xb"], code, shared); err != nil || seqs[c.Seq] {
			t.Errorf("the same id of another organisation: %v %v", c.Seq, err)
		}
	})
}

// BenchmarkPage is a page of 50 of 2,000 cases.
func BenchmarkPage(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, open(b))
			for range 2000 {
				w.report("xa.officer", draft())
			}
			for b.Loop() {
				p, err := w.cases.List(b.Context(), w.actor["xb"], code, seizure.Filter{Class: seizure.Counted})
				if err != nil || len(p.Items) != 50 || p.Matching != 2000 {
					b.Fatalf("%d of %d: %v", len(p.Items), p.Matching, err)
				}
			}
		})
	}
}
