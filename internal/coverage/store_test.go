package coverage_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

func operational(from, to string) operation.Phase {
	return operation.Phase{Kind: "operational", Starts: from, Ends: to}
}

func (w *world) cover(who, from, to string) coverage.Coverage {
	w.t.Helper()
	c, err := w.store.Read(w.t.Context(), w.actor[who], w.code, from, to)
	w.must(err)
	return c
}

func (w *world) report(who, day string) (seizure.Case, error) {
	return w.cases.Report(w.t.Context(), w.actor[who], w.code, w.draft(day))
}

func (w *world) draft(day string) seizure.Draft {
	return seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Place: "Port", Day: day, Conveyance: goods.Coded{Code: "sea"},
		Status: "seized", Language: "en", Goods: []goods.Line{{Category: "FOO", Verdict: "fake",
			Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}}}}
}

// told is a row in words: c2 two cases, 0 a nil report (0:7 with controls), o open,
// a away, - silence.
func told(c coverage.Coverage) string {
	var out strings.Builder
	for _, r := range c.Rows {
		out.WriteString(r.Organisation.Name + ":")
		for _, d := range r.Days {
			out.WriteString(" " + d.Day[8:] + say(d.Cases, d.Nil, d.Open, d.Away, d.Silent()))
		}
		out.WriteString("\n")
	}
	return out.String()
}

func say(cases int64, r *nilreport.Report, open, away, silent bool) string {
	s := ""
	if cases > 0 {
		s += fmt.Sprintf("c%d", cases)
	}
	if r != nil {
		s += "0"
		if r.Controls != nil {
			s += fmt.Sprintf(":%d", *r.Controls)
		}
	}
	for _, f := range []struct {
		sign string
		is   bool
	}{{"o", open}, {"a", away}, {"-", silent}} {
		if f.is {
			s += f.sign
		}
	}
	return s
}

// A day is open as long as it lasts where the member is: not where the reader is,
// nor in the operation's zone.
func TestOpenDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.source.Set(start.Add(-72 * time.Hour))
		w.open("tide", operational("2017-02-08", "2017-02-11"))
		w.join("xa", access.Enforcement)
		w.join("xb", access.Enforcement)
		for now, want := range map[time.Time]string{
			start:                      "Third: 08- 09- 10o 11o\nSecond: 08- 09o 10o 11o\n",
			start.Add(9 * time.Hour):   "Third: 08- 09- 10o 11o\nSecond: 08- 09- 10o 11o\n",
			start.Add(15 * time.Hour):  "Third: 08- 09- 10- 11o\nSecond: 08- 09- 10o 11o\n",
			start.Add(100 * time.Hour): "Third: 08- 09- 10- 11-\nSecond: 08- 09- 10- 11-\n",
		} {
			w.source.Set(now)
			if got := told(w.cover("wco", "2017-02-08", "2017-02-11")); got != want {
				t.Errorf("at %s:\n%swant\n%s", now, got, want)
			}
			if got := told(w.cover("xb.officer", "2017-02-08", "2017-02-11")); got != want[strings.Index(want, "Second"):] {
				t.Errorf("at %s xb reads\n%s", now, got)
			}
		}
	})
}

// For whoever neither coordinates nor controls goods there is no coverage; a member
// reads of itself only; what is asked for is a stretch of days, and a bounded one.
func TestRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open("tide", operational("2017-01-01", "2017-06-30"))
		for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "xc": access.Enforcement,
			"observer": access.ObserverSide, "holder": access.RightHolderSide} {
			w.join(name, side)
		}
		w.leave("xc")
		w.pass(90 * 24 * time.Hour)
		_, want := w.store.Read(t.Context(), w.actor["stranger"], w.code, "", "")
		for _, who := range []string{"stranger", "observer", "holder", "xc", "xc.officer", "observer.officer"} {
			if c, err := w.store.Read(t.Context(), w.actor[who], w.code, "", ""); !fault.Is(err, fault.NotFound) || err.Error() != want.Error() || len(c.Rows)+len(c.Days) > 0 {
				t.Errorf("%s: %+v, %v", who, c, err)
			}
		}
		for who, rows := range map[string]int{"wco": 2, "wco.officer": 2, "xa": 1, "xb.officer": 1} {
			c := w.cover(who, "", "")
			if len(c.Rows) != rows || c.Whole != (rows == 2) || len(c.Days) != coverage.MaxDays || c.Days[len(c.Days)-1] != "2017-05-11" {
				t.Errorf("%s: %d rows, %v, days %v", who, len(c.Rows), c.Whole, c.Days)
			}
		}
		for range 8 { // in the same order each time
			if _, err := w.store.Read(t.Context(), w.actor["wco"], w.code, "x", "2017-1-1"); paths(err) != "from to" {
				t.Errorf("no dates: %v", paths(err))
			}
		}
		if _, err := w.store.Read(t.Context(), w.actor["wco"], w.code, "2017-01-01", "2017-03-04"); paths(err) != "from" {
			t.Errorf("63 days: %v", err)
		}
		if c := w.cover("wco", "2017-01-01", "2017-03-03"); len(c.Days) != 62 {
			t.Errorf("62 days: %v", c.Days)
		}
		if c := w.cover("wco", "2017-03-03", "2017-01-01"); len(c.Days) != 0 {
			t.Errorf("backwards: %v", c.Days)
		}
	})
}

