package frame

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// ZoneOf is the time zone in which the reader's organisation works.
func ZoneOf(st operation.Standing) *time.Location {
	if l, err := time.LoadLocation(st.Organisation.TimeZone); err == nil {
		return l
	}
	return time.UTC
}

// ReadMoment puts a day and a time of day of a form together in a zone. Both empty
// is no time; digits of other scripts are read as what they mean.
func ReadMoment(day, clock string, zone *time.Location) (time.Time, bool) {
	day, clock = ClockDigits(strings.TrimSpace(day)), ClockDigits(strings.TrimSpace(clock))
	if day == "" && clock == "" {
		return time.Time{}, true
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, zone)
	// An hour that the clocks skip is read as another one: ask again.
	return t, err == nil && t.Format("2006-01-02 15:04") == day+" "+clock
}

// ClockDigits reads a day or a time as keyboards of several scripts type it.
func ClockDigits(s string) string {
	return strings.ReplaceAll(i18n.WesternDigits(s), "：", ":")
}
