package connection_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Two worlds that differ only in cases which the reader may not read - what hidden
// cases share, how many, how old - give that reader the same bytes; coordination, which
// reads them, not.
func TestHiddenCasesChangeNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, first *db.DB) {
		second := dbtest.SQLite(t)
		if t.Name() != "TestHiddenCasesChangeNothing/sqlite" {
			second = dbtest.Postgres(t)
		}
		ids = 5000
		a := tellHidden(t, first, func(i int) []string { return []string{box, lorry, fmt.Sprint("SEAL-", i%2)} })
		ids = 5000
		b := tellHidden(t, second, func(i int) []string { return []string{fmt.Sprint("vehicle: QQ ", 100+i)} })
		for _, reader := range []string{"xa.officer", "xa"} {
			if d := cmp.Diff(a(reader), b(reader)); d != "" {
				t.Errorf("%s reads what it may not:\n%s", reader, d)
			}
		}
		if a("wco.coordinator") == b("wco.coordinator") || a("xb.officer") == b("xb.officer") {
			t.Error("the worlds do not differ for who reads them: this test sees nothing")
		}
	})
}

// tellHidden makes a world in which xb's officer reports cases that wait, and gives
// what somebody is told of every case that it may read.
func tellHidden(t *testing.T, d *db.DB, of func(int) []string) func(reader string) string {
	w := newWorld(t, d)
	var seen []seizure.Case
	for i := range 12 {
		seen = append(seen, w.report("xa.officer", draft("2017-02-06", []string{"Tide", "Ebb"}[i%2], []string{box, lorry, "SEAL-1"}[i%3])))
		for n := range 5 {
			hidden := draft("2017-02-07", "Tide", of(5*i+n)...)
			if of(0)[0] != box {
				hidden.Goods[0].Brand = fmt.Sprint("Other ", n)
			}
			w.report("xb.officer", hidden)
		}
	}
	_, err := w.store.Judge(t.Context(), w.Actor["xa"], code, connection.JudgementDraft{One: seen[0].Reference, Other: seen[2].Reference, State: connection.Hidden, Reason: "A different lorry."})
	w.Must(err)
	return func(reader string) string {
		var all []connection.Chart
		for _, c := range seen {
			for depth := 1; depth <= 3; depth++ {
				chart := w.chart(reader, c, depth)
				chart.Standing.AsOf = 0
				all = append(all, chart)
			}
		}
		b, err := json.Marshal(all)
		w.Must(err)
		return string(b)
	}
}

// Over random lives of cases the chart is what a slow and obvious search gives.
func TestChartIsWhatASlowSearchGives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := rand.New(rand.NewPCG(3, 7))
		w := newWorld(t, d)
		var all []seizure.Case
		compared := 0
		for step := range 130 {
			if k := r.IntN(10); k < 6 || len(all) < 5 {
				who := []string{"xa.officer", "xb.officer", "xa"}[r.IntN(3)]
				all = append(all, w.report(who, random(r)))
			} else {
				w.change(r, &all[r.IntN(len(all))])
			}
			if step%13 != 12 {
				continue
			}
			for _, reader := range []string{"xa.officer", "xb.officer", "wco.coordinator"} {
				c := all[r.IntN(len(all))]
				got, err := w.store.Chart(t.Context(), w.Actor[reader], code, c.Reference, 1)
				want, may := w.slow(reader, c.Seq)
				if !may {
					if !fault.Is(err, fault.NotFound) {
						t.Fatalf("%s reads %s: %v", reader, c.Reference, err)
					}
					continue
				}
				w.Must(err)
				if d := cmp.Diff(want, said(got)); d != "" {
					t.Fatalf("step %d, %s of %s:\n%s", step, reader, c.Reference, d)
				}
				compared += len(got.Links)
			}
		}
		if compared < 100 {
			t.Errorf("only %d links were compared", compared)
		}
		w.fine()
	})
}

func random(r *rand.Rand) seizure.Draft {
	d := draft(fmt.Sprintf("2017-0%d-0%d", 1+r.IntN(2), 1+r.IntN(9)), []string{"", "Tide", "TIDE", "Ebb"}[r.IntN(4)], fmt.Sprint("vehicle: AB ", 100+r.IntN(9)))
	if r.IntN(2) == 0 {
		d.Marks = append(d.Marks, consignment.Parse(box))
	}
	d.Goods[0].Batch = []string{"", "", "L-100", "L-200"}[r.IntN(4)]
	d.Origin.Code, d.Destination.Code, d.Conveyance.Code = []string{"CN", "VN", ""}[r.IntN(3)], "TH", "sea"
	return d
}

