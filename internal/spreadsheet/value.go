package spreadsheet

import (
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// field fills one field of the draft.
func (r *reading) field(f *Field) {
	if f.Constant != "" {
		r.set(f, f.Constant, "")
		return
	}
	columns := r.p.columns[f]
	var texts []string
	for _, i := range columns {
		if t := sheet.Trim(r.cells[i]); t != "" && (len(f.blank) == 0 || !f.blank[i18n.Fold(t)]) {
			texts = append(texts, t)
		} else if t != "" {
			r.note(i, t, "spreadsheet.note.not-stated")
		}
	}
	if len(texts) == 0 {
		if f.Required {
			r.refuse(columns[0], "spreadsheet.cell.missing")
		}
		return
	}
	i := columns[0]
	switch f.kind.form {
	case formText:
		r.text(f, columns, strings.Join(texts, f.Join))
	case formDay:
		r.date(i, texts[0])
	case formTime:
		if clock, ok := ParseClock(texts[0]); ok {
			r.draft.Time = clock
		} else if f.Required {
			r.refuse(i, "spreadsheet.cell.time")
		} else {
			r.keep(i)
			r.note(i, texts[0], "spreadsheet.note.in-remarks")
		}
	case formHS:
		r.hs(f, i, texts[0])
	default:
		r.code(f, i, texts[0])
	}
}

// maxLine is how long a text of one line may be (seizure.Draft.Check).
const maxLine = 200

// fits tells whether a text can stand in a field of one line.
func fits(text string) bool {
	return utf8.RuneCountInString(text) <= maxLine && !strings.ContainsAny(text, "\n\r")
}

// text fills a field of free text. A carrier of 400 characters is a story, not
// a carrier: it goes to the remarks.
func (r *reading) text(f *Field, columns []int, text string) {
	if f.name == "remarks" || f.name == "description" || fits(text) {
		r.set(f, "", text)
		return
	}
	for _, i := range columns {
		if sheet.Trim(r.cells[i]) != "" {
			r.keep(i)
			r.note(i, r.cells[i], "spreadsheet.note.too-long")
		}
	}
}

// code fills a field that has a code list.
func (r *reading) code(f *Field, i int, text string) {
	known := r.p.meaning(f, text)
	code, whole, several := known.code, known.whole, known.several
	switch {
	case several != "" && (f.Several == "refuse" || (f.Required && code == "")):
		r.refuse(i, several)
		return
	case code == "" && f.Otherwise != "":
		r.note(i, text, "spreadsheet.note.otherwise", fault.Args{"code": f.Otherwise})
		code, whole = f.Otherwise, false
	case code == "" && f.Required:
		r.refuse(i, "spreadsheet.cell.no-code")
		return
	case code == "" && f.kind.typed:
		r.note(i, text, noteOf(several, "spreadsheet.note.typed"))
	case code == "":
		r.note(i, text, noteOf(several, "spreadsheet.note.in-remarks"))
	case several != "":
		r.note(i, text, "spreadsheet.note.first", fault.Args{"code": code})
	}
	if whole {
		text = ""
	}
	if f.kind.typed && !fits(text) {
		r.keep(i)
		r.note(i, text, "spreadsheet.note.too-long")
		text = ""
	}
	r.set(f, code, text)
	if text != "" && !f.kind.typed && r.p.keepers[i] == 0 {
		r.keep(i)
	}
}

func noteOf(several, other string) string {
	if several != "" {
		return "spreadsheet.note.several"
	}
	return other
}

// CountryField reads cells of countries: by name or code, alone or as the last
// part of "City, Country", several of them between separators.
func CountryField(separators ...string) *Field {
	return &Field{kind: kinds["country"], Part: "last", PartSign: ",", Separate: separators}
}

// Code finds the code of a cell. whole tells that the code says all that the
// cell said. several is a key when the cell holds values of different codes.
func (f *Field) Code(text string) (code string, whole bool, several string) {
	if code := f.exact(text); code != "" {
		return code, !f.partly[i18n.Fold(text)], ""
	}
	parts := sheet.Split(text, f.Separate)
	if len(parts) < 2 {
		code, whole = f.One(text)
		return code, whole, ""
	}
	first, same := "", true
	for n, part := range parts {
		c, _ := f.One(part)
		switch {
		case first == "":
			same = same && n == 0 && c != ""
			first = c
		case c != first:
			same = false
		}
	}
	if same {
		return first, false, ""
	}
	if first == "" {
		return "", false, "" // a sentence with a comma in it, not several values
	}
	if f.Several != "first" {
		first = ""
	}
	return first, false, "spreadsheet.cell.several"
}

// One finds the code of one value: in the mapping's table, as a code of the
// list, as a country's name; with part = "last", of the longest end of it that
// means something ("Taipei, Taiwan, China" is Taiwan, not China).
func (f *Field) One(text string) (code string, whole bool) {
	if code := f.exact(text); code != "" {
		return code, !f.partly[i18n.Fold(text)]
	}
	if f.Part != "last" {
		return "", false
	}
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, f.PartSign)
		if !ok {
			return "", false
		}
		if code := f.exact(sheet.Trim(after)); code != "" {
			return code, false
		}
		if known, ambiguous := names().countries[sheet.Plain(after)]; ambiguous && known == "" {
			return "", false // "Bukavu, Congo": the end is a name of two countries
		}
		rest = after
	}
}

