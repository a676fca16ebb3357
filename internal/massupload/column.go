package massupload

import (
	"strconv"
	"strings"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// How many of each a row has columns for.
const (
	features = 8
	shots    = 3
)

// Columns are the columns of the template in their order.
func Columns() []string {
	out := []string{"number", "brand", "name", "category", "hs", "gtin", "sku", "language", "description", "packaging", "handling", "danger", "valid"}
	for n := range features {
		for _, part := range []string{"title", "genuine", "fake"} {
			out = append(out, part+"."+strconv.Itoa(n+1))
		}
	}
	for n := range shots {
		out = append(out, "genuine-picture."+strconv.Itoa(n+1), "fake-picture."+strconv.Itoa(n+1))
	}
	return out
}

// Heading is what a column is called.
func Heading(p *i18n.Printer, column string) string {
	base, number, _ := strings.Cut(column, ".")
	return p.T("massupload.column."+base, fault.Args{"n": number})
}

// byHeading gives the column of a heading in any language, or of its code.
var byHeading = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, column := range Columns() {
		out[sheet.Plain(column)] = column
		for _, lang := range i18n.Languages() {
			out[sheet.Plain(Heading(i18n.NewPrinter(lang), column))] = column
		}
	}
	return out
})

// columnsOf finds the columns of a row of headings by their place, and headings that
// mean nothing.
func columnsOf(cells []string) (at map[string]int, unknown []string) {
	at = map[string]int{}
	for i, c := range cells {
		column := byHeading()[sheet.Plain(c)]
		_, twice := at[column]
		switch {
		case sheet.Trim(c) == "":
		case column == "" || twice:
			unknown = append(unknown, sheet.Trim(c))
		default:
			at[column] = i
		}
	}
	return at, unknown
}
