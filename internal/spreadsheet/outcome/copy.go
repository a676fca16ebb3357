package outcome

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// HeadingMark begins the heading of the column that a copy has more than the
// sheet. Such a column says nothing when the copy is imported.
const HeadingMark = "tidewaiter: "

// Written is how a sheet is written, as its mapping says.
type Written struct {
	Encoding, Delimiter string
	Sheet               string // of a workbook
	Heading             int    // line
}

// Copy writes the sheet again with the reasons of refused rows in a column at its
// end, and in a workbook in the cells as well. plain says them in a language whose
// letters every encoding has, for encodings that lack those of say.
func (r *Result) Copy(out io.Writer, file io.ReadSeeker, w Written, say, plain Say) error {
	if w.Encoding == "xlsx" {
		return r.copyBook(out, file, w, say)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	head := make([]byte, 4)
	n, _ := io.ReadFull(file, head)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	text, err := sheet.Decode(file, w.Encoding)
	if err != nil {
		return err
	}
	enc, err := sheet.Encode(out, w.Encoding, head[:n])
	if err != nil {
		return err
	}
	sign, _ := sheet.Delimiter(w.Delimiter)
	c := &copying{out: bufio.NewWriter(enc), in: sheet.NewReader(text, sign), written: w, delimiter: string(sign), reasons: map[int]string{}}
	c.heading = fit(HeadingMark+say("spreadsheet.copy.heading"), HeadingMark+plain("spreadsheet.copy.heading"), w.Encoding)
	for _, ref := range r.Refusals {
		c.reasons[ref.Row] = fit(ref.sentences(say), ref.sentences(plain), w.Encoding)
	}
	if err := c.all(); err != nil {
		return fmt.Errorf("spreadsheet.copy: %w", err)
	}
	return enc.Close()
}

func fit(text, plain, encoding string) string {
	if sheet.Holds(encoding, text) {
		return text
	}
	return plain
}

// sentences are all reasons of a row, each with the column that it is about.
func (f Refusal) sentences(say Say) string {
	var out []string
	for _, p := range f.Problems {
		s := sentence(say, p.Key, p.Args)
		if p.Column != "" {
			s = p.Column + ": " + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// copying is a delimited file on its way.
type copying struct {
	out       *bufio.Writer
	in        *sheet.Reader
	written   Written
	delimiter string
	heading   string
	reasons   map[int]string
	width     int
	mine      int // column of an earlier copy's reasons, -1: none
}

func (c *copying) all() error {
	for c.mine = -1; ; {
		rec, err := c.in.Next()
		if errors.Is(err, io.EOF) {
			return c.out.Flush()
		}
		if err == nil {
			err = c.row(rec, string(c.in.Raw()))
		}
		if err != nil {
			return err
		}
	}
}

func (c *copying) row(rec *sheet.Record, raw string) error {
	body := strings.TrimRight(raw, "\r\n")
	end := raw[len(body):]
	if end == "" {
		end = "\n"
	}
	reason := c.reasons[rec.Line]
	switch {
	case rec.Line < c.written.Heading || rec.Empty():
		reason = ""
	case rec.Line == c.written.Heading:
		c.width, reason = len(rec.Cells), c.heading
		if n := len(rec.Cells); n > 0 && strings.HasPrefix(sheet.Trim(rec.Cells[n-1]), HeadingMark) {
			c.mine = n - 1
			c.width = n - 1
		}
		body = c.cells(rec, body) + c.delimiter + quote(reason)
	case rec.Fault != "":
		body = quote(body) + strings.Repeat(c.delimiter, max(1, c.width)) + quote(reason)
	default:
		body = c.cells(rec, body) + strings.Repeat(c.delimiter, max(0, c.width-len(rec.Cells))) + c.delimiter + quote(reason)
	}
	_, err := c.out.WriteString(body + end)
	return err
}

// cells is the row as it stands, without what an earlier copy added.
func (c *copying) cells(rec *sheet.Record, body string) string {
	if c.mine < 0 || len(rec.Cells) <= c.mine {
		return body
	}
	out := make([]string, c.mine)
	for i := range out {
		out[i] = quote(rec.Cells[i])
	}
	return strings.Join(out, c.delimiter)
}

// quote writes a cell so that every program reads it as the text that it is.
func quote(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// copyBook writes a workbook again.
func (r *Result) copyBook(out io.Writer, file io.ReadSeeker, w Written, say Say) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(file, workbook.MaxFile+1))
	if err != nil {
		return err
	}
	book, err := workbook.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	headings, err := headingsOf(book, w)
	if err != nil {
		return err
	}
	column := map[string]int{}
	end := len(headings)
	for i, h := range headings {
		column[h.Typed] = i
		if strings.HasPrefix(h.Typed, HeadingMark) {
			end = i
		}
	}
	notes := []workbook.Note{{Line: w.Heading, Column: end, Text: HeadingMark + say("spreadsheet.copy.heading")}}
	for _, ref := range r.Refusals {
		for _, p := range ref.Problems {
			if at, ok := column[p.Column]; ok {
				notes = append(notes, workbook.Note{Line: ref.Row, Column: at, Text: sentence(say, p.Key, p.Args), Beside: true})
			}
		}
		notes = append(notes, workbook.Note{Line: ref.Row, Column: end, Text: ref.sentences(say)})
	}
	if book.Large() {
		return workbook.Rewrite(out, book, w.Sheet, notes)
	}
	return workbook.Mark(out, b, w.Sheet, notes)
}

func headingsOf(book *workbook.Book, w Written) ([]sheet.Heading, error) {
	rows, err := book.Rows(w.Sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for {
		rec, err := rows.Next()
		if err != nil || rec.Line == w.Heading {
			if errors.Is(err, io.EOF) {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			return sheet.Headings(rec.Cells), nil
		}
	}
}
