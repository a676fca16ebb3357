package legal

import (
	"slices"
	"time"
)

// Calendar says which days an office works.
type Calendar struct {
	Zone     string         // IANA name: a notice arrives on the office's local day
	Weekend  []time.Weekday // not all seven
	Holidays []Closed       // days not worked beside the weekend
	Worked   []Day          // weekend days and holidays that are worked all the same
	Years    []int          // for which the holidays are known, whether or not there are any
	Source   string         // where the holidays stand
}

// Closed is a day on which an office does not work.
type Closed struct {
	Day  Day
	Name string
}

// farthest bounds how many days in a row a calendar may be closed, so that a count
// comes to an end whatever was entered.
const farthest = 366

// Works tells whether a day is worked.
func (c Calendar) Works(d Day) bool {
	if slices.Contains(c.Worked, d) {
		return true
	}
	if slices.Contains(c.Weekend, d.Weekday()) {
		return false
	}
	return !slices.ContainsFunc(c.Holidays, func(h Closed) bool { return h.Day == d })
}

// Next is the first worked day at or after a day.
func (c Calendar) Next(d Day) Day {
	for n := 0; n < farthest && !c.Works(d); n++ {
		d++
	}
	return d
}

// After is the n-th worked day after a day, which is itself not counted. After
// zero days it is the day itself.
func (c Calendar) After(d Day, n int) Day {
	for ; n > 0; n-- {
		d = c.Next(d + 1)
	}
	return d
}

// Between counts the worked days after the first day up to and with the last; a
// last day before the first counts below zero.
func (c Calendar) Between(first, last Day) int {
	n, sign := 0, 1
	if last < first {
		first, last, sign = last, first, -1
	}
	for d := first + 1; d <= last; d++ {
		if c.Works(d) {
			n++
		}
	}
	return sign * n
}

// Unknown lists the years from one day to another for which nobody entered
// holidays: a count through them may end too early.
func (c Calendar) Unknown(from, to Day) []int {
	var out []int
	for y := from.Year(); y <= to.Year(); y++ {
		if !slices.Contains(c.Years, y) {
			out = append(out, y)
		}
	}
	return out
}

// Location is the office's time zone; UTC where the name is unknown.
func (c Calendar) Location() *time.Location {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Local is the office's day and time of day at a moment.
func (c Calendar) Local(t time.Time) (Day, string) {
	t = t.In(c.Location())
	return DateOf(t.Date()), t.Format("15:04")
}

// Ends is the moment at which a day is over at the office.
func (c Calendar) Ends(d Day) time.Time {
	year, month, day := d.date().Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, c.Location())
}
