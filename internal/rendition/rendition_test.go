package rendition_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/rendition"
)

const evil = `</title><script>alert("1")</script> & =1+1 ]]> '"`

func sample(lang string) rendition.Document {
	name := map[string]string{"en": "By sea", "ar": "عن طريق البحر"}[lang]
	table := rendition.Table{ID: "f1", Caption: rendition.Text{Words: "Mail leads: 120 of 245 cases " + evil, Lang: lang}, Heads: []string{name, "Cases", "H87"}, Numeric: []bool{false, true, true},
		Rows: [][]rendition.Cell{{{Text: "=HYPERLINK(\"x\")", Code: "sea"}, {Text: "120", Number: "120"}, {Text: "1,453,429", Number: "1453429"}},
			{{Text: name, Code: "air"}, {Text: "17", Number: "17"}, {Text: "0.5", Number: "0.5"}},
			{{Text: "Other", Code: ""}, {Text: "not shown", Hidden: true}, {Text: "not shown", Hidden: true}}},
		Foot: []rendition.Cell{{Text: "All"}, {Text: "245", Number: "245"}, {Text: "1,453,429", Number: "1453429"}}, Notes: []rendition.Text{{Words: "Small cells are hidden.", Lang: lang}}}
	blocks := []rendition.Block{{Kind: rendition.Heading, Level: 1, Spans: []rendition.Span{{Words: "Results " + evil}}}}
	blocks = append(blocks, rendition.Markdown("Text with **strong** and *em* "+evil+"\n\n- one\n- two\n\n1. first\n2. second\n\n> quoted", "en", 1)...)
	blocks = append(blocks, rendition.Block{Kind: rendition.Chart, ID: "f1", Table: &table, Draw: "bars"}, rendition.Block{Kind: rendition.Break},
		rendition.Block{Kind: rendition.Heading, Level: 2, Spans: []rendition.Span{{Words: name}}},
		rendition.Block{Kind: rendition.Note, Spans: []rendition.Span{{Words: "A dissent."}}})
	line := table
	line.ID = "f2"
	blocks = append(blocks, rendition.Block{Kind: rendition.Chart, ID: "f2", Table: &line, Draw: "line"})
	return rendition.Document{Title: "Report " + evil, Lang: lang, Handling: "TLP:AMBER " + evil, About: []rendition.Cell{{Text: "Operation"}, {Text: "Action"}}, Blocks: blocks,
		Words: map[string]string{"contents": "Contents"}}
}

func file(t *testing.T, d rendition.Document, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("TIDEWAITER_FILES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, d.Lang+"."+format), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// TestNothingBecomesMarkupOrFormula in any file, and files are the same again.
func TestNothingBecomesMarkupOrFormula(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		d := sample(lang)
		page := string(file(t, d, rendition.HTML))
		if strings.Contains(page, "<script") || strings.Contains(page, " src=") || strings.Contains(page, "url(") {
			t.Errorf("%s: the page holds what was typed as markup", lang)
		}
		for _, want := range []string{`<html lang="` + lang + `" dir="`, `<strong>strong</strong>`, `<th scope="row">`, `<svg`, `1,453,429`, `@page`, `table-header-group`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %s", lang, want)
			}
		}
		docx := file(t, d, rendition.DOCX)
		if !bytes.Equal(docx, file(t, d, rendition.DOCX)) {
			t.Error("the same document gives other bytes")
		}
		parts(t, docx)
		all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(csvLines(file(t, d, rendition.CSV)), []byte("\uFEFF")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range all {
			for _, cell := range row {
				if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
					t.Errorf("a cell would be computed: %q", cell)
				}
			}
		}
		book(t, file(t, d, rendition.XLSX))
		var again rendition.Document
		if err := json.Unmarshal(file(t, d, rendition.JSON), &again); err != nil {
			t.Fatal(err)
		}
		again.Words = d.Words
		if !reflect.DeepEqual(again, d) {
			t.Error("the JSON is not the document")
		}
	}
}

