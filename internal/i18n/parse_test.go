package i18n

import (
	"errors"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func keyOf(err error) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f.Key
	}
	return ""
}

var decimals = []struct {
	typed string
	want  string // Decimal, or the end of a fault's key
}{
	{"1200", "1200"},
	{" 1200 ", "1200"},
	{"0.5", "0.5"},
	{"0,5", "0.5"},
	{"0.500", "0.5"},
	{"0,123", "0.123"},
	{"12.5", "12.5"},
	{"1,23", "1.23"},
	{"1234.567", "1234.567"},
	{"1234,567", "1234.567"},
	{"1.2340", "1.234"},
	{"1,234,567", "1234567"},
	{"1.234.567", "1234567"},
	{"1,234,567.5", "1234567.5"},
	{"1.234,5", "1234.5"},
	{"1.234,567", "1234.567"},
	{"1 234", "1234"},
	{"1 234,5", "1234.5"},
	{"1\u202f453\u202f429", "1453429"},
	{"1\u00a0234.25", "1234.25"},
	{"1'234'567.89", "1234567.89"},
	{"1’234", "1234"},
	{"١٢٣٤", "1234"},
	{"١٬٢٣٤٬٥٦٧٫٥", "1234567.5"},
	{"٠٫٥", "0.5"},
	{"١٫٢٣٤", "1.234"}, // U+066B is always decimal
	{"١٬٢٣٤", "1234"},  // U+066C never
	{"۱۲۳", "123"},
	{"１２３．５", "123.5"},
	{"๑๒๓", "123"},
	{"\u206812\u2069", "12"}, // copied from one of our pages
	{"999999999999.999999", "999999999999.999999"},
	{"0.000001", "0.000001"},

	{"1,234", "ambiguous"},
	{"1.234", "ambiguous"},
	{"12.500", "ambiguous"},
	{"١،٢٣٤", "ambiguous"},
	{"１，２３４", "ambiguous"},
	{"", "fault.required"},
	{"  ", "fault.required"},
	{"\u2068\u2069", "fault.required"},
	{"0", "not-positive"},
	{"0.000", "not-positive"},
	{"-5", "signed"},
	{"−5", "signed"},
	{"+5", "signed"},
	{"10-12", "signed"},
	{"1e5", "exponent"},
	{"1×10", "exponent"},
	{"1000000000000", "too-large"},
	{"1 000 000 000 000", "too-large"},
	{"99999999999999999999999", "too-large"},
	{"0.0000001", "too-precise"},
	{"1.0000000", "too-precise"},
	{strings.Repeat("1", 65), "too-long"},
	{"12 kg", "not-a-number"},
	{"5²", "not-a-number"},
	{"½", "not-a-number"},
	{"①", "not-a-number"},
	{"1٢", "not-a-number"},
	{"1２", "not-a-number"},
	{"007", "not-a-number"},
	{"00.5", "not-a-number"},
	{".5", "not-a-number"},
	{"5.", "not-a-number"},
	{"1,23,456", "not-a-number"},
	{"1,2345,678", "not-a-number"},
	{"12 34", "not-a-number"},
	{"1  234", "not-a-number"},
	{"1,234.567.890", "not-a-number"},
	{"1,234,567,", "not-a-number"},
	{",,,", "not-a-number"},
	{"NaN", "not-a-number"},
	{"0x10", "not-a-number"},
	{"1_000", "not-a-number"},
	{"1\x00", "not-a-number"},
	{"\xff1", "not-a-number"},
	{"1.2.3", "not-a-number"},
	{"1٫2٫3", "not-a-number"},
}

