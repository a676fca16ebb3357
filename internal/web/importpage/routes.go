package importpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/import/{$}", Command: access.SeizureReport}, Handle: s.start},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/import/{$}", Command: access.SeizureReport, Rate: door.Searches, Limit: frame.SmallForm},
			Stream: true, Handle: s.hand},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/import/template.xlsx", Command: access.SeizureReport}, Handle: s.template},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/import/template.csv", Command: access.SeizureReport}, Handle: s.template},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/import/mapping/drop", Command: access.MappingDrop, Limit: frame.SmallForm}, Handle: s.dropMapping},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/import/{sheet}", Command: access.SeizureReport, Rate: door.Searches}, Handle: s.show},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/import/{sheet}", Command: access.SeizureReport, Rate: door.Searches, Limit: 4 * frame.SmallForm}, Handle: s.decide},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/import/{sheet}/refused", Command: access.SeizureReport, Rate: door.Searches}, Handle: s.refused},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/export", Command: access.SeizureRead, Rate: door.Searches}, Handle: s.export},
	}
}

// base is the address of the room, inside an operation.
func base(p *kit.Page) string { return p.Operation.Href + "import/" }

func baseOf(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/import/" }

func sheetOf(r *http.Request) intake.ID { return intake.ID(r.PathValue("sheet")) }
