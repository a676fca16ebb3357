package outcome

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

func refusals(rows ...int) *Result {
	r := New()
	for _, row := range rows {
		r.Refuse(Refusal{Row: row, Problems: []Problem{
			{Column: "Pays", Value: "x", Key: "spreadsheet.cell.no-code"}, {Key: "spreadsheet.row.fewer-cells", Args: fault.Args{"cells": int64(1), "columns": int64(2)}}}})
	}
	return r
}

var say, plain = i18n.NewPrinter("fr").T, i18n.NewPrinter("en").T

// A delimited file comes back byte for byte as it was, with one column more.
func TestCopyOfText(t *testing.T) {
	const text = "Titre\r\n\r\nPays;Note\r\nÉthiopie;\"a \"\"b\"\"\r\nc\"\r\nx;\r\nseul\r\n\"jamais fermé;1\r\nFin;2"
	for _, encoding := range []string{"utf-8", "windows-1252", "utf-16le"} {
		enc, _ := sheet.Encoding(encoding)
		in, err := enc.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := refusals(6, 7, 8).Copy(&b, bytes.NewReader(in), Written{Encoding: encoding, Delimiter: ";", Heading: 3}, say, plain); err != nil {
			t.Fatal(err)
		}
		out, err := enc.NewDecoder().String(b.String())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimPrefix(out, "\ufeff"), "\r\n")
		for i, want := range []string{"Titre", "", `Pays;Note;"tidewaiter: motif du refus de la ligne"`, `Éthiopie;"a ""b""`, `c";`, `x;;`, `seul;;"Pays: `, `"""jamais fermé;1";;"Pays: `, `Fin;2;"Pays: `} {
			if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
				t.Fatalf("%s: line %d: %q\nwant %q", encoding, i, lines, want)
			}
		}
		// A copy of the copy has the column once.
		var again bytes.Buffer
		if err := refusals(6).Copy(&again, bytes.NewReader(b.Bytes()), Written{Encoding: encoding, Delimiter: ";", Heading: 3}, say, plain); err != nil {
			t.Fatal(err)
		}
		if out, _ := enc.NewDecoder().String(again.String()); strings.Count(out, HeadingMark) != 1 || !strings.Contains(out, `"seul";;"Pays: `) && !strings.Contains(out, `seul;;"Pays: `) {
			t.Errorf("%s: %q", encoding, out)
		}
	}
}

// An encoding that lacks the reader's letters gets the reasons in English.
func TestCopyInAnotherScript(t *testing.T) {
	var b bytes.Buffer
	arabic := i18n.NewPrinter("ar").T
	if err := refusals(2).Copy(&b, strings.NewReader("Pays\nx\n"), Written{Encoding: "windows-1252", Delimiter: ",", Heading: 1}, arabic, plain); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "No code fits") || strings.Contains(b.String(), "??") {
		t.Errorf("%q", b.String())
	}
}

// A workbook comes back as one: what it held, the reasons in its cells, and a
// column at its end.
func TestCopyOfWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetRow("Sheet1", "A1", &[]any{"Pays", "Note"})
	f.SetSheetRow("Sheet1", "A2", &[]any{"x", 12.5})
	f.SetSheetRow("Sheet1", "A3", &[]any{"Kenya", "=1+1"})
	f.NewSheet("Other")
	var in, out bytes.Buffer
	if err := f.Write(&in); err != nil {
		t.Fatal(err)
	}
	if err := refusals(2).Copy(&out, bytes.NewReader(in.Bytes()), Written{Encoding: "xlsx", Heading: 1}, say, plain); err != nil {
		t.Fatal(err)
	}
	g, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for cell, want := range map[string]string{"A2": "x", "B2": "12.5", "A3": "Kenya", "B3": "=1+1", "C3": ""} {
		if got, _ := g.GetCellValue("Sheet1", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if got, _ := g.GetCellValue("Sheet1", "C2"); !strings.Contains(got, "Pays: ") {
		t.Errorf("at the end: %q", got)
	}
	comments, err := g.GetComments("Sheet1")
	if err != nil || len(comments) != 1 || comments[0].Cell != "A2" {
		t.Errorf("%+v, %v", comments, err)
	}
	if style, _ := g.GetCellStyle("Sheet1", "A2"); style == 0 {
		t.Error("the cell is not shaded")
	}
	if len(g.GetSheetList()) != 2 {
		t.Errorf("sheets: %v", g.GetSheetList())
	}
}

// A workbook too large to be held whole is written anew: the same rows where they
// were, with the reasons at the end.
func TestCopyOfLargeWorkbook(t *testing.T) {
	w, err := workbook.NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, _ := w.Sheet("Week", false)
	_ = s.Head([]string{"Pays", "Note", "Day"})
	for i := range 60_000 {
		if err := s.Row([]workbook.Cell{workbook.Text("a country that is none"), workbook.Number(fmt.Sprint(i)), workbook.Day("2017-02-07")}); err != nil {
			t.Fatal(err)
		}
	}
	var in, out bytes.Buffer
	if err := w.Write(&in); err != nil {
		t.Fatal(err)
	}
	book, err := workbook.Open(bytes.NewReader(in.Bytes()), int64(in.Len()))
	if err != nil || !book.Large() {
		t.Fatalf("large: %v", err)
	}
	if err := refusals(2, 60_001).Copy(&out, bytes.NewReader(in.Bytes()), Written{Encoding: "xlsx", Heading: 1}, say, plain); err != nil {
		t.Fatal(err)
	}
	if book, err = workbook.Open(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Rows("Week")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n, reasons := 0, 0
	for {
		rec, err := rows.Next()
		if err != nil {
			break
		}
		if n++; rec.Line != n || rec.Line > 1 && (rec.Cells[2] != "2017-02-07" || rec.Cells[1] != fmt.Sprint(n-2)) {
			t.Fatalf("%+v", rec)
		}
		if len(rec.Cells) == 4 {
			reasons++
		}
	}
	if n != 60_001 || reasons != 3 {
		t.Errorf("%d rows, %d with a reason or its heading", n, reasons)
	}
}
