package workbook

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// maxLines is how many rows a sheet can have.
const maxLines = 1 << 20

// Rows are the rows of one sheet that say something, in their order.
type Rows struct {
	book   *Book
	in     io.ReadCloser
	s      *scanner
	line   int // of the row read last
	merged []merged
	held   map[int]merged // by column: what stands in cells made one, while its rows last
	ended  bool
}

// merged are cells made one: rows from and to, columns left and right.
type merged struct {
	from, to, left, right int
	text                  string
	kind                  sheet.Kind
}

// Rows opens a sheet by its name; "": the first one. Close it.
func (b *Book) Rows(name string) (*Rows, error) {
	t, err := b.find(name)
	if err != nil {
		return nil, err
	}
	r := &Rows{book: b, held: map[int]merged{}}
	if r.merged, err = b.mergedOf(t); err != nil {
		return nil, unreadable(err)
	}
	if r.in, err = b.part(t.part); err != nil {
		return nil, unreadable(err)
	}
	r.s = newScanner(r.in)
	return r, nil
}

// Close ends the reading.
func (r *Rows) Close() error { return r.in.Close() }

var mergeTag = regexp.MustCompile(`mergeCell\s[^>]*ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"`)

// mergedOf finds the cells that were made one. They stand behind all rows, so the
// part is looked through once before; only its bytes, which is quick.
func (b *Book) mergedOf(t tab) ([]merged, error) {
	in, err := b.part(t.part)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out []merged
	const overlap = 200
	window := make([]byte, 0, 256<<10)
	for done := false; !done; {
		n, err := io.ReadFull(in, window[len(window):cap(window)])
		if window = window[:len(window)+n]; err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return nil, err
			}
			done = true
		}
		end := 0
		for _, at := range mergeTag.FindAllSubmatchIndex(window, -1) {
			out = append(out, rangeOf(window, at))
			end = at[1]
		}
		if len(out) > maxMerged {
			return nil, hostile("spreadsheet.file.bomb")
		}
		rest := window[max(end, len(window)-overlap):]
		window = window[:copy(window[:cap(window)], rest)]
	}
	out = slices.DeleteFunc(out, func(m merged) bool { return m.to < m.from || m.right < m.left || m.left >= sheet.MaxColumns })
	slices.SortFunc(out, func(a, b merged) int { return a.from - b.from })
	return out, nil
}

func rangeOf(window []byte, at []int) merged {
	part := func(i int) []byte { return window[at[2*i]:at[2*i+1]] }
	row := func(i int) int { n, _ := strconv.Atoi(string(part(i))); return n }
	return merged{left: columnOf(part(1)), from: row(2), right: columnOf(part(3)), to: row(4)}
}

