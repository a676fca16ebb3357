package warning_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// said is one warning or feedback as the reference knows it: who reads it is kept
// as names, decided when it was written and by membership since.
type said struct {
	m          message.Message
	from       string
	sides      []string // "enforcement", "coordination"
	named      []string
	asksSide   bool
	askedNames []string
	answers    *said
	expires    time.Time
}

// reference is the ledger told slowly: nothing but who said what to whom.
type reference struct {
	w        *world
	warnings []*said
	feedback []*said
	acks     map[string]bool // warning/organisation
}

var enforcers = []string{"xa", "xb", "xc"}

func (r *reference) sideOf(name string) string { return string(r.w.Side[name]) }

func (r *reference) reads(name string, s *said) bool {
	return r.sideOf(name) != "" && (slices.Contains(s.named, name) || slices.Contains(s.sides, r.sideOf(name)))
}

func (r *reference) asked(s *said) (out []string) {
	for _, name := range append([]string{"wco"}, enforcers...) {
		if name != s.from && r.sideOf(name) != "" && (s.asksSide && r.sideOf(name) == "enforcement" || slices.Contains(s.askedNames, name)) {
			out = append(out, name)
		}
	}
	return out
}

// line is what the reference says of one warning to one reader.
type line struct {
	Outcome                        string
	Asked, Answered, Acknowledged  int
	Waits, Open, Expired, Measured bool
}

func (r *reference) line(reader string, s *said) line {
	now := r.w.Source.Now()
	newest := map[string]string{}
	any := false
	for _, f := range r.feedback {
		if f.answers == s && r.reads(reader, f) {
			newest[f.from], any = f.m.Outcome, true
		}
	}
	l := line{Outcome: "open", Expired: !s.expires.IsZero() && !now.Before(s.expires)}
	for _, outcome := range []string{"hit", "surveillance", "clean", "released", "moved-on", "not-arrived", "not-checked"} {
		for _, o := range newest {
			if o == outcome && l.Outcome == "open" {
				l.Outcome = outcome
			}
		}
	}
	asked := r.asked(s)
	l.Asked = len(asked)
	full := reader == s.from || r.sideOf(reader) == "coordination"
	for _, name := range asked {
		_, answered := newest[name]
		if answered {
			l.Answered++
		}
		if (full || name == reader) && (answered || r.acks[fmt.Sprint(s.m.Seq, "/", name)]) {
			l.Acknowledged++
		}
	}
	owes := slices.Contains(asked, reader)
	_, mine := newest[reader]
	l.Waits = owes && !mine && !l.Expired
	l.Open = l.Waits || !owes && !any && !l.Expired
	return l
}

func (r *reference) step(t *rapid.T) {
	w := r.w
	var members []string
	for _, name := range enforcers {
		if w.Side[name] != "" {
			members = append(members, name)
		}
	}
	w.Tick()
	switch kind := rapid.IntRange(0, 9).Draw(t, "step"); {
	case kind < 3 && len(members) > 0:
		r.warn(t, members)
	case kind < 6 && len(r.warnings) > 0 && len(members) > 0:
		s := rapid.SampledFrom(r.warnings).Draw(t, "warning")
		by := rapid.SampledFrom(members).Draw(t, "by")
		if r.reads(by, s) {
			r.answer(t, s, by)
		}
	case kind < 8 && len(r.warnings) > 0 && len(members) > 0:
		s := rapid.SampledFrom(r.warnings).Draw(t, "acknowledged")
		by := rapid.SampledFrom(append(r.asked(s), members...)).Draw(t, "by")
		if slices.Contains(members, by) && r.reads(by, s) && slices.Contains(r.asked(s), by) {
			w.acknowledge(by, s.m)
			r.acks[fmt.Sprint(s.m.Seq, "/", by)] = true
		}
	case kind < 9:
		name := rapid.SampledFrom(enforcers).Draw(t, "leaves or joins")
		if w.Side[name] != "" {
			w.Leave(name)
		} else {
			w.Join(code, name, "enforcement")
		}
	default:
		w.Source.Set(w.Source.Now().Add(time.Duration(rapid.IntRange(1, 5).Draw(t, "hours")) * time.Hour))
	}
}

func (r *reference) warn(t *rapid.T, members []string) {
	w := r.w
	from := rapid.SampledFrom(members).Draw(t, "from")
	s := &said{from: from, named: []string{from}}
	d := w.Warning("enforcement")
	if rapid.Bool().Draw(t, "to all") {
		s.sides, s.asksSide = []string{"enforcement", "coordination"}, true
	} else {
		to := rapid.SampledFrom(append([]string{"wco"}, members...)).Draw(t, "to")
		if to == from {
			to = "wco"
		}
		d.To = w.To(to)
		s.sides, s.named, s.askedNames = []string{"coordination"}, append(s.named, to), []string{to}
		if rapid.Bool().Draw(t, "apart") {
			d.To.Apart = true
			s.sides = nil
		}
	}
	d.Source = rapid.SampledFrom([]string{"", "targeting", "intelligence"}).Draw(t, "source")
	if rapid.Bool().Draw(t, "expires") {
		d.Expires = w.Source.Now().Add(6 * time.Hour)
		s.expires = d.Expires
	}
	s.m = w.Send(from, d)
	r.warnings = append(r.warnings, s)
}

