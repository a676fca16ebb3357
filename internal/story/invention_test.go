package story

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/tidewaiter/tidewaiter/internal/story/sheet"
)

var userAssigned = regexp.MustCompile(`^(Q[M-Z]|X[A-Z])$`)

func TestNoRealCountryCode(t *testing.T) {
	w := ActionIPR2(1)
	known := map[string]bool{}
	for _, c := range w.Countries {
		known[c.Code] = true
		if !userAssigned.MatchString(c.Code) || strings.Contains("XK XI XC XL XS XU QU QO QZ", c.Code) {
			t.Errorf("%s is not free", c.Code)
		}
		for _, l := range []string{"en", "fr", "ar"} {
			if c.Name[l] == "" {
				t.Errorf("%s has no name in %s", c.Code, l)
			}
		}
	}
	check := func(code string) {
		t.Helper()
		if !known[code] {
			t.Errorf("%q is no country of the story", code)
		}
	}
	for _, o := range w.Organisations {
		if o.Country != "" {
			check(o.Country)
		}
		for _, p := range o.Places {
			check(p.Country)
			check(p.Code[:2])
		}
	}
	for _, c := range w.Cases {
		check(c.Country)
		check(c.Provenance)
		check(c.Destination)
		if c.Provenance == c.Destination || c.Country != c.Organisation || c.Provenance == strangerRow.code {
			t.Errorf("case %s goes from %s to %s, found in %s", c.ID, c.Provenance, c.Destination, c.Country)
		}
	}
	for _, m := range w.Messages {
		if m.Kind == KindWarning {
			check(m.Provenance)
			check(m.Destination)
		}
	}
}

// allText gathers every string of the world except time zones.
func allText(v reflect.Value, seen map[uintptr]bool, out map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !seen[v.Pointer()] {
			seen[v.Pointer()] = true
			allText(v.Elem(), seen, out)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Zone" {
				allText(v.Field(i), seen, out)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			allText(v.Index(i), seen, out)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			allText(v.MapIndex(k), seen, out)
		}
	case reflect.String:
		out[v.String()] = true
	}
}

// whole tells whether name stands in text as words of their own; scripts
// without spaces between words are searched plainly.
func whole(text, name string) bool {
	i := strings.Index(text, name)
	if i < 0 {
		return false
	}
	for _, r := range name {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Hangul) {
			return true
		}
	}
	before, after := []rune(text[:i]), []rune(text[i+len(name):])
	return (len(before) == 0 || !unicode.IsLetter(before[len(before)-1])) && (len(after) == 0 || !unicode.IsLetter(after[0]))
}

func TestNoRealCountryName(t *testing.T) {
	texts := map[string]bool{}
	allText(reflect.ValueOf(ActionIPR2(1)), map[uintptr]bool{}, texts)
	for _, v := range []any{sheet.Shelf, sheet.Brands, sheet.Alerts, sheet.Contacts, sheet.Questions} {
		allText(reflect.ValueOf(v), map[uintptr]bool{}, texts)
	}
	if len(texts) < 500 {
		t.Fatalf("only %d texts were found", len(texts))
	}
	names := map[string]string{}
	for _, l := range Languages {
		namer := display.Regions(language.MustParse(l))
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				r, err := language.ParseRegion(string(a) + string(b))
				if err != nil || !r.IsCountry() {
					continue
				}
				if n := namer.Name(r); len([]rune(n)) > 1 {
					names[n] = r.String()
				}
			}
		}
	}
	if len(names) < 1000 {
		t.Fatalf("only %d names were found", len(names))
	}
	for text := range texts {
		for n, code := range names {
			if whole(text, n) {
				t.Errorf("%q names %s (%s)", text, n, code)
			}
		}
	}
}

func TestNoKnownMark(t *testing.T) {
	known := strings.Fields("nike adidas puma gucci prada chanel dior hermes rolex omega casio apple samsung huawei xiaomi sony lg nokia lego barbie disney " +
		"pfizer viagra cialis bayer sanofi novartis roche toyota honda bosch ngk skf nestle knorr ajinomoto maggi nescafe dove nivea lux gillette " +
		"thermos zojirushi oakley rayban levis lacoste marlboro camel heineken pringles oreo acuvue meridia kleenex pampers huggies")
	names := map[string]bool{}
	for _, p := range products {
		for _, b := range p.brands {
			names[b] = true
		}
	}
	for _, o := range organisations() {
		names[o.Name["en"]] = true
		for _, b := range o.Brands {
			names[b] = true
		}
	}
	for _, b := range sheet.Brands {
		names[b.Name] = true
	}
	for _, s := range sheet.Shelf {
		for _, r := range s.Traders {
			names[r[1]] = true
		}
	}
	for n := range names {
		for _, word := range strings.FieldsFunc(strings.ToLower(n), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if contains(known, word) {
				t.Errorf("%s is somebody’s", n)
			}
		}
	}
}

// scripts of the languages that have one of their own
var scripts = map[string]*unicode.RangeTable{"ar": unicode.Arabic, "zh": unicode.Han, "ja": unicode.Han, "th": unicode.Thai, "ko": unicode.Hangul, "ru": unicode.Cyrillic}

func TestWrittenInManyLanguages(t *testing.T) {
	w := ActionIPR2(1)
	messages, cases := map[string]int{}, map[string]int{}
	check := func(language, text string) {
		script, ok := scripts[language]
		if !ok {
			script = unicode.Latin
		}
		letters, own := 0, 0
		for _, r := range text {
			if unicode.IsLetter(r) {
				letters++
				if unicode.Is(script, r) || language == "ja" && unicode.In(r, unicode.Hiragana, unicode.Katakana) || r == 'ー' {
					own++
				}
			}
		}
		if own*10 < letters*7 {
			t.Errorf("%q is not in %s", text, language)
		}
	}
	for _, m := range w.Messages {
		messages[m.Language]++
		check(m.Language, m.Body)
	}
	for _, c := range w.Cases {
		cases[c.Language]++
		check(c.Language, c.Description)
	}
	for _, l := range Languages {
		if messages[l] == 0 || cases[l] == 0 {
			t.Errorf("%s: %d messages, %d cases", l, messages[l], cases[l])
		}
	}
	for _, r := range products {
		for i := range r.name {
			if r.name[i] == "" {
				t.Errorf("%s is not told in %s", r.name[0], Languages[i])
			}
		}
	}
}
