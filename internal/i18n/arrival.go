package i18n

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Arrival says when something comes, how long that is from now, and where, in the
// place's own time and in UTC: "Arrives in 9 hours: 7 Feb 2017, 00:00 at Port of
// Qasr (6 Feb 2017, 17:00 UTC)". Without a zone, or with one that nobody knows, UTC
// stands alone; place may be empty.
func (p *Printer) Arrival(at, now time.Time, place, zone string) string {
	key, d := "date.arrives.", at.Sub(now)
	if d < 0 {
		key, d = "date.arrived.", -d
	}
	unit, n := span(d)
	when := ""
	if n == 0 {
		when = p.T(key + "now")
	} else {
		when = p.T(key+unit, fault.Args{"count": n})
	}
	args := fault.Args{"when": when, "place": place, "utc": p.Time(at, time.UTC)}
	local, err := time.LoadLocation(zone)
	if zone == "" || zone == "Local" || err != nil {
		if place == "" {
			return p.T("date.arrival.utc", args)
		}
		return p.T("date.arrival.utc-place", args)
	}
	there := at.In(local)
	args["day"], args["clock"] = p.table.date(there, "day"), p.ltr(there.Format("15:04"))
	if there.Format(time.DateOnly) == at.UTC().Format(time.DateOnly) {
		args["utc"] = p.Clock(at, time.UTC)
	}
	if place == "" {
		return p.T("date.arrival.zone", args)
	}
	return p.T("date.arrival.place", args)
}
