package spreadsheet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// Row is one row of the sheet on its way to become a case, or several that are
// the goods lines of one case.
type Row struct {
	Line   int           // line of the sheet, the first being 1
	Lines  []int         // lines of all its rows, where a case has several
	ID     seizure.ID    // made from operation and key: the same for the same row, always
	Key    string        // identity in the operation
	Digest string        // SHA-256 of the row's content, hexadecimal
	Draft  seizure.Draft // with ID
	Notes  []outcome.Note

	keyCell string // the key as it stands in the sheet
}

// reading is the work on one row.
type reading struct {
	p        *plan
	record   *sheet.Record
	cells    []string
	further  bool // a row of a case that stands in rows above: what the case says may be left out
	draft    seizure.Draft
	remarks  []string
	notes    []outcome.Note
	problems []outcome.Problem
}

func (r *reading) refuse(column int, key string, args ...fault.Args) {
	p := outcome.Problem{Key: key}
	if column >= 0 {
		p.Column, p.Value = r.p.headings[column].Typed, sheet.Beginning(r.cells[column])
	}
	if len(args) > 0 {
		p.Args = args[0]
	}
	r.problems = append(r.problems, p)
}

func (r *reading) note(column int, value, key string, args ...fault.Args) {
	n := outcome.Note{Key: key, Value: sheet.Beginning(value)}
	if column >= 0 {
		n.Column = r.p.headings[column].Typed
	}
	if len(args) > 0 {
		n.Args = args[0]
	}
	r.notes = append(r.notes, n)
}

// keep puts a cell into the remarks, under its heading, once.
func (r *reading) keep(column int) {
	line := r.p.headings[column].Typed + ": " + sheet.Trim(r.cells[column])
	for _, before := range r.remarks {
		if before == line {
			return
		}
	}
	r.remarks = append(r.remarks, line)
}

// comment tells whether a row is none: an example, a remark.
func (p *plan) comment(rec *sheet.Record) bool {
	sign := p.m.Key.Comment
	return sign != "" && rec.Fault == "" && len(p.key) > 0 && strings.HasPrefix(sheet.Trim(p.cellsOf(rec)[p.key[0]]), sign)
}

// armed takes away the apostrophe that kept a program from computing a cell.
func (p *plan) armed(rec *sheet.Record) {
	if !p.m.Sheet.Defused || rec.Kinds != nil {
		return
	}
	for i, c := range rec.Cells {
		rec.Cells[i] = sheet.Armed(c)
	}
}

// read turns the cells of a row into a draft, notes and problems.
func (p *plan) read(rec *sheet.Record, further bool) (seizure.Draft, []outcome.Note, []outcome.Problem) {
	r := &reading{p: p, record: rec, further: further}
	if rec.Fault != "" {
		return r.draft, nil, []outcome.Problem{{Value: rec.Text, Key: rec.Fault}}
	}
	if key := r.shape(rec.Cells); key != "" {
		return r.draft, nil, []outcome.Problem{{Value: sheet.Beginning(join(rec.Cells)), Key: key,
			Args: fault.Args{"cells": int64(len(rec.Cells)), "columns": int64(len(p.headings))}}}
	}
	r.look()
	if len(r.problems) > 0 {
		return r.draft, nil, r.problems
	}
	r.draft.Goods = []goods.Line{{}}
	r.draft.Language = p.m.Sheet.Language
	for _, f := range p.fields {
		r.field(f)
	}
	r.quantities()
	r.values()
	r.marks()
	if r.draft.Goods[0].HS != "" && r.draft.Goods[0].HSEdition == "" {
		r.draft.Goods[0].HSEdition = p.m.Sheet.HSEdition
	}
	for _, i := range p.remainder {
		if sheet.Trim(r.cells[i]) != "" {
			r.keep(i)
		}
	}
	r.joinRemarks()
	return r.draft, r.notes, r.problems
}

// look refuses cells that cannot be taken at all, and notes what a workbook says
// of its rows and cells that their texts do not show.
func (r *reading) look() {
	for i, cell := range r.cells {
		if key := sheet.Unreadable(cell); key != "" {
			r.refuse(i, key)
		}
		switch kind, computed := r.record.Kind(i); {
		case kind == sheet.Wrong && r.p.used[i]:
			r.refuse(i, "spreadsheet.cell.error")
		case computed && r.p.used[i]:
			r.notes = append(r.notes, outcome.Note{Column: r.p.headings[i].Typed, Key: "spreadsheet.note.formula"})
		}
	}
	if r.record.Hidden {
		r.note(-1, "", "spreadsheet.note.hidden")
	}
	if r.record.Merged {
		r.note(-1, "", "spreadsheet.note.merged")
	}
}

// cellsOf gives the cells of a row, as many as there are headings.
func (p *plan) cellsOf(rec *sheet.Record) []string {
	n := len(p.headings)
	if len(rec.Cells) >= n {
		return rec.Cells[:n]
	}
	return append(slices.Clone(rec.Cells), make([]string, n-len(rec.Cells))...) // a workbook writes no empty cells at the end
}

// shape makes the row as wide as the headings: cells too many may only be empty
// ones, cells too few are a refusal, for nobody knows which are missing.
func (r *reading) shape(cells []string) string {
	n := len(r.p.headings)
	for _, extra := range cells[min(n, len(cells)):] {
		if sheet.Trim(extra) != "" {
			return "spreadsheet.row.more-cells"
		}
	}
	if len(cells) < n && r.record.Kinds == nil {
		return "spreadsheet.row.fewer-cells"
	}
	r.cells = r.p.cellsOf(r.record)
	for _, c := range r.cells {
		if len(c) > sheet.MaxCell && utf8.RuneCountInString(c) > sheet.MaxCell {
			return "spreadsheet.row.cell-too-long"
		}
	}
	return ""
}

func (r *reading) joinRemarks() {
	for _, line := range r.remarks {
		if r.draft.Remarks != "" {
			r.draft.Remarks += "\n"
		}
		r.draft.Remarks += line
	}
}

func join(cells []string) string {
	s := ""
	for i, c := range cells {
		if i > 0 {
			s += " | "
		}
		if s += c; len(s) > 1000 {
			break
		}
	}
	return s
}
