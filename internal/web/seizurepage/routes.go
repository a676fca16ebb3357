package seizurepage

import "github.com/tidewaiter/tidewaiter/internal/web/frame"

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return append(append(s.seizureRoutes(), s.photoRoutes()...), s.evidenceRoutes()...)

}
