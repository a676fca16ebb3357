package guess

import (
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// maxTable is how many values of a column Guess puts into a table; the mapping
// treats the others as values without a code.
const maxTable = 500

// fields writes a section for each field that has a column, and for those
// without which there is no case.
func (w *writer) fields() {
	for _, name := range spreadsheet.FieldNames() {
		k, c := spreadsheet.KindOf(name), w.roles.fields[name]
		if c == nil && !k.Needed {
			continue
		}
		w.line("")
		if c == nil {
			w.missing(name)
			continue
		}
		w.line("[fields.%s]", name)
		place := w.roles.fields["country"]
		if name == "place" && place != nil && place != c && w.cities(place) {
			w.line("columns = [%s, %s]", quote(c.heading.Typed), quote(place.heading.Typed))
		} else {
			w.line("column = %s", quote(c.heading.Typed))
		}
		if b := c.blanks(); len(b) > 0 {
			w.line("not_stated = %s", list(b))
		}
		switch {
		case k.Country():
			w.countries(name, c)
		case k.Coded():
			w.codes(name, k, c)
		}
	}
}

func (w *writer) missing(name string) {
	w.line("[fields.%s]", name)
	if constant := map[string]string{"country": w.with.Country, "category": w.with.Category}[name]; constant != "" {
		w.line("constant = %s", quote(constant))
		return
	}
	if name == "category" {
		w.line("# No column of categories was found.")
		w.line(`constant = "OTH"`)
		return
	}
	w.line("# No column was found for this, and no case can be without it: name a column or a constant.")
	w.line(`constant = ""`)
}

// cities tells whether cells hold more than a country.
func (w *writer) cities(c *column) bool {
	return slices.ContainsFunc(c.distinct, func(v string) bool {
		_, whole := countries.One(v)
		return !whole && strings.Contains(v, ",")
	})
}

// entry is one line of a table.
type tableEntry struct{ value, code, comment string }

func (w *writer) countries(name string, c *column) {
	if w.cities(c) {
		w.line(`part = "last" # "City, Country"`)
	}
	separators := []string{";"}
	for _, sep := range []string{"/", " & ", "+"} {
		if slices.ContainsFunc(c.distinct, func(v string) bool {
			parts := sheet.Split(v, []string{sep})
			first, _ := typed.CountryOf(parts[0])
			last, _ := typed.CountryOf(parts[len(parts)-1])
			return len(parts) > 1 && first != "" && last != ""
		}) {
			separators = append(separators, sep)
		}
	}
	w.line("separators = %s # several countries of one cell get no code unless they agree", list(separators))
	f := spreadsheet.CountryField(separators...)
	known := typed.CountryNames()
	var entries []tableEntry
	var unknown []string
	for _, v := range c.distinct {
		code, _, several := f.Code(v)
		if len(entries)+len(unknown) == maxTable {
			break
		}
		if code != "" || several != "" || isBlank(v) {
			continue
		}
		rest := v
		if i := strings.LastIndex(v, ","); i >= 0 {
			rest = v[i+1:]
		}
		if l, ok := misspelt(sheet.Plain(rest), known); ok && len(sheet.Split(v, separators)) == 1 {
			entries = append(entries, tableEntry{v, l.code, l.word})
		} else {
			unknown = append(unknown, v)
		}
	}
	w.table(name, nil, entries, unknown)
}

func (w *writer) codes(name string, k spreadsheet.Kind, c *column) {
	if !k.Several() && slices.ContainsFunc(c.distinct, func(v string) bool { return len(sheet.Split(v, []string{";"})) > 1 }) {
		w.line(`separators = [";"] # several values of one cell get no code unless they agree`)
	}
	var entries, partly []tableEntry
	var unknown []string
	known := valuesOf(k.List)
	for _, v := range parts(k, c.distinct)[:min(len(parts(k, c.distinct)), maxTable)] {
		if isBlank(v) {
			continue
		}
		l, ok := likely(v, known)
		switch {
		case !ok:
			unknown = append(unknown, v)
		case l.how == "spelling":
			entries = append(entries, tableEntry{v, l.code, "read as " + quote(l.word)})
		case l.how == "word":
			partly = append(partly, tableEntry{v, l.code, l.word})
		default:
			entries = append(entries, tableEntry{v, l.code, ""})
		}
	}
	if name == "category" && len(unknown) > 0 {
		w.line(`otherwise = "OTH" # for values below that have no code; without this line their rows are refused`)
	}
	w.table(name, entries, partly, unknown)
}

func (w *writer) table(name string, entries, partly []tableEntry, unknown []string) {
	if len(entries)+len(partly)+len(unknown) == 0 {
		return
	}
	w.line("")
	w.line("[fields.%s.values]", name)
	for _, e := range entries {
		if e.comment != "" {
			e.comment = " # " + e.comment
		}
		w.line("%s = %s%s", quote(e.value), quote(e.code), e.comment)
	}
	if len(unknown) > 0 {
		w.line("# no code was found for:")
	}
	for _, v := range unknown[:min(len(unknown), maxTable)] {
		w.line("# %s = \"\"", quote(v))
	}
	if len(partly) > 0 {
		w.line("")
		w.line("# The code says less than these values: their text is kept beside it.")
		w.line("[fields.%s.partly]", name)
	}
	for _, e := range partly {
		w.line("%s = %s # for %s", quote(e.value), quote(e.code), quote(e.comment))
	}
}

func isBlank(v string) bool {
	p := sheet.Plain(v)
	_, known := words().values["blank"][p]
	return known || p == ""
}

func (w *writer) quantities() {
	for _, m := range w.roles.quantities {
		w.line("")
		if m.why != "" {
			w.line("# %s", m.why)
		}
		w.line("[[quantities]]")
		w.line("column = %s", quote(m.column.heading.Typed))
		if b := m.column.blanks(); len(b) > 0 {
			w.line("not_stated = %s", list(b))
		}
		if m.unit != "" {
			w.line("unit = %s", quote(m.unit))
			if w.roles.basis != nil {
				w.line("basis_column = %s", quote(w.roles.basis.heading.Typed))
			}
			continue
		}
		if w.roles.basis != nil {
			w.line("basis_column = %s", quote(w.roles.basis.heading.Typed))
		}
		if m.beside {
			w.line("unit_column = %s", quote(w.roles.unit.heading.Typed))
		}
		w.line("[quantities.units]")
		for _, v := range slices.Sorted(maps.Keys(m.units)) {
			w.line("%s = %s", quote(v), quote(m.units[v]))
		}
	}
}

// parts are the values of a column one by one, where a cell may hold several.
func parts(k spreadsheet.Kind, distinct []string) []string {
	if !k.Several() {
		return distinct
	}
	var out []string
	for _, v := range distinct {
		for _, part := range sheet.Split(v, []string{";", "\n"}) {
			if !slices.Contains(out, part) && len(out) <= maxTable {
				out = append(out, part)
			}
		}
	}
	return out
}

func (w *writer) money() {
	c := w.roles.value
	if c == nil {
		return
	}
	w.line("")
	currency := w.with.Currency
	for _, token := range strings.Fields(strings.ToUpper(c.whole)) {
		if currency == "" && codelist.Currency.Has(token) {
			currency = token
		}
	}
	switch {
	case w.roles.currency != nil:
		w.line("[value]")
		w.line("currency_column = %s", quote(w.roles.currency.heading.Typed))
	case currency != "":
		w.line("[value]")
		w.line("currency = %s", quote(currency))
	default:
		w.line("# The sheet does not say in which currency %s is; it goes to the remarks.", quote(c.heading.Typed))
		w.line("# [value]")
		w.line(`# column = %s`, quote(c.heading.Typed))
		w.line(`# currency = ""`)
		w.roles.value = nil
		return
	}
	w.line("column = %s", quote(c.heading.Typed))
	if b := c.blanks(); len(b) > 0 {
		w.line("not_stated = %s", list(b))
	}
	if m := w.roles.meaning; m != nil {
		w.line("basis_column = %s", quote(m.heading.Typed))
	}
}

func (w *writer) marks() {
	for _, m := range w.roles.marks {
		w.line("")
		w.line("[[marks]]")
		w.line("column = %s", quote(m.column.heading.Typed))
		w.line("kind = %s", quote(m.kind))
	}
}

// rest names the columns that feed nothing; they go to the remarks.
func (w *writer) rest() {
	used := map[*column]bool{w.roles.key: true, w.roles.unit: true, w.roles.basis: true, w.roles.value: true, w.roles.currency: true, w.roles.meaning: true}
	for _, c := range w.roles.ignored {
		used[c] = true
	}
	for _, m := range w.roles.marks {
		used[m.column] = true
	}
	for _, c := range w.roles.fields {
		used[c] = true
	}
	for _, m := range w.roles.quantities {
		used[m.column] = true
	}
	var names []string
	for _, c := range w.columns {
		if !used[c] {
			names = append(names, c.heading.Typed)
		}
	}
	if len(names) > 0 {
		w.line("")
		w.line("# These columns go to the remarks, under their headings: %s", strings.Trim(list(names), "[]"))
	}
}

func list(values []string) string {
	q := make([]string, len(values))
	for i, v := range values {
		q[i] = quote(v)
	}
	return "[" + strings.Join(q, ", ") + "]"
}
