package guess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// roles is which column is what, as far as Guess can tell.
type roles struct {
	fields     map[string]*column
	quantities []measure
	key        *column
	unit       *column
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
}

// candidate is a column for a field, with what speaks for it.
type candidate struct {
	field  string
	column *column
	score  float64
}

// cast gives every column its role: the best pairs of field and column first.
func cast(columns []*column, now time.Time) *roles {
	r := &roles{fields: map[string]*column{}, century: now.Year() - 98}
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
		switch p.field {
		case "quantity", "weight", "volume":
			taken[p.column] = true
			r.quantities = append(r.quantities, measure{column: p.column})
		case "key", "unit":
			slot := map[string]**column{"key": &r.key, "unit": &r.unit}[p.field]
			if *slot == nil {
				*slot, taken[p.column] = p.column, true
			}
		default:
			if r.fields[p.field] == nil {
				r.fields[p.field], taken[p.column] = p.column, true
			}
		}
	}
	r.lastResorts(columns, taken)
	if c := r.fields["day"]; c != nil {
		r.days = dates(c.distinct, r.century)
	}
	slices.SortStableFunc(r.quantities, func(a, b measure) int {
		return cmp.Compare(slices.Index(columns, a.column), slices.Index(columns, b.column))
	})
	r.measureAll()
	return r
}

// candidates are the fields that a column might feed.
func (r *roles) candidates(c *column) (list []candidate) {
	for _, field := range append(spreadsheet.FieldNames(), "key", "unit", "quantity", "weight", "volume") {
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
	case field == "quantity", field == "weight", field == "volume":
		return need(c.share(numeric), h)
	case field == "time":
		return need(c.share(func(v string) bool { _, ok := spreadsheet.ParseClock(v); return ok }), h)
	case field == "hs":
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
	share := c.share(func(v string) bool { _, ok := likely(v, words().values[k.List]); return ok })
	switch {
	case h >= 60:
		return 30 * share
	case share >= 0.7 && len(c.distinct) <= 60:
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
		inCell := map[string]string{}
		bare := false
		for _, v := range m.column.distinct {
			_, unit := spreadsheet.CutUnit(v)
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