func (w *world) change(r *rand.Rand, c *seizure.Case) {
	w.T.Helper()
	who := "xa"
	if c.Organisation == w.Body["xb"].Number {
		who = "xb"
	}
	var err error
	var next seizure.Case
	switch r.IntN(4) {
	case 0:
		next, err = w.cases.Withdraw(w.T.Context(), w.Actor[who], code, c.Seq, c.Version, "a slip")
	case 1:
		next, err = w.cases.Release(w.T.Context(), w.Actor[who], code, c.Seq, c.Version)
	case 2:
		next, err = w.cases.Recall(w.T.Context(), w.Actor[who], code, c.Seq, c.Version, "too early")
	default:
		d := random(r)
		d.ID = c.ID
		next, err = w.cases.Amend(w.T.Context(), w.Actor[who], code, c.Seq, c.Version, d, "better")
	}
	if f, refused := errors.AsType[*fault.Fault](err); refused && f != nil {
		return
	}
	w.Must(err)
	*c = next
}

// slow looks through every case that somebody may read.
func (w *world) slow(reader string, seq int64) (out []string, may bool) {
	var all []seizure.Case
	var c seizure.Case
	for before := int64(0); ; {
		p, err := w.cases.Feed(w.T.Context(), w.Actor[reader], code, seizure.Filter{Before: before, Limit: seizure.PageLimit}, "")
		w.Must(err)
		for _, x := range p.Items {
			if x.Seq == seq {
				c, may = x, true
			}
			if x.State == seizure.Reported || x.State == seizure.Released {
				all = append(all, x)
			}
		}
		if before = p.Next; before == 0 {
			break
		}
	}
	if !slices.ContainsFunc(all, func(x seizure.Case) bool { return x.Seq == seq }) {
		return []string{"[]"}, may
	}
	type line struct {
		points, seq int64
		text        string
	}
	var lines []line
	for _, other := range all {
		if other.Seq == seq {
			continue
		}
		l := line{seq: other.Seq}
		var reasons []reason
		for _, k := range keys(c) {
			if !slices.ContainsFunc(keys(other), func(o shared) bool { return o.key == k.key }) {
				continue
			}
			n := int64(0)
			for _, x := range all {
				if slices.ContainsFunc(keys(x), func(o shared) bool { return o.key == k.key }) {
					n++
				}
			}
			points := map[string]int64{"vehicle": 72, "container": 100, "brand": 20, "lot": 72, "route": 20}[k.kind]
			if k.kind == "container" && c.Day[:7] != other.Day[:7] { // January and February: mostly more than thirty days
				points = containerPoints(c, other)
			}
			if n > 10 {
				points /= 2
			} else if n > 3 {
				points = points * 3 / 4
			}
			reasons = append(reasons, reason{k, points, n})
		}
		if len(reasons) == 0 {
			continue
		}
		l.points, l.text = added(reasons)
		strength := "possible"
		if l.points >= 70 {
			strength = "strong"
		} else if l.points >= 35 {
			strength = "likely"
		}
		l.text = fmt.Sprintf("1 %s via %s %s %d:%s", other.Reference, c.Reference, strength, l.points, l.text)
		lines = append(lines, l)
	}
	sort.Slice(lines, func(i, j int) bool {
		if lines[i].points != lines[j].points {
			return lines[i].points > lines[j].points
		}
		return lines[i].seq > lines[j].seq
	})
	for i, l := range lines {
		if i < connection.MaxShown {
			out = append(out, l.text)
		}
	}
	return append(out, fmt.Sprintf("[{%d %d}]", len(lines), min(len(lines), connection.MaxShown))), may
}

type shared struct{ kind, value, codes, key string }

type reason struct {
	shared
	points, n int64
}

func keys(c seizure.Case) (out []shared) {
	for _, m := range c.Marks {
		out = append(out, shared{m.Kind, m.Value, "[]", m.Canonical()})
	}
	l := c.Goods[0]
	brand := i18n.Fold(l.Brand)
	if l.Batch != "" && brand != "" {
		out = append(out, shared{"lot", l.Brand + " · " + l.Batch, "[]", "lot " + brand + l.Batch})
	}
	if brand != "" {
		out = append(out, shared{"brand", l.Brand, "[{category FTW}]", "brand " + brand})
	}
	if l.Batch != "" && brand == "" {
		out = append(out, shared{"lot", l.Batch, "[{category FTW}]", "lot " + l.Batch})
	}
	if c.Origin.Code != "" {
		out = append(out, shared{"route", "", "[{country " + c.Origin.Code + "} {country TH} {conveyance sea}]", "route " + c.Origin.Code})
	}
	return out
}

func containerPoints(a, b seizure.Case) int64 {
	day := func(c seizure.Case) int { return int(c.Day[6]-'1')*31 + int(c.Day[9]-'0') }
	if d := day(a) - day(b); d > 30 || d < -30 {
		return 40
	}
	return 100
}

func added(all []reason) (sum int64, text string) {
	family := map[string]string{"container": "number", "vehicle": "number", "lot": "goods", "brand": "goods", "route": "way"}
	sort.SliceStable(all, func(i, j int) bool {
		return all[i].points > all[j].points || all[i].points == all[j].points && all[i].kind < all[j].kind
	})
	seen := map[string]bool{}
	for i := range all {
		if seen[family[all[i].kind]] {
			all[i].points /= 4
		}
		seen[family[all[i].kind]] = true
		sum += all[i].points
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].points > all[j].points })
	for _, r := range all {
		text += fmt.Sprintf(" %s %s %s %d of %d;", r.kind, r.value, r.codes, r.points, r.n)
	}
	return sum, text
}

