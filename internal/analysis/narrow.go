package analysis

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
)

// filterOf are the filters that a dimension's value is one of.
var filterOf = map[string]string{ByCountry: caselist.Country, ByOrigin: caselist.Origin, ByDestination: caselist.Destination, ByCategory: caselist.Category,
	ByBrand: caselist.Brand, ByViolation: caselist.Violation, ByConveyance: caselist.Conveyance, ByDirection: caselist.Direction,
	ByDetection: caselist.Detection, ByStatus: caselist.Status, ByReporter: caselist.Organisation, ByClass: caselist.Class}

// narrow puts one value of a dimension among the filters; false: no filter says it.
func (q *Question) narrow(dimension, value string) bool {
	switch {
	case dimension == ByAll:
		return true
	case value == "": // what says nothing of it cannot be filtered for
		return false
	case dimension == ByRoute:
		from, to, _ := strings.Cut(value, ">")
		return q.narrow(ByOrigin, from) && q.narrow(ByDestination, to)
	case OverTime(dimension):
		first, last := days(dimension, value)
		if was := q.Where[caselist.From]; was > first {
			first = was
		}
		if was := q.Where[caselist.To]; was != "" && was < last {
			last = was
		}
		q.Where[caselist.From], q.Where[caselist.To] = first, last
		return true
	}
	name := filterOf[dimension]
	if was := q.Where[name]; was != "" && was != value && !(name == caselist.Class && was == EveryClass) {
		return false // a list has one value of each filter
	}
	q.Where[name] = value
	return true
}

// days are the first and the last day of a group of time.
func days(dimension, value string) (first, last string) {
	switch dimension {
	case ByWeek:
		if t, err := time.Parse(time.DateOnly, value); err == nil {
			return value, t.AddDate(0, 0, 6).Format(time.DateOnly)
		}
	case ByMonth:
		if t, err := time.Parse("2006-01", value); err == nil {
			return value + "-01", t.AddDate(0, 1, -1).Format(time.DateOnly)
		}
	}
	return value, value
}
