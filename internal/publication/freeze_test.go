package publication_test

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// TestACorrectionLeavesAFrozenVersion as it was, and moves the next by as much; the
// next says so.
func TestACorrectionLeavesAFrozenVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open()
		first := draft("XA", "2017-02-08", "mail", line("FTW", 500, 0))
		c := w.report("xa.officer", first)
		w.report("xb.officer", draft("XB", "2017-02-09", "sea", line("FTW", 40, 3)))
		v1 := w.freeze("")
		first.Goods = []goods.Line{line("FTW", 600, 0)}
		w.amend("xa.officer", c, first)
		again := w.version("wco", 1).Version
		if !reflect.DeepEqual(again, v1) {
			t.Errorf("version 1 is now\n%+v, was\n%+v", again, v1)
		}
		v2 := w.freeze("One case had been counted too low.")
		for v, want := range map[*publication.Version]int64{&again: 540e6, &v2: 640e6} {
			ftw, _ := publication.Look(publication.Place{Figure: "f5", Cell: true, Value: "FTW"}, v.Answers, v.Official)
			if v.Official.Totals["H87"] != want || v.Official.Cases != 2 || ftw.Totals["H87"] != want {
				t.Errorf("version %d: %+v, FTW %+v; want %d", v.Number, v.Official, ftw, want)
			}
		}
		for _, want := range []publication.Change{
			{Kind: publication.ChangedCase, Subject: c.Reference, Value: "H87", Before: "500", After: "600"},
			{Kind: publication.ChangedFigure, Subject: "official", Value: "||H87", Before: "540", After: "640"},
			{Kind: publication.ChangedFigure, Subject: "f5", Value: "FTW||H87", Before: "540", After: "640"},
			{Kind: publication.ChangedFigure, Subject: "f12", Value: "FTW|mail|H87", Before: "500", After: "600"},
		} {
			if !slices.Contains(v2.Changes, want) {
				t.Errorf("missing %+v among %+v", want, v2.Changes)
			}
		}
		for _, got := range v2.Changes {
			if got.Kind == publication.ChangedCase && got.Value != "H87" || got.Kind == publication.ChangedText {
				t.Errorf("did not change: %+v", got)
			}
		}
		compared, err := w.store.Compare(t.Context(), w.Actor["wco"], code, 1, 2)
		if err != nil || !reflect.DeepEqual(compared, v2.Changes) {
			t.Errorf("compared: %v, %v", compared, err)
		}
		b, err := w.store.Behind(t.Context(), w.Actor["wco"], code, 1, publication.Place{Figure: "f5", Cell: true, Value: "FTW"})
		if err != nil || len(b.Cases) != 2 || b.Cases[0].Case.Goods[0].Quantities[0].Micro != 500e6 || b.Cases[0].Now != 2 || b.Cases[1].Now != 1 {
			t.Errorf("behind version 1: %+v, %v", b.Cases, err)
		}
	})
}

// fact is a case as the slow reference knows it.
type fact struct {
	draft    seizure.Draft
	made     seizure.Case
	who      string // whose administration reported it
	state    string
	double   bool
	redacted bool
	touched  bool // corrected since the last freeze
}

// class applies the rule of the operation by itself.
func (f fact) class() string {
	switch {
	case f.state == "withdrawn":
		return "withdrawn"
	case f.state == "reported":
		return "draft"
	case !slices.ContainsFunc(f.draft.Goods, func(l goods.Line) bool { return l.Verdict != "genuine" }):
		return "genuine"
	case f.double:
		return "duplicate"
	case f.draft.Day < "2017-02-06" || f.draft.Day > "2017-02-24":
		return "outside-phase"
	case f.draft.Status != "seized" && f.draft.Status != "detained":
		return "status"
	}
	return "counted"
}