func (f *Field) exact(text string) string {
	if code, ok := f.values[i18n.Fold(text)]; ok {
		return code
	}
	if f.kind.knows(text) {
		return text
	}
	if f.kind.Country() {
		code, _ := CountryOf(text)
		return code
	}
	for _, c := range []string{strings.ToLower(text), strings.ToUpper(text)} {
		if f.kind.knows(c) {
			return c
		}
	}
	return ""
}

// set puts a value where it belongs in the draft.
func (r *reading) set(f *Field, code, typed string) {
	d, g := &r.draft, &r.draft.Goods[0]
	value := code
	if value == "" {
		value = typed
	}
	coded := goods.Coded{Code: code, Typed: typed}
	switch f.name {
	case "day":
		d.Day = value
	case "time":
		d.Time = value
	case "country":
		d.Country = code
	case "place":
		d.Place = value
	case "direction":
		d.Direction = coded
	case "conveyance":
		d.Conveyance = coded
	case "carrier":
		d.Carrier = value
	case "detection":
		d.Detection = coded
	case "concealment":
		d.Concealment = coded
	case "origin":
		d.Origin = coded
	case "transit":
		d.Transit = coded
	case "destination":
		d.Destination = coded
	case "status":
		d.Status = code
	case "remarks":
		d.Remarks = value
	default:
		setGoods(g, f.name, code, value, coded)
	}
}

func setGoods(g *goods.Line, name, code, value string, coded goods.Coded) {
	switch name {
	case "category":
		g.Category = code
	case "description":
		g.Description = value
	case "hs":
		g.HS = value
	case "brand":
		g.Brand = value
	case "ipr":
		g.IPR = coded
	case "verdict":
		g.Verdict = code
	}
}

// date fills the day, and the time where the cell holds one.
func (r *reading) date(i int, text string) {
	var found []moment
	for _, p := range r.p.m.patterns {
		m, ok := p.parse(text, r.p.m.Sheet.Century)
		if ok && (len(found) == 0 || found[0].day != m.day) {
			found = append(found, m)
		}
	}
	switch {
	case len(found) == 0:
		r.refuse(i, "spreadsheet.cell.date", fault.Args{"patterns": quoted(r.p.m.Sheet.Dates)})
		return
	case len(found) > 1:
		r.refuse(i, "spreadsheet.cell.date-ambiguous", fault.Args{"first": found[0].day, "second": found[1].day})
		return
	}
	r.draft.Day = found[0].day
	if found[0].time != "" {
		r.draft.Time = found[0].time
	}
	if found[0].seconds {
		r.keep(i)
	}
}

// hs takes 2, 4 or 6 digits, with or without full stops. National tariffs put
// further digits behind the six; those go to the remarks with the whole.
func (r *reading) hs(f *Field, i int, text string) {
	code := strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(i18n.WesternDigits(text))
	switch {
	case validHS(code):
		r.draft.Goods[0].HS = code
	case sheet.Digits(code) && len(code) > 6 && len(code) <= 14 && len(code)%2 == 0:
		r.draft.Goods[0].HS = code[:6]
		r.keep(i)
		r.note(i, text, "spreadsheet.note.hs-cut", fault.Args{"code": code[:6]})
	case f.Required:
		r.refuse(i, "spreadsheet.cell.hs")
	default:
		r.keep(i)
		r.note(i, text, "spreadsheet.note.in-remarks")
	}
}

// quantities fills the amounts of the one line of goods.
func (r *reading) quantities() {
	g := &r.draft.Goods[0]
	for _, q := range r.p.m.Quantities {
		at := r.p.numbers[q]
		text := sheet.Trim(r.cells[at[0]])
		if text != "" && len(q.blank) > 0 && q.blank[i18n.Fold(text)] {
			r.note(at[0], text, "spreadsheet.note.not-stated")
			text = ""
		}
		if text == "" {
			if q.Required {
				r.refuse(at[0], "spreadsheet.cell.missing")
			}
			continue
		}
		number, unit, ok := r.unit(q, at, text)
		if !ok {
			continue
		}
		micro, key := parseNumber(number, r.p.m.Sheet.Decimal, r.p.m.Sheet.Group)
		if key != "" {
			r.refuse(at[0], key)
			continue
		}
		for _, before := range g.Quantities {
			if before.Unit == unit {
				r.refuse(at[0], "spreadsheet.cell.unit-twice", fault.Args{"code": unit})
				ok = false
			}
		}
		if ok {
			g.Quantities = append(g.Quantities, goods.Quantity{Micro: micro, Unit: unit})
		}
	}
	if len(g.Quantities) == 0 && len(r.problems) == 0 {
		r.note(-1, "", "spreadsheet.note.no-quantity")
	}
}

// unit finds the number and its unit: fixed, in a column of its own, or behind
// the number in the cell.
func (r *reading) unit(q *Quantity, at [2]int, text string) (number, unit string, ok bool) {
	if q.Unit != "" {
		return text, q.Unit, true
	}
	number, word, column := text, "", at[1]
	if column >= 0 {
		word = sheet.Trim(r.cells[column])
	} else {
		number, word = CutUnit(text)
		column = at[0]
	}
	if unit = q.units[i18n.Fold(word)]; unit == "" {
		unit = q.units[i18n.Fold(strings.TrimSuffix(word, "."))]
	}
	if unit == "" {
		r.refuse(column, "spreadsheet.cell.no-unit", fault.Args{"unit": sheet.Beginning(word)})
		return "", "", false
	}
	return number, unit, true
}