func TestParseDecimal(t *testing.T) {
	for _, c := range decimals {
		micro, err := ParseDecimal(c.typed)
		got := Decimal(micro)
		if err != nil {
			if got = strings.TrimPrefix(keyOf(err), "fault.quantity."); micro != 0 {
				t.Errorf("ParseDecimal(%q) gives %d beside an error", c.typed, micro)
			}
			if !NewPrinter(English).Has(keyOf(err)) {
				t.Errorf("ParseDecimal(%q): no text for %q", c.typed, keyOf(err))
			}
		}
		if got != c.want {
			t.Errorf("ParseDecimal(%q) = %s, want %s", c.typed, got, c.want)
		}
	}
}

// Both readings that an ambiguous number is answered with can be typed.
func TestAmbiguousOffersBoth(t *testing.T) {
	_, err := ParseDecimal("12,500")
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Key != "fault.quantity.ambiguous" {
		t.Fatalf("error is %v", err)
	}
	for arg, want := range map[string]int64{"whole": 12500 * One, "decimal": 12_500_000} {
		if got, err := ParseDecimal(f.Args[arg].(string)); err != nil || got != want {
			t.Errorf("%s: %v is read as %d, %v", arg, f.Args[arg], got, err)
		}
	}
	want := "“12,500” can be read in two ways. Write 12500 for the whole number, or 12.5000 for the one with decimals."
	if got := NewPrinter(English).T(f.Key, f.Args); got != want {
		t.Errorf("says %q", got)
	}
}

func TestParseInt(t *testing.T) {
	for typed, want := range map[string]int64{"0": 0, "12": 12, "1 234": 1234, "1,234,567": 1234567, "٤٢": 42, "999999999999": 999999999999} {
		if got, err := ParseInt(typed); err != nil || got != want {
			t.Errorf("ParseInt(%q) = %d, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]string{
		"1.5": "fault.quantity.not-whole", "1,234": "fault.quantity.ambiguous", "": "fault.required",
		"-1": "fault.quantity.signed", "1000000000000": "fault.quantity.too-large", "x": "fault.quantity.not-a-number",
		"99999999999999999999": "fault.quantity.too-large",
	} {
		if got, err := ParseInt(typed); keyOf(err) != want {
			t.Errorf("ParseInt(%q) = %d, %v, want %s", typed, got, err, want)
		}
	}
}

func TestParseCanonicalRefuses(t *testing.T) {
	for typed, want := range map[string]string{
		"": "fault.required", "1,5": "fault.quantity.not-a-number", "01": "fault.quantity.not-canonical",
		"1.50": "fault.quantity.not-canonical", "1.0": "fault.quantity.not-canonical", "1.": "fault.quantity.not-a-number",
		".5": "fault.quantity.not-a-number", "-1": "fault.quantity.not-a-number", "١": "fault.quantity.not-a-number",
		"0": "fault.quantity.not-positive", "0.0000001": "fault.quantity.too-precise", "1e3": "fault.quantity.not-a-number",
	} {
		if got, err := ParseCanonical(typed); keyOf(err) != want || got != 0 {
			t.Errorf("ParseCanonical(%q) = %d, %v, want %s", typed, got, err, want)
		}
	}
	if got, err := ParseCanonical("1.234"); err != nil || got != 1_234_000 {
		t.Errorf("ParseCanonical is not ambiguous: %d, %v", got, err)
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1,234.5", "١٬٢٣٤٫٥", "１２３", "1 234,5", "1'234", "\u20681\u2069", "0.000001", "1e9", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		micro, err := ParseDecimal(s)
		if err != nil {
			if micro != 0 || fault.KindOf(err) != fault.Invalid || !NewPrinter(English).Has(keyOf(err)) {
				t.Fatalf("ParseDecimal(%q) = %d, %v", s, micro, err)
			}
			return
		}
		if micro <= 0 || micro >= 1_000_000_000_000*One {
			t.Fatalf("ParseDecimal(%q) = %d is out of bounds", s, micro)
		}
		if again, err := ParseDecimal(Typed(micro)); err != nil || again != micro {
			t.Fatalf("ParseDecimal(%q) = %d, but typed again %d, %v", s, micro, again, err)
		}
	})
}
