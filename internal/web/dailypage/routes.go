package dailypage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat(s.nilRoutes(), s.coverageRoutes(), s.issuedRoutes(), s.taskRoutes(), s.rosterRoutes())
}

func get(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodGet, Pattern: "/o/{op}/" + pattern, Command: command}, Handle: h}
}

func post(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodPost, Pattern: "/o/{op}/" + pattern, Command: command, Limit: frame.SmallForm}, Handle: h}
}

// base is the address of the operation.
func base(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/" }

// number is the thing that the address names.
func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return 0, fault.Missing()
	}
	return n, nil
}

// version is the one that the form was written on; what is no number is none.
func version(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
