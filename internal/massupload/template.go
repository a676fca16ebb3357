package massupload

import (
	"io"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// Template writes the workbook that people fill in, with brands and categories to
// choose from, and one row that shows how: its number begins with #, so it is none.
func Template(out io.Writer, p *i18n.Printer, brands []string, valid string) error {
	w, err := workbook.NewWriter()
	if err != nil {
		return err
	}
	defer w.Close()
	rtl := p.Dir() == "rtl"
	columns := Columns()
	widths := make([]float64, len(columns))
	var headings []string
	for i, c := range columns {
		widths[i] = 22
		headings = append(headings, Heading(p, c))
	}
	main, lists := p.T("massupload.template.sheet"), p.T("massupload.template.lists")
	first, err := w.Sheet(main, rtl, widths...)
	if err != nil {
		return err
	}
	if err := first.Head(headings); err != nil {
		return err
	}
	if err := first.Row(example(p, columns, brands, valid)); err != nil {
		return err
	}
	second, err := w.Sheet(lists, rtl, 30, 40, 20)
	if err != nil {
		return err
	}
	categories := codelist.Category.Codes()
	if err := second.Head([]string{Heading(p, "brand"), Heading(p, "category"), ""}); err != nil {
		return err
	}
	for i := range max(len(brands), len(categories)) {
		row := make([]workbook.Cell, 3)
		if i < len(brands) {
			row[0] = workbook.Text(brands[i])
		}
		if i < len(categories) {
			row[1], row[2] = workbook.Text(categories[i]), workbook.Text(p.Code("category", categories[i]))
		}
		if err := second.Row(row); err != nil {
			return err
		}
	}
	choices := []workbook.Choice{{Sheet: main, List: lists, Column: 3, Of: 1, To: len(categories) + 1, Title: Heading(p, "category"), Text: p.T("massupload.template.other")}}
	if len(brands) > 0 {
		choices = append(choices, workbook.Choice{Sheet: main, List: lists, Column: 1, Of: 0, To: len(brands) + 1, Title: Heading(p, "brand"), Text: p.T("massupload.template.other")})
	}
	if err := w.Offer(choices, MaxRows+1); err != nil {
		return err
	}
	return w.Write(out)
}

func example(p *i18n.Printer, columns, brands []string, valid string) []workbook.Cell {
	brand := ""
	if len(brands) > 0 {
		brand = brands[0]
	}
	values := map[string]string{"number": "# " + p.T("massupload.template.example"), "brand": brand, "name": p.T("massupload.template.name"), "category": "FTW",
		"hs": "6404", "gtin": "4006381333931", "language": string(p.Lang()), "valid": valid, "title.1": p.T("massupload.template.title"),
		"genuine.1": p.T("massupload.template.genuine"), "fake.1": p.T("massupload.template.fake"), "genuine-picture.1": p.T("massupload.template.picture")}
	cells := make([]workbook.Cell, len(columns))
	for i, c := range columns {
		if c == "valid" {
			cells[i] = workbook.Day(values[c])
			continue
		}
		cells[i] = workbook.Text(values[c])
	}
	return cells
}
