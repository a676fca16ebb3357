package spreadsheet

import (
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
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
		if f.Required && (f.kind.goods || !r.further) {
			r.refuse(columns[0], "spreadsheet.cell.missing")
		}
		return
	}
	i := columns[0]
	switch f.kind.form {
	case formText:
		r.text(f, columns, strings.Join(texts, f.Join))
	case formDay:
		r.date(f, i, texts[0])
	case formTime:
		r.clock(f, i, texts[0])
	case formHS:
		r.hs(f, i, texts[0])
	case formCodes:
		r.codes(f, i, texts[0])
	case formYes:
		if is, ok := typed.Yes(texts[0]); ok {
			r.draft.Goods[0].Hazard = is
		} else {
			r.odd(f, i, texts[0], "spreadsheet.cell.yes")
		}
	case formList:
		r.list(f, i, texts[0])
	default:
		r.code(f, i, texts[0])
	}
}

// odd refuses what a needed field cannot take; of others it goes to the remarks.
func (r *reading) odd(f *Field, i int, text, key string) {
	if f.Required {
		r.refuse(i, key)
		return
	}
	r.keep(i)
	r.note(i, text, "spreadsheet.note.in-remarks")
}

func (r *reading) clock(f *Field, i int, text string) {
	clock, ok := typed.ParseClock(text)
	if ok {
		r.draft.Time = clock
	} else {
		r.odd(f, i, text, "spreadsheet.cell.time")
	}
}

// codes fills a field that holds several codes. What no code fits is kept in the
// remarks with the whole cell.
func (r *reading) codes(f *Field, i int, text string) {
	strange := false
	for _, part := range sheet.Split(text, f.Separate) {
		code := f.exact(part)
		switch {
		case code != "":
			r.draft.Goods[0].Violations = append(r.draft.Goods[0].Violations, code)
			strange = strange || f.partly[i18n.Fold(part)]
		case f.Otherwise != "":
			r.note(i, part, "spreadsheet.note.otherwise", fault.Args{"code": f.Otherwise})
			r.draft.Goods[0].Violations = append(r.draft.Goods[0].Violations, f.Otherwise)
			strange = true
		case f.Required:
			r.refuse(i, "spreadsheet.cell.no-code")
			return
		default:
			r.note(i, part, "spreadsheet.note.in-remarks")
			strange = true
		}
	}
	if strange {
		r.keep(i)
	}
}

// maxLine is how long a text of one line may be (seizure.Draft.Check).
const maxLine = 200

// fits tells whether a text can stand in a field of one line.
func fits(text string) bool {
	return utf8.RuneCountInString(text) <= maxLine && !strings.ContainsAny(text, "\n\r")
}

func (f *Field) long() bool {
	return f.name == "remarks" || f.name == "description" || f.name == "declared_description"
}

// text fills a field of free text. A carrier of 400 characters is a story, not
// a carrier: it goes to the remarks.
func (r *reading) text(f *Field, columns []int, text string) {
	if f.long() || fits(text) {
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
	known, beside := r.p.meaning(f, text), ""
	if before, after, ok := strings.Cut(text, f.After); ok && f.After != "" && f.exact(sheet.Trim(before)) != "" {
		known, beside = meaning{code: f.exact(sheet.Trim(before))}, sheet.Trim(after)
	}
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
	switch {
	case whole:
		text = ""
	case beside != "":
		text = beside
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
		if typed.TwoCountries(after) {
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
		code, _ := typed.CountryOf(text)
		return code
	}
	for _, c := range []string{strings.ToLower(text), strings.ToUpper(text)} {
		if f.kind.knows(c) {
			return c
		}
	}
	return typed.Labels(f.kind.List)[sheet.Plain(text)]
}

// date fills the day, and the time where the cell holds one.
func (r *reading) date(f *Field, i int, text string) {
	found, ok := r.moments(i, text)
	switch {
	case !ok && f.name != "day":
		r.odd(f, i, text, "spreadsheet.cell.date")
		return
	case len(found) == 0:
		r.refuse(i, "spreadsheet.cell.date", fault.Args{"patterns": quoted(r.p.m.Sheet.Dates)})
		return
	case len(found) > 1:
		r.refuse(i, "spreadsheet.cell.date-ambiguous", fault.Args{"first": found[0].Day, "second": found[1].Day})
		return
	}
	if f.name != "day" {
		r.draft.StatusDay = found[0].Day
		return
	}
	r.draft.Day = found[0].Day
	if found[0].Time != "" {
		r.draft.Time = found[0].Time
	}
	if found[0].Seconds {
		r.keep(i)
	}
}

// stated are the ways in which workbooks say a day (sheet.Day).
var stated = func() (list []typed.Pattern) {
	for _, text := range []string{"yyyy-mm-dd", "yyyy-mm-ddTHH:MM", "yyyy-mm-ddTHH:MM:SS"} {
		p, _ := typed.ParsePattern(text)
		list = append(list, p)
	}
	return list
}()

// moments are the days that a cell may mean.
func (r *reading) moments(i int, text string) (found []typed.Moment, ok bool) {
	patterns := r.p.m.patterns
	if kind, _ := r.record.Kind(i); kind == sheet.Day {
		patterns = stated
	}
	for _, p := range patterns {
		m, ok := p.Parse(text, r.p.m.Sheet.Century)
		if ok && (len(found) == 0 || found[0].Day != m.Day) {
			found = append(found, m)
		}
	}
	return found, len(found) > 0
}

// hs takes 2, 4 or 6 digits, with or without full stops. National tariffs put
// further digits behind the six; those go to the remarks with the whole.
func (r *reading) hs(f *Field, i int, text string) {
	code := strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(i18n.WesternDigits(text))
	switch {
	case validHS(code):
		*r.hsOf(f) = code
	case sheet.Digits(code) && len(code) > 6 && len(code) <= 14 && len(code)%2 == 0:
		*r.hsOf(f) = code[:6]
		r.keep(i)
		r.note(i, text, "spreadsheet.note.hs-cut", fault.Args{"code": code[:6]})
	case f.Required:
		r.refuse(i, "spreadsheet.cell.hs")
	default:
		r.keep(i)
		r.note(i, text, "spreadsheet.note.in-remarks")
	}
}

// hsOf is where an HS code belongs: to the goods, or to what the papers said.
func (r *reading) hsOf(f *Field) *string {
	if f.name == "declared_hs" {
		return &r.draft.Goods[0].Declared.HS
	}
	return &r.draft.Goods[0].HS
}

// CodeOf finds the code of a word in a field of a case, as any mapping does.
func CodeOf(field, word string) (code string, whole bool) {
	return (&Field{name: field, kind: kinds[field]}).One(word)
}
