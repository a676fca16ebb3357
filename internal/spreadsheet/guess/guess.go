package guess

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// maxGuess is the size of the file that Guess reads, whole; a sample of a
// larger one gives the same mapping.
const maxGuess = 64 << 20

// Guess writes a first mapping of a sheet, from its headings and values: TOML
// with comments, good enough to run, and meant to be read before it is. What it
// could not tell, such as whether 03/04/2017 is in March or in April, it says
// in a comment that starts with AMBIGUOUS, and the mapping then refuses the
// rows in question instead of choosing. now bounds years of two digits.
func Guess(in io.Reader, now time.Time) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxGuess+1))
	if err != nil {
		return nil, fmt.Errorf("spreadsheet.guess: %w", err)
	}
	if len(data) > maxGuess {
		return nil, fault.Of(fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(maxGuess >> 20)})
	}
	encoding := sniffEncoding(data)
	decoded, err := sheet.Decode(bytes.NewReader(data), encoding)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		return nil, fmt.Errorf("spreadsheet.guess: %w", err)
	}
	s, ok := sniffShape(text)
	if !ok || len(s.headings) > sheet.MaxColumns {
		return nil, fault.Of(fault.Invalid, "spreadsheet.file.no-sheet")
	}
	columns := columnsOf(s)
	w := &writer{columns: columns, roles: cast(columns, now)}
	w.sheet(encoding, s)
	w.key()
	w.fields()
	w.quantities()
	w.rest()
	return w.Bytes(), nil
}

// writer composes the mapping.
type writer struct {
	bytes.Buffer
	columns []*column
	roles   *roles
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) sheet(encoding string, s *shape) {
	w.line("# A first mapping, made from the headings and values of %d rows. Read it before you use it:", len(s.rows))
	w.line("# AMBIGUOUS marks what the sheet does not tell, \"read as\" a spelling that was taken for another.")
	w.line("")
	w.line("[sheet]")
	w.line("encoding = %s", quote(encoding))
	w.line("delimiter = %s", quote(s.delimiter))
	w.line("heading = %d", s.heading)
	w.numberSigns()
	w.dates()
	if lang := w.language(); lang != "" {
		w.line("language = %s # of the free text", quote(lang))
	}
}

func (w *writer) numberSigns() {
	var cells []string
	for _, m := range w.roles.quantities {
		cells = append(cells, m.column.distinct...)
	}
	n := numberSigns(cells)
	if n.ambiguous != "" {
		w.line("# AMBIGUOUS: %s may have a decimal sign or a separator of thousands. Such rows are refused", quote(n.ambiguous))
		w.line("# until decimal and group say which.")
	}
	w.line("decimal = %s", quote(n.decimal))
	w.line("group = %s # separator of thousands", quote(n.group))
}

func (w *writer) dates() {
	d := w.roles.days
	if len(d.patterns) == 0 {
		w.line(`# No column of dates was found; correct this and fields.day.`)
		d.patterns = []string{"yyyy-mm-dd"}
	}
	if d.ambiguous {
		w.line("# AMBIGUOUS: day and month cannot be told apart. Rows that are two different days are refused")
		w.line("# until one of the patterns is taken away.")
	} else if d.counter > 0 {
		w.line("# %d dates fit only with day and month exchanged; their rows are refused.", d.counter)
	}
	list := make([]string, len(d.patterns))
	for i, p := range d.patterns {
		list[i] = quote(p)
	}
	w.line("dates = [%s]", strings.Join(list, ", "))
	if d.short {
		w.line("two_digit_years_from = %d", w.roles.century)
	}
}

// language of the headings, which is mostly that of the free text.
func (w *writer) language() string {
	for _, c := range w.columns {
		for _, r := range c.whole {
			switch {
			case r >= 0x0600 && r <= 0x06FF:
				return "ar"
			case r >= 0x0400 && r <= 0x04FF:
				return "ru"
			}
		}
	}
	best, most := "", 0
	for _, lang := range []string{"en", "fr", "es", "pt", "de"} {
		n := 0
		for _, c := range w.columns {
			for _, word := range words().languages[lang] {
				if containsRun(strings.Fields(c.whole), strings.Fields(word)) {
					n++
				}
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	return best
}

func (w *writer) key() {
	w.line("")
	c := w.roles.key
	if c == nil {
		w.line("# No column names each row once: a row is known by its content and its occurrence.")
		w.line("# [key]")
		w.line(`# columns = ["..."]`)
		return
	}
	var names []string
	for _, c := range w.columns {
		names = append(names, c.heading.Name)
	}
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	w.line("[key]")
	w.line("columns = [%s] # filled in every row, never twice", quote(c.heading.Typed))
	w.line("source = %s # keeps these keys apart from those of other sheets", quote("sheet-"+hex.EncodeToString(sum[:4])))
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7F || r >= 0x80 && r < 0xA0 || r == 0xAD || r >= 0x2028 && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