// model is what was done in an operation, kept as simply as can be.
type model struct {
	phases []operation.Phase
	joined map[string]time.Time
	left   map[string]bool
	cases  []done
	nils   map[string]*nilreport.Report // body and day
}

type done struct {
	body, day string
	withdrawn bool
}

// TestAgainstReference: after whatever people do, each reader is told what a slow
// look at everything that was done tells.
func TestAgainstReference(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set("8"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = checks.Value.Set(before) }()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			w.source.Set(start.Add(-72 * time.Hour))
			m := &model{phases: somePhases(rt), joined: map[string]time.Time{}, left: map[string]bool{}, nils: map[string]*nilreport.Report{}}
			w.open(operation.Code(fmt.Sprintf("tide-%d", n)), m.phases...)
			for _, name := range []string{"xc", "xb", "xa"} {
				w.pass(time.Duration(rapid.IntRange(1, 30).Draw(rt, "hours")) * time.Hour)
				w.join(name, access.Enforcement)
				m.joined[name] = w.source.Now()
			}
			for range 14 {
				w.pass(time.Duration(rapid.IntRange(0, 9).Draw(rt, "hours")) * time.Hour)
				w.act(rt, m)
			}
			if rapid.Bool().Draw(rt, "leaves") {
				w.leave("xc")
				m.left["xc"] = true
			}
			from, to := someDay(rt), someDay(rt)
			for who, whole := range map[string]bool{"wco": true, "wco.officer": true, "xa": false, "xa.officer": false, "xb": false, "xb.officer": false} {
				if got, want := told(w.cover(who, from, to)), w.reference(m, who[:2], whole, from, to); got != want {
					rt.Errorf("%s from %s to %s is told\n%swant\n%s", who, from, to, got, want)
				}
			}
		})
	})
}

func someDay(t *rapid.T) string {
	return fmt.Sprintf("2017-02-%02d", rapid.IntRange(4, 16).Draw(t, "day"))
}

// somePhases may overlap, and come in any order.
func somePhases(t *rapid.T) []operation.Phase {
	out := []operation.Phase{{Kind: "plan", Starts: "2017-02-01", Ends: "2017-02-10"}}
	for range rapid.IntRange(1, 2).Draw(t, "phases") {
		a, b := someDay(t), someDay(t)
		out = append(out, operational(min(a, b), max(a, b)))
	}
	return out
}

// act does one thing of one member, and writes into the model what was taken.
func (w *world) act(t *rapid.T, m *model) {
	body := rapid.SampledFrom([]string{"xa", "xb", "xc"}).Draw(t, "body")
	day, who, ctx := someDay(t), w.actor[body+".officer"], w.t.Context()
	taken := func(err error) bool {
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		return err == nil
	}
	switch verb := rapid.SampledFrom([]string{"nil", "nil", "nil", "take back", "case", "case", "wrong case", "draft"}).Draw(t, "verb"); verb {
	case "nil":
		d := nilreport.Draft{Day: day}
		if old := m.nils[body+day]; old != nil {
			d.Version = old.Version
		}
		if rapid.Bool().Draw(t, "told") {
			n := rapid.Int64Range(0, 9).Draw(t, "controls")
			d.Controls = &n
		}
		if r, err := w.reports.Send(ctx, who, w.code, d); taken(err) {
			m.nils[body+day] = &r
		}
	case "take back":
		for _, key := range slices.Sorted(maps.Keys(m.nils)) {
			if r := m.nils[key]; r != nil && strings.HasPrefix(key, body) {
				w.must(w.reports.Withdraw(ctx, who, w.code, r.Day, r.Version))
				delete(m.nils, key)
				return
			}
		}
	case "draft":
		_, err := w.cases.Save(ctx, who, w.code, w.draft(day), 0)
		taken(err)
	default:
		for range rapid.IntRange(1, 3).Draw(t, "cases") {
			c, err := w.report(body+".officer", day)
			if !taken(err) {
				return
			}
			if verb == "wrong case" {
				_, err = w.cases.Withdraw(ctx, who, w.code, c.Seq, c.Version, "why")
				w.must(err)
			}
			m.cases = append(m.cases, done{body, day, verb == "wrong case"})
		}
	}
}

// reference tells it from the model, day by day and member by member.
func (w *world) reference(m *model, reader string, whole bool, from, to string) string {
	out := ""
	for _, body := range []string{"xa", "xc", "xb"} { // by country, then name
		if m.left[body] || !whole && body != reader {
			continue
		}
		o := w.body[body]
		out += o.Name + ":"
		today, joined := nilreport.Today(o, w.source.Now()), nilreport.Today(o, m.joined[body])
		for n := 1; n <= 28; n++ {
			day := fmt.Sprintf("2017-02-%02d", n)
			if day < from || day > to || !slices.ContainsFunc(m.phases, func(p operation.Phase) bool {
				return p.Kind == "operational" && p.Starts <= day && day <= p.Ends
			}) {
				continue
			}
			cases := int64(0)
			for _, c := range m.cases {
				if c.body == body && c.day == day && !c.withdrawn {
					cases++
				}
			}
			r, open, away := m.nils[body+day], day >= today, day < joined
			out += " " + day[8:] + say(cases, r, open, away, cases == 0 && r == nil && !open && !away)
		}
		out += "\n"
	}
	return out
}

// paths are those of the fields that are wrong.
func paths(err error) string {
	var out []string
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, p := range f.Fields {
			out = append(out, p.Path)
		}
	}
	return strings.Join(out, " ")
}
