package i18n

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Day prints a calendar day "2017-02-06" with the month in words and short:
// "6 Feb 2017". What is not a day is returned as it is.
func (p *Printer) Day(day string) string { return p.day(day, "day") }

// DayLong prints a calendar day with the month in full: "6 February 2017".
func (p *Printer) DayLong(day string) string { return p.day(day, "long") }

// DayShort prints a calendar day without its year: "6 Feb", for axes and lists
// that name the year elsewhere.
func (p *Printer) DayShort(day string) string { return p.day(day, "short") }

// Range prints the days from one to another, both included: "6 Feb 2017 to 24
// Feb 2017"; one day alone is that day.
func (p *Printer) Range(from, to string) string {
	if from == to || to == "" {
		return p.Day(from)
	}
	return p.T("date.range", fault.Args{"from": Day(from), "to": Day(to)})
}

// Weekday prints the name of a calendar day's weekday: "Monday".
func (p *Printer) Weekday(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return p.table.weekdays[t.Weekday()]
}

func (p *Printer) day(day, pattern string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return p.table.date(t, pattern)
}

// Time prints a moment in a zone: "23 Nov 2026, 10:02 UTC". Other zones are
// named by their offset ("UTC+01:00"), because letters such as IST mean several.
func (p *Printer) Time(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	return p.T("date.at", fault.Args{"day": p.table.date(t, "day"), "clock": p.Clock(t, zone)})
}

// Clock prints the time of day only: "10:02 UTC".
func (p *Printer) Clock(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	return p.ltr(t.Format("15:04") + " " + zoneName(t))
}

func zoneName(t time.Time) string {
	if _, offset := t.Zone(); offset != 0 {
		return "UTC" + t.Format("-07:00")
	}
	return "UTC"
}

// Age says how long ago t was, in the largest unit that fits: "3 hours ago".
// A moment in the future (clocks differ) is "just now".
func (p *Printer) Age(t, now time.Time) string {
	unit, n := span(now.Sub(t))
	if n == 0 {
		return p.T("date.ago.now")
	}
	return p.T("date.ago."+unit, fault.Args{"count": n})
}

// Left says how long there is until due, or for how long it is overdue:
// "2 hours left", "overdue by 1 day".
func (p *Printer) Left(due, now time.Time) string {
	d := due.Sub(now)
	key := "date.left."
	if d < 0 {
		key, d = "date.overdue.", -d
	}
	unit, n := span(d)
	if n == 0 {
		return p.T(key + "now")
	}
	return p.T(key+unit, fault.Args{"count": n})
}

// Took says how long something took, in minutes, hours or days: "31 hours".
func (p *Printer) Took(d time.Duration) string {
	switch {
	case d < time.Hour:
		return p.T("date.took.minute", fault.Args{"count": int64(d / time.Minute)})
	case d < 3*24*time.Hour:
		return p.T("date.took.hour", fault.Args{"count": int64(d / time.Hour)})
	}
	return p.T("date.took.day", fault.Args{"count": int64(d / (24 * time.Hour))})
}

// span cuts a duration down to its largest whole unit; less than a minute is 0.
func span(d time.Duration) (unit string, n int64) {
	switch {
	case d < time.Minute:
		return "now", 0
	case d < time.Hour:
		return "minute", int64(d / time.Minute)
	case d < 24*time.Hour:
		return "hour", int64(d / time.Hour)
	case d < 60*24*time.Hour:
		return "day", int64(d / (24 * time.Hour))
	case d < 730*24*time.Hour:
		return "month", int64(d / (30 * 24 * time.Hour))
	}
	return "year", int64(d / (365 * 24 * time.Hour))
}

// date fills a CLDR pattern of d, M, MMM, MMMM and y; quotes hold plain words.
func (t *table) date(at time.Time, pattern string) string {
	var b strings.Builder
	p := t.patterns[pattern]
	for p != "" {
		n := 1
		for n < len(p) && p[n] == p[0] {
			n++
		}
		switch p[0] {
		case 'd':
			b.WriteString(strconv.Itoa(at.Day()))
		case 'y':
			b.WriteString(strconv.Itoa(at.Year()))
		case 'M':
			switch n {
			case 3:
				b.WriteString(t.shortMonths[at.Month()-1])
			case 4:
				b.WriteString(t.longMonths[at.Month()-1])
			default:
				b.WriteString(strconv.Itoa(int(at.Month())))
			}
		case '\'':
			end := strings.IndexByte(p[1:], '\'')
			b.WriteString(p[1 : 1+end])
			n = end + 2
		default:
			n = 1
			b.WriteByte(p[0])
		}
		p = p[n:]
	}
	return b.String()
}

// Month prints "2017-02": "February 2017". What is no month stands as it is.
func (p *Printer) Month(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return p.T("date.month", fault.Args{"month": p.table.longMonths[t.Month()-1], "year": t.Format("2006")})
}