func (r *reference) answer(t *rapid.T, s *said, by string) {
	w := r.w
	f := &said{from: by, answers: s}
	d := w.Feedback(s.m, rapid.SampledFrom(warning.Outcomes()[1:]).Draw(t, "outcome"))
	if rapid.Bool().Draw(t, "to the originator and coordination only") {
		d.To = w.To("coordination")
		if r.sideOf(s.from) != "" && s.from != by {
			d.To = w.To("coordination", s.from)
		}
		f.sides, f.named = []string{"coordination"}, []string{by, s.from}
	} else {
		f.sides, f.named = s.sides, append(slices.Clone(s.named), by)
	}
	f.m = w.Send(by, d)
	r.feedback = append(r.feedback, f)
}

// Over random lives of an operation, the ledger of every member says what a slow
// reference says: outcomes, counts, what is open, and the rates.
func TestLedgerAgainstReference(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if testing.Short() {
			t.Skip("many worlds")
		}
		w := newWorld(t, d)
		r := &reference{w: w, acks: map[string]bool{}}
		checks := 0
		rapid.Check(t, func(rt *rapid.T) { // one life, compared now and then
			for range 4 {
				r.step(rt)
			}
			if checks++; checks%12 != 0 {
				return
			}
			for _, reader := range append([]string{"wco"}, enforcers...) {
				if w.Side[reader] != "" {
					r.compare(rt, reader)
				}
			}
		})
		if len(r.warnings) < 20 || len(r.feedback) < 20 || len(r.acks) < 5 {
			t.Errorf("%d warnings, %d feedbacks, %d acknowledgements: too little was tried", len(r.warnings), len(r.feedback), len(r.acks))
		}
	})
}

func (r *reference) compare(t *rapid.T, reader string) {
	var l warning.Ledger
	for f := (warning.Filter{Limit: 200}); ; {
		part := r.w.ledger(reader, f)
		part.Items = append(l.Items, part.Items...)
		l = part
		if f.Before = part.Next; part.Next == 0 {
			break
		}
	}
	counts, controlled, hits := map[string]int64{}, map[string]int64{}, map[string]int64{}
	i := 0
	for _, s := range slices.Backward(r.warnings) {
		if !r.reads(reader, s) {
			continue
		}
		if i >= len(l.Items) || l.Items[i].Seq != s.m.Seq {
			t.Fatalf("%s: entry %d is not warning %d", reader, i, s.m.Seq)
		}
		e, want := l.Items[i], r.line(reader, s)
		got := line{Outcome: e.Outcome, Asked: e.Asked, Answered: e.Heard, Acknowledged: e.Acknowledged, Waits: e.Waits, Open: e.Open, Expired: e.Expired}
		if got != want {
			t.Fatalf("%s of warning %d: %+v, want %+v", reader, s.m.Seq, got, want)
		}
		counts[want.Outcome]++
		if want.Outcome == "hit" || want.Outcome == "clean" {
			controlled[e.Source]++
		}
		if want.Outcome == "hit" {
			hits[e.Source]++
		}
		i++
	}
	if i != len(l.Items) || int64(i) != l.All {
		t.Fatalf("%s: %d entries, %d in all, want %d", reader, len(l.Items), l.All, i)
	}
	for _, o := range warning.Outcomes() {
		if l.Counts[o] != counts[o] {
			t.Fatalf("%s: %d %s, want %d", reader, l.Counts[o], o, counts[o])
		}
		narrowed := r.w.ledger(reader, warning.Filter{Outcome: o, Limit: 200})
		if int64(len(narrowed.Items)) != min(counts[o], 200) {
			t.Fatalf("%s: narrowed to %s: %d, want %d", reader, o, len(narrowed.Items), counts[o])
		}
	}
	for _, rate := range l.Rates[warning.BySource] {
		if rate.Controlled != controlled[rate.Value] || rate.Hits != hits[rate.Value] || rate.Known() != (rate.Controlled >= 5) {
			t.Fatalf("%s: %+v, want %d of %d", reader, rate, hits[rate.Value], controlled[rate.Value])
		}
	}
}

// Pages put together are the whole, in order, and the open ones come first.
func TestLedgerPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var all []int64
		for i := range 7 {
			m := w.Send("xa.officer", w.Warning("xb"))
			all = append(all, m.Seq)
			if i%2 == 0 {
				w.Send("xb.officer", w.Feedback(m, "clean"))
			}
		}
		slices.Reverse(all)
		var got []int64
		f := warning.Filter{Limit: 3}
		for {
			l := w.ledger("xb.officer", f)
			for _, e := range l.Items {
				got = append(got, e.Seq)
			}
			if f.Before = l.Next; l.Next == 0 {
				break
			}
		}
		if !slices.Equal(got, all) {
			t.Errorf("pages give %v, want %v", got, all)
		}
		first := w.ledger("xb.officer", warning.Filter{OpenFirst: true, Limit: 2})
		if len(first.Open) != 3 || !first.Open[0].Waits || len(first.Items) != 2 || first.Next == 0 {
			t.Errorf("open %d, items %d", len(first.Open), len(first.Items))
		}
		if next := w.ledger("xb.officer", warning.Filter{OpenFirst: true, Limit: 2, Before: first.Next}); len(next.Open) != 0 || len(next.Items) != 2 {
			t.Errorf("then open %d, items %d", len(next.Open), len(next.Items))
		}
		rate := first.Rates[warning.BySource][0]
		if rate.Controlled != 4 || rate.Known() {
			t.Errorf("%+v", rate)
		}
	})
}

func TestRateRounds(t *testing.T) {
	for _, c := range []struct{ hits, of, want int64 }{{0, 5, 0}, {5, 5, 100}, {1, 6, 17}, {1, 3, 33}, {1, 8, 13}, {0, 0, 0}} {
		if got := (warning.Rate{Hits: c.hits, Controlled: c.of}).Percent(); got != c.want {
			t.Errorf("%d of %d: %d %%, want %d", c.hits, c.of, got, c.want)
		}
	}
}
