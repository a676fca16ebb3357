package spreadsheet

import (
	"errors"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// small is a mapping from which the tests of faults start.
const small = `
[sheet]
encoding = "utf-8"
delimiter = ","
decimal = "."
dates = ["yyyy-mm-dd"]

[key]
columns = ["No"]

[fields.day]
column = "Date"
[fields.country]
column = "Country"
[fields.category]
column = "Goods"
[fields.category.values]
"shoes" = "FTW"
[fields.conveyance]
column = "Mode"
separators = [";"]
[fields.conveyance.values]
"Airfrieght" = "air"
"lorry" = "road"
[fields.conveyance.partly]
"by lorry over the pass" = "road"
[fields.status]
column = "Status"
[[quantities]]
column = "Pieces"
unit = "H87"
`

func mustParse(t testing.TB, text string) *Mapping {
	t.Helper()
	m, err := ParseMapping([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return m
}

func TestMappingFaults(t *testing.T) {
	for _, c := range []struct{ name, old, new, path, key string }{
		{"misspelt key", `separators = [";"]`, `seperators = [";"]`, "fields.conveyance.seperators", "unknown-key"},
		{"misspelt table", "[key]", "[keys]", "keys", "unknown-key"},
		{"no such field", "[fields.status]", "[fields.colour]", "fields.colour", "unknown-field"},
		{"no day", "[fields.day]\ncolumn = \"Date\"", "", "fields.day", "missing"},
		{"no encoding", `encoding = "utf-8"`, "", "sheet.encoding", "encoding"},
		{"odd encoding", `"utf-8"`, `"ebcdic-9"`, "sheet.encoding", "encoding"},
		{"odd delimiter", `delimiter = ","`, `delimiter = "x"`, "sheet.delimiter", "one-of"},
		{"no decimal sign", `decimal = "."`, "", "sheet.decimal", "one-of"},
		{"one sign for both", `decimal = "."`, "decimal = \".\"\ngroup = \".\"", "sheet.group", "same-signs"},
		{"date pattern", `"yyyy-mm-dd"`, `"yyyy-mm"`, "sheet.dates", "date-pattern"},
		{"two digits", `"yyyy-mm-dd"`, `"yy-mm-dd"`, "sheet.two_digit_years_from", "century"},
		{"no code", `= "FTW"`, `= "SHOES"`, "fields.category.values", "no-code"},
		{"two codes", `"lorry" = "road"`, "\"lorry\" = \"road\"\n\"LORRY\" = \"rail\"", "fields.conveyance.values", "two-codes"},
		{"two sources", `column = "Mode"`, "column = \"Mode\"\nconstant = \"air\"", "fields.conveyance", "one-source"},
		{"no source", `column = "Status"`, "", "fields.status", "one-source"},
		{"constant", `column = "Status"`, `constant = "gone"`, "fields.status.constant", "constant"},
		{"unit", `"H87"`, `"PIECES"`, "quantities", "no-code"},
		{"no unit", `unit = "H87"`, "", "quantities", "one-unit"},
		{"several", `separators = [";"]`, `several = "some"`, "fields.conveyance.several", "one-of"},
	} {
		_, err := ParseMapping([]byte(strings.Replace(small, c.old, c.new, 1)))
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok || f.Kind != fault.Invalid || len(f.Fields) == 0 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := f.Fields[0]; got.Path != c.path || got.Key != "spreadsheet.mapping."+c.key {
			t.Errorf("%s: %v", c.name, got)
		}
		for _, lang := range []i18n.Lang{"en", "fr", "ar"} {
			p := i18n.NewPrinter(lang)
			if text := p.T(f.Fields[0].Key, f.Fields[0].Args); strings.ContainsAny(text, "«{") && lang != "fr" && lang != "ar" || p.TextLang(f.Fields[0].Key) != lang {
				t.Errorf("%s: %s", lang, text)
			}
		}
	}
	if _, err := ParseMapping([]byte("[sheet\n")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := ParseMapping([]byte("[sheet]\nheading = \"one\"")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := ParseMapping(make([]byte, maxMapping+1)); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

func FuzzMapping(f *testing.F) {
	f.Add(small)
	f.Add("[sheet]\ndates=[\"d 'x\"]")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMapping([]byte(text))
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		// What is taken can be used on any sheet.
		if p, err := m.bind([]string{"No", "Date", "Country", "Goods", "Mode", "Status", "Pieces"}); err == nil {
			p.read(&sheet.Record{Line: 2, Cells: []string{"1", "2017-02-06", "Congo; Kenya", "shoes", "a;b", "", "1,5"}}, false)
		}
	})
}
