package rendition

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// The kinds of files.
const (
	HTML = "html"
	DOCX = "docx"
	XLSX = "xlsx"
	CSV  = "csv"
	JSON = "json"
)

// Formats lists the kinds of files in the order in which they are offered.
func Formats() []string { return []string{HTML, DOCX, XLSX, CSV, JSON} }

// MediaType is what a door says of a kind of file.
func MediaType(format string) string {
	return map[string]string{HTML: "text/html; charset=utf-8", DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CSV: "text/csv; charset=utf-8", JSON: "application/json"}[format]
}

// Write writes a document as a file.
func (d Document) Write(out io.Writer, format string) error {
	switch format {
	case HTML:
		return d.HTML(out)
	case DOCX:
		return d.DOCX(out)
	case XLSX:
		return d.XLSX(out)
	case CSV:
		return d.CSV(out)
	case JSON:
		e := json.NewEncoder(out)
		e.SetIndent("", "\t")
		return e.Encode(d)
	}
	return fmt.Errorf("%s is no kind of file", format)
}

// Tables gives all tables of a document, in order.
func (d Document) Tables() []Table { return tables(d.Blocks) }

func tables(blocks []Block) (out []Table) {
	for _, b := range blocks {
		if b.Table != nil {
			out = append(out, *b.Table)
		}
		out = append(out, tables(b.Blocks)...)
	}
	return out
}

// XLSX writes the tables as a workbook: a sheet each, numbers as numbers, and first a
// sheet that says what they are.
func (d Document) XLSX(out io.Writer) (err error) {
	w, err := workbook.NewWriter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	rtl := dir(d.Lang) == "rtl"
	first, err := w.Sheet(or(d.Words["about"], "About"), rtl, 30, 70)
	if err != nil {
		return err
	}
	if err := first.Head([]string{clean(d.Title), clean(d.Handling)}); err != nil {
		return err
	}
	row := func(s *workbook.Sheet, texts ...string) {
		cells := make([]workbook.Cell, len(texts))
		for i, t := range texts {
			cells[i] = workbook.Text(short(t))
		}
		err = errors.Join(err, s.Row(cells))
	}
	for i := 0; i+1 < len(d.About); i += 2 {
		row(first, d.About[i].Text, d.About[i+1].Text)
	}
	for _, t := range d.Tables() {
		row(first, t.ID, t.Caption.Words)
		for _, n := range t.Notes {
			row(first, t.ID, n.Words)
		}
	}
	for _, t := range d.Tables() {
		if err := errors.Join(err, d.sheet(w, t, rtl)); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	return w.Write(out)
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// short keeps a text within what a cell can hold.
func short(s string) string {
	if r := []rune(clean(s)); len(r) > 30_000 {
		return string(r[:30_000]) + "…"
	} else {
		return string(r)
	}
}

func (d Document) sheet(w *workbook.Writer, t Table, rtl bool) error {
	columns := t.data(d.Words["code"])
	var heads []string
	var widths []float64
	for _, c := range columns {
		heads, widths = append(heads, short(c.head)), append(widths, map[bool]float64{true: 16, false: 34}[c.numeric])
	}
	s, err := w.Sheet(t.ID, rtl, widths...)
	if err != nil {
		return err
	}
	if err := s.Head(heads); err != nil {
		return err
	}
	for _, r := range t.all() {
		var cells []workbook.Cell
		for _, c := range columns {
			if text, is := c.of(r); is {
				cells = append(cells, workbook.Number(text))
			} else {
				cells = append(cells, workbook.Text(short(text)))
			}
		}
		if err := s.Row(cells); err != nil {
			return err
		}
	}
	return nil
}

// column is one column of a data file: a code, where a column has codes, stands beside
// the words that say it.
type column struct {
	head    string
	at      int
	code    bool
	numeric bool
}

// data are the columns of a data file; code is the word for one of codes.
func (t Table) data(code string) (out []column) {
	for i, h := range t.Heads {
		numeric := i < len(t.Numeric) && t.Numeric[i]
		for _, r := range t.Rows {
			if i < len(r) && r[i].Code != "" && !numeric {
				out = append(out, column{head: h + " (" + or(code, "code") + ")", at: i, code: true})
				break
			}
		}
		out = append(out, column{head: h, at: i, numeric: numeric})
	}
	return out
}

// of is what stands in a column of a line; a number says so.
func (c column) of(r []Cell) (text string, number bool) {
	switch {
	case c.at >= len(r):
		return "", false
	case c.code:
		return r[c.at].Code, false
	case c.numeric && r[c.at].Number != "" && !r[c.at].Hidden:
		return r[c.at].Number, true
	}
	return r[c.at].Text, false
}

func (t Table) all() [][]Cell {
	if len(t.Foot) == 0 {
		return t.Rows
	}
	return append(append([][]Cell{}, t.Rows...), t.Foot)
}

// CSV writes all tables into one file: each with a line that names it, its heads and its
// lines, and an empty line after it. No text becomes a formula.
func (d Document) CSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\uFEFF"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	line := func(texts ...string) { // the writer keeps its first error
		for i, t := range texts {
			texts[i] = sheet.Defuse(strings.ReplaceAll(clean(t), "\r", ""))
		}
		_ = w.Write(texts)
	}
	if d.Handling != "" {
		line(d.Handling)
	}
	for _, t := range d.Tables() {
		line(t.ID, t.Caption.Words)
		columns := t.data(d.Words["code"])
		var heads []string
		for _, c := range columns {
			heads = append(heads, c.head)
		}
		line(heads...)
		for _, r := range t.all() {
			var cells []string
			for _, c := range columns {
				text, number := c.of(r)
				if !number {
					text = sheet.Defuse(strings.ReplaceAll(clean(text), "\r", ""))
				}
				cells = append(cells, text)
			}
			_ = w.Write(cells)
		}
		for _, n := range t.Notes {
			line(n.Words)
		}
		w.Flush()
		if _, err := io.WriteString(out, "\r\n"); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
