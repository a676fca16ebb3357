package edition_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// material is a frozen version of random cases, made as package publication makes it.
func material(dice *rand.Rand, n int) edition.Material {
	m := edition.Material{Operation: operation.Operation{Code: "swell", Name: "Swell", TimeZone: "UTC", Counting: operation.Counting{Phase: "operational"},
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}}, Organisations: map[int64]organisation.Organisation{}}
	for i := range int64(n) {
		org := 1 + dice.Int64N(4)
		m.Organisations[org] = organisation.Organisation{Number: org, Name: fmt.Sprint("Administration ", org), Names: map[string]string{"fr": fmt.Sprint("Douane ", org)}}
		c := seizure.Case{Seq: i + 1, Version: 1, Reference: fmt.Sprintf("SW-%03d", i), Organisation: org, State: seizure.Reported, Class: seizure.Counted}
		c.Country, c.Day, c.Status = string([]byte{'X', byte('A' + org)}), fmt.Sprintf("2017-02-%02d", 6+dice.IntN(18)), "seized"
		c.Conveyance = goods.Coded{Code: []string{"mail", "mail", "mail", "sea", "air"}[dice.IntN(5)]}
		c.Origin, c.Destination = goods.Coded{Code: "XQ"}, goods.Coded{Code: c.Country}
		for range 1 + dice.IntN(2) {
			l := goods.Line{Category: []string{"FTW", "FTW", "PHA", "TOY", "FOO"}[dice.IntN(5)], Brand: []string{"Orva", "Zento", "Other"}[dice.IntN(3)], Violations: []string{"counterfeit"}}
			l.Quantities = append(l.Quantities, goods.Quantity{Micro: (1 + dice.Int64N(5000)) * 1e6, Unit: "H87"})
			if dice.IntN(5) == 0 {
				l.Quantities = append(l.Quantities, goods.Quantity{Micro: (1 + dice.Int64N(900)) * 1e5, Unit: "KGM"})
			}
			c.Goods = append(c.Goods, l)
		}
		m.Cases = append(m.Cases, c)
	}
	freeze(&m, 1)
	return m
}

func freeze(m *edition.Material, number int64) {
	v := publication.Version{Number: number, AsOf: 100 * number, At: time.Date(2017, 3, int(number), 12, 0, 0, 0, time.UTC), Language: "en", Sections: publication.Outline(), Answers: map[string]analysis.Answer{}}
	for i := range v.Sections {
		v.Sections[i].Texts = map[string]string{"en": "There were {{official.cases}} cases, {{f5.TOY.cases}} of them toys; {{f8.1.cases}} by the first, {{nothing}}. *Well* <b>done</b>."}
		for _, f := range v.Sections[i].Figures {
			v.Answers[f.ID] = analysis.Tally(m.Operation, f.Question, m.Cases)
		}
	}
	v.Official = analysis.Tally(m.Operation, analysis.Question{Group: analysis.ByAll}, m.Cases)
	for _, c := range m.Cases {
		v.Basis = append(v.Basis, publication.Basis{Seq: c.Seq, Version: c.Version, Reference: c.Reference, Organisation: c.Organisation, Class: c.Class})
	}
	m.Readable = nil
	for _, b := range v.Basis {
		m.Readable = append(m.Readable, b.Seq)
	}
	v.Contributions = []publication.Contribution{{Organisation: 1, Language: "en", Lessons: "Look twice.", Done: true}}
	m.Version = v
	m.Clearances = []publication.Clearance{{Number: number, Organisation: 2, State: publication.Dissents, Words: "We count otherwise.", Language: "en"}}
}

func own(org int64, name string, brands ...string) *edition.Own {
	o := &edition.Own{Organisation: org, Name: name, Brands: brands, Names: usage.Names{Brand: map[string]int{}, Code: map[string]int{}}}
	for i, b := range brands {
		o.Names.Brand[i18n.Fold(b)] = i
	}
	return o
}

