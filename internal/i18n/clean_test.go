package i18n

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func TestCleanName(t *testing.T) {
	for typed, want := range map[string]string{
		"  Ann  Lee ":                      "Ann  Lee",
		"Cafe\u0301":                       "Café",
		"سارة عبد الله":                    "سارة عبد الله",
		"สมชาย ใจดี":                       "สมชาย ใจดี",
		"O’Brien-Ñuñez, Jr.":               "O’Brien-Ñuñez, Jr.",
		"鈴木一郎":                             "鈴木一郎",
		"מֹשֶׁה":                           "מֹשֶׁה",
		strings.Repeat("é", MaxName):       strings.Repeat("é", MaxName),
		strings.Repeat("e\u0301", MaxName): strings.Repeat("é", MaxName),
	} {
		want = norm.NFC.String(want)
		if got, err := CleanName(typed); err != nil || got != want {
			t.Errorf("CleanName(%q) = %q, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]string{
		"":                                "fault.required",
		" \t ":                            "fault.required",
		"a\x00b":                          "fault.control-character",
		"a\nb":                            "fault.control-character",
		"a\tb":                            "fault.control-character",
		"a\u0085b":                        "fault.control-character",
		"a\u2028b":                        "fault.control-character",
		"abc\u202etxt.exe":                "fault.direction-character",
		"\u2067abc\u2069":                 "fault.direction-character",
		"a\u200eb":                        "fault.direction-character",
		"a\u061cb":                        "fault.direction-character",
		"a\u200bb":                        "fault.invisible-character",
		"a\u200db":                        "fault.invisible-character",
		"a\u00adb":                        "fault.invisible-character",
		"\ufeffab":                        "fault.invisible-character",
		"a\u3164b":                        "fault.invisible-character",
		"a\U000e0041b":                    "fault.invisible-character",
		"a\ue000b":                        "fault.invisible-character",
		"a" + strings.Repeat("\u0301", 7): "fault.too-many-marks",
		"a\xffb":                          "fault.not-utf8",
		strings.Repeat("a", MaxName+1):    "fault.too-long",
		strings.Repeat("a", 1<<20):        "fault.too-long",
	} {
		got, err := CleanName(typed)
		if keyOf(err) != want || got != "" {
			t.Errorf("CleanName(%.40q) = %q, %v, want %s", typed, got, err, want)
		}
	}
}

func TestCleanText(t *testing.T) {
	for typed, want := range map[string]string{
		"":                          "",
		"one\r\ntwo\rthree\n\n":     "one\ntwo\nthree",
		"  indented\tcell":          "  indented\tcell",
		"می\u200cخواهم":             "می\u200cخواهم",
		"قال\u200f!":                "قال\u200f!",
		"a\u202eb\u202cc":           "abc",
		"\u2068name\u2069 was here": "name was here",
	} {
		if got, err := CleanText(typed); err != nil || got != want {
			t.Errorf("CleanText(%q) = %q, %v, want %q", typed, got, err, want)
		}
	}
	for typed, want := range map[string]string{
		"a\x00b": "fault.control-character", "a\x1b[31m": "fault.control-character", "a\u0085": "fault.control-character",
		"a\xff": "fault.not-utf8", strings.Repeat("a", MaxText+1): "fault.too-long",
		"a" + strings.Repeat("\u0301", 7): "fault.too-many-marks",
	} {
		if _, err := CleanText(typed); keyOf(err) != want {
			t.Errorf("CleanText(%.20q): %v, want %s", typed, err, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"Ann", "e\u0301", "a\u202eb", "\xff", "سارة", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, clean := range []func(string) (string, error){CleanName, CleanText} {
			got, err := clean(s)
			if err != nil {
				if got != "" || fault.KindOf(err) != fault.Invalid || !NewPrinter(English).Has(keyOf(err)) {
					t.Fatalf("%q: %q, %v", s, got, err)
				}
				continue
			}
			if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || strings.ContainsRune(got, 0) {
				t.Fatalf("%q is cleaned to %q", s, got)
			}
			if again, err := clean(got); err != nil || again != got {
				t.Fatalf("%q is cleaned to %q and then to %q, %v", s, got, again, err)
			}
		}
		if name, err := CleanName(s); err == nil {
			for _, r := range name {
				if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Cf, r) {
					t.Fatalf("CleanName(%q) lets %U through", s, r)
				}
			}
			if name == "" || utf8.RuneCountInString(name) > MaxName {
				t.Fatalf("CleanName(%q) = %q", s, name)
			}
		}
	})
}
