package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/form"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// The formats of an export.
const (
	XLSX  = "xlsx"
	CSV   = "csv"
	JSON  = "json"  // one array
	Lines = "jsonl" // a case a line
)

// Formats lists the formats, the most usual first.
func Formats() []string { return []string{XLSX, CSV, JSON, Lines} }

// MediaType is what a format is called on the web.
func MediaType(format string) string {
	return map[string]string{XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CSV: "text/csv; charset=utf-8",
		JSON: "application/json", Lines: "application/jsonl"}[format]
}

// Store hands out cases.
type Store struct {
	// Item is a case as the API gives it.
	Item func(c seizure.Case, from organisation.Organisation) any

	lists *caselist.Store
}

// NewStore makes a store.
func NewStore(s *caselist.Store) *Store { return &Store{lists: s} }

// Request says what to hand out, and how.
type Request struct {
	Format  string
	Filter  caselist.Filter // of the list; its place and its length do not count
	Printer *i18n.Printer   // in whose language codes are said
	Plain   bool            // CSV without a byte order mark
}

// noteEvery is after how many pages what was read is written down.
const noteEvery = 10

// writer takes cases in a format.
type writer interface {
	add(c form.Record, from organisation.Organisation) error
	end() error
}

// Cases writes the cases that the actor may read, by filter. An error before the
// first byte is one of the list; begin, if not nil, is called before that byte.
func (s *Store) Cases(ctx context.Context, who access.Actor, code operation.Code, q Request, out io.Writer, begin func()) (cases int, err error) {
	f := q.Filter
	f.Limit, f.Before = seizure.PageLimit, 0
	var w writer
	for pages := 1; ; pages++ {
		page, err := s.lists.Feed(ctx, who, code, f)
		if err != nil {
			return cases, fmt.Errorf("export: %w", err)
		}
		if w == nil {
			if begin != nil && q.Format != XLSX { // a workbook is written at the end
				begin()
			}
			var done func() error
			if w, done, err = s.writer(q, marked(q.Printer, page.Standing.Operation), out); err != nil {
				return 0, fmt.Errorf("export: %w", err)
			}
			defer done()
		}
		for _, c := range page.Items {
			from := page.Organisations[c.Organisation]
			if err := w.add(form.Record{Case: c, Organisation: from.Called(string(q.Printer.Lang()))}, from); err != nil {
				return cases, fmt.Errorf("export: %w", err)
			}
			cases++
		}
		if f.Before = page.Next; f.Before == 0 {
			break
		}
		if log := s.lists.Readings; log != nil && pages%noteEvery == 0 { // the queue of what is read holds so much and no more
			if err := log.Flush(ctx); err != nil {
				return cases, fmt.Errorf("export: %w", err)
			}
		}
	}
	if begin != nil && q.Format == XLSX {
		begin()
	}
	if err := w.end(); err != nil {
		return cases, fmt.Errorf("export: %w", err)
	}
	return cases, nil
}

// mark is what a file of a practice says in each of its rows, in a column of its own:
// files travel, and paper does, without the name of the file.
type mark struct{ head, text string }

// marked gives the mark of an operation; the zero mark: it is a real one.
func marked(p *i18n.Printer, o operation.Operation) mark {
	if o.Kind != operation.KindPractice {
		return mark{}
	}
	return mark{p.T("practice.mark"), p.T("practice.banner")}
}

// before puts the column in front of others.
func (m mark) before(heads []string) []string {
	if m.head == "" {
		return heads
	}
	return append([]string{m.head}, heads...)
}

func (m mark) row(cells []workbook.Cell) []workbook.Cell {
	if m.head == "" {
		return cells
	}
	return append([]workbook.Cell{workbook.Text(m.text)}, cells...)
}

func (s *Store) writer(q Request, m mark, out io.Writer) (w writer, done func() error, err error) {
	nothing := func() error { return nil }
	switch q.Format {
	case XLSX:
		b, err := newBook(q.Printer, m, out)
		if err != nil {
			return nil, nothing, err
		}
		return b, b.book.Close, nil
	case CSV:
		w, err := newDelimited(q, m, out)
		return w, nothing, err
	case JSON, Lines:
		return &items{out: out, item: s.Item, lines: q.Format == Lines, practice: m.head != ""}, nothing, nil
	}
	return nil, nothing, fault.Of(fault.Invalid, "export.format", fault.Args{"format": q.Format})
}

