package form

import (
	"bytes"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// A heading is one column, in whatever language it is.
func TestHeadingsAreTheirOwn(t *testing.T) {
	seen := map[string]string{}
	for _, lang := range i18n.Languages() {
		p := i18n.NewPrinter(lang)
		for _, name := range Full() {
			h := sheet.Plain(Heading(p, name))
			if before, ok := seen[h]; ok && before != name || h == "" {
				t.Errorf("%s: %q is %s and %s", lang, h, before, name)
			}
			seen[h] = name
		}
	}
}

func headingsIn(lang i18n.Lang, names []string) []sheet.Heading {
	return sheet.Headings(Headings(i18n.NewPrinter(lang), names))
}

// The mapping of a sheet in the form is one, in each language, and knows every
// column that is read again.
func TestMappingInEachLanguage(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for what, names := range map[string][]string{"full": Full(), "short": short} {
			text, found := Mapping(headingsIn(lang, names), "encoding = \"xlsx\"")
			m, err := spreadsheet.ParseMapping(text)
			if err != nil {
				t.Fatalf("%s %s: %v\n%s", lang, what, err, text)
			}
			for i, name := range names {
				if read(name) && found[i] != name {
					t.Errorf("%s %s: %s is taken for %q", lang, what, name, found[i])
				}
			}
			if !m.Key.Lines || len(m.Quantities) < 2 || m.Value == nil {
				t.Errorf("%s %s: %+v", lang, what, m)
			}
		}
	}
	if Is([]string{"Date", "Country", "Category"}) || !Is(Headings(i18n.NewPrinter("fr"), short)) {
		t.Error("its own sheet is not told from others")
	}
}

// What a template offers is what an import understands, in each language; its
// examples are no rows.
func TestTemplateOffersWhatIsUnderstood(t *testing.T) {
	for _, lang := range i18n.Languages() {
		tpl := Template{Printer: i18n.NewPrinter(lang), Categories: []string{"PHA", "FTW"}, Countries: []string{"XA", "KE"}, Day: "2017-02-07"}
		var b bytes.Buffer
		if err := tpl.Workbook(&b); err != nil {
			t.Fatal(err)
		}
		book, err := workbook.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if len(book.Sheets()) != 2 {
			t.Errorf("%s: sheets %v", lang, book.Sheets())
		}
		for _, name := range []string{"direction", "conveyance", "status", "verdict", "category", "concealment", "detection"} {
			for _, word := range tpl.choices(name) {
				if code, _ := spreadsheet.CodeOf(name, word); code == "" {
					t.Errorf("%s: %s offers %q, which means nothing", lang, name, word)
				}
			}
		}
		if got := tpl.choices("country"); got[0] != "XA" || len(got) < 200 {
			t.Errorf("%s: %d countries, %q first", lang, len(got), got[0])
		}
		b.Reset()
		if err := tpl.CSV(&b); err != nil || bytes.Count(b.Bytes(), []byte("\r\n")) != 3 {
			t.Errorf("%s: %v\n%s", lang, err, b.String())
		}
	}
}