func issue(m edition.Material, kind string) edition.Issued {
	i := edition.Issued{Number: m.Version.Number, Kind: kind, Own: m.Own, Documents: map[string]rendition.Document{}}
	if m.Own != nil {
		i.Holder = m.Own.Organisation
	}
	i.Figures, i.Weak = edition.Figures(m, kind)
	for _, lang := range []i18n.Lang{"en", "fr", "ar"} {
		i.Documents[string(lang)] = edition.Compose(m, kind, i.Figures, i18n.NewPrinter(lang))
	}
	return i
}

// TestNothingHiddenStandsInADocument, in no language and no file: over random worlds every
// number of a cell is that of a cell that is shown, the order of lines tells nothing, and
// what only customs may read stands in their edition alone.
func TestNothingHiddenStandsInADocument(t *testing.T) {
	hidden := 0
	for seed := range uint64(8) {
		m := material(rand.New(rand.NewPCG(seed, 3)), 30+int(seed)*15)
		full := issue(m, publication.Enforcement)
		if text := words(full.Documents["en"]); !strings.Contains(text, "SW-001") || !strings.Contains(text, "We count otherwise.") || !strings.Contains(text, "Look twice.") {
			t.Fatal("the edition for enforcement lacks its basis, a dissent or a contribution")
		}
		if text := words(full.Documents["fr"]); !strings.Contains(text, "Douane 1") || strings.Contains(text, "Administration 1") {
			t.Error("administrations are not called as the reader calls them")
		}
		public := issue(m, publication.Public)
		for lang, d := range public.Documents {
			text := words(d)
			for _, secret := range []string{"SW-0", "We count otherwise.", "Look twice.", "Administration 1", "Douane 1", "Orva", "Journal", "«", "{count}"} {
				if strings.Contains(text, secret) {
					t.Errorf("world %d, %s: the public edition holds %q", seed, lang, secret)
				}
			}
			hidden += compare(t, m, public.Figures, d)
		}
	}
	if hidden == 0 {
		t.Error("nothing is hidden in any world: this test proves nothing")
	}
}

// compare holds every table against the answers and what is hidden.
func compare(t *testing.T, m edition.Material, shown suppress.Published, d rendition.Document) (hidden int) {
	t.Helper()
	for _, table := range d.Tables() {
		a := m.Version.Answers[table.ID]
		cases := slices.Index(table.Numeric, true)
		for i, r := range table.Rows {
			if r[cases].Hidden {
				if hidden++; i != len(table.Rows)-1 || r[cases].Number != "" || r[0].Code != "" {
					t.Errorf("%s: a hidden line says %+v", table.ID, r)
				}
				continue
			}
			split := ""
			if cases == 2 {
				split = r[1].Code
			}
			j := slices.IndexFunc(a.Groups, func(g analysis.Group) bool { return g.Value == r[0].Code && g.Split == split })
			if j < 0 || fmt.Sprint(a.Groups[j].Cases) != r[cases].Number {
				t.Errorf("%s: %+v is no line of the answer", table.ID, r)
			} else if a.Groups[j].Cases < suppress.LeastCases {
				t.Errorf("%s: %+v is too small to be shown", table.ID, r)
			}
		}
	}
	for _, c := range shown.Cells {
		if c.Hidden && c.Cases > 0 && c.Cases < suppress.LeastCases {
			hidden++
		}
	}
	return hidden
}

func words(d rendition.Document) string {
	var b bytes.Buffer
	_ = d.HTML(&b)
	return b.String()
}

