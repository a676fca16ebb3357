package workbook

import (
	"errors"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// maxMarked is how large the parts of a workbook may be for Mark, which holds it
// whole in memory, at some thirty times that size.
const maxMarked = 8 << 20

// Large tells that a workbook is too large for Mark; Rewrite serves then.
func (b *Book) Large() bool {
	var total uint64
	for _, f := range b.parts {
		total += f.UncompressedSize64
	}
	return total > maxMarked
}

// Rewrite writes a sheet of a workbook anew, row by row, with notes that stand in
// cells; those beside cells are left out, and so is how the sheet looked.
func Rewrite(out io.Writer, b *Book, name string, notes []Note) error {
	in, err := b.Rows(name)
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := NewWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	t, err := b.find(name)
	if err != nil {
		return err
	}
	s, err := w.Sheet(t.name, false)
	if err != nil {
		return err
	}
	at := map[int]Note{}
	for _, n := range notes {
		if !n.Beside {
			at[n.Line] = n
		}
	}
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			return w.Write(out)
		}
		if err == nil {
			s.row = rec.Line - 1 // lines are where they were
			err = s.Row(again(rec, at[rec.Line]))
		}
		if err != nil {
			return fmt.Errorf("workbook: rewrite: %w", err)
		}
	}
}

// again are the cells of a row as they were, with a note in its place.
func again(rec *sheet.Record, n Note) []Cell {
	cells := make([]Cell, len(rec.Cells))
	for i, text := range rec.Cells {
		cells[i] = Text(text)
		switch kind, _ := rec.Kind(i); {
		case kind == sheet.Number:
			cells[i] = Number(text)
		case kind == sheet.Day && len(text) == len("2006-01-02"):
			cells[i] = Day(text)
		}
	}
	if n.Text == "" {
		return cells
	}
	for len(cells) <= n.Column {
		cells = append(cells, Cell{})
	}
	cells[n.Column] = Text(short(n.Text, 32_000))
	return cells
}
