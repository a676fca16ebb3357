package productpage

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// form is the limit of a sheet's form without its pictures.
const form = 2 << 20

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/p/{$}", Command: access.ProductRead, Rate: door.Searches}, Handle: s.find},
		{Route: door.Route{Method: "GET", Pattern: "/p/scan", Command: access.ProductRead}, Handle: s.scanShow},
		{Route: door.Route{Method: "POST", Pattern: "/p/scan", Command: access.ProductRead, Limit: frame.SmallForm}, Stream: true, Handle: s.scan},
		{Route: door.Route{Method: "GET", Pattern: "/p/own/{$}", Command: access.ProductRead, Rate: door.Searches}, Handle: s.own},
		{Route: door.Route{Method: "GET", Pattern: "/p/new", Command: access.ProductSave}, Handle: s.writeNew},
		{Route: door.Route{Method: "POST", Pattern: "/p/new", Command: access.ProductSave, Limit: form}, Files: true, Handle: s.write},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}", Command: access.ProductRead}, Handle: s.show},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/compare", Command: access.ProductRead}, Handle: s.compare},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/use", Command: access.ProductRead}, Handle: s.use},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/mark", Command: access.ProductMark, Limit: frame.SmallForm}, Handle: s.mark},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/edit", Command: access.ProductSave}, Handle: s.edit},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/edit", Command: access.ProductSave, Limit: form}, Files: true, Handle: s.write},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/publish", Command: access.ProductPublish}, Handle: s.publishAsk},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/publish", Command: access.ProductPublish, Limit: frame.SmallForm}, Handle: s.publish},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/confirm", Command: access.ProductConfirm}, Handle: s.confirmAsk},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/confirm", Command: access.ProductConfirm, Limit: frame.SmallForm}, Handle: s.confirm},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/withdraw", Command: access.ProductWithdraw}, Handle: s.withdrawAsk},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/withdraw", Command: access.ProductWithdraw, Limit: frame.SmallForm}, Handle: s.withdraw},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/part/{kind}", Command: access.ProductPublish}, Handle: s.partAsk},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/part/{kind}", Command: access.ProductPublish, Limit: form}, Files: true, Handle: s.part},
	}
}
