package operationtest

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Code is the operation's.
const Code = operation.Code("tide")

// Start is late on the ninth for UTC, and the tenth already in Tokyo.
var Start = time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)

// World is an operation that wco directs. xa (in Tokyo) and xb (in Lima) control
// goods, "gone" did until it left, "observer" and "holder" are on their sides, and
// "stranger" is no member. Actors are contact points ("xa") or "xa.officer".
type World struct {
	T          testing.TB
	DB         *db.DB
	Journal    *journal.Journal
	Source     *source.Source
	People     *person.Store
	Operations *operation.Store
	Root       access.Actor
	Body       map[string]organisation.Organisation
	Actor      map[string]access.Actor
}

// Outside are those for whom nothing of this exists.
var Outside = []string{"stranger", "gone", "gone.officer", "observer", "holder", "wco.auditor"}

// New makes the world.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	src := source.Story(Start.Add(-72*time.Hour), 1)
	j := journal.New(src)
	w := &World{T: t, DB: d, Source: src, Journal: j, People: person.NewStore(d, j, src),
		Operations: operation.NewStore(d, j, src), Root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		Body: map[string]organisation.Organisation{}, Actor: map[string]access.Actor{}}
	bodies := organisation.NewStore(d, j, src)
	for _, b := range [][4]string{{"wco", "secretariat", "", "UTC"}, {"xa", "customs", "XA", "Asia/Tokyo"}, {"xb", "customs", "XB", "America/Lima"},
		{"gone", "customs", "XC", "UTC"}, {"observer", "observer", "", "UTC"}, {"holder", "right-holder", "", "UTC"}, {"stranger", "customs", "XZ", "UTC"}} {
		o, err := bodies.Register(t.Context(), w.Root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: b[3],
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[b[0]] = o
		w.Person(b[0], b[0], person.ContactPoint)
	}
	_, err := w.Operations.Open(t.Context(), w.Root, operation.Draft{Code: Code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "plan", Starts: "2017-01-01", Ends: "2017-02-05"}, {Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.Must(err)
	for _, m := range []struct {
		name string
		side access.Side
	}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"gone", access.Enforcement}, {"observer", access.ObserverSide}, {"holder", access.RightHolderSide}} {
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], Code, w.Body[m.name].ID, m.side))
		w.Must(w.Operations.Accept(t.Context(), w.Actor[m.name], Code, 1))
	}
	w.Give("wco", "coordinator", access.Coordinator)
	w.Give("wco", "auditor", access.Auditor)
	for _, name := range []string{"xa", "xb", "gone"} {
		w.Give(name, "officer", access.Officer)
	}
	w.Source.Set(Start)
	return w
}

func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *World) Person(body, name, contact string) {
	w.T.Helper()
	p, err := w.People.Register(w.T.Context(), w.Root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.Body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.Must(err)
	w.Actor[name] = access.Actor{Person: string(p.ID), Organisation: w.Body[body].Number, ContactPoint: contact != ""}
}

func (w *World) Give(body, job string, role access.Role) {
	w.T.Helper()
	name := body + "." + job
	w.Person(body, name, "")
	w.Must(w.Operations.Assign(w.T.Context(), w.Actor[body], Code, person.ID(w.Actor[name].Person), []access.Role{role}))
}

func (w *World) Leave(name string) {
	w.T.Helper()
	w.Must(w.Operations.End(w.T.Context(), w.Actor["wco"], Code, w.Body[name].ID))
}

// Missing wants the one answer that whoever is no member gets, word for word.
func (w *World) Missing(who string, do func(access.Actor) error) {
	w.T.Helper()
	got, want := do(w.Actor[who]), do(w.Actor["stranger"])
	if !fault.Is(want, fault.NotFound) || !fault.Is(got, fault.NotFound) || got.Error() != want.Error() {
		w.T.Errorf("%s gets %v, a stranger %v", who, got, want)
	}
}