// TestRivalsChangeNothing: two worlds that differ in the brand of a rival's cases, in its
// names and in what it was given, but not in what everybody may read, give a right holder
// the same edition to the byte. A case of its own changes it.
func TestRivalsChangeNothing(t *testing.T) {
	differs := 0
	for seed := range uint64(8) {
		m := material(rand.New(rand.NewPCG(seed, 5)), 80)
		rival := m // was given an edition of an earlier version, in which more is hidden
		rival.Own, rival.Cases = own(78, "Rival", "Zento"), m.Cases[:25]
		freeze(&rival, 1)
		freeze(&m, 2)
		with, without := m, m
		with.Own, without.Own = own(77, "Holder", "Orva", "Orva Sport"), own(77, "Holder", "Orva", "Orva Sport")
		with.Before = []edition.Issued{issue(rival, publication.Holder)}
		without.Cases = slices.Clone(m.Cases)
		for i, c := range without.Cases {
			lines := slices.Clone(c.Goods)
			for j, l := range lines {
				if l.Brand == "Zento" {
					lines[j].Brand = []string{"Other", "Zento Sport"}[i%2]
				}
			}
			without.Cases[i].Goods = lines
		}
		without.Version = refrozen(without)
		a, b := encoded(t, issue(with, publication.Holder)), encoded(t, issue(without, publication.Holder))
		if a != b {
			t.Fatalf("world %d: a rival's cases change the edition", seed)
		}
		for i, c := range without.Cases {
			if c.Goods[0].Brand == "Orva" {
				without.Cases[i].Goods = append([]goods.Line{{Category: c.Goods[0].Category, Brand: "Other", Quantities: c.Goods[0].Quantities}}, c.Goods[1:]...)
			}
		}
		without.Version = refrozen(without)
		if encoded(t, issue(without, publication.Holder)) != b {
			differs++
		}
	}
	if differs == 0 {
		t.Error("its own cases change nothing either: this test proves nothing")
	}
}

func refrozen(m edition.Material) publication.Version {
	freeze(&m, 2)
	return m.Version
}

