package guess

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/form"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// maxGuess is the size of the file that Guess reads, whole; a sample of a
// larger one gives the same mapping.
const maxGuess = 64 << 20

// Choices overrule what the sheet says of itself.
type Choices struct {
	Roles    []string // of each column, from the left (Roles); nil: all as they are found
	Sheet    string   // of a workbook; "": the first
	Country  string   // of all rows, where no column says it
	Category string
	Currency string // of amounts, where no column says it
	Dates    string // the one pattern of dates; "": as found
	Decimal  string // the decimal sign; "": as found
}

// Guessed is a first mapping, and what it was made from.
type Guessed struct {
	Mapping   []byte
	Own       bool // the sheet is the product's own: nothing was guessed
	Encoding  string
	Delimiter string // "" in a workbook
	Sheet     string // of a workbook
	Sheets    []string
	Heading   int // line
	Rows      int // below it
	Columns   []Column
	Dates     []string // patterns, more than one where day and month cannot be told apart
	Decimal   string
}

// Column is one column of the sheet with its role.
type Column struct {
	Heading string
	Role    string
	Samples []string // different values, from the top
}

// Guess writes a first mapping of a sheet, from its headings and values: TOML
// with comments, good enough to run, and meant to be read before it is. What it
// could not tell, such as whether 03/04/2017 is in March or in April, it says
// in a comment that starts with AMBIGUOUS, and the mapping then refuses the
// rows in question instead of choosing. now bounds years of two digits.
func Guess(in io.Reader, now time.Time) ([]byte, error) {
	g, err := Make(in, now, Choices{})
	return g.Mapping, err
}

// Make is Guess under somebody's choices, and tells what it found.
func Make(in io.Reader, now time.Time, with Choices) (Guessed, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxGuess+1))
	if err != nil {
		return Guessed{}, fmt.Errorf("spreadsheet.guess: %w", err)
	}
	if len(data) > maxGuess {
		return Guessed{}, fault.Of(fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(maxGuess >> 20)})
	}
	g := Guessed{}
	s, err := g.shape(data, with)
	if err != nil {
		return g, err
	}
	if s == nil || len(s.headings) > sheet.MaxColumns {
		return g, fault.Of(fault.Invalid, "spreadsheet.file.no-sheet")
	}
	if form.Is(s.headings) && with.Roles == nil {
		g.own(s)
		return g, nil
	}
	columns := columnsOf(s)
	w := &writer{columns: columns, roles: cast(columns, now, with), with: with}
	w.sheet(&g, s)
	w.key()
	w.fields()
	w.quantities()
	w.money()
	w.marks()
	w.rest()
	g.Mapping, g.Rows = w.Bytes(), len(s.rows)+s.beyond
	for i, c := range columns {
		g.Columns = append(g.Columns, Column{Heading: c.heading.Typed, Role: w.roles.of[i], Samples: c.distinct[:min(3, len(c.distinct))]})
	}
	return g, nil
}

// own takes the product's own sheet, about which nothing has to be guessed.
func (g *Guessed) own(s *shape) {
	written := "encoding = " + quote(g.Encoding) + "\nheading = " + strconv.Itoa(s.heading)
	if g.Encoding == spreadsheet.Workbook {
		written += "\nname = " + quote(g.Sheet)
	} else {
		written += "\ndelimiter = " + quote(s.delimiter)
	}
	columns := columnsOf(s)
	headings := make([]sheet.Heading, len(columns))
	for i, c := range columns {
		headings[i] = c.heading
	}
	var names []string
	g.Mapping, names = form.Mapping(headings, written)
	g.Own, g.Rows, g.Dates, g.Decimal = true, len(s.rows)+s.beyond, []string{"yyyy-mm-dd"}, "."
	for i, c := range columns {
		g.Columns = append(g.Columns, Column{Heading: c.heading.Typed, Role: ownRole(names[i]), Samples: c.distinct[:min(3, len(c.distinct))]})
	}
}

