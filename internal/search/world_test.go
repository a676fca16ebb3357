package search_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var codes = []operation.Code{"tide", "ebb"}

// world is two operations with the same members, made by the commands that people
// use. Actors are contact points, except NAME.officer; xb holds its reports back.
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	messages   *message.Store
	cases      *seizure.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	search     *search.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

var members = []struct {
	name, kind, country string
	side                access.Side
	role                access.Role
}{
	{"xa", "customs", "XA", access.Enforcement, access.Officer}, {"xb", "customs", "XB", access.Enforcement, access.Officer},
	{"observer", "observer", "", access.ObserverSide, access.Observer}, {"holder", "right-holder", "", access.RightHolderSide, access.RightHolder},
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, messages: message.NewStore(d, j, src), cases: seizure.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src), bodies: organisation.NewStore(d, j, src),
		search: search.NewStore(d, src), root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.register("wco", "secretariat", "")
	for _, c := range codes {
		_, err := w.operations.Open(t.Context(), w.root, operation.Draft{Code: c, Kind: operation.KindOperation, Name: string(c), Language: "en",
			Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
			Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
		w.must(err)
	}
	for _, m := range members {
		w.register(m.name, m.kind, m.country)
		id := w.person(m.name, m.name+".officer", "")
		for _, c := range codes {
			w.must(w.operations.Invite(t.Context(), w.actor["wco"], c, w.body[m.name].ID, m.side))
			w.must(w.operations.Accept(t.Context(), w.actor[m.name], c, 1))
			w.must(w.operations.Assign(t.Context(), w.actor[m.name], c, id, []access.Role{m.role}))
			if m.kind == "customs" {
				w.must(w.operations.Assign(t.Context(), w.actor[m.name], c, person.ID(w.actor[m.name].Person), []access.Role{access.ContactPoint}))
			}
		}
	}
	w.register("outsider", "customs", "XZ")
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) register(name, kind, country string) {
	w.t.Helper()
	release := organisation.ReleaseByOfficer
	if name == "xb" {
		release = organisation.ReleaseByContactPoint
	}
	o, err := w.bodies.Register(w.t.Context(), w.root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name,
		TimeZone: "UTC", Language: "en", ReleaseBy: release})
	w.must(err)
	w.body[name] = o
	w.person(name, name, person.ContactPoint)
}

func (w *world) person(body, name, contact string) person.ID {
	w.t.Helper()
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
	return p.ID
}