func encoded(t *testing.T, i edition.Issued) string {
	t.Helper()
	b, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLaterVersionsKeepWhatWasHidden, and the first stays as it was: one case corrected by
// a hundred pieces moves the official figure of the second by a hundred.
func TestLaterVersionsKeepWhatWasHidden(t *testing.T) {
	for seed := range uint64(6) {
		m := material(rand.New(rand.NewPCG(seed, 9)), 60)
		first := issue(m, publication.Public)
		before := m.Version.Official.Totals["H87"]
		again := m
		again.Cases = slices.Clone(m.Cases)
		again.Cases[3].Goods = []goods.Line{again.Cases[3].Goods[0]}
		freeze(&again, 1)
		base := again.Version.Official.Totals["H87"]
		line := again.Cases[3].Goods[0]
		line.Quantities = slices.Clone(line.Quantities)
		line.Quantities[0].Micro += 100e6
		again.Cases[3].Goods = []goods.Line{line}
		freeze(&again, 2)
		if again.Version.Official.Totals["H87"] != base+100e6 || m.Version.Official.Totals["H87"] != before {
			t.Fatal("a correction of 100 pieces did not move the figure by 100")
		}
		again.Before = []edition.Issued{first}
		second := issue(again, publication.Public)
		for _, c := range first.Figures.Cells {
			if d, ok := second.Figures.Find(c.Key); ok && c.Hidden && !d.Hidden {
				t.Errorf("world %d: %s was hidden and is shown later", seed, c.Key)
			}
		}
		if !reflect.DeepEqual(issue(m, publication.Public), first) {
			t.Error("the same material gives another edition")
		}
	}
}

// TestPressSaysTheOfficialFigures, to the digit and in every language, and a number that
// is none is found.
func TestPressSaysTheOfficialFigures(t *testing.T) {
	m := material(rand.New(rand.NewPCG(1, 1)), 120)
	m.Version.Official.Cases, m.Version.Official.Totals = 245, map[string]int64{"H87": 1453429e6, "KGM": 153099e6, "LTR": 75e6}
	shown, _ := edition.Figures(m, publication.Public)
	for lang, want := range map[i18n.Lang][]string{"en": {"245 cases", "1,453,429", "153,099 kg", "75 litres"}, "fr": {"245", "1\u202f453\u202f429", "153\u202f099", "75"}, "ar": {"245", "1,453,429", "153,099", "75"}} {
		p := i18n.NewPrinter(lang)
		d := edition.WritePressText(m, shown, p)
		for _, w := range want {
			if !strings.Contains(d.Body, w) {
				t.Errorf("%s: lacks %q:\n%s", lang, w, d.Body)
			}
		}
		if hits := edition.CheckPress(m.Version, shown, d.Checked()); len(hits) > 0 {
			h := hits[0]
			t.Errorf("%s: its own number is called wrong: %q in\n%s", lang, d.Checked()[h.Start:h.End], d.Checked())
		}
		if strings.Contains(d.Checked(), "«") {
			t.Errorf("%s: a text is missing:\n%s", lang, d.Checked())
		}
	}
	for _, text := range []string{"Officers made 246 cases.", "1,453,430 pieces were seized.", "153,098 kg of goods"} {
		if hits := edition.CheckPress(m.Version, shown, text); len(hits) != 1 {
			t.Errorf("%q: %v", text, hits)
		}
	}
}

// TestNestedFiguresTellOfNoCase: what a figure shows less another that is a part of it is
// a figure, too, wherever the two stand.
func TestNestedFiguresTellOfNoCase(t *testing.T) {
	naive, three, shown := 0, 0, 0
	for seed := range uint64(24) {
		dice := rand.New(rand.NewPCG(seed, 21))
		m := material(dice, 20+10*int(seed%4))
		own := publication.Section{ID: "s99", Kind: "own", Editions: edition.Kinds()}
		for i, where := range []map[string]string{{"category": "TOY"}, {"category": "TOY", "conveyance": "mail"}, {"conveyance": "mail", "from": "2017-02-08"},
			{"conveyance": "mail", "from": "2017-02-08", "to": "2017-02-20"}, {"class": analysis.EveryClass, "from": "2017-02-07"}, {"brand": "Orva", "category": "FTW"}, {"category": "FTW"},
			{"category": "FTW", "conveyance": "mail"}, {"category": "FTW", "conveyance": "sea"}, {"category": "FTW", "to": "2017-02-22"}} {
			f := publication.Figure{ID: fmt.Sprint("n", i), Show: publication.ShowNumber, Question: analysis.Question{Group: analysis.ByAll, Where: where}}
			m.Version.Answers[f.ID] = analysis.Tally(m.Operation, f.Question, m.Cases)
			own.Figures = append(own.Figures, f)
		}
		m.Version.Sections = append(m.Version.Sections, own)
		d := issue(m, publication.Public).Documents["en"]
		says := func(f publication.Figure) bool {
			for _, b := range d.Blocks {
				if b.ID == f.ID {
					shown++
					return !strings.Contains(b.Spans[1].Words, "not shown")
				}
			}
			return false
		}
		// FTW less mail less sea is air, which no figure shows.
		if air, by := difference(m, own.Figures[6].Question, own.Figures[7].Question, own.Figures[8].Question); air > 0 && (air < suppress.LeastCases || by < suppress.LeastAdministrations) {
			if three++; says(own.Figures[6]) && says(own.Figures[7]) && says(own.Figures[8]) {
				t.Errorf("world %d: of %d cases of %d administrations", seed, air, by)
			}
		}
		for _, wide := range own.Figures {
			for _, narrow := range own.Figures {
				if cases, by := difference(m, wide.Question, narrow.Question); cases > 0 && (cases < suppress.LeastCases || by < suppress.LeastAdministrations) {
					if naive++; says(wide) && says(narrow) {
						t.Errorf("world %d: %v less %v are %d cases of %d administrations", seed, wide.Question.Where, narrow.Question.Where, cases, by)
					}
				}
			}
		}
	}
	if naive == 0 || three == 0 || shown == 0 {
		t.Error("no figure is a small part less than another: this test proves nothing")
	}
}

// difference is of how many cases a figure is more than others whose filters say all that
// its do; 0 for any other, and for figures that are small themselves.
func difference(m edition.Material, wide analysis.Question, narrow ...analysis.Question) (cases, by int) {
	for name, value := range wide.Where {
		if is := narrow[0].Where[name]; is != value && !(name == "class" && value == analysis.EveryClass) && !(name == "from" && is >= value) {
			return 0, 0
		}
	}
	orgs := map[int64]bool{}
	for _, c := range m.Cases {
		one := []seizure.Case{c}
		if analysis.Tally(m.Operation, wide, one).Cases > 0 && !slices.ContainsFunc(narrow, func(q analysis.Question) bool { return analysis.Tally(m.Operation, q, one).Cases > 0 }) {
			cases++
			orgs[c.Organisation] = true
		}
	}
	return cases, len(orgs)
}
