package analysispage

import (
	"net/http"

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
		get("{$}", s.ask),
		get("map", s.flows),
		get("keep", s.keepShow),
		post("keep", access.QuestionKeep, s.keep),
		post("drop", access.QuestionDrop, s.drop),
	}
}

func get(pattern string, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodGet, Pattern: "/o/{op}/analysis/" + pattern, Command: access.AnalysisRead}, Handle: h}
}

func post(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodPost, Pattern: "/o/{op}/analysis/" + pattern, Command: command, Limit: frame.SmallForm}, Handle: h}
}

// base is the address of the page of questions.
func base(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/analysis/" }
