package workbook

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Note is a remark on a cell: its text is written into the cell or, with Beside,
// into a comment that hangs on it, and the cell is shaded.
type Note struct {
	Line, Column int // lines from 1, columns from 0
	Text         string
	Beside       bool
}

// maxNotes bounds the comments of a copy; what is left out stands at the end of
// its row all the same.
const maxNotes = 2000

// options are the limits under which another program's workbook is opened.
func options() excelize.Options {
	return excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 64 << 20}
}

// Mark writes a workbook again with notes in one of its sheets. Open has looked at
// it before.
func Mark(out io.Writer, book []byte, name string, notes []Note) error {
	b, err := Open(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	t, err := b.find(name)
	if err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(book), options())
	if err != nil {
		return unreadable(err)
	}
	defer f.Close()
	m := &marking{file: f, sheet: t.name, shaded: map[int]int{}}
	for _, n := range notes {
		if err := m.note(n); err != nil {
			return fmt.Errorf("workbook: mark: %w", err)
		}
	}
	return f.Write(out)
}

type marking struct {
	file   *excelize.File
	sheet  string
	shaded map[int]int // style of a cell to the same with a shade
	hung   int
}

func (m *marking) note(n Note) error {
	cell, err := excelize.CoordinatesToCellName(n.Column+1, n.Line)
	if err != nil {
		return err
	}
	if !n.Beside {
		return m.file.SetCellStr(m.sheet, cell, short(n.Text, 32_000))
	}
	if err := m.shade(cell); err != nil {
		return err
	}
	if m.hung++; m.hung > maxNotes {
		return nil
	}
	return m.file.AddComment(m.sheet, excelize.Comment{Cell: cell, Author: "Tidewaiter", Text: short(n.Text, 500), Width: 260, Height: 90})
}

// shade gives a cell a background and leaves the rest of its style.
func (m *marking) shade(cell string) error {
	id, err := m.file.GetCellStyle(m.sheet, cell)
	if err != nil {
		return err
	}
	if _, ok := m.shaded[id]; !ok {
		style, err := m.file.GetStyle(id)
		if err != nil {
			return err
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FDE2E2"}}
		if m.shaded[id], err = m.file.NewStyle(style); err != nil {
			return err
		}
	}
	return m.file.SetCellStyle(m.sheet, cell, cell, m.shaded[id])
}

func short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
