package caselist

import (
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

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

// errWriting: what a unit of work has written is not there for others before it is
// committed, and may never be.
var errWriting = errors.New("caselist: the columns in memory are asked for inside a write")

// GroupsOf groups the cases of some audiences that match a filter without words, by a
// dimension (a coded filter, Brand, or one of those above; empty: one group) and by a
// second. Lines that are meant pass every filter of lines themselves.
func GroupsOf(tx *db.Tx, m *Memory, st operation.Standing, readable db.List, f Filter, by, split string) (Groups, error) {
	if tx.Writing() {
		return Groups{}, errWriting
	}
	f, err := named(tx, f)
	if err != nil {
		return Groups{}, err
	}
	c, done, err := m.current(tx, st.Operation.Number)
	if err != nil {
		return Groups{}, err
	}
	defer done()
	return c.group(c.asked(f, readable, st.Who.Organisation, st.Who.Person, nil), f, by, split), nil
}

// CountsOf gives the counts that List gives beside a page, for a filter without words.
func CountsOf(tx *db.Tx, m *Memory, st operation.Standing, readable db.List, f Filter) (Counts, error) {
	if tx.Writing() {
		return Counts{}, errWriting
	}
	f, err := named(tx, f)
	if err != nil {
		return Counts{}, err
	}
	c, done, err := m.current(tx, st.Operation.Number)
	if err != nil {
		return Counts{}, err
	}
	defer done()
	return c.asked(f, readable, st.Who.Organisation, st.Who.Person, nil).count(), nil
}
