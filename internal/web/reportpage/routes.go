package reportpage

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/numbers", Command: access.NumberReserve}, Handle: s.numbersShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/numbers", Command: access.NumberReserve, Limit: frame.SmallForm}, Handle: s.numbersDraw},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/batch", Command: access.SeizureReport}, Handle: s.batchNew},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/batch", Command: access.SeizureReport, Limit: frame.LargeForm}, Handle: s.batchReport},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/new", Command: access.SeizureReport}, Handle: s.caseNew},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/new", Command: access.SeizureReport, Limit: frame.LargeForm}, Handle: s.caseReport},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/amend", Command: access.SeizureAmend}, Handle: s.caseAmendShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/amend", Command: access.SeizureAmend, Limit: frame.LargeForm}, Handle: s.caseAmend},
	}
}
