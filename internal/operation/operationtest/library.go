package operationtest

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Library makes the library: wco coordinates, xa and xb look up, orva and rival are
// right holders, and agent is somebody who may represent. outsider is a right holder
// that takes no part. Actors are contact points ("xa") or "xa.officer", "wco.second",
// "orva.expert".
func Library(t testing.TB, d *db.DB) *World {
	t.Helper()
	src := source.Story(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &World{T: t, DB: d, Source: src, Journal: j, People: person.NewStore(d, j, src), Operations: operation.NewStore(d, j, src),
		Root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		Body: map[string]organisation.Organisation{}, Actor: map[string]access.Actor{}}
	bodies := organisation.NewStore(d, j, src)
	sides := map[string]access.Side{"secretariat": access.Coordination, "customs": access.Enforcement, "right-holder": access.RightHolderSide}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"orva", "right-holder", ""},
		{"rival", "right-holder", ""}, {"agent", "right-holder", ""}, {"outsider", "right-holder", ""}} {
		o, err := bodies.Register(t.Context(), w.Root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[b[0]] = o
		w.Person(b[0], b[0], person.ContactPoint)
		switch b[0] {
		case "wco":
			_, err := w.Operations.Open(t.Context(), w.Root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library",
				Language: "en", Handling: "For customs.", TimeZone: "UTC", Organisation: o.ID, Director: person.ID(w.Actor["wco"].Person),
				Phases: []operation.Phase{{Kind: "operational", Starts: "2026-01-01", Ends: "2036-12-31"}}})
			w.Must(err)
		case "outsider":
		default:
			w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], operation.Library, o.ID, sides[b[1]]))
			w.Must(w.Operations.Accept(t.Context(), w.Actor[b[0]], operation.Library, 1))
		}
	}
	w.Person("wco", "wco.second", "")
	w.Person("xa", "xa.officer", "")
	w.Person("orva", "orva.expert", "")
	return w
}
