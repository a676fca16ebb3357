package i18n

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestNumberAndQuantity(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		got  func(*Printer) string
		want string
	}{
		{English, func(p *Printer) string { return p.Number(1453429) }, "1,453,429"},
		{French, func(p *Printer) string { return p.Number(1453429) }, "1\u202f453\u202f429"},
		{Arabic, func(p *Printer) string { return p.Number(1453429) }, "1,453,429"},
		{English, func(p *Printer) string { return p.Number(-1000) }, "\u22121,000"},
		{English, func(p *Printer) string { return p.Number(0) }, "0"},
		{English, func(p *Printer) string { return p.Number(999) }, "999"},
		{English, func(p *Printer) string { return p.Quantity(1*One, "H87") }, "1 piece"},
		{English, func(p *Printer) string { return p.Quantity(1453429*One, "H87") }, "1,453,429 pieces"},
		{English, func(p *Printer) string { return p.Quantity(500_000, "KGM") }, "0.5 kg"},
		{English, func(p *Printer) string { return p.Quantity(1_500_000, "LTR") }, "1.5 litres"},
		{English, func(p *Printer) string { return p.Quantity(1234_000_001, "LTR") }, "1,234.000001 litres"},
		{English, func(p *Printer) string { return p.Quantity(12*One, "ZZZ") }, "12 ZZZ"},
		{French, func(p *Printer) string { return p.Quantity(1_500_000, "LTR") }, "1,5 litre"},
		{French, func(p *Printer) string { return p.Quantity(1_000_000*One, "H87") }, "1\u202f000\u202f000 de pièces"},
		{French, func(p *Printer) string { return p.Quantity(2*One, "HEA") }, "2 animaux vivants"},
		{Arabic, func(p *Printer) string { return p.Quantity(5*One, "H87") }, "5 قطع"},
		{Arabic, func(p *Printer) string { return p.Quantity(11*One, "LTR") }, "11 لترًا"},
		{Arabic, func(p *Printer) string { return p.Quantity(100*One, "LTR") }, "100 لتر"},
		{English, func(p *Printer) string {
			return p.Totals(map[string]int64{"LTR": 75 * One, "H87": 1453429 * One, "KGM": 153099 * One})
		}, "1,453,429 pieces + 153,099 kg + 75 litres"},
		{English, func(p *Printer) string {
			return p.Totals(map[string]int64{"TNE": One, "MTQ": 2 * One, "LTR": 75 * One, "H87": 0})
		}, "75 litres + 2 m³ + 1 tonne"},
		{English, func(p *Printer) string { return p.Totals(nil) }, "0"},
		{English, func(p *Printer) string { return p.Percent(1, 8) }, "13%"},
		{English, func(p *Printer) string { return p.Percent(1, 1000) }, "<1%"},
		{English, func(p *Printer) string { return p.Percent(999, 1000) }, ">99%"},
		{English, func(p *Printer) string { return p.Percent(3, 3) }, "100%"},
		{English, func(p *Printer) string { return p.Percent(0, 3) }, "0%"},
		{English, func(p *Printer) string { return p.Percent(1, 0) }, "–"},
		{French, func(p *Printer) string { return p.Percent(1, 2) }, "50\u202f%"},
		{Arabic, func(p *Printer) string { return p.Percent(1, 2) }, "\u206650%\u2069"},
	} {
		if got := c.got(NewPrinter(c.lang)); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestPluralForms(t *testing.T) {
	for lang, want := range map[Lang]map[string]string{
		English: {"0": "other", "1": "one", "2": "other", "0.5": "other"},
		French:  {"0": "one", "1": "one", "1.5": "one", "2": "other", "1000000": "many"},
		Arabic: {"0": "zero", "1": "one", "2": "two", "3": "few", "10": "few", "11": "many", "99": "many", "100": "other",
			"103": "few", "0.5": "other"},
	} {
		rule := newPluralRule(lang)
		for n, form := range want {
			if got := rule.form(n); got != form {
				t.Errorf("%s: %s takes %q, want %q", lang, n, got, form)
			}
		}
	}
	if n := len(newPluralRule(Arabic).forms()); n != 6 {
		t.Errorf("Arabic has %d plural forms in these tests, want 6", n)
	}
}

func TestDecimal(t *testing.T) {
	for micro, want := range map[int64]string{
		1453429 * One: "1453429", 500_000: "0.5", 1: "0.000001", 0: "0", -1_500_000: "-1.5", 1_234_000: "1.234",
		-1 << 63: "-9223372036854.775808",
	} {
		if got := Decimal(micro); got != want {
			t.Errorf("Decimal(%d) = %q, want %q", micro, got, want)
		}
	}
}

var anyMicro = rapid.OneOf(
	rapid.Int64Range(1, 1_000_000_000_000*One-1),
	rapid.Map(rapid.Int64Range(1, 999_999), func(n int64) int64 { return n * 1000 }), // three decimals
	rapid.Map(rapid.Int64Range(1, 999_999_999_999), func(n int64) int64 { return n * One }),
)

func TestDecimalIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		micro := anyMicro.Draw(t, "micro")
		if got, err := ParseCanonical(Decimal(micro)); err != nil || got != micro {
			t.Fatalf("ParseCanonical(%q) = %d, %v", Decimal(micro), got, err)
		}
		if got, err := ParseDecimal(Typed(micro)); err != nil || got != micro {
			t.Fatalf("ParseDecimal(%q) = %d, %v", Typed(micro), got, err)
		}
		// Canonical digits typed by hand are read as what they are, or refused
		// as ambiguous; never as something else.
		got, err := ParseDecimal(Decimal(micro))
		if err == nil && got != micro {
			t.Fatalf("ParseDecimal(%q) = %d, want %d", Decimal(micro), got, micro)
		}
		if err != nil && Typed(micro) == Decimal(micro) {
			t.Fatalf("ParseDecimal(%q): %v", Decimal(micro), err)
		}
	})
}

// What a page prints can be typed back, unless it is ambiguous.
func TestPrintedIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		micro := anyMicro.Draw(t, "micro")
		for _, lang := range Languages() {
			printed := NewPrinter(lang).Micro(micro)
			got, err := ParseDecimal(printed)
			if err == nil && got != micro {
				t.Fatalf("%s: ParseDecimal(%q) = %d, want %d", lang, printed, got, micro)
			}
			if err != nil && keyOf(err) != "fault.quantity.ambiguous" {
				t.Fatalf("%s: ParseDecimal(%q): %v", lang, printed, err)
			}
		}
	})
}

// The kept answers are those of the rule, in every language the design names.
func TestPluralFormsAreKeptRight(t *testing.T) {
	for _, lang := range []Lang{"ar", "zh", "en", "fr", "ja", "ko", "pt", "ru", "es", "th"} {
		rule := newPluralRule(lang)
		for n := range 20000 {
			if s := strconv.Itoa(n); rule.form(s) != rule.ask(s) {
				t.Fatalf("%s: %s takes %q, want %q", lang, s, rule.form(s), rule.ask(s))
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			s := strconv.FormatInt(rapid.OneOf(
				rapid.Int64Range(0, 1e15),
				rapid.Map(rapid.Int64Range(0, 1e6), func(n int64) int64 { return n * 100_000 }),
			).Draw(t, "n"), 10)
			if rule.form(s) != rule.ask(s) {
				t.Fatalf("%s: %s takes %q, want %q", lang, s, rule.form(s), rule.ask(s))
			}
		})
	}
}
