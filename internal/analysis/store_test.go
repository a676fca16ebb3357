package analysis_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/register"
)

// paths are the fields that a fault names.
func paths(err error) (out []string) {
	if f, ok := err.(*fault.Fault); ok {
		for _, field := range f.Fields {
			out = append(out, field.Path)
		}
	}
	return out
}

func TestQuestions(t *testing.T) {
	where := func(name, value string) map[string]string { return map[string]string{name: value} }
	for _, c := range []struct {
		q    analysis.Question
		want []string
	}{
		{analysis.Question{Group: analysis.ByRoute, Split: analysis.ByBrand, Where: map[string]string{"class": "all", "brand": "Aa", "from": "2017-02-06"}}, nil},
		{analysis.Question{}, []string{"group"}},
		{analysis.Question{Group: "author"}, []string{"group"}},
		{analysis.Question{Group: analysis.ByDay, Split: analysis.ByDay}, []string{"split"}},
		{analysis.Question{Group: analysis.ByDay, Split: "x"}, []string{"split"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("q", "tins")}, []string{"where.q"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("mine", "1")}, []string{"where.mine"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("from", "2017-02-31")}, []string{"where.from"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("organisation", "0")}, []string{"where.organisation"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("country", "")}, []string{"where.country"}},
		{analysis.Question{Group: analysis.ByDay, Where: where("brand", "a\u202eb")}, []string{"where.brand"}},
	} {
		if got := paths(c.q.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.q, got, c.want)
		}
	}
	q := analysis.Question{Group: analysis.ByCategory, Split: analysis.ByWeek, Where: map[string]string{"country": "XA", "from": "2017-02-08"}}
	for _, c := range []struct {
		group analysis.Group
		want  string
	}{{analysis.Group{Value: "FOO", Split: "2017-02-06"}, "category=FOO&class=counted&country=XA&from=2017-02-08&to=2017-02-12"}, {analysis.Group{Split: "2017-02-06"}, ""}} {
		narrow, ok := q.Of(c.group)
		if got := narrow.Cases().Encode(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("the cases of %+v: %s %v", c.group, got, ok)
		}
	}
}

// What ParseQuestion lets through can be asked, and comes back from its own address.
func FuzzParseQuestion(f *testing.F) {
	for _, s := range []string{"", "group=route&split=brand&class=all", "group=x&split=day&q=tins&mine=1", "group=day&split=day", "brand=%20Aa%E2%80%AE", "country=../x&from=2017-02-31", "group=all&split=all"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		q, clean := analysis.ParseQuestion(v)
		if err := q.Check(); err != nil {
			t.Fatalf("%q gives %+v: %v", s, q, err)
		}
		if again, twice := analysis.ParseQuestion(clean); !reflect.DeepEqual(again, q) || twice.Encode() != clean.Encode() {
			t.Errorf("%q: %+v %q, then %+v %q", s, q, clean.Encode(), again, twice.Encode())
		}
	})
}

func (w *world) keep(who, name string, q analysis.Question, shared bool) analysis.Saved {
	w.T.Helper()
	k, err := w.asked.Keep(w.T.Context(), w.Actor[who], code, name, q, shared)
	w.Must(err)
	return k
}

