package spreadsheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
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
func (j Job) Import(ctx context.Context, file io.ReadSeeker) (*outcome.Result, error) {
	total, err := j.count(file)
	if err != nil {
		return nil, err
	}
	r := &run{job: j, result: outcome.New(), seen: newIdentities(), total: total}
	if r.rows, r.plan, err = j.open(file); err != nil {
		return nil, err
	}
	defer closed(r.rows)
	r.columns()
	err = r.all(ctx)
	r.result.Finish(err != nil)
	return r.result, err
}

// open reads up to the headings.
func (j Job) open(file io.ReadSeeker) (sheet.Rows, *plan, error) {
	rows, err := rowsOf(file, j.Mapping.Sheet)
	if err != nil {
		return nil, nil, err
	}
	heading := int64(j.Mapping.Sheet.Heading)
	for {
		rec, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil, nil, fault.Of(fault.Invalid, "spreadsheet.file.no-heading", fault.Args{"line": heading})
		}
		if err != nil {
			return nil, nil, fmt.Errorf("spreadsheet.import: %w", err)
		}
		if rec.Line < j.Mapping.Sheet.Heading {
			continue
		}
		if rec.Fault != "" || rec.Empty() || rec.Kinds != nil && int64(rec.Line) > heading {
			return nil, nil, fault.Of(fault.Invalid, "spreadsheet.file.no-heading", fault.Args{"line": heading})
		}
		plan, err := j.Mapping.bind(rec.Cells)
		return rows, plan, err
	}
}

// rowsOf gives the rows of a file from its beginning, as a mapping says it is written.
func rowsOf(file io.ReadSeeker, s Sheet) (sheet.Rows, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("spreadsheet.import: %w", err)
	}
	if s.Encoding == Workbook {
		book, err := openBook(file)
		if err != nil {
			return nil, err
		}
		return book.Rows(s.Name)
	}
	text, err := sheet.Decode(&limited{in: file, left: maxFile}, s.Encoding)
	if err != nil {
		return nil, err
	}
	sign, _ := sheet.Delimiter(s.Delimiter)
	return sheet.NewReader(text, sign), nil
}

// openBook opens a workbook; what cannot be read in any order is read whole.
func openBook(file io.ReadSeeker) (*workbook.Book, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("spreadsheet.import: %w", err)
	}
	at, ok := file.(io.ReaderAt)
	if !ok && size <= workbook.MaxFile {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, fmt.Errorf("spreadsheet.import: %w", err)
		}
		b, err := io.ReadAll(file)
		if err != nil {
			return nil, fmt.Errorf("spreadsheet.import: %w", err)
		}
		at = bytes.NewReader(b)
	}
	return workbook.Open(at, size)
}

// closed ends the reading of rows that hold something open.
func closed(rows sheet.Rows) {
	if c, ok := rows.(io.Closer); ok {
		_ = c.Close() // nothing was written
	}
}

func (j Job) count(file io.ReadSeeker) (int, error) {
	rows, plan, err := j.open(file)
	if err != nil {
		return 0, err
	}
	defer closed(rows)
	for n := 0; ; {
		rec, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, fmt.Errorf("spreadsheet.import: %w", err)
		case !rec.Empty() && !plan.comment(rec):
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
	rows   sheet.Rows
	result *outcome.Result
	seen   *identities
	batch  []Row
	held   int    // rows of the batch
	open   *group // rows of one case so far, where cases have several
	broken int    // line of a row so broken that nobody knows to which case it belongs
	total  int
}

func (r *run) all(ctx context.Context) error {
	for {
		rec, err := r.rows.Next()
		if errors.Is(err, io.EOF) {
			r.close()
			return r.flush(ctx)
		}
		if err != nil {
			return fmt.Errorf("spreadsheet.import: %w", err)
		}
		if rec.Empty() {
			r.result.Empty++
			continue
		}
		if r.plan.comment(rec) {
			r.result.Comments++
			continue
		}
		r.plan.armed(rec)
		r.take(rec)
		if r.held >= BatchRows {
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
	if r.job.Mapping.Key.Lines {
		r.gather(rec)
		return
	}
	draft, notes, problems := r.plan.read(rec, false)
	if len(problems) > 0 {
		r.result.Refuse(outcome.Refusal{Row: rec.Line, Problems: problems})
		return
	}
	cells := r.plan.cellsOf(rec)
	key, digest, before, problem := r.plan.identify(r.seen, rec.Line, cells)
	if problem != "" {
		r.result.Refuse(outcome.Refusal{Row: rec.Line, Problems: []outcome.Problem{r.plan.aboutKey(cells, problem, before)}})
		return
	}
	r.put(Row{Line: rec.Line, Key: key, Digest: digest, Draft: draft, Notes: notes, keyCell: r.plan.keyCell(cells)})
}

func (r *run) put(row Row) {
	row.ID = caseID(r.job.Operation, row.Key)
	row.Draft.ID = row.ID
	r.batch = append(r.batch, row)
	r.held += max(1, len(row.Lines))
}

// aboutKey is what is wrong with the key of a row.
func (p *plan) aboutKey(cells []string, problem string, before int) outcome.Problem {
	at := p.key[0]
	return outcome.Problem{Column: p.headings[at].Typed, Value: sheet.Beginning(cells[at]), Key: problem, Args: fault.Args{"row": int64(before)}}
}

// keyCell is the key as it stands in the sheet.
func (p *plan) keyCell(cells []string) string {
	out := ""
	for _, i := range p.key {
		out = sheet.Trim(out + " " + sheet.Trim(cells[i]))
	}
	return out
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
			for _, ref := range r.refusals(&r.batch[i], o.Fault) {
				r.result.Refuse(ref)
			}
			continue
		}
		row := &r.batch[i]
		r.result.Take(max(1, len(row.Lines)), row.Lines != nil, o.State == Accepted, row.Line, row.Draft.Goods, row.Notes)
	}
	r.batch, r.held = r.batch[:0], 0
	r.progress()
	return nil
}

func (r *run) progress() {
	if r.job.Progress != nil {
		r.job.Progress(r.result.Rows, r.total)
	}
}

// columns notes once what becomes of the columns that feed no field.
func (r *run) columns() {
	for _, i := range r.plan.remainder {
		r.result.Once(outcome.Note{Column: r.plan.headings[i].Typed, Key: "spreadsheet.note.column-remarks"})
	}
	for _, name := range r.job.Mapping.Sheet.Ignored {
		if i, problem := r.plan.find(name); problem == "" {
			r.result.Once(outcome.Note{Column: r.plan.headings[i].Typed, Key: "spreadsheet.note.column-ignored"})
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