// csvLines makes all lines as long as the longest, as a strict reader wants them.
func csvLines(b []byte) []byte {
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	all, _ := r.ReadAll()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range all {
		for len(row) < 4 {
			row = append(row, "")
		}
		_ = w.Write(row)
	}
	w.Flush()
	return out.Bytes()
}

// parts reads every part of a DOCX as XML.
func parts(t *testing.T, docx []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(r); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
}

func book(t *testing.T, xlsx []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); len(got) != 3 || got[1] != "f1" {
		t.Errorf("sheets: %q", got)
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset} {
		if kind, err := f.GetCellType("f1", cell); err != nil || kind != want {
			t.Errorf("%s is of type %v, want %v (%v)", cell, kind, want, err)
		}
		if formula, _ := f.GetCellFormula("f1", cell); formula != "" {
			t.Errorf("%s is a formula: %s", cell, formula)
		}
	}
	if v, _ := f.GetCellValue("f1", "D2"); v != "1453429" {
		t.Errorf("a number became %q", v)
	}
}

// TestMarkdownKnowsASubset: what it does not know stays text, sign for sign.
func TestMarkdownKnowsASubset(t *testing.T) {
	for in, want := range map[string]string{
		"# One\n\ntwo *em* **strong** `code`":                    "H2[One] P[two |em:em| |strong:strong| |code:code]",
		"- a\n- b\n  - c\n\n7. d":                                "U[a/b/c] O[d]",
		"> said\n> more":                                         "Q(P[said more])",
		`[a](https://x.example) ![p](x.png) <b>x</b> <!-- c -->`: `P[[a](https://x.example) ![p](x.png) <b>x</b> <!-- c -->]`,
		"<script>\nalert(1)\n</script>":                          "P[<script> alert(1) </script>]",
		"[x]: https://x.example\n\n[x]":                          "P[[x]: https://x.example] P[[x]]",
		"    four blanks":                                        "P[four blanks]",
		"1453429 pieces\\*":                                      "P[1453429 pieces*]",
		"Under\n---\nnone":                                       "P[Under --- none]",
	} {
		if got := shape(rendition.Markdown(in, "en", 1)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

func shape(blocks []rendition.Block) string {
	var out []string
	spans := func(all []rendition.Span) string {
		var s []string
		for _, x := range all {
			name := ""
			for n, is := range map[string]bool{"em:": x.Em, "strong:": x.Strong, "code:": x.Code} {
				if is {
					name = n
				}
			}
			s = append(s, name+x.Words)
		}
		return strings.Join(s, "|")
	}
	for _, b := range blocks {
		switch b.Kind {
		case rendition.Heading:
			out = append(out, "H"+string(rune('0'+b.Level))+"["+spans(b.Spans)+"]")
		case rendition.List:
			var items []string
			for _, i := range b.Items {
				items = append(items, spans(i))
			}
			out = append(out, map[bool]string{true: "O[", false: "U["}[b.Ordered]+strings.Join(items, "/")+"]")
		case rendition.Quote:
			out = append(out, "Q("+shape(b.Blocks)+")")
		default:
			out = append(out, "P["+spans(b.Spans)+"]")
		}
	}
	return strings.Join(out, " ")
}

// FuzzMarkdown: whatever is typed, files come out whole, and no word of it is markup.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# a\n\n- b", "> > > > > deep", "**a*b**c*", "\x00\xff<i>", "1. a\n   > b\n   - c", evil, "`a", "\\", "- - - a", "#\n##", "&amp;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, b := letters(s), letters(shape(rendition.Markdown(s, "en", 1))); a > b {
			t.Errorf("%q: %d letters became %d", s, a, b)
		}
		d := rendition.Document{Title: s, Lang: "ar", Handling: s, Blocks: rendition.Markdown(s, "en", 1)}
		var page, docx bytes.Buffer
		if err := errors.Join(d.HTML(&page), d.DOCX(&docx)); err != nil {
			t.Fatal(err)
		}
		for _, tag := range []string{"<script", "<img", "<a href=\"h", "<i>", "<b>", "<iframe"} {
			if strings.Contains(strings.ToLower(page.String()), tag) {
				t.Errorf("%q made %s", s, tag)
			}
		}
		parts(t, docx.Bytes())
	})
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