// Own questions stay one's own, shared ones are for all who analyse; the same again
// writes nothing.
func TestKeptQuestions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		q := analysis.Question{Group: analysis.ByRoute, Where: map[string]string{"conveyance": "mail"}}
		first := w.keep("xa.officer", "Mail", q, false)
		size := w.size()
		if again := w.keep("xa.officer", " Mail ", q, false); again.ID != first.ID || w.size() != size {
			t.Errorf("the same again: %+v, %d entries more", again, w.size()-size)
		}
		w.keep("xa.officer", "All", q, true)
		w.keep("xb.officer", "Theirs", analysis.Question{Group: analysis.ByDay}, true)
		names := func(who string) (out []string) {
			for _, k := range w.ask(who, q).Saved {
				out = append(out, fmt.Sprint(k.Name, " ", k.Own, " ", k.Shared, " ", k.Question.Group))
			}
			return out
		}
		for who, want := range map[string][]string{"xa.officer": {"All true true route", "Mail true false route", "Theirs false true day"},
			"xa": {"All false true route", "Theirs false true day"}, "wco.coordinator": {"All false true route", "Theirs false true day"}} {
			if got := names(who); !slices.Equal(got, want) {
				t.Errorf("%s finds %q, want %q", who, got, want)
			}
		}
		q.Group = analysis.ByDay
		if changed := w.keep("xa.officer", "Mail", q, true); changed.Seq != first.Seq || len(names("xa")) != 3 {
			t.Errorf("changed: %+v, xa finds %q", changed, names("xa"))
		}
		drop := func(who, id string) error { return w.asked.Drop(t.Context(), w.Actor[who], code, id) }
		for _, who := range []string{"xa", "xb.officer", "stranger"} {
			if err := drop(who, first.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s drops another's: %v", who, err)
			}
		}
		w.Must(drop("wco.coordinator", first.ID))
		if err := drop("xa.officer", first.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("what is dropped: %v", err)
		}
		for _, name := range []string{"", " ", "a\u202eb", strings.Repeat("a", 81)} {
			if _, err := w.asked.Keep(t.Context(), w.Actor["xa"], code, name, q, false); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", name, err)
			}
		}
		for i := range analysis.MaxSaved {
			w.keep("xb", fmt.Sprint(i), q, false)
		}
		if _, err := w.asked.Keep(t.Context(), w.Actor["xb"], code, "One more", q, false); !fault.Is(err, fault.Invalid) {
			t.Errorf("one too many: %v", err)
		}
		w.keep("xb", "0", analysis.Question{Group: analysis.ByAll}, false)
	})
}

// size is how many entries the operation's journal has.
func (w *world) size() (n int64) {
	w.T.Helper()
	st := w.ask("wco.coordinator", analysis.Question{Group: analysis.ByAll}).Standing
	return st.AsOf + 1
}

// A file is loaded once; what it says otherwise later takes its place.
func TestReferences(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Give("wco", "analyst", access.Analyst)
		load := func(who string, text []byte) (analysis.Loaded, error) {
			return w.asked.Load(t.Context(), w.Actor[who], code, bytes.NewReader(text))
		}
		text := published(t)
		all := len(read(t, text))
		if got, err := load("wco.analyst", text); err != nil || got != (analysis.Loaded{New: all}) {
			t.Fatalf("%+v %v", got, err)
		}
		size := w.size()
		if got, err := load("wco.analyst", text); err != nil || got != (analysis.Loaded{Same: all}) || w.size() != size {
			t.Errorf("again: %+v %v, %d entries", got, err, w.size()-size)
		}
		if got, err := load("wco.analyst", bytes.Replace(text, []byte(`"cases": 245`), []byte(`"cases": 246`), 1)); err != nil || got != (analysis.Loaded{Changed: 1, Same: all - 1}) {
			t.Errorf("changed: %+v %v", got, err)
		}
		if _, err := load("xa.officer", text); !fault.Is(err, fault.NotFound) {
			t.Errorf("an officer loads: %v", err)
		}
		found := func(id string) *analysis.Reference {
			list, err := w.asked.References(t.Context(), w.Actor["xb.officer"], code)
			w.Must(err)
			i := slices.IndexFunc(list, func(r analysis.Reference) bool { return r.ID == id })
			if i < 0 {
				return nil
			}
			return &list[i]
		}
		if r := found("action-ipr-ap-2"); r == nil || *r.Cases != 246 {
			t.Errorf("%+v", r)
		}
		w.Must(w.asked.Unload(t.Context(), w.Actor["wco.analyst"], code, "hygiea"))
		if err := w.asked.Unload(t.Context(), w.Actor["wco.analyst"], code, "hygiea"); !fault.Is(err, fault.NotFound) || found("hygiea") != nil {
			t.Errorf("dropped: %v %+v", err, found("hygiea"))
		}
		if got, err := load("wco.analyst", text); err != nil || got != (analysis.Loaded{New: 1, Changed: 1, Same: all - 2}) || found("hygiea") == nil {
			t.Errorf("after it was dropped: %+v %v", got, err)
		}
	})
}