// columnOf reads the letters of a cell's name: A is 0.
func columnOf(letters []byte) int {
	n := 0
	for _, c := range letters {
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// Next gives the next row that is written in the file, or io.EOF.
func (r *Rows) Next() (*sheet.Record, error) {
	if r.ended {
		return nil, io.EOF
	}
	for {
		t, err := r.s.next()
		if errors.Is(err, io.EOF) {
			r.ended = true
			return nil, io.EOF
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if t == tokenStart && r.s.is("row") {
			rec, err := r.row()
			if err != nil {
				return nil, unreadable(err)
			}
			return rec, nil
		}
	}
}

func (r *Rows) row() (*sheet.Record, error) {
	line := r.line + 1
	if typed := r.s.attr("r"); typed != nil {
		var err error
		if line, err = strconv.Atoi(string(typed)); err != nil || line <= r.line || line > maxLines {
			return nil, fmt.Errorf("%w: row %q behind row %d", errXML, typed, r.line)
		}
	}
	r.line = line
	rec := &sheet.Record{Line: line, Hidden: truth(r.s.attr("hidden")), Kinds: []sheet.Kind{}}
	for next := 0; ; {
		t, err := r.s.next()
		if err != nil {
			return nil, unexpected(err)
		}
		switch {
		case t == tokenEnd && r.s.is("row"):
			r.fill(rec)
			return rec, nil
		case t == tokenStart && r.s.is("c"):
			if next, err = r.cell(rec, next); err != nil {
				return nil, err
			}
		}
	}
}

// cell reads one cell into its place and gives the place behind it.
func (r *Rows) cell(rec *sheet.Record, at int) (int, error) {
	if name := r.s.attr("r"); name != nil {
		end := 0
		for end < len(name) && name[end] >= 'A' && name[end] <= 'Z' {
			end++
		}
		if end == 0 || end > 3 {
			return 0, fmt.Errorf("%w: cell %q", errXML, name)
		}
		at = columnOf(name[:end])
	}
	kind := string(r.s.attr("t"))
	style, _ := strconv.Atoi(string(r.s.attr("s")))
	c, err := r.content()
	if err != nil {
		return 0, err
	}
	text, is := r.meaning(kind, style, c)
	if text == "" && is != sheet.Wrong {
		return at + 1, nil
	}
	if at >= sheet.MaxColumns {
		rec.Fault, rec.Text = "spreadsheet.row.too-many-cells", sheet.Beginning(text)
		return at + 1, nil
	}
	if len(text) > sheet.MaxCell && utf8.RuneCountInString(text) > sheet.MaxCell {
		rec.Fault, rec.Text = "spreadsheet.row.cell-too-long", sheet.Beginning(text)
	}
	if c.formula {
		is |= sheet.Computed
	}
	put(rec, at, text, is)
	return at + 1, nil
}

func put(rec *sheet.Record, at int, text string, kind sheet.Kind) {
	for len(rec.Cells) <= at {
		rec.Cells, rec.Kinds = append(rec.Cells, ""), append(rec.Kinds, sheet.Text)
	}
	rec.Cells[at], rec.Kinds[at] = text, kind
}

// content is what stands in a cell.
type content struct {
	value    string
	inline   texts
	formula  bool
	computed bool // there is a value, be it an empty one
}

// content reads up to the end of the cell.
func (r *Rows) content() (content, error) {
	var c content
	inValue, beside := false, false
	for {
		t, err := r.s.next()
		if err != nil {
			return c, unexpected(err)
		}
		switch {
		case t == tokenEnd && r.s.is("c"):
			return c, nil
		case t == tokenText && inValue:
			c.value += string(r.s.text)
		case t != tokenText && r.s.is("v"):
			inValue, c.computed = t == tokenStart, true
		case t == tokenStart && r.s.is("f"):
			c.formula = true
		case t != tokenText && r.s.is("is"):
			beside = t == tokenStart
		}
		if beside {
			c.inline.take(r.s, t)
		}
	}
}

// meaning says what a cell of a type means.
func (r *Rows) meaning(kind string, style int, c content) (string, sheet.Kind) {
	if c.formula && !c.computed {
		return "", sheet.Wrong
	}
	switch kind {
	case "s":
		if n, err := strconv.Atoi(c.value); err == nil && n >= 0 && n < len(r.book.texts) {
			return r.book.texts[n], sheet.Text
		}
		return c.value, sheet.Wrong
	case "inlineStr":
		return string(c.inline.text), sheet.Text
	case "str":
		return c.value, sheet.Text
	case "b":
		if truth([]byte(c.value)) {
			return "TRUE", sheet.Text
		}
		return "FALSE", sheet.Text
	case "e":
		return c.value, sheet.Wrong
	case "d":
		return isoDay(c.value)
	}
	if c.value == "" {
		return "", sheet.Text
	}
	v, err := strconv.ParseFloat(c.value, 64)
	if err != nil {
		return c.value, sheet.Wrong
	}
	var f format
	if style >= 0 && style < len(r.book.styles) {
		f = r.book.styles[style]
	}
	return f.say(v, r.book.y1904)
}

var isoForm = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.0+)?Z?)?$`)

func isoDay(v string) (string, sheet.Kind) {
	m := isoForm.FindStringSubmatch(v)
	switch {
	case m == nil:
		return v, sheet.Text
	case m[2] == "" || m[2] == "00:00" && (m[3] == "" || m[3] == ":00"):
		return m[1], sheet.Day
	case m[3] == ":00":
		return m[1] + "T" + m[2], sheet.Day
	}
	return m[1] + "T" + m[2] + m[3], sheet.Day
}

// fill puts what stands in the first of cells made one into the others.
func (r *Rows) fill(rec *sheet.Record) {
	for len(r.merged) > 0 && r.merged[0].from <= rec.Line {
		m := r.merged[0]
		r.merged = r.merged[1:]
		if m.from == rec.Line && m.left < len(rec.Cells) {
			m.text, m.kind = rec.Cells[m.left], rec.Kinds[m.left]
			if m.to > m.from && m.text != "" {
				r.held[m.left] = m
			}
			for at := m.left + 1; at <= min(m.right, len(rec.Cells)-1) && m.text != ""; at++ {
				if rec.Cells[at] == "" {
					rec.Cells[at], rec.Kinds[at], rec.Merged = m.text, m.kind, true
				}
			}
		}
	}
	for left, m := range r.held {
		switch {
		case m.to < rec.Line:
			delete(r.held, left)
		case m.from < rec.Line:
			for at := m.left; at <= min(m.right, sheet.MaxColumns-1); at++ {
				if at >= len(rec.Cells) || rec.Cells[at] == "" {
					put(rec, at, m.text, m.kind)
					rec.Merged = true
				}
			}
		}
	}
}
