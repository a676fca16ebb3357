package spreadsheet

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// Limits of one file.
const (
	maxFile = 256 << 20
	maxRows = 1_000_000
)

// BatchRows is how many rows are handed to the store at once.
const BatchRows = 200

// State is what became of a row at the store.
type State int

// The states of a row.
const (
	Accepted  State = iota // a new case
	Unchanged              // the case was there, with the same content
	Refused                // Fault says why
)

// Outcome is the store's answer for one row.
type Outcome struct {
	State State
	Fault *fault.Fault // set when refused; field paths are those of a draft
}

// Report writes a batch of at most BatchRows rows in one unit of work and
// answers for each in order. The key and the digest are to be kept with the
// case: the same ID with the same digest is Unchanged, with another digest
// Refused with the text "spreadsheet.row.other-content". An error means that none
// of the batch was written.
type Report func(ctx context.Context, rows []Row) ([]Outcome, error)

// Job is one import.
type Job struct {
	Operation string // id of the operation, part of every case's ID
	Mapping   *Mapping
	Report    Report
	Progress  func(done, total int) // may be nil; rows, after each batch
}

// Import reads the sheet twice, once to check its shape and count its rows,
// once to hand them over in batches. It holds one batch in memory, and 40 bytes
// for each row to know it again. It stops between batches when ctx ends or the
// store fails; the result then says how far it came, and the same call again
// goes on, for rows that are there already come back unchanged.
func (j Job) Import(ctx context.Context, file io.ReadSeeker) (*Result, error) {
	total, err := j.count(file)
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("spreadsheet.import: %w", err)
	}
	r := &run{job: j, result: newResult(), seen: newIdentities(), total: total}
	if r.rows, r.plan, err = j.open(file); err != nil {
		return nil, err
	}
	r.columns()
	err = r.all(ctx)
	r.result.finish(err != nil)
	return r.result, err
}

// open reads up to the headings.
func (j Job) open(file io.Reader) (*sheet.Reader, *plan, error) {
	text, err := sheet.Decode(&limited{in: file, left: maxFile}, j.Mapping.Sheet.Encoding)
	if err != nil {
		return nil, nil, err
	}
	sign, _ := sheet.Delimiter(j.Mapping.Sheet.Delimiter)
	rows := sheet.NewReader(text, sign)
	for {
		rec, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil, nil, fault.Of(fault.Invalid, "spreadsheet.file.no-heading", fault.Args{"line": int64(j.Mapping.Sheet.Heading)})
		}
		if err != nil {
			return nil, nil, fmt.Errorf("spreadsheet.import: %w", err)
		}
		if rec.Line < j.Mapping.Sheet.Heading {
			continue
		}
		if rec.Fault != "" || rec.Empty() {
			return nil, nil, fault.Of(fault.Invalid, "spreadsheet.file.no-heading", fault.Args{"line": int64(rec.Line)})
		}
		plan, err := j.Mapping.bind(rec.Cells)
		return rows, plan, err
	}
}

func (j Job) count(file io.Reader) (int, error) {
	rows, _, err := j.open(file)
	if err != nil {
		return 0, err
	}
	for n := 0; ; {
		rec, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, fmt.Errorf("spreadsheet.import: %w", err)
		case !rec.Empty():
			n++
		}
		if n > maxRows {
			return 0, fault.Of(fault.TooLarge, "spreadsheet.file.too-many-rows", fault.Args{"limit": int64(maxRows)})
		}
	}
}

// run is one import at work.
type run struct {
	job    Job
	plan   *plan
	rows   *sheet.Reader
	result *Result
	seen   *identities
	batch  []Row
	total  int
}

