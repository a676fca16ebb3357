package nilreport_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// start is late on the ninth for UTC, and the tenth already in Tokyo.
var start = time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)

// world is an operation that wco directs. xa (in Tokyo) and xb (in Lima) control
// goods, "gone" did until it left, "observer" and "holder" are on their sides, and
// "stranger" is no member. Actors are contact points ("xa") or "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	store      *nilreport.Store
	people     *person.Store
	operations *operation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

// outside are those for whom nothing of this exists.
var outside = []string{"stranger", "gone", "gone.officer", "observer", "holder", "wco.auditor"}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(start.Add(-72*time.Hour), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, store: nilreport.NewStore(d, j, src), people: person.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	bodies := organisation.NewStore(d, j, src)
	for _, b := range [][4]string{{"wco", "secretariat", "", "UTC"}, {"xa", "customs", "XA", "Asia/Tokyo"}, {"xb", "customs", "XB", "America/Lima"},
		{"gone", "customs", "XC", "UTC"}, {"observer", "observer", "", "UTC"}, {"holder", "right-holder", "", "UTC"}, {"stranger", "customs", "XZ", "UTC"}} {
		o, err := bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: b[3],
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], b[0], person.ContactPoint)
	}
	_, err := w.operations.Open(t.Context(), w.root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "plan", Starts: "2017-01-01", Ends: "2017-02-05"}, {Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for _, m := range []struct {
		name string
		side access.Side
	}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"gone", access.Enforcement}, {"observer", access.ObserverSide}, {"holder", access.RightHolderSide}} {
		w.must(w.operations.Invite(t.Context(), w.actor["wco"], code, w.body[m.name].ID, m.side))
		w.must(w.operations.Accept(t.Context(), w.actor[m.name], code, 1))
	}
	w.give("wco", "coordinator", access.Coordinator)
	w.give("wco", "auditor", access.Auditor)
	for _, name := range []string{"xa", "xb", "gone"} {
		w.give(name, "officer", access.Officer)
	}
	w.source.Set(start)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) person(body, name, contact string) {
	w.t.Helper()
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
}

func (w *world) give(body, job string, role access.Role) {
	w.t.Helper()
	name := body + "." + job
	w.person(body, name, "")
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, person.ID(w.actor[name].Person), []access.Role{role}))
}

func (w *world) leave(name string) {
	w.t.Helper()
	w.must(w.operations.End(w.t.Context(), w.actor["wco"], code, w.body[name].ID))
}

// missing wants the one answer that whoever is no member gets, word for word.
func (w *world) missing(who string, do func(access.Actor) error) {
	w.t.Helper()
	got, want := do(w.actor[who]), do(w.actor["stranger"])
	if !fault.Is(want, fault.NotFound) || !fault.Is(got, fault.NotFound) || got.Error() != want.Error() {
		w.t.Errorf("%s gets %v, a stranger %v", who, got, want)
	}
}
