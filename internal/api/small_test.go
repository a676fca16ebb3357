package api_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

const tide = "/api/v1/operations/tide"

// small is an instance made by commands, on either engine. wco directs "tide";
// xa and xb control goods, and their officers release; holder holds rights; xz
// directs "ebb". Personas are called xa (a contact point), xa.officer, xa.second.
type small struct {
	*world
	root access.Actor
	body map[string]organisation.Organisation
	id   map[string]person.ID
}

var smallNow = time.Date(2017, 2, 14, 12, 0, 0, 0, time.UTC)

// each runs f on both engines.
func each(t *testing.T, f func(t *testing.T, w *small)) {
	t.Helper()
	dbtest.EachURL(t, func(t *testing.T, url string) { f(t, newSmall(t, url)) })
}

func newSmall(t testing.TB, url string) *small {
	t.Helper()
	dir := t.TempDir()
	demo := `{"seed":1,"scale":1,"from":"2017-02-14T12:00:00Z","since":"2017-02-14T12:00:00Z","pace":0,"whole":true}`
	if err := os.WriteFile(filepath.Join(dir, "demo.json"), []byte(demo), 0o600); err != nil {
		t.Fatal(err)
	}
	w := &small{world: open(t, server.Config{Data: dir, Database: url}), body: map[string]organisation.Organisation{}, id: map[string]person.ID{}}
	w.app.Clock.Set(smallNow)
	w.root = access.Actor{Person: w.app.Clock.ID(), Organisation: 1, Administrator: true}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}, {"xz", "rilo", ""}} {
		o, err := w.app.Organisations.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0],
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], b[0], person.ContactPoint)
	}
	w.begin("tide", "wco")
	w.begin("ebb", "xz")
	for body, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide} {
		w.must(w.app.Operations.Invite(t.Context(), w.actor("wco"), "tide", w.body[body].ID, side))
		w.must(w.app.Operations.Accept(t.Context(), w.actor(body), "tide", 1))
	}
	for _, name := range []string{"xa.officer", "xa.second", "xb.officer"} {
		w.person(name[:2], name, "")
		w.must(w.app.Operations.Assign(t.Context(), w.actor(name[:2]), "tide", w.id[name], []access.Role{access.Officer}))
	}
	return w
}

func (w *small) person(body, name, contact string) {
	w.t.Helper()
	p, err := w.app.People.Register(w.t.Context(), w.root, person.Draft{Login: name, Persona: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.id[name] = p.ID
}

func (w *small) actor(name string) access.Actor { return w.sessionOf(name).Actor }

func (w *small) begin(code operation.Code, by string) {
	w.t.Helper()
	_, err := w.app.Operations.Open(w.t.Context(), w.root, operation.Draft{ID: operation.ID(w.app.Clock.ID()), Code: code, Kind: operation.KindOperation,
		Name: "Tide", Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body[by].ID, Director: w.id[by],
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
}

// size is the length of the journal: what must not move when nothing was done.
func (w *small) size() int64 {
	w.t.Helper()
	p, err := w.app.Operations.Journal(w.t.Context(), w.actor("wco"), "tide", journalNewest)
	w.must(err)
	return p.Lines[0].Seq
}
