package form

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
)

// Quantities is how many quantities a line has columns for.
const Quantities = 3

// The columns that tell of a case and are not read again.
var told = []string{"organisation", "state", "class", "reported", "further"}

// columns are the names of all columns in their order.
func columns() []string {
	names := []string{Case}
	for _, name := range spreadsheet.FieldNames() {
		switch name {
		case "category":
			names = append(names, name)
		case "declared_description":
			names = append(names, measures()...)
			names = append(names, name)
		case "remarks":
			names = append(names, "declared_quantity", "declared_unit", "declared_value", "declared_currency", name)
		default:
			names = append(names, name)
		}
	}
	return append(names, told...)
}

// Case is the column that names the case.
const Case = "case"

// measures are the columns of quantities and money.
func measures() []string {
	var names []string
	for n := range Quantities {
		for _, name := range []string{"quantity", "unit", "basis"} {
			names = append(names, name+"."+strconv.Itoa(n+1))
		}
	}
	return append(names, "value", "currency", "value_basis")
}

// inWords are the columns that have their meaning beside them.
var inWords = map[string]bool{
	"country": true, "direction": true, "conveyance": true, "detection": true, "concealment": true, "loading": true, "origin": true, "transit": true,
	"destination": true, "status": true, "category": true, "violations": true, "ipr": true, "verdict": true, "verdict_by": true, "state": true, "class": true,
}

// words is the name of the column beside a column of codes.
const words = "+"

// Full are the columns of an export.
func Full() []string {
	var out []string
	for _, name := range columns() {
		out = append(out, name)
		if inWords[name] {
			out = append(out, name+words)
		}
	}
	return out
}

// Cases are the columns of a sheet with one row a case: those that no goods line has.
func Cases() []string {
	var out []string
	for _, name := range Full() {
		base, _, numbered := strings.Cut(strings.TrimSuffix(name, words), ".")
		if base == Case || slices.Contains(told, base) && base != "further" || !numbered && slices.Contains(spreadsheet.FieldNames(), base) && !spreadsheet.KindOf(base).Goods() {
			out = append(out, name)
		}
	}
	return out
}

// short are the columns of a template: those that a report mostly has.
var short = []string{
	Case, "day", "time", "country", "place", "direction", "conveyance", "carrier", "detection", "concealment", "origin", "transit", "destination", "status",
	"category", "sub", "description", "hs", "brand", "holder", "violations", "hazard", "gtin", "batch",
	"quantity.1", "unit.1", "quantity.2", "unit.2", "value", "currency", "verdict", "marks", "remarks",
}

// Heading is what a column is called in a language.
func Heading(p *i18n.Printer, name string) string {
	if base, ok := strings.CutSuffix(name, words); ok {
		return p.T("spreadsheet.in-words", fault.Args{"name": p.T("spreadsheet.column." + base)})
	}
	base, number, numbered := strings.Cut(name, ".")
	heading := p.T("spreadsheet.column." + base)
	if numbered && number != "1" {
		heading += " " + number
	}
	return heading
}

// Headings are those of several columns.
func Headings(p *i18n.Printer, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = Heading(p, name)
	}
	return out
}
