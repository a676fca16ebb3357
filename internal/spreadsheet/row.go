package spreadsheet

import (
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// Row is one row of the sheet on its way to become a case.
type Row struct {
	Line   int           // line of the sheet, the first being 1
	ID     seizure.ID    // made from operation and key: the same for the same row, always
	Key    string        // identity in the operation
	Digest string        // SHA-256 of the row's content, hexadecimal
	Draft  seizure.Draft // with ID
	Notes  []Note

	keyCell string // the key as it stands in the sheet
}

// Note is what was kept but not understood, or left out on the mapping's word.
type Note struct {
	Column string
	Value  string
	Key    string // catalogue key, with Args
	Args   fault.Args
}

// Problem is one reason why a row is refused.
type Problem struct {
	Column string
	Value  string
	Key    string // catalogue key, with Args
	Args   fault.Args
}

// Refusal is a row that becomes no case, with all reasons in the order of the
// fields of a case.
type Refusal struct {
	Row      int
	Problems []Problem
}

// reading is the work on one row.
type reading struct {
	p        *plan
	cells    []string
	draft    seizure.Draft
	remarks  []string
	notes    []Note
	problems []Problem
}

func (r *reading) refuse(column int, key string, args ...fault.Args) {
	p := Problem{Key: key}
	if column >= 0 {
		p.Column, p.Value = r.p.headings[column].Typed, sheet.Beginning(r.cells[column])
	}
	if len(args) > 0 {
		p.Args = args[0]
	}
	r.problems = append(r.problems, p)
}

func (r *reading) note(column int, value, key string, args ...fault.Args) {
	n := Note{Key: key, Value: sheet.Beginning(value)}
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

// read turns the cells of a row into a draft, notes and problems.
func (p *plan) read(rec *sheet.Record) (seizure.Draft, []Note, []Problem) {
	r := &reading{p: p}
	if rec.Fault != "" {
		return r.draft, nil, []Problem{{Value: rec.Text, Key: rec.Fault}}
	}
	if key := r.shape(rec.Cells); key != "" {
		return r.draft, nil, []Problem{{Value: sheet.Beginning(join(rec.Cells)), Key: key,
			Args: fault.Args{"cells": int64(len(rec.Cells)), "columns": int64(len(p.headings))}}}
	}
	for i, cell := range r.cells {
		if key := sheet.Unreadable(cell); key != "" {
			r.refuse(i, key)
		}
	}
	if len(r.problems) > 0 {
		return r.draft, nil, r.problems
	}
	r.draft.Goods = []goods.Line{{}}
	r.draft.Language = p.m.Sheet.Language
	for _, f := range p.fields {
		r.field(f)
	}
	r.quantities()
	if r.draft.Goods[0].HS != "" {
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

// shape makes the row as wide as the headings: cells too many may only be empty
// ones, cells too few are a refusal, for nobody knows which are missing.
func (r *reading) shape(cells []string) string {
	n := len(r.p.headings)
	for _, extra := range cells[min(n, len(cells)):] {
		if sheet.Trim(extra) != "" {
			return "spreadsheet.row.more-cells"
		}
	}
	if len(cells) < n {
		return "spreadsheet.row.fewer-cells"
	}
	r.cells = cells[:n]
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
