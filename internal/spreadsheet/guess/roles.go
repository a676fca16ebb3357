package guess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// roles is which column is what, as far as Guess can tell.
type roles struct {
	fields     map[string]*column
	quantities []measure
	key        *column
	lines      bool // rows of one key are the goods lines of one case
	unit       *column
	basis      *column // of quantities
	value      *column
	currency   *column
	meaning    *column // basis of the value
	marks      []markColumn
	ignored    []*column
	of         []string // the role of each column
	days       datesFound
	century    int
}

// measure is a column of quantities.
type measure struct {
	column *column
	unit   string // code, "" when units is set or nothing is known
	units  map[string]string
	beside bool   // units belong to the unit column
	why    string // what was assumed, "" when the sheet says it
	fixed  bool   // somebody said the unit
}

// markColumn is a column of numbers by which goods travel.
type markColumn struct {
	column *column
	kind   string
}

// candidate is a column for a field, with what speaks for it.
type candidate struct {
	field  string
	column *column
	score  float64
}

// The roles of columns beside the fields of a case.
const (
	RoleRemarks  = ""        // kept in the remarks under its heading
	RoleIgnored  = "ignored" // left out
	RoleKey      = "key"     // names each row
	RoleCase     = "case"    // names the case that a row is a goods line of
	RoleQuantity = "quantity"
	RoleUnit     = "unit"
	RoleBasis    = "basis"
	RoleValue    = "value"
	RoleCurrency = "currency"
	RoleMeaning  = "value-basis"
	RoleMark     = "mark:" // with a code of codelist.Consignment behind it
	RoleIn       = "quantity:"
)

// cast gives every column its role: the best pairs of field and column first, or
// as somebody chose.
func cast(columns []*column, now time.Time, with Choices) *roles {
	r := &roles{fields: map[string]*column{}, century: now.Year() - 98, of: make([]string, len(columns))}
	if with.Roles != nil {
		for i, role := range with.Roles[:min(len(with.Roles), len(columns))] {
			r.of[i] = r.give(columns[i], role)
		}
	} else {
		r.find(columns)
	}
	if c := r.fields["day"]; c != nil {
		r.days = dates(c.distinct, r.century)
	}
	slices.SortStableFunc(r.quantities, func(a, b measure) int {
		return cmp.Compare(slices.Index(columns, a.column), slices.Index(columns, b.column))
	})
	r.measureAll()
	for i, c := range columns {
		if r.of[i] == RoleQuantity && !slices.ContainsFunc(r.quantities, func(m measure) bool { return m.column == c }) {
			r.of[i] = RoleRemarks
		}
	}
	return r
}

