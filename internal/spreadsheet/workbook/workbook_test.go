package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// all reads a sheet of a workbook to its end.
func all(b []byte, name string) ([]*sheet.Record, error) {
	book, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	rows, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*sheet.Record
	for {
		rec, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, rec)
	}
}

// made is a workbook that another program (excelize) wrote.
func made(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCellsAreWhatTheyAre(t *testing.T) {
	style := func(f *excelize.File, code string) int {
		n, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	b := made(t, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"Text", "Number", "Day", "Time", "Share", "HS", "Sum"})
		f.SetSheetRow("Sheet1", "A3", &[]any{" =1+1 <&>\"é مرحبا", 12.3, time.Date(2017, 2, 3, 0, 0, 0, 0, time.UTC)})
		f.SetCellValue("Sheet1", "D3", 0.4375)
		f.SetCellStyle("Sheet1", "D3", "D3", style(f, "hh:mm"))
		f.SetCellValue("Sheet1", "E3", 0.15)
		f.SetCellStyle("Sheet1", "E3", "E3", style(f, "0%"))
		f.SetCellValue("Sheet1", "F3", 6403)
		f.SetCellStyle("Sheet1", "F3", "F3", style(f, "000000"))
		f.SetCellFormula("Sheet1", "G3", "B3*2")
		f.SetCellValue("Sheet1", "C4", 42769.5)
		f.SetCellStyle("Sheet1", "C4", "C4", style(f, `[$-409]d\-mmm\-yy;@`))
		f.SetCellValue("Sheet1", "B4", 1234567.891)
		f.SetRowVisible("Sheet1", 4, false)
		f.SetCellValue("Sheet1", "A4", "merged")
		f.MergeCell("Sheet1", "A4", "A6")
		f.SetCellValue("Sheet1", "B5", 5)
		f.SetCellValue("Sheet1", "B6", 1e15)
		f.SetCellValue("Sheet1", "B7", 0.000001)
	})
	got, err := all(b, "")
	if err != nil {
		t.Fatal(err)
	}
	n, d, c, w := sheet.Number, sheet.Day, sheet.Clock, sheet.Wrong
	want := []*sheet.Record{
		{Line: 1, Cells: []string{"Text", "Number", "Day", "Time", "Share", "HS", "Sum"}, Kinds: make([]sheet.Kind, 7)},
		{Line: 3, Cells: []string{" =1+1 <&>\"é مرحبا", "12.3", "2017-02-03", "10:30", "15%", "006403", ""}, Kinds: []sheet.Kind{0, n, d, c, 0, n, w | sheet.Computed}},
		{Line: 4, Cells: []string{"merged", "1234567.891", "2017-02-03T12:00"}, Kinds: []sheet.Kind{0, n, d}, Hidden: true},
		{Line: 5, Cells: []string{"merged", "5"}, Kinds: []sheet.Kind{0, n}, Merged: true},
		{Line: 6, Cells: []string{"merged", "1000000000000000"}, Kinds: []sheet.Kind{0, n}, Merged: true},
		{Line: 7, Cells: []string{"", "0.000001"}, Kinds: []sheet.Kind{0, n}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFormats(t *testing.T) {
	for code, want := range map[string]format{
		"General": {}, "0.00": {}, "0": {zeros: 1}, "#,##0": {}, "d/m/yyyy": {day: true}, `"day" 0`: {}, "mm:ss": {clock: true}, "[h]:mm": {clock: true},
		"yyyy\\-mm\\-dd hh:mm": {day: true, clock: true}, "mmm-yy": {day: true}, "[Red]0.0%": {percent: true}, "[$€-2] #,##0.00": {}, "00000": {zeros: 5},
		`yyyy"年"m"月"d"日"`: {day: true}, "": {}, `"`: {}, "[": {}, "\\": {},
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%q: %+v, want %+v", code, got, want)
		}
	}
}

func TestSerialDays(t *testing.T) {
	for v, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 42769: "2017-02-03", 42769.999999: "2017-02-04", 2958465: "9999-12-31"} {
		if got, kind := (format{day: true}).say(v, false); got != want || kind != sheet.Day {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
	for _, v := range []float64{60, -1, 2958466} { // no days
		if got, kind := (format{day: true}).say(v, false); kind == sheet.Day {
			t.Errorf("%v is %q", v, got)
		}
	}
	if got, _ := (format{day: true}).say(41307, true); got != "2017-02-03" {
		t.Errorf("counted from 1904: %q", got)
	}
}

// archive is a workbook made by hand: parts by name.
func archive(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parts(sheet string) map[string]string {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<x:workbook xmlns:x="m"><x:sheets><x:sheet name="One" r:id="r1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
}

func with(p map[string]string, name, text string) map[string]string {
	p[name] = text
	return p
}

func TestHostileWorkbooks(t *testing.T) {
	const one = `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`
	for name, c := range map[string]struct {
		file []byte
		key  string
	}{
		"no archive":       {[]byte("PK\x03\x04 no"), "spreadsheet.file.no-workbook"},
		"another archive":  {archive(t, map[string]string{"a.txt": "a"}), "spreadsheet.file.no-workbook"},
		"a bomb":           {archive(t, with(parts(one), "xl/sharedStrings.xml", strings.Repeat(" ", 40<<20))), "spreadsheet.file.bomb"},
		"macros":           {archive(t, with(parts(one), "xl/vbaProject.bin", "x")), "spreadsheet.file.macros"},
		"a linked file":    {archive(t, with(parts(one), "xl/externalLinks/externalLink1.xml", "x")), "spreadsheet.file.links"},
		"an external part": {archive(t, with(parts(one), "xl/_rels/workbook.xml.rels", `<R><Relationship Id="r1" TargetMode="External" Target="file:///etc/passwd"/></R>`)), "spreadsheet.file.links"},
		"a way out":        {archive(t, with(parts(one), "../x", "x")), "spreadsheet.file.strange"},
		"an entity":        {archive(t, parts(`<!DOCTYPE a [<!ENTITY b "c">]>`+one)), "spreadsheet.file.no-workbook"},
		"unknown entity":   {archive(t, parts(`<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`)), "spreadsheet.file.no-workbook"},
		"cut off":          {archive(t, parts(one[:60])), "spreadsheet.file.no-workbook"},
		"row too far":      {archive(t, parts(`<worksheet><row r="99999999"><c><v>1</v></c></row></worksheet>`)), "spreadsheet.file.no-workbook"},
		"rows backwards":   {archive(t, parts(`<worksheet><row r="2"/><row r="1"/></worksheet>`)), "spreadsheet.file.no-workbook"},
		"too deep":         {archive(t, parts(strings.Repeat("<a>", 1000))), "spreadsheet.file.no-workbook"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := all(c.file, "")
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || f.Key != c.key {
				t.Errorf("%v, want %s", err, c.key)
			}
		})
	}
	if _, err := Open(bytes.NewReader(nil), MaxFile+1); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too large a file: %v", err)
	}
	got, err := all(archive(t, parts(`<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>`)), "one")
	if err != nil || len(got) != 2 || got[0].Fault == "" || got[1].Cells[0] != "2" {
		t.Errorf("a cell far out: %v, %v", got, err)
	}
	if _, err := all(archive(t, parts(one)), "Two"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// What the archive says of a part's size is no promise.
func TestPartLongerThanItSays(t *testing.T) {
	b := archive(t, parts(`<worksheet>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 1000)+`</worksheet>`))
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	for i := 0; i < 4; i++ {
		at = bytes.LastIndex(b[:at+1], []byte("PK\x01\x02"))
		copy(b[at+24:], []byte{10, 0, 0, 0}) // its size unpacked
		if at--; at < 0 {
			break
		}
	}
	if _, err := all(b, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	f.Add(`<row><c t="d"><v>2017-02-03T10:11:12</v></c><c s="1"><f>A1</f><v>1e99</v></c></row>`)
	f.Add(`<!-- --><?a?><![CDATA[x]]><a b='c>' d="e"/>`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := all(archive(t, parts(text)), "")
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		for i, rec := range got {
			if i > 0 && got[i-1].Line >= rec.Line || len(rec.Cells) != len(rec.Kinds) || len(rec.Cells) > sheet.MaxColumns {
				t.Fatalf("%+v", rec)
			}
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(archive(f, parts(`<row><c><v>1</v></c></row>`)))
	f.Add(made(f, func(x *excelize.File) { x.SetCellValue("Sheet1", "A1", "a") }))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := all(b, ""); err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("no fault: %v", err)
		}
	})
}
