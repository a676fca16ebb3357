package analysis

import (
	"maps"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// EveryClass is the filter value of class for cases that count and those that do not.
const EveryClass = "all"

// Filters are the names that Where may hold, in the order in which they are offered.
func Filters() []string {
	return []string{caselist.Category, caselist.Country, caselist.Class, caselist.State, caselist.Organisation, caselist.Violation, caselist.Brand,
		caselist.Conveyance, caselist.Direction, caselist.Origin, caselist.Destination, caselist.Detection, caselist.Status, caselist.From, caselist.To}
}

// ListOf is the code list of a dimension's values; the empty list: they are no codes
// of one (brand, route, reporter, times, all).
func ListOf(dimension string) codelist.List {
	return map[string]codelist.List{ByCountry: codelist.Country, ByOrigin: codelist.Country, ByDestination: codelist.Country, ByCategory: codelist.Category,
		ByViolation: codelist.Violation, ByConveyance: codelist.Conveyance, ByDirection: codelist.Direction, ByDetection: codelist.Detection,
		ByStatus: codelist.Outcome, ByClass: codelist.Counted}[dimension]
}

// OverTime tells whether a dimension's values stand by the calendar.
func OverTime(dimension string) bool {
	return dimension == ByDay || dimension == ByWeek || dimension == ByMonth
}

// Overlaps tells whether a case may stand in several groups of a dimension, so that
// its groups may add up to more cases than there are.
func Overlaps(dimension string) bool {
	return dimension == ByCategory || dimension == ByBrand || dimension == ByViolation
}

// Check says what of a question cannot be asked, each at its field: group, split,
// where.country.
func (q Question) Check() error {
	var wrong fault.Problems
	if !slices.Contains(Dimensions(), q.Group) {
		wrong.Add("group", "fault.unknown-code", fault.Args{"value": q.Group})
	}
	switch {
	case q.Split == "":
	case !slices.Contains(Dimensions(), q.Split):
		wrong.Add("split", "fault.unknown-code", fault.Args{"value": q.Split})
	case q.Split == q.Group:
		wrong.Add("split", "analysis.same-split")
	}
	for _, name := range slices.Sorted(maps.Keys(q.Where)) {
		switch value := q.Where[name]; {
		case name == caselist.Words:
			wrong.Add("where."+name, "analysis.words")
		case !slices.Contains(Filters(), name):
			wrong.Add("where."+name, "analysis.no-filter", fault.Args{"value": name})
		default:
			if _, clean := caselist.Parse(url.Values{name: {value}}); value == "" || clean.Get(name) != value {
				wrong.Add("where."+name, "fault.unknown-code", fault.Args{"value": value})
			}
		}
	}
	return wrong.Fault()
}

// ParseQuestion reads the question of an address, and gives what of it counts: group,
// split, and filters by their names. What cannot be asked is left out of both; without
// a dimension all is one group.
func ParseQuestion(v url.Values) (Question, url.Values) {
	q := Question{Group: ByAll}
	if slices.Contains(Dimensions(), v.Get("group")) {
		q.Group = v.Get("group")
	}
	if split := v.Get("split"); split != q.Group && split != ByAll && slices.Contains(Dimensions(), split) {
		q.Split = split
	}
	_, clean := caselist.Parse(v)
	for _, name := range Filters() {
		if value := clean.Get(name); value != "" {
			if q.Where == nil {
				q.Where = map[string]string{}
			}
			q.Where[name] = value
		}
	}
	return q, q.Query()
}

// Query is the question as it stands in an address.
func (q Question) Query() url.Values {
	v := url.Values{"group": {q.Group}}
	if q.Split != "" {
		v.Set("split", q.Split)
	}
	for name, value := range q.Where {
		v.Set(name, value)
	}
	return v
}

// Cases is the address of the list of cases behind an answer: the same filters, as
// package caselist reads them.
func (q Question) Cases() url.Values {
	v := url.Values{}
	for name, value := range q.where() {
		v.Set(name, value)
	}
	return v
}

// Of narrows the question to one of its groups, where the list of cases has a filter
// for it; false: it has none (no value, times of several days are from and to).
func (q Question) Of(g Group) (Question, bool) {
	out := Question{Group: ByAll, Where: maps.Clone(q.Where)}
	if out.Where == nil {
		out.Where = map[string]string{}
	}
	return out, out.narrow(q.Group, g.Value) && (q.Split == "" || out.narrow(q.Split, g.Split))
}

// where are the filters as the list of cases takes them.
func (q Question) where() map[string]string {
	out := map[string]string{}
	for name, value := range q.Where {
		out[name] = value
	}
	switch out[caselist.Class] {
	case "":
		out[caselist.Class] = seizure.Counted
	case EveryClass:
		delete(out, caselist.Class)
	}
	return out
}

// filter is the list of cases' own filter, as the register takes it.
func (q Question) filter() register.Filter {
	v := url.Values{}
	for name, value := range q.where() {
		v.Set(name, value)
	}
	f, _ := caselist.Parse(v)
	return f.ByCodes(nil)
}