// find lets headings and values decide.
func (r *roles) find(columns []*column) {
	taken := map[*column]bool{}
	var pairs []candidate
	for _, c := range columns {
		pairs = append(pairs, r.candidates(c)...)
	}
	slices.SortStableFunc(pairs, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for _, p := range pairs {
		if taken[p.column] {
			continue
		}
		role := p.field
		if role == "weight" || role == "volume" {
			role = RoleQuantity
		}
		if role = r.give(p.column, role); role != RoleRemarks {
			taken[p.column] = true
			r.of[slices.Index(columns, p.column)] = role
		}
	}
	before := len(r.quantities)
	r.lastResorts(columns, taken)
	for _, m := range r.quantities[before:] {
		r.of[slices.Index(columns, m.column)] = RoleQuantity
	}
	r.sameCases(columns)
}

// give lets a column play a role, and tells which it plays now: RoleRemarks where
// the role is taken, or none.
func (r *roles) give(c *column, role string) string {
	slot := map[string]**column{RoleKey: &r.key, RoleCase: &r.key, RoleUnit: &r.unit, RoleBasis: &r.basis, RoleValue: &r.value,
		RoleCurrency: &r.currency, RoleMeaning: &r.meaning}[role]
	kind, isMark := strings.CutPrefix(role, RoleMark)
	unit, isIn := strings.CutPrefix(role, RoleIn)
	switch {
	case slot != nil && *slot == nil:
		*slot, r.lines = c, r.lines || role == RoleCase
	case slot != nil:
		return RoleRemarks
	case role == RoleIgnored:
		r.ignored = append(r.ignored, c)
	case role == RoleQuantity:
		r.quantities = append(r.quantities, measure{column: c})
	case isIn && codelist.Unit.Has(unit):
		r.quantities = append(r.quantities, measure{column: c, unit: unit, fixed: true})
	case isMark && codelist.Consignment.Has(kind):
		r.marks = append(r.marks, markColumn{c, kind})
	case slices.Contains(spreadsheet.FieldNames(), role) && r.fields[role] == nil:
		r.fields[role] = c
	default:
		return RoleRemarks
	}
	return role
}

// sameCases sees that a column of case numbers repeats from row to row: its rows
// are goods lines, if what the case says agrees.
func (r *roles) sameCases(columns []*column) {
	if r.key != nil {
		return
	}
	for i, c := range columns {
		if r.of[i] != RoleRemarks || headingScore(c.plain, words().headings[RoleKey]) < 80 || c.filled < len(c.cells) || len(c.distinct)*10 > len(c.cells)*9 {
			continue
		}
		if r.repeats(c) {
			r.key, r.lines, r.of[i] = c, true, RoleCase
			return
		}
	}
}

// repeats tells whether rows of one value stand together, and on one day.
func (r *roles) repeats(c *column) bool {
	seen, day := map[string]string{}, r.fields["day"]
	for i, v := range c.cells {
		if before, ok := seen[v]; ok && (c.cells[i-1] != v || day != nil && day.cells[i] != "" && day.cells[i] != before) {
			return false
		} else if !ok {
			seen[v] = ""
			if day != nil {
				seen[v] = day.cells[i]
			}
		}
	}
	return true
}

// amounts are the columns of money.
func (r *roles) amounts() []*column {
	if r.value == nil {
		return nil
	}
	return []*column{r.value}
}

// others are what a column may be beside a field of a case.
var others = []string{RoleKey, RoleUnit, RoleQuantity, "weight", "volume", RoleBasis, RoleValue, RoleCurrency, RoleMeaning,
	RoleMark + "container", RoleMark + "air-waybill", RoleMark + "bill-of-lading", RoleMark + "postal-item", RoleMark + "vehicle", RoleMark + "seal", RoleMark + "vessel"}

// candidates are the fields that a column might feed.
func (r *roles) candidates(c *column) (list []candidate) {
	if slices.Contains(words().headings["nothing"], c.plain) {
		return nil
	}
	for _, field := range append(spreadsheet.FieldNames(), others...) {
		h := headingScore(c.plain, words().headings[field])
		score := float64(h) + r.evidence(field, c, h)
		if score >= 60 {
			list = append(list, candidate{field, c, score})
		}
	}
	return list
}

// evidence adds to the heading's score what the values say; -200 forbids.
func (r *roles) evidence(field string, c *column, h int) float64 {
	const never = -200
	if c.filled == 0 && field != "remarks" {
		return never
	}
	switch k := spreadsheet.KindOf(field); {
	case field == "day":
		if c.share(func(v string) bool { return strings.ContainsAny(i18n.WesternDigits(v), "0123456789") }) < 0.5 {
			return never
		}
		share := dates(c.sample(), r.century).share
		if share < 0.5 {
			return never
		}
		return 70 * share
	case field == "key":
		if len(c.distinct) != c.filled || c.filled != len(c.cells) {
			return never
		}
	case field == "unit":
		return need(c.share(func(v string) bool { _, ok := likely(v, words().values["unit"]); return ok }), h)
	case field == RoleQuantity, field == "weight", field == "volume", field == RoleValue:
		return need(c.share(numeric), h)
	case field == RoleCurrency:
		return need(c.share(func(v string) bool { return codelist.Currency.Has(strings.ToUpper(v)) }), h)
	case field == RoleBasis:
		return need(c.share(func(v string) bool { _, ok := likely(v, valuesOf("quantity-basis")); return ok }), h)
	case field == RoleMeaning:
		return need(c.share(func(v string) bool { _, ok := likely(v, valuesOf("value-basis")); return ok }), h)
	case k.Day():
		return need(dates(c.sample(), r.century).share, h)
	case k.YesNo():
		return need(c.share(func(v string) bool { _, ok := typed.Yes(v); return ok }), h)
	case field == "time":
		return need(c.share(func(v string) bool { _, ok := typed.ParseClock(v); return ok }), h)
	case field == "hs", field == "declared_hs":
		return need(c.share(func(v string) bool {
			v = strings.NewReplacer(".", "", " ", "").Replace(v)
			return sheet.Digits(v) && len(v) >= 2 && len(v) <= 14
		}), h)
	case k.Country():
		share := c.share(func(v string) bool { code, _ := countries.One(sheet.Split(v, []string{";"})[0]); return code != "" })
		if share < 0.5 {
			return never
		}
		return 40 * share
	case k.Coded():
		return r.codedEvidence(k, c, h)
	case h < 60:
		return never
	}
	return 0
}

// countries reads countries as a guessed mapping does.
var countries = spreadsheet.CountryField()

func (r *roles) codedEvidence(k spreadsheet.Kind, c *column, h int) float64 {
	known := valuesOf(k.List)
	share := c.share(func(v string) bool {
		if k.Several() {
			v = sheet.Split(v+";", []string{";"})[0]
		}
		_, ok := likely(v, known)
		return ok
	})
	switch {
	case h >= 60:
		return 30 * share
	case share >= 0.7 && len(c.distinct) <= 60 && words().values[k.List] != nil:
		return 65 * share // without a telling heading
	}
	return -200
}

// need forbids a column whose values do not look like the field's.
func need(share float64, h int) float64 {
	if share < 0.6 || h < 60 {
		return -200
	}
	return 20 * share
}

// lastResorts finds the fields no case can be without where headings were of
// no help, and lets one column feed two fields.
func (r *roles) lastResorts(columns []*column, taken map[*column]bool) {
	if r.fields["country"] == nil {
		if c := r.fields["place"]; c != nil && r.evidence("country", c, 0) > 0 {
			r.fields["country"] = c // "Mombasa, Kenya" is both
		}
	}
	if r.fields["category"] == nil {
		if c := r.fields["description"]; c != nil {
			share := c.share(func(v string) bool { _, ok := likely(v, words().values["category"]); return ok })
			if share >= 0.3 {
				r.fields["category"] = c
			}
		}
	}
	for _, c := range columns {
		// A unit in the heading makes a column of numbers a quantity: "Net (kg)".
		if !taken[c] && unitInHeading(c) != "" && c.filled > 0 && c.share(numeric) >= 0.6 {
			taken[c] = true
			r.quantities = append(r.quantities, measure{column: c})
		}
	}
}

// unitInHeading reads the unit from words of the heading.
func unitInHeading(c *column) string {
	for _, token := range strings.Fields(c.whole) {
		if code := words().values["unit"][token]; code != "" {
			return code
		}
	}
	return ""
}

// measureAll finds the unit of every quantity: in its heading, in the cells, in
// the column of units; a bare "number" counts pieces.
func (r *roles) measureAll() {
	used := map[string]bool{}
	kept := r.quantities[:0]
	for _, m := range r.quantities {
		if m.fixed {
			if !used[m.unit] {
				used[m.unit] = true
				kept = append(kept, m)
			}
			continue
		}
		inCell := map[string]string{}
		bare := false
		for _, v := range m.column.distinct {
			_, unit := typed.CutUnit(v)
			if l, ok := likely(unit, words().values["unit"]); ok {
				inCell[unit] = l.code
			} else if unit == "" && numeric(v) {
				bare = true
			}
		}
		m.unit = unitInHeading(m.column)
		switch {
		case len(inCell) > 0:
			if m.units = inCell; bare && m.unit != "" {
				m.units[""] = m.unit
			}
			m.unit = ""
		case m.unit != "":
		case r.unit != nil:
			m.units, m.beside = r.unitTable(), true
		case headingScore(m.column.plain, words().headings["quantity"]) >= 60:
			m.unit, m.why = "H87", "the sheet does not say what it counts: taken for pieces"
		}
		if (m.unit == "" && len(m.units) == 0) || (m.unit != "" && used[m.unit]) {
			continue // no unit, or the unit is there already: the remarks keep the column
		}
		used[m.unit] = m.unit != ""
		kept = append(kept, m)
	}
	r.quantities = kept
}

func (r *roles) unitTable() map[string]string {
	table := map[string]string{}
	for _, v := range r.unit.distinct {
		if l, ok := likely(v, words().values["unit"]); ok {
			table[v] = l.code
		}
	}
	return table
}
