package spreadsheet

import (
	"bytes"
	"errors"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// maxMapping is the size of a mapping file; value tables of thousands of words
// stay far below it.
const maxMapping = 1 << 20

// Mapping says how the rows of one kind of sheet become cases. It is read from
// TOML by ParseMapping and never changes afterwards.
type Mapping struct {
	Sheet      Sheet             `toml:"sheet"`
	Key        Key               `toml:"key"`
	Fields     map[string]*Field `toml:"fields"`
	Quantities []*Quantity       `toml:"quantities"`
	Value      *Amount           `toml:"value"`
	Declared   struct {
		Value    *Amount   `toml:"value"`
		Quantity *Quantity `toml:"quantity"`
	} `toml:"declared"`
	Marks []*MarkColumn `toml:"marks"`

	patterns []typed.Pattern
	order    []string // names of the fields in the order of a case
}

// Sheet is how the file itself is written.
type Sheet struct {
	Encoding  string   `toml:"encoding"`  // utf-8, utf-16, windows-1252, ... (WHATWG names), or xlsx
	Name      string   `toml:"name"`      // of the sheet in a workbook; "": the first
	Delimiter string   `toml:"delimiter"` // "," ";" "tab" "|"
	Heading   int      `toml:"heading"`   // line of the headings, 1 when not given
	Decimal   string   `toml:"decimal"`   // "." or "," (or "٫")
	Group     string   `toml:"group"`     // separator of thousands, "" for none
	Dates     []string `toml:"dates"`     // patterns such as "d-mmm-yy", tried in turn
	Century   int      `toml:"two_digit_years_from"`
	Language  string   `toml:"language"` // of the free text, BCP 47
	HSEdition string   `toml:"hs_edition"`
	Unused    string   `toml:"unused"`  // columns not mapped: "remarks" (default) or "refuse"
	Ignored   []string `toml:"ignored"` // columns left out on purpose
	Defused   bool     `toml:"defused"` // an apostrophe before = + - @ was put there so that no program computes the cell
}

// Key is the identity of a row. Without columns it is the row's content and how
// often the same content came before.
type Key struct {
	Columns []string `toml:"columns"`
	Source  string   `toml:"source"`  // keeps keys of different sheets apart
	Comment string   `toml:"comment"` // rows whose key begins with this are no rows
	Lines   bool     `toml:"lines"`   // rows of one key, below one another, are the goods lines of one case
}

// Field is where one field of a case comes from.
type Field struct {
	Column    string            `toml:"column"`
	Columns   []string          `toml:"columns"` // text fields: several columns, joined
	Join      string            `toml:"join"`
	Constant  string            `toml:"constant"`
	Required  bool              `toml:"required"`
	Values    map[string]string `toml:"values"`     // what stands in a cell -> code
	Partly    map[string]string `toml:"partly"`     // the same, and the text is kept beside the code
	NotStated []string          `toml:"not_stated"` // words that mean an empty cell
	Separate  []string          `toml:"separators"` // several values in one cell
	Several   string            `toml:"several"`    // agree (default), first, refuse
	Part      string            `toml:"part"`       // whole (default), last: of "New York, USA"
	PartSign  string            `toml:"part_separator"`
	After     string            `toml:"text_after"` // behind this sign stands the text beside the code
	Otherwise string            `toml:"otherwise"`  // code of values that nothing fits

	name   string
	kind   Kind
	values map[string]string
	partly map[string]bool
	blank  map[string]bool
}

// Quantity is a column of numbers in one unit, or with the unit beside or
// inside it.
type Quantity struct {
	Column     string            `toml:"column"`
	Unit       string            `toml:"unit"`        // UN/CEFACT Recommendation 20
	UnitColumn string            `toml:"unit_column"` // the unit stands in another column
	Units      map[string]string `toml:"units"`       // what stands there, or after the number -> code
	Basis      string            `toml:"basis"`       // how the number is known (codelist.QuantityBasis)
	BasisFrom  string            `toml:"basis_column"`
	Required   bool              `toml:"required"`
	NotStated  []string          `toml:"not_stated"`

	units map[string]string
	blank map[string]bool
}

// Amount is a column of money, in one currency or with the currency beside it.
type Amount struct {
	Column       string   `toml:"column"`
	Currency     string   `toml:"currency"` // ISO 4217
	CurrencyFrom string   `toml:"currency_column"`
	Basis        string   `toml:"basis"` // what the amount means (codelist.ValueBasis)
	BasisFrom    string   `toml:"basis_column"`
	NotStated    []string `toml:"not_stated"`

	blank map[string]bool
}

// MarkColumn is a column of numbers by which goods travel.
type MarkColumn struct {
	Column     string   `toml:"column"`
	Kind       string   `toml:"kind"`       // codelist.Consignment
	Separators []string `toml:"separators"` // between several; ";" and "," if not given
}

// Written is how the sheet is written, for a copy of it.
func (m *Mapping) Written() outcome.Written {
	return outcome.Written{Encoding: m.Sheet.Encoding, Delimiter: m.Sheet.Delimiter, Sheet: m.Sheet.Name, Heading: m.Sheet.Heading}
}

// Workbook is the encoding of XLSX, whose cells say themselves what they are.
const Workbook = "xlsx"

// ParseMapping reads and checks a mapping. Its errors are faults whose field
// path is the key in the file; unknown keys are refused, because a misspelt one
// would change the meaning silently.
func ParseMapping(data []byte) (*Mapping, error) {
	if len(data) > maxMapping {
		return nil, fault.Of(fault.TooLarge, "spreadsheet.mapping.too-large")
	}
	m := &Mapping{}
	meta, err := toml.NewDecoder(bytes.NewReader(data)).Decode(m)
	if err != nil {
		var pe toml.ParseError
		if errors.As(err, &pe) {
			return nil, fault.Of(fault.Invalid, "spreadsheet.mapping.toml",
				fault.Args{"line": int64(pe.Position.Line), "detail": pe.Message}).Because(err)
		}
		return nil, fault.Of(fault.Invalid, "spreadsheet.mapping.toml-type", fault.Args{"detail": err.Error()}).Because(err)
	}
	var p fault.Problems
	for _, key := range meta.Undecoded() {
		p.Add(key.String(), "spreadsheet.mapping.unknown-key", fault.Args{"name": key.String()})
	}
	m.check(&p)
	if err := p.Fault(); err != nil {
		f, _ := errors.AsType[*fault.Fault](err)
		f.Key = "spreadsheet.mapping.invalid"
		return nil, f
	}
	return m, nil
}

func (m *Mapping) check(p *fault.Problems) {
	m.Sheet.check(p)
	if m.Sheet.Encoding == Workbook && len(m.Sheet.Dates) == 0 {
		m.Sheet.Dates = []string{"yyyy-mm-dd"} // of days that are written as texts
	}
	short := false
	for _, text := range m.Sheet.Dates {
		pattern, ok := typed.ParsePattern(text)
		if !ok {
			p.Add("sheet.dates", "spreadsheet.mapping.date-pattern", fault.Args{"value": text})
			continue
		}
		short = short || pattern.ShortYear()
		m.patterns = append(m.patterns, pattern)
	}
	if len(m.Sheet.Dates) == 0 {
		p.Add("sheet.dates", "spreadsheet.mapping.missing", fault.Args{"name": "sheet.dates"})
	}
	if short && (m.Sheet.Century < 1000 || m.Sheet.Century > 2100) {
		p.Add("sheet.two_digit_years_from", "spreadsheet.mapping.century")
	}
	for name := range m.Fields {
		if _, ok := kinds[name]; !ok {
			p.Add("fields."+name, "spreadsheet.mapping.unknown-field", fault.Args{"name": name})
		}
	}
	for _, name := range fieldNames {
		f := m.Fields[name]
		if f == nil {
			if kinds[name].Needed {
				p.Add("fields."+name, "spreadsheet.mapping.missing", fault.Args{"name": "fields." + name})
			}
			continue
		}
		m.order = append(m.order, name)
		f.name, f.kind = name, kinds[name]
		f.check("fields."+name, p)
	}
	if m.Key.Lines && len(m.Key.Columns) == 0 {
		p.Add("key.lines", "spreadsheet.mapping.missing", fault.Args{"name": "key.columns"})
	}
	m.checkQuantities(p)
	m.checkAmounts(p)
}

func (s *Sheet) check(p *fault.Problems) {
	if s.Heading == 0 {
		s.Heading = 1
	}
	if s.Unused == "" {
		s.Unused = "remarks"
	}
	one := func(name, value string, allowed ...string) {
		for _, a := range allowed {
			if value == a {
				return
			}
		}
		p.Add("sheet."+name, "spreadsheet.mapping.one-of", fault.Args{"name": "sheet." + name, "value": value, "allowed": quoted(allowed)})
	}
	if s.Encoding == Workbook {
		if s.Decimal == "" {
			s.Decimal = "."
		}
		one("delimiter", s.Delimiter, "")
	} else if _, ok := sheet.Encoding(s.Encoding); !ok {
		p.Add("sheet.encoding", "spreadsheet.mapping.encoding", fault.Args{"value": s.Encoding})
	}
	if s.Encoding != Workbook && s.Name != "" {
		p.Add("sheet.name", "spreadsheet.mapping.workbook-only", fault.Args{"name": "sheet.name"})
	}
	if _, ok := sheet.Delimiter(s.Delimiter); !ok && s.Encoding != Workbook {
		one("delimiter", s.Delimiter, ",", ";", "tab", "|")
	}
	one("decimal", s.Decimal, ".", ",", "٫")
	one("group", s.Group, "", ",", ".", " ", "'", "٬")
	one("hs_edition", s.HSEdition, "", "2012", "2017", "2022")
	one("unused", s.Unused, "remarks", "refuse")
	if s.Decimal == s.Group {
		p.Add("sheet.group", "spreadsheet.mapping.same-signs")
	}
	if s.Heading < 1 || s.Heading > 1000 {
		p.Add("sheet.heading", "spreadsheet.mapping.heading")
	}
	if s.Language != "" && !validLanguage(s.Language) {
		p.Add("sheet.language", "spreadsheet.mapping.language", fault.Args{"value": s.Language})
	}
}

func quoted(list []string) string {
	q := make([]string, len(list))
	for i, v := range list {
		q[i] = `"` + v + `"`
	}
	return strings.Join(q, " ")
}
