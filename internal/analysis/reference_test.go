package analysis_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// published is a real file: facts, with all that is wrong with them.
func published(t testing.TB) []byte {
	text, err := os.ReadFile("../story/chapter/operations.json")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func read(t testing.TB, text []byte) map[string]analysis.Reference {
	all, err := analysis.ReadReferences(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%#v", err)
	}
	out := map[string]analysis.Reference{}
	for _, r := range all {
		out[r.ID] = r
	}
	return out
}

func amounts(all []analysis.Amount) string {
	var out []string
	for _, a := range all {
		out = append(out, fmt.Sprint(a.Word, "=", a.Unit, ":", a.Micro))
	}
	return strings.Join(out, " ")
}

// What was published is read as it was printed: nothing is known that was not, nothing
// that does not add up is mended.
func TestReadsWhatWasPublished(t *testing.T) {
	all := read(t, published(t))
	ap2 := all["action-ipr-ap-2"]
	if *ap2.Cases != 245 || amounts(ap2.Totals) != "kg=KGM:153099000000 litres=LTR:75000000 pieces=H87:1453429000000" || !ap2.Exact() || len(ap2.Sources) != 1 {
		t.Errorf("A/P 2: %+v", ap2)
	}
	if p := ap2.Parts[2]; p.Label != "Spare parts" || p.Value != "" || *p.Cases != 22 || p.Amounts != nil {
		t.Errorf("a name that is only like ours: %+v", p)
	}
	if p := ap2.Parts[3]; p.Value != "MOB" || p.Cases != nil || amounts(p.Amounts) != "pieces=H87:319857000000" {
		t.Errorf("a part without cases: %+v", p)
	}
	if m := all["mirage"]; m.Cases != nil || m.Totals != nil {
		t.Errorf("nothing was published of %+v", m)
	}
	if s := all["stop-2"]; amounts(s.Totals) != "units=:501500000000000" || s.Exact() {
		t.Errorf("a word that the file does not explain, rounded: %+v", s)
	}
	if h := all["hygiea"]; !strings.Contains(amounts(h.Totals), "kg=KGM:164895690000") || !strings.Contains(amounts(h.Totals), "cigarettes=:") || len(h.Conflicts) != 1 {
		t.Errorf("decimals, cigarettes, sources that disagree: %+v", h)
	}
	if s := all["seascape-2"]; s.End != "" || !strings.Contains(s.DateNote, "June has 30 days") || s.Precision != "lower bound (over)" {
		t.Errorf("a day that there is not: %+v", s)
	}
	w, sum := all["westerlies-2"], int64(0)
	for _, p := range w.Parts {
		if p.Dimension == analysis.ByCategory {
			sum += p.Amounts[0].Micro
		}
	}
	if w.Totals[0].Micro != 2850e6 || sum != 2749e6 {
		t.Errorf("parts of %d, total %d: both stay", sum, w.Totals[0].Micro)
	}
	if v := all["vice-grips-2"]; *v.Parts[0].Share != 79e6 || v.Parts[1].Dimension != analysis.ByOrigin || v.Parts[1].Value != "CN" || v.Parts[1].Cases != nil {
		t.Errorf("shares: %+v", v.Parts)
	}
}

func TestRefusesWhatCannotBeRead(t *testing.T) {
	one := func(more string) string {
		return `{"units":{"pieces":"H87"},"operations":[{"id":"one","operation":"One","precision":"exact","sources":["https://example.org/"]` + more + `}]}`
	}
	if _, err := analysis.ReadReferences(strings.NewReader(one(""))); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":                  "file",
		`[]`:                "file",
		`{"operations":[]}`: "operations",
		`{"units":{"pieces":"PIECES"},"operations":[{"id":"one","operation":"One","precision":"exact","sources":["https://example.org/"]}]}`: "units.pieces",
		one(`,"cases":-1`):                                    "operations.1.cases",
		one(`,"cases":1.5`):                                   "operations.1.cases",
		one(`,"totals":{"kg":1e3}`):                           "operations.1.totals.kg",
		one(`,"totals":{"kg":0.1234567}`):                     "operations.1.totals.kg",
		one(`,"totals":{"kg":"many"}`):                        "file",
		one(`,"totals":{"Kg\u202e":1}`):                       "operations.1.totals",
		one(`,"dates":{"start":"May 2017"}`):                  "operations.1.dates.start",
		one(`,"sources":["javascript:alert(1)"]`):             "operations.1.sources.1",
		one(`,"by_category":[{"pieces":1}]`):                  "operations.1.by_category.1.category",
		one(`,"by_category":[{"category":"X","code":"X"}]`):   "operations.1.by_category.1.code",
		one(`,"by_category":[{"category":"A","pieces":"1"}]`): "operations.1.by_category.1.pieces",
		one(`,"by_category":[{"category":"Foodstuff"},{"category":"Food","code":"FOO"}]`): "operations.1.by_category.2",
	} {
		_, err := analysis.ReadReferences(strings.NewReader(text))
		if f, ok := err.(*fault.Fault); !ok || len(f.Fields) == 0 || f.Fields[0].Path != want {
			t.Errorf("%s: %+v, want %s", text, err, want)
		}
	}
}