// What was said of two cases is read by who reads both, holds until something else is
// said or it is taken back, and can be taken back by its organisation or coordination.
func TestJudge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		one, other := w.report("xa.officer", draft("2017-02-06", "", box)), w.report("xb.officer", draft("2017-02-06", "", box))
		hide := connection.JudgementDraft{One: one.Reference, Other: other.Reference, State: connection.Hidden, Reason: "Another journey."}
		if _, err := w.store.Judge(ctx, w.Actor["xa"], code, hide); !fault.Is(err, fault.NotFound) {
			t.Errorf("xa judges a case that it may not read: %v", err)
		}
		made, err := w.store.Judge(ctx, w.Actor["wco.coordinator"], code, hide)
		w.Must(err)
		if again, err := w.store.Judge(ctx, w.Actor["wco.coordinator"], code, hide); err != nil || again.Seq != made.Seq {
			t.Errorf("the same again: %v %v", again, err)
		}
		_, err = w.cases.Release(ctx, w.Actor["xb"], code, other.Seq, other.Version)
		w.Must(err)
		if c := w.chart("wco.coordinator", one, 2); len(c.Links) != 0 || len(c.Hidden) != 1 || c.Hidden[0].Said.Reason != hide.Reason || !c.Hidden[0].Said.MayRetract {
			t.Errorf("hidden: %v", said(c))
		}
		// It was said when xa did not read both, so it is not for xa.
		if c := w.chart("xa", one, 1); len(c.Links) != 1 || c.Links[0].Said != nil {
			t.Errorf("xa: %v", said(c))
		}
		yes := connection.JudgementDraft{One: other.Reference, Other: one.Reference, State: connection.Confirmed, Reason: "The driver says so."}
		_, err = w.store.Judge(ctx, w.Actor["xa"], code, yes)
		w.Must(err)
		for _, reader := range []string{"wco.coordinator", "xa.officer", "xb"} {
			if c := w.chart(reader, other, 1); len(c.Links) != 1 || c.Links[0].Said == nil || c.Links[0].Said.State != connection.Confirmed || c.Links[0].Said.MayRetract != (reader == "wco.coordinator") {
				t.Errorf("%s: %v", reader, said(c))
			}
		}
		if err := w.store.Retract(ctx, w.Actor["xb"], code, one.Reference, other.Reference); !fault.Is(err, fault.NotFound) {
			t.Errorf("xb takes back what xa said: %v", err)
		}
		// What was said of a case goes with it, in the journal too.
		confirmed := w.chart("wco.coordinator", other, 1).Links[0].Said.Seq
		content := func(who string) string {
			e, err := w.Operations.JournalEntry(ctx, w.Actor[who], code, confirmed)
			w.Must(err)
			return string(e.After)
		}
		if !strings.Contains(content("xa"), yes.Reason) {
			t.Errorf("xa reads of what it said: %q", content("xa"))
		}
		now, err := w.cases.Recall(ctx, w.Actor["xb"], code, other.Seq, other.Version+1, "Too early.")
		w.Must(err)
		if got := content("xa"); got != "" {
			t.Errorf("after the recall the journal tells xa %q", got)
		}
		_, err = w.cases.Release(ctx, w.Actor["xb"], code, now.Seq, now.Version)
		w.Must(err)
		w.Must(w.store.Retract(ctx, w.Actor["xa"], code, one.Reference, other.Reference))
		w.Must(w.store.Retract(ctx, w.Actor["xa"], code, one.Reference, other.Reference)) // nothing is left of what xa reads
		if c := w.chart("wco.coordinator", one, 1); len(c.Hidden) != 1 {
			t.Errorf("what was said before holds again: %v", said(c))
		}
		// Cases that share nothing may be confirmed; a hidden case behind it stays hidden.
		third := w.report("xa.officer", draft("2017-02-06", ""))
		_, err = w.store.Judge(ctx, w.Actor["xa"], code, connection.JudgementDraft{One: one.Reference, Other: third.Reference, State: connection.Confirmed, Reason: "The same store."})
		w.Must(err)
		if c := w.chart("xa", third, 2); len(c.Links) != 2 || len(c.Links[0].Reasons) != 0 || c.Links[0].Strength != connection.Strong || c.Links[1].Depth != 2 {
			t.Errorf("confirmed without a reason: %v", said(c))
		}
		for name, d := range map[string]connection.JudgementDraft{"nothing": {One: one.Reference, Other: third.Reference}, "no such state": {One: one.Reference, Other: third.Reference, State: "maybe", Reason: "x"},
			"itself": {One: one.Reference, Other: one.Reference, State: connection.Hidden, Reason: "x"}} {
			if _, err := w.store.Judge(ctx, w.Actor["xa"], code, d); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Leave("gone")
		for _, out := range append(slices.Clone(operationtest.Outside), "xa.officer") {
			if _, err := w.store.Judge(ctx, w.Actor[out], code, yes); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s judges: %v", out, err)
			}
		}
		w.fine()
	})
}
