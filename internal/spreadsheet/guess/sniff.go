package guess

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// sniffEncoding finds the encoding of a whole file: by its byte order mark, by
// the zero bytes of UTF-16, by being valid UTF-8, and otherwise by which of the
// common single-byte encodings gives the most ordinary letters.
func sniffEncoding(data []byte) string {
	if mark := sheet.Mark(data); mark != "" {
		return mark
	}
	head := data[:min(len(data), 4096)]
	even, odd := 0, 0
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	switch {
	case odd > len(head)/8 && odd > 4*even:
		return "utf-16le"
	case even > len(head)/8 && even > 4*odd:
		return "utf-16be"
	case utf8.Valid(data):
		return "utf-8"
	}
	return sniffSingleByte(data)
}

// sniffSingleByte: in Latin text letters above 127 stand alone between plain
// ones, in Arabic and Cyrillic text they stand in rows.
func sniffSingleByte(data []byte) string {
	high, rows := 0, 0
	for i, b := range data {
		if b >= 0x80 {
			high++
			if i > 0 && data[i-1] >= 0x80 {
				rows++
			}
		}
	}
	if rows*2 < high {
		return "windows-1252"
	}
	best, name := -1, "windows-1252"
	for _, try := range []struct{ name, usual string }{
		{"windows-1256", "ابتدرسعلمنهويةأ"},
		{"windows-1251", "аеиолнрствкмду"},
		{"windows-1253", "αειοητσνρκλμπς"},
	} {
		enc, _ := sheet.Encoding(try.name)
		text, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			continue
		}
		score := 0
		for _, r := range string(text) {
			if strings.ContainsRune(try.usual, r) {
				score++
			}
		}
		if score > best {
			best, name = score, try.name
		}
	}
	return name
}

// shape is how the sheet stands in the file.
type shape struct {
	delimiter string
	heading   int // line
	headings  []string
	rows      []*sheet.Record
	beyond    int // rows that were counted only
}

// sniffShape finds delimiter and headings. The delimiter is the one that cuts
// the most lines into the same number of cells, more than one; the headings are
// the first line with text in most of those cells.
func sniffShape(text []byte) (*shape, bool) {
	var best *shape
	score := 0.0
	for _, name := range []string{",", ";", "tab", "|"} {
		sign, _ := sheet.Delimiter(name)
		rows, err := allRows(text, sign)
		if err != nil {
			continue
		}
		width, same := usualWidth(rows)
		if width < 2 {
			continue
		}
		if s := float64(same)/float64(len(rows)) + 0.01*float64(min(width, 20)); s > score {
			score, best = s, &shape{delimiter: name, rows: rows}
			best.heading = headingRow(rows, width)
		}
	}
	if best == nil || best.heading == 0 {
		return nil, false
	}
	for i, rec := range best.rows {
		if rec.Line == best.heading {
			best.headings, best.rows = rec.Cells, best.rows[i+1:]
			break
		}
	}
	return best, true
}

func allRows(text []byte, delimiter byte) ([]*sheet.Record, error) {
	in := sheet.NewReader(bytes.NewReader(text), delimiter)
	var rows []*sheet.Record
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if !rec.Empty() {
			rows = append(rows, rec)
		}
	}
}

func usualWidth(rows []*sheet.Record) (width, same int) {
	count := map[int]int{}
	for _, rec := range rows {
		if rec.Fault == "" {
			count[len(rec.Cells)]++
		}
	}
	for w, n := range count {
		if n > same || (n == same && w > width) {
			width, same = w, n
		}
	}
	return width, same
}

func headingRow(rows []*sheet.Record, width int) int {
	for _, rec := range rows[:min(len(rows), 100)] {
		texts, filled := 0, 0
		for _, c := range rec.Cells {
			if c = sheet.Trim(c); c != "" {
				filled++
				if strings.ContainsFunc(c, unicode.IsLetter) {
					texts++
				}
			}
		}
		if rec.Fault == "" && filled >= 2 && filled*5 >= width*3 && texts*2 >= filled {
			return rec.Line
		}
	}
	return 0
}

// maxRows is how many rows of a workbook are looked at; the others are counted.
const maxRows = 10_000

// maxLook is how much of a text is looked at, up to a line's end; the lines behind
// it are counted.
const maxLook = 8 << 20

// beginning cuts a text to what is looked at.
func beginning(text []byte) (look []byte, beyond int) {
	if len(text) <= maxLook {
		return text, 0
	}
	end := bytes.LastIndexByte(text[:maxLook], '\n') + 1
	if end == 0 {
		end = maxLook
	}
	return text[:end], bytes.Count(text[end:], []byte{'\n'})
}

// shapeOfBook finds the headings of a sheet of a workbook; nil: there are none.
func shapeOfBook(book *workbook.Book, name string) (*shape, error) {
	in, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var rows []*sheet.Record
	width, beyond := 0, 0
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case rec.Empty():
		case len(rows) < maxRows:
			rows, width = append(rows, rec), max(width, min(len(rec.Cells), sheet.MaxColumns))
		default:
			beyond++
		}
	}
	usual, _ := usualWidth(rows)
	for _, width := range []int{width, usual} { // notes may stand beside the sheet
		if line := headingRow(rows, width); line > 0 {
			i := slices.IndexFunc(rows, func(r *sheet.Record) bool { return r.Line == line })
			return &shape{heading: line, headings: rows[i].Cells, rows: rows[i+1:], beyond: beyond}, nil
		}
	}
	return nil, nil
}
