package coverage_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// start is late on the ninth for UTC, and the tenth already in Kiritimati.
var start = time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)

// world is bodies and, at a time, one operation of theirs, which wco directs. xa
// (in Kiritimati), xb and xc (in Lima, of one country) control goods, "observer" and
// "holder" are on their sides, "stranger" is no member. Actors are contact points
// ("xa") or "xa.officer". A case of xb waits for its contact point before other
// members see it; coordination sees it at once.
type world struct {
	t          *testing.T
	source     *source.Source
	store      *coverage.Store
	cases      *seizure.Store
	reports    *nilreport.Store
	people     *person.Store
	operations *operation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	code       operation.Code
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	src := source.Story(start.Add(-96*time.Hour), 1)
	j := journal.New(src)
	w := &world{t: t, source: src, store: coverage.NewStore(d, src), cases: seizure.NewStore(d, j, src), reports: nilreport.NewStore(d, j, src),
		people: person.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	bodies := organisation.NewStore(d, j, src)
	for _, b := range []struct{ login, kind, country, zone, name, release string }{
		{"wco", "secretariat", "", "UTC", "Secretariat", organisation.ReleaseByOfficer},
		{"xb", "customs", "XB", "America/Lima", "Second", organisation.ReleaseByContactPoint},
		{"xc", "customs", "XB", "America/Lima", "First", organisation.ReleaseByOfficer},
		{"xa", "customs", "XA", "Pacific/Kiritimati", "Third", organisation.ReleaseByOfficer},
		{"observer", "observer", "", "UTC", "Observer", organisation.ReleaseByOfficer},
		{"holder", "right-holder", "", "UTC", "Holder", organisation.ReleaseByOfficer},
		{"stranger", "customs", "XZ", "UTC", "Stranger", organisation.ReleaseByOfficer}} {
		o, err := bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b.kind, Country: b.country, Name: b.name, TimeZone: b.zone,
			Language: "en", ReleaseBy: b.release})
		w.must(err)
		w.body[b.login] = o
		w.person(b.login, b.login, person.ContactPoint)
		w.person(b.login, b.login+".officer", "")
	}
	w.source.Set(start)
	return w
}

// open begins another operation with these phases, of nobody but wco.
func (w *world) open(name operation.Code, phases ...operation.Phase) {
	w.t.Helper()
	w.code = name
	_, err := w.operations.Open(w.t.Context(), w.root, operation.Draft{Code: name, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person), Phases: phases})
	w.must(err)
	w.assign("wco", access.Coordinator)
}

func (w *world) join(name string, side access.Side) {
	w.t.Helper()
	w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], w.code, w.body[name].ID, side))
	w.must(w.operations.Accept(w.t.Context(), w.actor[name], w.code, 1))
	if side == access.Enforcement {
		w.assign(name, access.Officer)
	}
}

func (w *world) assign(body string, role access.Role) {
	w.t.Helper()
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], w.code, person.ID(w.actor[body+".officer"].Person), []access.Role{role}))
}

func (w *world) leave(name string) {
	w.t.Helper()
	w.must(w.operations.End(w.t.Context(), w.actor["wco"], w.code, w.body[name].ID))
}

func (w *world) pass(d time.Duration) { w.source.Set(w.source.Now().Add(d)) }

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
