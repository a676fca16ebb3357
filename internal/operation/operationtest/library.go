package operationtest

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// OutsideLibrary are those for whom nothing of the library exists.
var OutsideLibrary = []string{"stranger", "gone", "observer"}

// Library opens the library: wco coordinates it, xa and xb enforce, "holder" (there
// from the world), "rival" and "agent" are right holders. Everybody has the roles
// that the library's members' people have.
func (w *World) Library() {
	w.T.Helper()
	ctx := w.T.Context()
	bodies := organisation.NewStore(w.DB, w.Journal, w.Source)
	for _, name := range []string{"rival", "agent"} {
		o, err := bodies.Register(ctx, w.Root, organisation.Draft{Kind: "right-holder", Name: "Body " + name, TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[name] = o
		w.Person(name, name, person.ContactPoint)
	}
	_, err := w.Operations.Open(ctx, w.Root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-01-01", Ends: "2017-12-31"}}})
	w.Must(err)
	for _, m := range []struct {
		name string
		side access.Side
	}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"holder", access.RightHolderSide}, {"rival", access.RightHolderSide}, {"agent", access.RightHolderSide}} {
		w.JoinLibrary(m.name, m.side)
	}
}

// JoinLibrary makes a body a member of the library.
func (w *World) JoinLibrary(name string, side access.Side) {
	w.T.Helper()
	w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], operation.Library, w.Body[name].ID, side))
	w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], operation.Library, 1))
}
