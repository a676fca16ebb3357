package nilreport_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// A day is the organisation's own: where it has begun it can be reported, where
// it has not it cannot; days outside the operational phase take no report.
func TestDay(t *testing.T) {
	op := operation.Operation{Phases: []operation.Phase{{Kind: "plan", Starts: "2017-01-01", Ends: "2017-02-05"}, {Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}}
	now := time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		zone, day string
		good      bool
	}{
		{"Asia/Tokyo", "2017-02-10", true}, {"UTC", "2017-02-10", false}, {"America/Lima", "2017-02-09", true}, {"UTC", "2017-02-05", false},
		{"UTC", "2017-2-9", false}, {"UTC", "", false}, {"UTC", "2017-02-06", true},
	} {
		err := nilreport.Draft{Day: c.day}.Check(op, organisation.Organisation{TimeZone: c.zone}, now)
		if (err == nil) != c.good {
			t.Errorf("%s in %s: %v", c.day, c.zone, err)
		}
	}
	many := int64(-1)
	if err := (nilreport.Draft{Day: "2017-02-06", Controls: &many}).Check(op, organisation.Organisation{TimeZone: "UTC"}, now); err == nil {
		t.Error("less than no controls were taken")
	}
}