// reference answers a figure of the facts, cell by cell, each counted anew.
func reference(w *world, facts []fact, q analysis.Question) map[string]string {
	out := map[string]string{}
	add := func(key string, n int64) {
		was, _ := strconv.ParseInt(out[key], 10, 64)
		out[key] = strconv.FormatInt(was+n, 10)
	}
	of := func(f fact, l goods.Line, dimension string) []string {
		d := f.draft
		brand := l.Brand
		if f.redacted {
			brand = ""
		}
		return map[string][]string{"": {""}, analysis.ByAll: {""}, analysis.ByCountry: {d.Country}, analysis.ByStatus: {d.Status}, analysis.ByClass: {f.class()},
			analysis.ByDay: {d.Day}, analysis.ByConveyance: {d.Conveyance.Code}, analysis.ByOrigin: {d.Origin.Code}, analysis.ByRoute: {d.Origin.Code + ">" + d.Destination.Code},
			analysis.ByReporter: {strconv.FormatInt(w.Body[f.who].Number, 10)}, analysis.ByDetection: {""}, analysis.ByViolation: {""}, analysis.ByCategory: {l.Category},
			analysis.ByBrand: {brand}}[dimension]
	}
	add("||", 0)
	for _, f := range facts {
		if q.Where["class"] != "all" && f.class() != "counted" {
			continue
		}
		in := map[string]bool{}
		if q.Group != analysis.ByAll {
			add("||", 1)
		}
		for _, l := range f.draft.Goods {
			for _, value := range of(f, l, q.Group) {
				for _, split := range of(f, l, q.Split) {
					in[value+"|"+split+"|"] = true
					for _, x := range l.Quantities {
						add(value+"|"+split+"|"+x.Unit, x.Micro/1_000_000)
						if q.Group != analysis.ByAll {
							add("||"+x.Unit, x.Micro/1_000_000)
						}
					}
				}
			}
		}
		for key := range in {
			add(key, 1)
		}
	}
	return out
}

// said are the numbers of an answer in the same form: an empty value is the whole.
func said(a analysis.Answer) map[string]string {
	out := map[string]string{"||": strconv.FormatInt(a.Cases, 10)}
	for unit, micro := range a.Totals {
		out["||"+unit] = i18n.Decimal(micro)
	}
	for _, g := range a.Groups {
		if g.Value == "" && g.Split == "" {
			continue
		}
		out[g.Value+"|"+g.Split+"|"] = strconv.FormatInt(g.Cases, 10)
		for unit, micro := range g.Totals {
			out[g.Value+"|"+g.Split+"|"+unit] = i18n.Decimal(micro)
		}
	}
	return out
}

// TestFrozenFiguresAsASlowReferenceCountsThem over random worlds with corrections,
// withdrawals, recalls, doubles, erasures, members that leave and come back: what is
// frozen is right, stays, and is what its cases as they stood give again.
func TestFrozenFiguresAsASlowReferenceCountsThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open()
		dice := rand.New(rand.NewPCG(5, 20))
		r := &random{world: w, dice: dice, member: map[string]bool{"xa": true, "xb": true}}
		var frozen []publication.Version
		for round := range 4 {
			for range 40 {
				r.step()
			}
			v := w.freeze("Round " + strconv.Itoa(round))
			for _, s := range v.Sections {
				for _, f := range s.Figures {
					if f.Question.Group == analysis.ByBrand && slices.ContainsFunc(r.facts, func(f fact) bool { return f.redacted }) {
						continue // what has no value stands with the whole in this form
					}
					if got, want := said(v.Answers[f.ID]), without(reference(w, r.facts, f.Question), f.Question); !maps.Equal(got, want) {
						t.Fatalf("version %d, %s (%s): %v, want %v", v.Number, f.ID, f.Question.Group, got, want)
					}
				}
			}
			if len(v.Basis) != len(r.facts) {
				t.Errorf("%d cases behind version %d, want %d", len(v.Basis), v.Number, len(r.facts))
			}
			frozen = append(frozen, v)
			for i := range r.facts {
				r.facts[i].touched = false
			}
		}
		w.again(frozen)
	})
}

// without leaves out figures in which nothing of a dimension is said: they would stand
// in the place of the whole.
func without(all map[string]string, q analysis.Question) map[string]string {
	if q.Group == analysis.ByDetection || q.Group == analysis.ByViolation { // nobody said it: one group, which is the whole twice
		for key, n := range all {
			half, _ := strconv.ParseInt(n, 10, 64)
			all[key] = strconv.FormatInt(half/2, 10)
		}
	}
	return all
}

