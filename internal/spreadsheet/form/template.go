package form

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// Template is the sheet of one operation that people fill in.
type Template struct {
	Printer    *i18n.Printer
	Categories []string // the operation's, which come first
	Countries  []string // of those who take part: they come first
	Day        string   // of the examples
}

// choices are what a column offers, as it is best typed: the label where that is
// understood, else the code.
func (t Template) choices(name string) []string {
	base, _, _ := strings.Cut(name, ".")
	var list codelist.List
	first := []string(nil)
	switch base {
	case "unit":
		list = codelist.Unit
	case "currency":
		return codelist.Currency.Codes()
	case "hazard":
		return []string{"yes", "no"}
	case "category":
		first = t.Categories
		list = codelist.Category
	default:
		k := spreadsheet.KindOf(base)
		if k.Country() {
			return t.countries()
		}
		var ok bool
		if list, ok = codelist.Named(k.List); !ok || k.List == "" {
			return nil
		}
	}
	var out []string
	for _, code := range inOrder(first, list.Codes()) {
		word := t.Printer.Code(list.Name(), code)
		if typed.Labels(list.Name())[sheet.Plain(word)] != code {
			word = code
		}
		out = append(out, word)
	}
	return out
}

func (t Template) countries() []string {
	var out []string
	codes := codelist.Country.Codes()
	t.Printer.SortByLabel(codes, t.Printer.Country)
	for _, code := range inOrder(t.Countries, codes) {
		word := t.Printer.Country(code)
		if known, _ := typed.CountryOf(word); known != code {
			word = code
		}
		if word != code || slices.Contains(t.Countries, code) {
			out = append(out, word)
		}
	}
	return out
}

// inOrder puts some codes of a list before the others.
func inOrder(first, all []string) []string {
	out := slices.Clone(first)
	for _, code := range all {
		if !slices.Contains(first, code) {
			out = append(out, code)
		}
	}
	return out
}

// examples are rows that show how; their case begins with #, so they are no rows.
func (t Template) examples() [][]string {
	p := t.Printer
	pick := func(name string, n int) string {
		if all := t.choices(name); n < len(all) {
			return all[n]
		}
		return ""
	}
	first := map[string]string{
		Case: "# " + p.T("spreadsheet.template.example"), "day": t.Day, "time": "14:05", "country": pick("country", 0), "direction": pick("direction", 0),
		"conveyance": pick("conveyance", 0), "category": pick("category", 0), "description": p.T("spreadsheet.template.goods"),
		"quantity.1": "120", "unit.1": pick("unit.1", 0), "quantity.2": "36.5", "unit.2": pick("unit.2", 1), "verdict": pick("verdict", 0),
		"marks": "container | CSQU3054383", "remarks": p.T("spreadsheet.template.remarks"),
	}
	second := map[string]string{
		Case: first[Case], "category": pick("category", 1), "quantity.1": "15", "unit.1": pick("unit.1", 0), "remarks": p.T("spreadsheet.template.second"),
	}
	var out [][]string
	for _, values := range []map[string]string{first, second} {
		row := make([]string, len(short))
		for i, name := range short {
			row[i] = values[name]
		}
		out = append(out, row)
	}
	return out
}

// rows is how far down a template offers choices.
const rows = 2000

// Workbook writes the template as XLSX: the sheet to fill in, and a sheet of codes
// from which its columns offer what may stand in them.
func (t Template) Workbook(out io.Writer) error {
	w, err := workbook.NewWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	p := t.Printer
	main, codes := p.T("spreadsheet.template.sheet"), p.T("spreadsheet.template.codes")
	rtl := p.Dir() == "rtl"
	first, err := w.Sheet(main, rtl, widths(len(short))...)
	if err != nil {
		return err
	}
	if err := first.Head(Headings(p, short)); err != nil {
		return err
	}
	for _, row := range t.examples() {
		if err := first.Row(cells(row)); err != nil {
			return err
		}
	}
	offers, err := t.codes(w, main, codes, rtl)
	if err != nil {
		return err
	}
	if err := w.Offer(offers, rows); err != nil {
		return err
	}
	return w.Write(out)
}

func widths(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 18
	}
	return out
}

func cells(row []string) []workbook.Cell {
	out := make([]workbook.Cell, len(row))
	for i, text := range row {
		out[i] = workbook.Text(text)
		switch short[i] {
		case "day":
			out[i] = workbook.Day(text)
		case "quantity.1", "quantity.2":
			if text != "" {
				out[i] = workbook.Number(text)
			}
		}
	}
	return out
}

// codes writes the sheet of codes, a column a list.
func (t Template) codes(w *workbook.Writer, main, name string, rtl bool) ([]workbook.Choice, error) {
	var offers []workbook.Choice
	var heads []string
	var lists [][]string
	longest := 0
	for i, column := range short {
		list := t.choices(column)
		if len(list) == 0 {
			continue
		}
		of := slices.Index(heads, Heading(t.Printer, baseOf(column)))
		if of < 0 {
			of, heads, lists = len(heads), append(heads, Heading(t.Printer, baseOf(column))), append(lists, list)
		}
		longest = max(longest, len(list))
		offers = append(offers, workbook.Choice{Sheet: main, List: name, Column: i, Of: of, To: len(list) + 1,
			Title: t.Printer.T("spreadsheet.template.not-listed"), Text: t.Printer.T("spreadsheet.template.not-listed-text")})
	}
	second, err := w.Sheet(name, rtl, widths(len(heads))...)
	if err != nil {
		return nil, err
	}
	if err := second.Head(heads); err != nil {
		return nil, err
	}
	for n := range longest {
		row := make([]workbook.Cell, len(lists))
		for i, list := range lists {
			if n < len(list) {
				row[i] = workbook.Text(list[n])
			}
		}
		if err := second.Row(row); err != nil {
			return nil, err
		}
	}
	return offers, nil
}

func baseOf(column string) string {
	base, _, _ := strings.Cut(column, ".")
	return base
}

// CSV writes the template as UTF-8 with a byte order mark, by which spreadsheet
// programs know it.
func (t Template) CSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(Headings(t.Printer, short)); err != nil {
		return err
	}
	if err := w.WriteAll(t.examples()); err != nil {
		return err
	}
	return w.Error()
}
