package legal

import (
	"errors"
	"strconv"
	"time"
)

// Day is a day on a calendar on a wall, without a time zone: the number of days
// since 1970-01-01. The zero Day is no day.
type Day int64

// DateOf gives the day of a date; months and days beyond their ends go on.
func DateOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// ParseDay reads 2006-01-02; years 1971 to 2200.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1971 || t.Year() > 2200 {
		return 0, false
	}
	return DateOf(t.Date()), true
}

func (d Day) date() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// String is 2006-01-02; of no day, nothing.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.date().Format(time.DateOnly)
}

// Year is the day's year.
func (d Day) Year() int { return d.date().Year() }

// Weekday is the day's day of the week.
func (d Day) Weekday() time.Weekday { return d.date().Weekday() }

// MarshalText writes a day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) error {
	day, ok := ParseDay(string(text))
	if !ok && len(text) > 0 {
		return errors.New("legal: no day: " + strconv.Quote(string(text)))
	}
	*d = day
	return nil
}
