package web

import (
	"github.com/tidewaiter/tidewaiter/internal/door"
)

// row is a route with its handler.
type row struct {
	door.Route
	handle handler
}

// table is every route of this door. A file per thing adds its rows here.
var table = join(
	meRoutes,
	messageRoutes,
	overviewRoutes,
	seizureRoutes,
	adminRoutes,
	homeRoutes,
	invitationRoutes,
	journalRoutes,
	openingRoutes,
	peopleRoutes,
	personRoutes,
	signInRoutes,
)

func join(parts ...[]row) []row {
	var out []row
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// Routes lists the table, for tests.
func Routes() []door.Route {
	out := make([]door.Route, 0, len(table))
	for _, r := range table {
		out = append(out, r.Route)
	}
	return out
}