// Who is no member, or has no cases to read, learns nothing.
func TestOutside(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.report("xa.officer", draft("XA", "2017-02-06", line("FOO", "Aa", nil, 5, "H87")))
		w.Leave("gone")
		q := analysis.Question{Group: analysis.ByAll}
		for what, do := range map[string]func(access.Actor) error{
			"ask":    func(a access.Actor) error { _, err := w.asked.Ask(t.Context(), a, code, q); return err },
			"answer": func(a access.Actor) error { _, err := w.asked.Answer(t.Context(), a, code, q, ""); return err },
			"keep":   func(a access.Actor) error { _, err := w.asked.Keep(t.Context(), a, code, "N", q, true); return err },
			"saved":  func(a access.Actor) error { _, err := w.asked.Saved(t.Context(), a, code); return err },
			"load": func(a access.Actor) error {
				_, err := w.asked.Load(t.Context(), a, code, bytes.NewReader(published(t)))
				return err
			},
			"references": func(a access.Actor) error { _, err := w.asked.References(t.Context(), a, code); return err },
		} {
			for _, who := range []string{"gone", "gone.officer", "observer", "holder", "wco.auditor"} {
				if err := do(w.Actor[who]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s %s: %v", who, what, err)
				}
			}
			w.Missing("gone", do)
		}
	})
}

// What another process writes is in the next answer; what is being written is in none.
func TestAnswersFollow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		other := analysis.NewStore(d, w.Journal, w.Source, register.New()) // as another process has it
		q := analysis.Question{Group: analysis.ByBrand}
		c := w.report("xa.officer", draft("XA", "2017-02-06", line("FOO", "Aa", nil, 5, "H87"), line("FOO", "", nil)))
		for _, s := range []*analysis.Store{w.asked, other} {
			if v, err := s.Ask(t.Context(), w.Actor["xb.officer"], code, q); err != nil || len(v.Answer.Groups) != 2 || v.Answer.Totals["H87"] != 5e6 {
				t.Fatalf("%+v %v", v.Answer, err)
			}
		}
		next := draft("XA", "2017-02-06", line("FOO", "Bb", nil, 7, "H87"))
		next.ID = c.ID
		_, err := w.cases.Amend(t.Context(), w.Actor["xa"], code, c.Seq, c.Version, next, "Counted again")
		w.Must(err)
		v, err := other.Ask(t.Context(), w.Actor["xb.officer"], code, q)
		if err != nil || len(v.Answer.Groups) != 1 || v.Answer.Groups[0].Value != "Bb" || v.Answer.Totals["H87"] != 7e6 || v.Answer.AsOf != v.Standing.AsOf {
			t.Errorf("after the amendment: %+v %v", v.Answer, err)
		}
		text, err := json.Marshal(v.Answer)
		w.Must(err)
		var again analysis.Answer
		if err := json.Unmarshal(text, &again); err != nil || fmt.Sprint(again) != fmt.Sprint(v.Answer) {
			t.Errorf("an answer that is frozen: %s %v", text, err)
		}
		err = d.Write(t.Context(), string(code), func(tx *db.Tx) error {
			st, err := operation.Enter(tx, w.Source.Now(), w.Actor["xa"], code, access.AnalysisRead)
			if err == nil {
				_, err = analysis.Of(tx, register.New(), st, q)
			}
			return err
		})
		if err == nil || fault.Is(err, fault.NotFound) {
			t.Errorf("inside a write: %v", err)
		}
	})
}
