package form

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// byHeading gives the column of a heading in any language, in plain text.
var byHeading = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, lang := range i18n.Languages() {
		p := i18n.NewPrinter(lang)
		for _, name := range Full() {
			out[sheet.Plain(Heading(p, name))] = name
		}
	}
	return out
})

// Is tells whether headings are those of this form: the column of cases, whose
// heading no other sheet has, and all without which there is no case.
func Is(headings []string) bool {
	has := map[string]bool{}
	for _, h := range headings {
		has[byHeading()[sheet.Plain(h)]] = true
	}
	return has[Case] && has["day"] && has["country"] && has["category"]
}

// Mapping writes the mapping of a sheet in this form, and tells what each column
// is. written are the keys of [sheet] that say how the file is written.
func Mapping(headings []sheet.Heading, written string) (mapping []byte, names []string) {
	at, names := map[string]string{}, make([]string, len(headings))
	var ignored []string
	for i, h := range headings {
		name := byHeading()[sheet.Plain(h.Typed)]
		if _, twice := at[name]; name == "" || twice || !read(name) {
			ignored = append(ignored, quote(h.Typed))
			continue
		}
		at[name], names[i] = h.Typed, name
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# The product's own sheet.\n\n[sheet]\n%s\ndecimal = \".\"\ndates = [\"yyyy-mm-dd\"]\ndefused = true\nignored = [%s]\n", written, strings.Join(ignored, ", "))
	fmt.Fprintf(&b, "\n[key]\ncolumns = [%s]\nlines = true\ncomment = \"#\"\n", quote(at[Case]))
	for _, name := range spreadsheet.FieldNames() {
		if at[name] != "" {
			fmt.Fprintf(&b, "\n[fields.%s]\ncolumn = %s\n", name, quote(at[name]))
			if spreadsheet.KindOf(name).Typed() {
				b.WriteString("text_after = \"|\"\n")
			}
		}
	}
	for n := range Quantities {
		i := "." + strconv.Itoa(n+1)
		if at["quantity"+i] != "" && at["unit"+i] != "" {
			fmt.Fprintf(&b, "\n[[quantities]]\ncolumn = %s\nunit_column = %s\n", quote(at["quantity"+i]), quote(at["unit"+i]))
			line(&b, "basis_column", at["basis"+i])
		}
	}
	amount(&b, "value", at["value"], at["currency"], at["value_basis"])
	amount(&b, "declared.value", at["declared_value"], at["declared_currency"], "")
	if at["declared_quantity"] != "" && at["declared_unit"] != "" {
		fmt.Fprintf(&b, "\n[declared.quantity]\ncolumn = %s\nunit_column = %s\n", quote(at["declared_quantity"]), quote(at["declared_unit"]))
	}
	return []byte(b.String()), names
}

func amount(b *strings.Builder, table, column, currency, basis string) {
	if column != "" && currency != "" {
		fmt.Fprintf(b, "\n[%s]\ncolumn = %s\ncurrency_column = %s\n", table, quote(column), quote(currency))
		line(b, "basis_column", basis)
	}
}

func line(b *strings.Builder, key, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s = %s\n", key, quote(value))
	}
}

// read tells whether a column is read again.
func read(name string) bool {
	if strings.HasSuffix(name, words) {
		return false
	}
	for _, t := range told {
		if t == name {
			return false
		}
	}
	return true
}

// quote writes a TOML string.
func quote(s string) string { return strconv.QuoteToGraphic(s) }
