package adminpage

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat(s.adminRoutes(), s.openingRoutes(), s.followRoutes(), s.personRoutes())
}
