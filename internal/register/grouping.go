package register

import "time"

// What cases may be grouped by beside the coded filters and brand.
const (
	ByRoute = "route" // as Route writes it
	ByDay   = "day"   // of the event
	ByWeek  = "week"  // the Monday that begins it
	ByMonth = "month" // 2017-02
)

// Route is how a route is written; empty: nothing is said of it.
func Route(origin, destination string) string {
	if origin == "" && destination == "" {
		return ""
	}
	return origin + ">" + destination
}

// WeekOf is the Monday that begins the week of a local day.
func WeekOf(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly)
}

// MonthOf is the month of a local day.
func MonthOf(day string) string {
	if len(day) < len("2006-01") {
		return ""
	}
	return day[:len("2006-01")]
}

// Group is one value of what cases are grouped by, and of what groups are split by.
type Group struct {
	Value, Split string
	Cases        int64            // each once
	Totals       map[string]int64 // millionths by unit, of the lines that are meant
}

// Groups are the cases that match a filter, by the values of one or two dimensions:
// by cases, most first, then by value; those of time by the calendar. A case of whose
// lines none is meant, or has a value, stands under the empty value.
type Groups struct {
	Size   int64 // of the journal that they belong to
	Cases  int64 // each once
	Totals map[string]int64
	All    []Group
}