// linesOf are the goods lines of a case; a draft may have none, and has a row all
// the same.
func linesOf(c form.Record) []goods.Line {
	if len(c.Goods) == 0 {
		return []goods.Line{{}}
	}
	return c.Goods
}

// delimited writes CSV.
type delimited struct {
	p    *i18n.Printer
	csv  *csv.Writer
	mark mark
	text []string // of a row, again and again
}

func newDelimited(q Request, m mark, out io.Writer) (*delimited, error) {
	if !q.Plain {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return nil, err
		}
	}
	d := &delimited{p: q.Printer, csv: csv.NewWriter(out), mark: m}
	d.csv.UseCRLF = true
	return d, d.csv.Write(m.before(form.Headings(q.Printer, form.Full())))
}

func (d *delimited) add(c form.Record, _ organisation.Organisation) error {
	for _, line := range linesOf(c) {
		d.text = d.text[:0]
		for _, cell := range d.mark.row(form.Row(d.p, form.Full(), c, line)) {
			d.text = append(d.text, sheet.Defuse(cell.Text))
		}
		if err := d.csv.Write(d.text); err != nil {
			return err
		}
	}
	d.csv.Flush()
	return d.csv.Error()
}

func (d *delimited) end() error {
	d.csv.Flush()
	return d.csv.Error()
}

// items writes JSON.
type items struct {
	out   io.Writer
	item  func(c seizure.Case, from organisation.Organisation) any
	lines bool
	n     int

	practice bool
}

func (w *items) add(c form.Record, from organisation.Organisation) error {
	b, err := json.Marshal(w.item(c.Case, from))
	if err != nil {
		return err
	}
	if w.practice {
		b = operation.Practised(b)
	}
	before, after := "", "\n"
	if !w.lines {
		before, after = ",\n", ""
		if w.n == 0 {
			before = "[\n"
		}
	}
	w.n++
	_, err = io.WriteString(w.out, before+string(b)+after)
	return err
}

func (w *items) end() error {
	if w.lines {
		return nil
	}
	tail := "\n]\n"
	if w.n == 0 {
		tail = "[]\n"
	}
	_, err := io.WriteString(w.out, tail)
	return err
}

// book writes a workbook.
type book struct {
	p            *i18n.Printer
	out          io.Writer
	book         *workbook.Writer
	lines, cases *workbook.Sheet
	rows         int
	mark         mark
}

func newBook(p *i18n.Printer, m mark, out io.Writer) (*book, error) {
	b := &book{p: p, out: out, mark: m}
	var err error
	if b.book, err = workbook.NewWriter(); err != nil {
		return nil, err
	}
	rtl := p.Dir() == "rtl"
	if b.lines, err = b.book.Sheet(p.T("spreadsheet.column.lines"), rtl, wide(len(m.before(form.Full())))...); err != nil {
		return nil, err
	}
	if b.cases, err = b.book.Sheet(p.T("spreadsheet.template.sheet"), rtl, wide(len(m.before(form.Cases()))+1)...); err != nil {
		return nil, err
	}
	if err := b.lines.Head(m.before(form.Headings(p, form.Full()))); err != nil {
		return nil, err
	}
	return b, b.cases.Head(m.before(append(form.Headings(p, form.Cases()), form.Heading(p, "lines"))))
}

func wide(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 16
	}
	return out
}

func (b *book) add(c form.Record, _ organisation.Organisation) error {
	lines := linesOf(c)
	if b.rows += len(lines); b.rows >= workbook.MaxRows {
		return fault.Of(fault.TooLarge, "export.too-many-rows", fault.Args{"limit": int64(workbook.MaxRows)})
	}
	for _, line := range lines {
		if err := b.lines.Row(b.mark.row(form.Row(b.p, form.Full(), c, line))); err != nil {
			return err
		}
	}
	row := form.Row(b.p, form.Cases(), c, goods.Line{})
	return b.cases.Row(b.mark.row(append(row, workbook.Number(fmt.Sprint(len(c.Goods))))))
}

func (b *book) end() error { return b.book.Write(b.out) }