// ownRole is the role of a column of the product's own sheet.
func ownRole(name string) string {
	base, _, numbered := strings.Cut(name, ".")
	switch {
	case name == "":
		return RoleIgnored
	case numbered, slices.Contains(spreadsheet.FieldNames(), name):
		return base
	case name == "value_basis":
		return RoleMeaning
	}
	return name
}

// shape finds how the sheet stands in the file; nil: there is none.
func (g *Guessed) shape(data []byte, with Choices) (*shape, error) {
	var s *shape
	if workbook.Is(data) {
		book, err := workbook.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return nil, err
		}
		g.Encoding, g.Sheets, g.Sheet = spreadsheet.Workbook, book.Sheets(), with.Sheet
		if g.Sheet == "" && len(g.Sheets) > 0 {
			g.Sheet = g.Sheets[0]
		}
		if s, err = shapeOfBook(book, g.Sheet); err != nil || s == nil {
			return nil, err
		}
	} else {
		g.Encoding = sniffEncoding(data)
		decoded, err := sheet.Decode(bytes.NewReader(data), g.Encoding)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(decoded)
		if err != nil {
			return nil, fmt.Errorf("spreadsheet.guess: %w", err)
		}
		text, beyond := beginning(text)
		var ok bool
		if s, ok = sniffShape(text); !ok {
			return nil, nil
		}
		s.beyond = beyond
	}
	g.Delimiter, g.Heading = s.delimiter, s.heading
	return s, nil
}

// writer composes the mapping.
type writer struct {
	bytes.Buffer
	columns []*column
	roles   *roles
	with    Choices
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) sheet(g *Guessed, s *shape) {
	w.line("# A first mapping, made from the headings and values of %d rows. Read it before you use it:", len(s.rows))
	w.line("# AMBIGUOUS marks what the sheet does not tell, \"read as\" a spelling that was taken for another.")
	w.line("")
	w.line("[sheet]")
	w.line("encoding = %s", quote(g.Encoding))
	if g.Encoding == spreadsheet.Workbook {
		w.line("name = %s", quote(g.Sheet))
	} else {
		w.line("delimiter = %s", quote(s.delimiter))
	}
	w.line("heading = %d", s.heading)
	g.Decimal = w.numberSigns()
	g.Dates = w.dates()
	if len(w.roles.ignored) > 0 {
		var names []string
		for _, c := range w.roles.ignored {
			names = append(names, c.heading.Typed)
		}
		w.line("ignored = %s", list(names))
	}
	if lang := w.language(); lang != "" {
		w.line("language = %s # of the free text", quote(lang))
	}
}

func (w *writer) numberSigns() string {
	var cells []string
	for _, m := range w.roles.quantities {
		cells = append(cells, m.column.texts...)
	}
	for _, c := range w.roles.amounts() {
		cells = append(cells, c.texts...)
	}
	n := numberSigns(cells)
	if w.with.Decimal != "" {
		n = n.chosen(w.with.Decimal)
	}
	if n.ambiguous != "" {
		w.line("# AMBIGUOUS: %s may have a decimal sign or a separator of thousands. Such rows are refused", quote(n.ambiguous))
		w.line("# until decimal and group say which.")
	}
	w.line("decimal = %s", quote(n.decimal))
	w.line("group = %s # separator of thousands", quote(n.group))
	return n.decimal
}

func (w *writer) dates() []string {
	d := w.roles.days
	if p, ok := typed.ParsePattern(w.with.Dates); ok {
		d = datesFound{patterns: []string{w.with.Dates}, short: p.ShortYear()}
	}
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
	return d.patterns
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
	if w.roles.lines {
		w.line("columns = [%s]", quote(c.heading.Typed))
	} else {
		w.line("columns = [%s] # filled in every row, never twice", quote(c.heading.Typed))
	}
	if w.roles.lines {
		w.line("lines = true # rows of one key below one another are one case")
	}
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
