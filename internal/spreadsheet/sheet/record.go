package sheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// Limits of one row. A cell holds what a cell of a spreadsheet program holds
// (32,767 characters); a record that goes on for longer than maxRecord has lost
// its closing quote.
const (
	MaxColumns = 256
	MaxCell    = 32_767
	maxRecord  = 1 << 20
)

// Record is one row of the sheet; Line is its number as a spreadsheet program
// shows it (a quoted line break does not start a new row, an empty line does).
type Record struct {
	Line  int
	Cells []string
	Fault string // catalogue key of what is wrong with the row as a whole
	Text  string // the row's beginning as it stood, when Fault is set

	Kinds  []Kind // of the cells of a workbook, which knows them; nil in a delimited file
	Hidden bool   // the row of a workbook is hidden
	Merged bool   // a cell has the value of the first of those it was made one with
}

// Kind is what a workbook says that a cell is.
type Kind byte

// The kinds of cells. Text is all that a delimited file knows.
const (
	Text   Kind = iota
	Number      // digits with a full stop, never grouped
	Day         // 2006-01-02, with T15:04 or T15:04:05 behind it where there is a time
	Clock       // 15:04 or 15:04:05
	Wrong       // an error such as #REF!, or a formula that nobody has computed
)

// Computed is set beside the kind of a cell that a formula gave.
const Computed Kind = 0x80

// Kind gives the kind of a cell, and whether a formula gave it.
func (r *Record) Kind(i int) (k Kind, computed bool) {
	if i >= len(r.Kinds) {
		return Text, false
	}
	return r.Kinds[i] &^ Computed, r.Kinds[i]&Computed != 0
}

// Rows gives the rows of a sheet one after the other, io.EOF behind the last.
type Rows interface{ Next() (*Record, error) }

// Empty tells whether no cell says anything.
func (r *Record) Empty() bool {
	for _, c := range r.Cells {
		if Trim(c) != "" {
			return false
		}
	}
	return r.Fault == ""
}

// Reader reads delimited text (RFC 4180) in bounded memory. Unlike
// encoding/csv it counts empty lines as rows, as spreadsheet programs do, and
// loses one row, not the rest of the file, when a quote is never closed.
type Reader struct {
	in    *bufio.Reader
	again []byte // bytes to be read once more, after an unclosed quote
	delim byte
	line  int
	raw   []byte
	said  []byte // the row read last as it stood
}

// NewReader reads text that Decode has made UTF-8; delim stands between cells.
func NewReader(utf8 io.Reader, delim byte) *Reader {
	return &Reader{in: bufio.NewReaderSize(utf8, 64<<10), delim: delim}
}

func (r *Reader) byte() (byte, error) {
	if len(r.again) > 0 {
		b := r.again[0]
		r.again = r.again[1:]
		return b, nil
	}
	return r.in.ReadByte()
}

// Raw gives the row that Next gave last as it stands in the file, with its line
// end, until Next is called again. Of a row that is too long it is the beginning.
func (r *Reader) Raw() []byte { return r.said }

// Next gives the next row, or io.EOF.
func (r *Reader) Next() (*Record, error) {
	r.raw = r.raw[:0]
	p := recordParser{delim: r.delim}
	for {
		b, err := r.byte()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil {
			if len(r.raw) == 0 {
				return nil, io.EOF
			}
			if p.state == inQuotes {
				return r.unclosed()
			}
			return r.finish(&p), nil
		}
		r.raw = append(r.raw, b)
		if len(r.raw) > maxRecord {
			if p.state == inQuotes {
				return r.unclosed()
			}
			return r.tooLong()
		}
		if p.cr && b != '\n' {
			// A lone carriage return ends a row too (files of old Macintoshes).
			r.again = append([]byte{b}, r.again...)
			r.raw = r.raw[:len(r.raw)-1]
			return r.finish(&p), nil
		}
		if p.take(b) {
			return r.finish(&p), nil
		}
	}
}

func (r *Reader) finish(p *recordParser) *Record {
	p.end()
	r.line++
	r.said = r.raw
	rec := &Record{Line: r.line, Cells: p.cells, Fault: p.fault}
	if rec.Fault != "" {
		rec.Text = Beginning(string(r.raw))
	}
	return rec
}

// unclosed refuses the line on which the quote stands open and reads all that
// follows it again as rows of their own.
func (r *Reader) unclosed() (*Record, error) {
	rest := []byte(nil)
	if i := strings.IndexByte(string(r.raw), '\n'); i >= 0 {
		rest = append(rest, r.raw[i+1:]...)
	} else if len(r.raw) > maxRecord {
		return r.tooLong()
	}
	rec := &Record{Fault: "spreadsheet.row.unclosed-quote", Text: Beginning(string(r.raw[:len(r.raw)-len(rest)]))}
	r.again = append(rest, r.again...)
	r.said = r.raw[:len(r.raw)-len(rest)]
	r.line++
	rec.Line = r.line
	return rec, nil
}

// tooLong skips the rest of a line without end.
func (r *Reader) tooLong() (*Record, error) {
	r.line++
	r.said = r.raw
	rec := &Record{Line: r.line, Fault: "spreadsheet.row.too-long", Text: Beginning(string(r.raw))}
	for {
		b, err := r.byte()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil || b == '\n' || b == '\r' {
			return rec, nil
		}
	}
}

type parserState int

const (
	cellStart parserState = iota
	inCell
	inQuotes
	afterQuote
)

// recordParser takes the bytes of one row.
type recordParser struct {
	delim byte
	state parserState
	cell  []byte
	cells []string
	cr    bool // a carriage return, which may be half of a line end
	fault string
}

// take gives true when the row has ended.
func (p *recordParser) take(b byte) bool {
	if p.state == inQuotes {
		if b == '"' {
			p.state = afterQuote
		} else {
			p.add(b)
		}
		return false
	}
	switch b {
	case '\n':
		return true
	case '\r':
		p.cr = true
	case p.delim:
		p.close()
	case '"':
		switch p.state {
		case cellStart:
			p.state = inQuotes
		case afterQuote:
			p.add('"')
			p.state = inQuotes
		default:
			p.add('"') // an inch sign inside a plain cell
		}
	default:
		p.plain(b)
	}
	return false
}

func (p *recordParser) plain(b byte) {
	if p.state == afterQuote {
		if b != ' ' {
			p.fault = "spreadsheet.row.bad-quote"
		}
		return
	}
	p.state = inCell
	p.add(b)
}

func (p *recordParser) add(b byte) {
	if len(p.cell) >= 4*MaxCell {
		p.fault = "spreadsheet.row.cell-too-long"
		return
	}
	p.cell = append(p.cell, b)
}

func (p *recordParser) close() {
	if len(p.cells) > MaxColumns {
		p.fault = "spreadsheet.row.too-many-cells"
	} else {
		p.cells = append(p.cells, string(p.cell))
	}
	p.cell = p.cell[:0]
	p.state = cellStart
}

func (p *recordParser) end() {
	p.close()
}

// Delimiter is the sign between cells by the name that mappings give it: ",",
// ";", "tab" or "|".
func Delimiter(name string) (sign byte, ok bool) {
	switch name {
	case ",", ";", "|", "\t":
		return name[0], true
	case "tab":
		return '\t', true
	}
	return 0, false
}