func (r *run) all(ctx context.Context) error {
	for {
		rec, err := r.rows.Next()
		if errors.Is(err, io.EOF) {
			return r.flush(ctx)
		}
		if err != nil {
			return fmt.Errorf("spreadsheet.import: %w", err)
		}
		if rec.Empty() {
			r.result.empty++
			continue
		}
		r.take(rec)
		if len(r.batch) == BatchRows {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
		if r.result.Rows%BatchRows == 0 && len(r.batch) == 0 {
			r.progress() // a long stretch of refused rows moves the bar as well
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// take puts one row into the batch, or refuses it.
func (r *run) take(rec *sheet.Record) {
	draft, notes, problems := r.plan.read(rec)
	if len(problems) > 0 {
		r.result.refuse(Refusal{Row: rec.Line, Problems: problems})
		return
	}
	cells := rec.Cells[:len(r.plan.headings)]
	key, digest, before, problem := r.plan.identify(r.seen, rec.Line, cells)
	if problem != "" {
		column := r.plan.key[0]
		r.result.refuse(Refusal{Row: rec.Line, Problems: []Problem{{
			Column: r.plan.headings[column].Typed, Value: sheet.Beginning(cells[column]), Key: problem,
			Args: fault.Args{"row": int64(before)}}}})
		return
	}
	row := Row{Line: rec.Line, ID: caseID(r.job.Operation, key), Key: key, Digest: digest, Draft: draft, Notes: notes}
	row.Draft.ID = row.ID
	for _, i := range r.plan.key {
		row.keyCell = sheet.Trim(row.keyCell + " " + sheet.Trim(cells[i]))
	}
	r.batch = append(r.batch, row)
}

// flush hands the batch to the store and books its answers.
func (r *run) flush(ctx context.Context) error {
	if len(r.batch) == 0 {
		r.progress()
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	outcomes, err := r.job.Report(ctx, r.batch)
	if err != nil {
		return fmt.Errorf("spreadsheet.import: row %d: %w", r.batch[0].Line, err)
	}
	if len(outcomes) != len(r.batch) {
		return fmt.Errorf("spreadsheet.import: %d answers for %d rows", len(outcomes), len(r.batch))
	}
	for i, o := range outcomes {
		if o.State == Refused {
			r.result.refuse(r.refusal(&r.batch[i], o.Fault))
			continue
		}
		r.result.take(&r.batch[i], o.State)
	}
	r.batch = r.batch[:0]
	r.progress()
	return nil
}

func (r *run) progress() {
	if r.job.Progress != nil {
		r.job.Progress(r.result.Rows, r.total)
	}
}

// refusal says a fault of the store in terms of the sheet.
func (r *run) refusal(row *Row, f *fault.Fault) Refusal {
	ref := Refusal{Row: row.Line}
	if f == nil {
		f = fault.Of(fault.Invalid, "fault.invalid")
	}
	for _, field := range f.Fields {
		p := Problem{Column: r.plan.columnOf(field.Path), Value: valueAt(row, field.Path), Key: field.Key, Args: field.Args}
		ref.Problems = append(ref.Problems, p)
	}
	if len(ref.Problems) == 0 {
		p := Problem{Key: f.Key, Args: f.Args}
		if len(r.plan.key) > 0 {
			p.Column, p.Value = r.plan.headings[r.plan.key[0]].Typed, sheet.Beginning(row.keyCell)
		}
		ref.Problems = []Problem{p}
	}
	return ref
}

// valueAt is what the draft says at a field path, where it is plain text.
func valueAt(row *Row, path string) string {
	d := &row.Draft
	switch path {
	case "country":
		return d.Country
	case "day":
		return d.Day
	case "place":
		return sheet.Beginning(d.Place)
	case "remarks":
		return sheet.Beginning(d.Remarks)
	case "carrier":
		return sheet.Beginning(d.Carrier)
	case "goods.1.description":
		return sheet.Beginning(d.Goods[0].Description)
	case "goods.1.brand":
		return sheet.Beginning(d.Goods[0].Brand)
	case "goods.1.hs":
		return d.Goods[0].HS
	}
	return ""
}

// columns notes once what becomes of the columns that feed no field.
func (r *run) columns() {
	for _, i := range r.plan.remainder {
		r.result.once(Note{Column: r.plan.headings[i].Typed, Key: "spreadsheet.note.column-remarks"})
	}
	for _, name := range r.job.Mapping.Sheet.Ignored {
		if i, problem := r.plan.find(name); problem == "" {
			r.result.once(Note{Column: r.plan.headings[i].Typed, Key: "spreadsheet.note.column-ignored"})
		}
	}
}

// limited fails a file that goes on for ever instead of cutting it.
type limited struct {
	in   io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.in.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, fault.Of(fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(maxFile >> 20)})
	}
	return n, err
}
