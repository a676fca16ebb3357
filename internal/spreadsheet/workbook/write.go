package workbook

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Cell is what stands in a cell of a new workbook. The zero Cell is empty.
type Cell struct {
	Text string
	kind cellKind
}

type cellKind int

const (
	textCell cellKind = iota
	numberCell
	dayCell
)

// Text is a text, whatever it looks like.
func Text(s string) Cell { return Cell{Text: s} }

// Number is a decimal number. One of more digits than spreadsheet programs count
// with stays a text, so that none is lost.
func Number(decimal string) Cell {
	if len(strings.Trim(strings.ReplaceAll(decimal, ".", ""), "0")) > 15 {
		return Cell{Text: decimal}
	}
	return Cell{Text: decimal, kind: numberCell}
}

// Day is a day, 2006-01-02.
func Day(day string) Cell { return Cell{Text: day, kind: dayCell} }

// value is a cell as excelize takes it.
func (c Cell) value(day int) any {
	switch c.kind {
	case numberCell:
		if v, err := strconv.ParseFloat(c.Text, 64); err == nil {
			return v
		}
	case dayCell:
		if t, err := time.Parse(time.DateOnly, c.Text); err == nil {
			return excelize.Cell{StyleID: day, Value: t}
		}
	}
	if c.Text == "" {
		return nil
	}
	return c.Text
}

// Writer makes a workbook row by row; what does not fit into memory goes to
// temporary files that lose their names as soon as they are there, so that nothing
// of them is left however the program ends. Call Write at the end, and Close in any
// case.
type Writer struct {
	file      *excelize.File
	dir       string // of the temporary files; "": there can be none, and memory holds all
	sheets    []*Sheet
	day, head int // styles
}

// Sheet is one sheet of a new workbook.
type Sheet struct {
	w      *Writer
	stream *excelize.StreamWriter
	row    int
	most   int  // bytes that the rows have at most, as they are written
	spilt  bool // into a temporary file, which has no name any more
}

// MaxRows is how many rows a sheet can have.
const MaxRows = maxLines

// NewWriter makes an empty workbook.
func NewWriter() (*Writer, error) {
	dir, err := os.MkdirTemp("", "tidewaiter-book-")
	if err != nil {
		dir = "" // nor could a file be made
	}
	w := &Writer{file: excelize.NewFile(excelize.Options{TmpDir: dir}), dir: dir}
	form := "yyyy-mm-dd"
	if w.day, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &form}); err == nil {
		w.head, err = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("workbook: %w", err), w.Close())
	}
	return w, nil
}

// Sheet begins a sheet. Several may be written side by side.
func (w *Writer) Sheet(name string, rightToLeft bool, widths ...float64) (*Sheet, error) {
	name = sheetName(name)
	var err error
	if len(w.sheets) == 0 {
		err = w.file.SetSheetName("Sheet1", name)
	} else {
		_, err = w.file.NewSheet(name)
	}
	if err != nil {
		return nil, err
	}
	if err := w.file.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft}); err != nil {
		return nil, err
	}
	s := &Sheet{w: w}
	if s.stream, err = w.file.NewStreamWriter(name); err != nil {
		return nil, err
	}
	w.sheets = append(w.sheets, s)
	for i, width := range widths {
		if err := s.stream.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return s, s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// sheetName fits a text to what a sheet may be called.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	return s
}

// Head writes a row of headings.
func (s *Sheet) Head(texts []string) error {
	cells := make([]any, len(texts))
	for i, t := range texts {
		cells[i] = excelize.Cell{StyleID: s.w.head, Value: t}
	}
	return s.put(cells)
}

// Row writes a row.
func (s *Sheet) Row(cells []Cell) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		values[i] = c.value(s.w.day)
	}
	return s.put(values)
}

func (s *Sheet) put(values []any) error {
	s.row++
	name, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	if err := s.stream.SetRow(name, values); err != nil {
		return err
	}
	s.hide(values)
	return nil
}

// What a cell and each byte of its text come to in a sheet, at most.
const (
	cellWeight = 128
	byteWeight = 6
)

// hide takes the name of the temporary file away, once there may be one: its bytes
// stay as long as it is open. Where a system cannot do that, Close removes it.
func (s *Sheet) hide(values []any) {
	if s.spilt || s.w.dir == "" {
		return
	}
	for _, v := range values {
		text, _ := v.(string)
		if c, ok := v.(excelize.Cell); ok {
			text, _ = c.Value.(string)
		}
		s.most += cellWeight + byteWeight*len(text)
	}
	if s.most < excelize.StreamChunkSize {
		return
	}
	files, err := os.ReadDir(s.w.dir)
	s.spilt = err != nil || len(files) > 0
	for _, f := range files {
		_ = os.Remove(filepath.Join(s.w.dir, f.Name()))
	}
}

// end ends the writing of rows.
func (w *Writer) end() error {
	for _, s := range w.sheets {
		if s.stream == nil {
			continue
		}
		if err := s.stream.Flush(); err != nil {
			return err
		}
		s.stream = nil
	}
	return nil
}

// Choice lets a column of a sheet take values of a list that stands in a column of
// another sheet, from its second row on.
type Choice struct {
	Sheet, List    string
	Column, Of, To int // columns from 0; rows of the list
	Title, Text    string
}

// Offer puts choices into a sheet; others may be typed all the same, for importing
// says what is wrong with them.
func (w *Writer) Offer(choices []Choice, rows int) error {
	for _, c := range choices {
		column, err := excelize.ColumnNumberToName(c.Column + 1)
		if err != nil {
			return err
		}
		of, err := excelize.ColumnNumberToName(c.Of + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, rows))
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", sheetName(c.List), of, of, c.To))
		v.SetError(excelize.DataValidationErrorStyleWarning, c.Title, c.Text)
		if err := w.file.AddDataValidation(sheetName(c.Sheet), v); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the workbook. Nothing can be added behind it.
func (w *Writer) Write(out io.Writer) error {
	if err := w.end(); err != nil {
		return err
	}
	return w.file.Write(out)
}

// Close takes temporary files away.
func (w *Writer) Close() error {
	err := w.file.Close()
	if w.dir != "" {
		err = errors.Join(err, os.RemoveAll(w.dir))
	}
	return err
}
