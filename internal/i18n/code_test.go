package i18n

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func TestNames(t *testing.T) {
	instance, err := ParseNames([]byte(`
[XA]
en = "Northern Isles"
fr = "Îles du Nord"
[FR]
en = "France (override)"
`))
	if err != nil {
		t.Fatal(err)
	}
	operation := map[string]map[Lang]string{"XA": {English: "Isles", Arabic: "الجزر"}}
	plain := NewPrinter(French)
	over := NewPrinter(French, WithNames(instance))
	both := NewPrinter(Arabic, WithNames(instance), WithNames(operation))
	for _, c := range [][2]string{
		{plain.Country("DE"), "Allemagne"},
		{plain.Country("XA"), "XA"},
		{plain.Country("XK"), "XK"},
		{plain.Country("QM"), "QM"},
		{plain.Country(""), ""},
		{over.Country("XA"), "Îles du Nord"},
		{over.Country("FR"), "France (override)"}, // put there on purpose, even without French
		{over.Country("DE"), "Allemagne"},
		{both.Country("XA"), "الجزر"},
		{both.Country("FR"), "France (override)"},
		{plain.Language("ja"), "japonais"},
		{plain.Language("xx"), "xx"},
		{plain.Currency("USD"), "dollar des États-Unis"},
		{plain.Code("country", "DE"), "Allemagne"},
		{plain.Code("currency", "EUR"), "euro"},
		{plain.Code("language", "fr"), "français"},
		{plain.Code("category", "CLO"), "Vêtements"},
		{plain.Code("category", "NEW"), "NEW"},
		{plain.Code("category", ""), ""},
		{plain.Unit("LTR"), "litres"},
		{NewPrinter(Arabic).Code("tlp", "AMBER+STRICT"), "TLP:AMBER+STRICT"},
	} {
		if c[0] != c[1] {
			t.Errorf("says %q, want %q", c[0], c[1])
		}
	}
}

func TestParseNamesRefuses(t *testing.T) {
	_, err := ParseNames([]byte("[XA]\nfr = \"Îles\"\n[France]\nen = \"x\"\n[XB]\nen = \"a\u202eb\""))
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{"[XA] has no English name", "[France] is not a code", "[XB] en: fault.direction-character"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := ParseNames([]byte("XA = 3")); err == nil {
		t.Error("a number is no name")
	}
}

func TestList(t *testing.T) {
	en, fr, ar := NewPrinter(English), NewPrinter(French), NewPrinter(Arabic)
	for _, c := range [][2]string{
		{en.List(nil), ""},
		{en.List([]string{"A"}), "A"},
		{en.List([]string{"A", "B"}), "A and B"},
		{en.List([]string{"A", "B", "C", "D"}), "A, B, C and D"},
		{fr.List([]string{"A", "B", "C"}), "A, B et C"},
		{ar.List([]string{"أ", "ب", "ج"}), "أ وب وج"},
		{ar.List([]string{"A", "ب"}), "\u2068A\u2069 وب"},
		{en.List([]string{"{1}", "{0}"}), "{1} and {0}"},
	} {
		if c[0] != c[1] {
			t.Errorf("says %q, want %q", c[0], c[1])
		}
	}
}

func TestCompare(t *testing.T) {
	fr := NewPrinter(French)
	words := []string{"zone", "Étui", "etat", "case 10", "case 9", "Zèbre"}
	slices.SortFunc(words, fr.Compare)
	if want := []string{"case 9", "case 10", "etat", "Étui", "Zèbre", "zone"}; !slices.Equal(words, want) {
		t.Errorf("sorted as %q", words)
	}
	if fr.Compare("a", "a") != 0 || fr.Compare("a", "b") >= 0 || fr.Compare("b", "a") <= 0 {
		t.Error("no order")
	}
	codes := []string{"US", "DE", "EG", "AX"}
	fr.SortByLabel(codes, fr.Country)
	if want := []string{"DE", "EG", "US", "AX"}; !slices.Equal(codes, want) { // Allemagne, Égypte, États-Unis, Îles Åland
		t.Errorf("codes sorted as %q", codes)
	}
}

func TestIsolate(t *testing.T) {
	en, ar := NewPrinter(English), NewPrinter(Arabic)
	for _, c := range []struct {
		p       *Printer
		in      string
		isolate bool
	}{
		{en, "Ann", false}, {en, "2017-02-06", false}, {en, "Étui – 5", false}, {en, "鈴木", false},
		{en, "سارة", true}, {en, "משה", true}, {en, "a سارة", true}, {en, "١٢", true},
		{ar, "سارة عبد الله", false}, {ar, "Ann", true}, {ar, "2017-02-06", true}, {ar, "12", true}, {ar, "6 فبراير", true},
		{ar, "(سارة)", true}, {ar, "", false}, {en, "", false}, {ar, "鈴木", true},
	} {
		want := c.in
		if c.isolate {
			want = "\u2068" + c.in + "\u2069"
		}
		if got := c.p.Isolate(c.in); got != want {
			t.Errorf("%s: Isolate(%q) = %q", c.p.Lang(), c.in, got)
		}
	}
}

// TestValues: what rules hand up without a language is printed here.
func TestValues(t *testing.T) {
	en := NewPrinter(English, WithNames(map[string]map[Lang]string{"XA": {English: "Isles"}}))
	for _, c := range []struct {
		in   any
		want string
	}{
		{"text", "text"}, {5000, "5,000"}, {int64(5000), "5,000"}, {int32(7), "7"}, {uint32(7), "7"},
		{Day("2017-02-06"), "6 Feb 2017"}, {CountryCode("XA"), "Isles"}, {Key("kit.save"), "Save"},
		{Code{"category", "TOY"}, "Games and toys"}, {Amount{2 * One, "LTR"}, "2 litres"}, {Percentage{1, 4}, "25%"},
		{[]string{"A", "B"}, "A and B"}, {map[string]int64{"KGM": One}, "1 kg"}, {true, "Yes"}, {false, "No"},
		{time.Date(2026, 11, 23, 10, 2, 0, 0, time.UTC), "23 Nov 2026, 10:02 UTC"}, {1.5, "1.5"},
	} {
		if got := en.T("kit.error.prefix", fault.Args{"title": c.in}); got != "Error: "+c.want {
			t.Errorf("%v is printed as %q", c.in, got)
		}
	}
	for n, want := range map[any]string{1: "1 result", int64(2): "2 results", uint32(1): "1 result", int32(0): "0 results", "1": "1 results"} {
		if got := en.T("kit.results", fault.Args{"count": n}); got != want {
			t.Errorf("%T %v is printed as %q", n, n, got)
		}
	}
}

// TestConcurrent is for the race detector: a printer is used by many at once.
func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	p := NewPrinter(Arabic)
	for range 8 {
		wg.Go(func() {
			for range 50 {
				p.Compare("أ", "ب")
				p.Quantity(3*One, "H87")
				NewPrinter(PseudoLong).T("kit.save")
				NewPrinter(French).Country("DE")
			}
		})
	}
	wg.Wait()
}

func BenchmarkT(b *testing.B) {
	p := NewPrinter(English)
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			p.T("kit.save")
		}
	})
	b.Run("plural", func(b *testing.B) {
		for b.Loop() {
			p.T("kit.results", fault.Args{"count": 1234})
		}
	})
	b.Run("quantity", func(b *testing.B) {
		for b.Loop() {
			p.Quantity(1453429*One, "H87")
		}
	})
	b.Run("printer", func(b *testing.B) {
		for b.Loop() {
			NewPrinter(French)
		}
	})
}