// again holds every frozen version against what is read now, and against its cases as
// they stood; what was erased since may have lost its brands.
func (w *world) again(frozen []publication.Version) {
	w.T.Helper()
	var op operation.Operation
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) (err error) {
		if op, err = operation.ByCode(tx, code); err != nil {
			return err
		}
		for _, v := range frozen {
			cases, err := publication.CasesOf(tx, op.Number, v)
			if err != nil {
				return err
			}
			for _, s := range v.Sections {
				for _, f := range s.Figures {
					a := analysis.Tally(op, f.Question, cases)
					a.AsOf = v.AsOf
					if f.Question.Group != analysis.ByBrand && !reflect.DeepEqual(a, v.Answers[f.ID]) {
						w.T.Errorf("version %d, %s: its cases give %+v, frozen %+v", v.Number, f.ID, a, v.Answers[f.ID])
					}
				}
			}
		}
		return nil
	}))
	for _, v := range frozen {
		if got := w.version("wco", v.Number).Version; !reflect.DeepEqual(got, v) {
			w.T.Errorf("version %d changed:\n%+v, was\n%+v", v.Number, got, v)
		}
	}
}

// random is a world in which things happen.
type random struct {
	*world
	dice   *rand.Rand
	facts  []fact
	member map[string]bool
}

func (r *random) pick(list ...string) string { return list[r.dice.IntN(len(list))] }

func (r *random) draft(who string) seizure.Draft {
	var lines []goods.Line
	for range 1 + r.dice.IntN(3) {
		l := line(r.pick("FTW", "FOO", "PHA"), r.dice.Int64N(50), r.dice.Int64N(9))
		l.Verdict, l.Brand = r.pick("", "fake", "fake", "genuine"), r.pick("Orva", "Zento")
		lines = append(lines, l)
	}
	d := draft(map[string]string{"xa": "XA", "xb": "XB"}[who], r.pick("2017-02-05", "2017-02-07", "2017-02-08", "2017-02-09"), r.pick("sea", "mail", "air"), lines...)
	d.Status, d.Origin.Code = r.pick("seized", "seized", "seized", "detained", "released"), r.pick("XQ", "XP")
	return d
}

// step lets one thing happen.
func (r *random) step() {
	ctx := r.T.Context()
	r.tick()
	who := r.pick("xa", "xb")
	kind := r.dice.IntN(12)
	if kind == 11 {
		if r.member["xb"] {
			r.leave("xb")
		} else {
			r.join("xb", access.Enforcement)
		}
		r.member["xb"] = !r.member["xb"]
		return
	}
	if !r.member[who] {
		return
	}
	if kind < 5 || len(r.facts) == 0 {
		d := r.draft(who)
		r.facts = append(r.facts, fact{draft: d, made: r.report(who+".officer", d), who: who, state: "released"})
		return
	}
	f := &r.facts[r.dice.IntN(len(r.facts))]
	if f.who != who || f.state == "withdrawn" || f.redacted {
		return
	}
	var err error
	switch officer, contact := r.Actor[who+".officer"], r.Actor[who]; kind {
	case 5, 6:
		d := r.draft(who)
		d.ID = f.draft.ID
		f.draft, f.made, f.touched = d, r.amend(who+".officer", f.made, d), true
	case 7:
		f.made, err = r.cases.Withdraw(ctx, officer, code, f.made.Seq, f.made.Version, "mistaken")
		f.state = "withdrawn"
	case 8:
		if f.state == "released" {
			f.made, err = r.cases.Recall(ctx, contact, code, f.made.Seq, f.made.Version, "not yet")
			f.state = "reported"
		} else {
			f.made, err = r.cases.Release(ctx, contact, code, f.made.Seq, f.made.Version)
			f.state = "released"
		}
	case 9:
		r.double(f)
	case 10:
		if !f.touched { // see TestErasedAfterACorrection
			r.erase(f.made.Seq)
			f.redacted = true
		}
	}
	r.Must(err)
}

// double marks a case as the double of the first that may be one.
func (r *random) double(f *fact) {
	first := &r.facts[0]
	if first == f || first.state == "withdrawn" || first.double || f.double {
		return
	}
	var err error
	f.made, err = r.cases.Relate(r.T.Context(), r.Actor["wco"], code, f.made.Seq, f.made.Version, first.made.Seq, "the same goods")
	r.Must(err)
	f.double = true
}

func (w *world) erase(seq int64) {
	w.T.Helper()
	w.Must(w.DB.Write(w.T.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor["wco"], code, access.SeizureRedact)
		if err != nil {
			return err
		}
		_, err = seizure.Redact(tx, w.Journal, st, seq, "personal-data", map[string]string{"reason": "a name"})
		return err
	}))
}