// Whatever a file holds, it is refused or read; what was read is kept as JSON without
// loss, and compared without a panic.
func FuzzReadReferences(f *testing.F) {
	f.Add(published(f))
	f.Add([]byte(`{"units":{"pieces":"H87"},"operations":[{"id":"a","operation":"A","precision":"exact","sources":["http://a/"],"totals":{"pieces":0.5,"x":null},"by_origin":[{"country":"CN","share_percent":8}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := analysis.ReadReferences(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range all {
			stored, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var again analysis.Reference
			if err := json.Unmarshal(stored, &again); err != nil {
				t.Fatal(err)
			}
			if twice, _ := json.Marshal(again); !bytes.Equal(stored, twice) {
				t.Errorf("%s\nis read back as\n%s", stored, twice)
			}
			for _, group := range []string{analysis.ByCategory, analysis.ByOrigin, analysis.ByAll} {
				analysis.Compare(analysis.Answer{Question: analysis.Question{Group: group}, Groups: []analysis.Group{{Value: "FOO"}}}, r)
			}
		}
	})
}

// Figures stand beside each other by unit. What is not known is not there.
func TestCompares(t *testing.T) {
	all := read(t, published(t))
	a := analysis.Answer{Question: analysis.Question{Group: analysis.ByCategory}, Cases: 12, Totals: results.Totals{"H87": 5e6, "STK": 20e6},
		Groups: []analysis.Group{{Value: "FOO", Cases: 7, Totals: results.Totals{"H87": 5e6}}, {Value: "TOY", Cases: 5, Totals: results.Totals{"STK": 20e6}}}}
	text := func(pairs []analysis.Pair) (out []string) {
		n := func(p *int64) string {
			if p == nil {
				return "?"
			}
			return fmt.Sprint(*p)
		}
		for _, p := range pairs {
			out = append(out, strings.Join([]string{p.Label, p.Value, p.Unit, p.Word, n(p.Ours), n(p.Theirs), n(p.Share)}, "|"))
		}
		return out
	}
	c := analysis.Compare(a, all["action-ipr-ap-2"])
	if got, want := text(c.Whole), []string{"||||12|245|?", "||H87|pieces|5000000|1453429000000|?", "||KGM|kg|?|153099000000|?", "||LTR|litres|?|75000000|?", "||STK||20000000|?|?"}; !slices.Equal(got, want) {
		t.Errorf("whole: %q", got)
	}
	if got, want := text(c.Parts)[:6], []string{"Foodstuff|FOO|||7|40|?", "Foodstuff|FOO|H87|pieces|5000000|415358000000|?", "Foodstuff|FOO|KGM|kg|?|42718000000|?",
		"Foodstuff|FOO|LTR|litres|?|68000000|?", "|TOY|||5|?|?", "|TOY|STK||20000000|?|?"}; !slices.Equal(got, want) {
		t.Errorf("parts: %q", got)
	}
	if got := text(c.Parts); !slices.Contains(got, "Spare parts||||?|22|?") {
		t.Errorf("a part of theirs alone: %q", got)
	}
	gryphon := text(analysis.Compare(a, all["gryphon-2"]).Whole)
	if !slices.Contains(gryphon, "||STK||20000000|?|?") || !slices.Contains(gryphon, "|||cigarettes|?|729000000000000|?") || gryphon[0] != "||||12|?|?" {
		t.Errorf("cigarettes that the file does not say are ours: %q", gryphon)
	}
	a.Question.Where = map[string]string{"country": "XA"}
	if c := analysis.Compare(a, all["vice-grips-2"]); !c.Narrowed || !slices.Contains(text(c.Parts), "Pharmaceutical products|PHA|||?|?|79000000") {
		t.Errorf("%v %q", c.Narrowed, text(c.Parts))
	}
}
