package links_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

const (
	code = operation.Code("tide")
	box  = "CSQU3054383"
)

// world is an operation that wco directs, in which xa, xb and xc control goods,
// one watches and holder holds rights. Actors are the contact points by the name
// of their body, and "officer", of xb, whose reports wait for release.
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	links      *links.Store
	messages   *message.Store
	cases      *seizure.Store
	operations *operation.Store
	people     *person.Store
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor

	// of random lives
	numbers          []string
	away, been       map[string]bool
	made             []*join
	shown, led, many int // what was compared
}

var (
	bodies = []string{"wco", "xa", "xb", "xc", "one", "holder"}
	sides  = map[string]access.Side{"wco": access.Coordination, "xa": access.Enforcement, "xb": access.Enforcement, "xc": access.Enforcement,
		"one": access.ObserverSide, "holder": access.RightHolderSide}
)

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, links: links.NewStore(d, j, src), messages: message.NewStore(d, j, src), cases: seizure.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src), body: map[string]organisation.Organisation{},
		actor: map[string]access.Actor{}, away: map[string]bool{}, been: map[string]bool{}}
	store := organisation.NewStore(d, j, src)
	root := access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	register := func(login string, of organisation.Organisation, contact string) {
		p, err := w.people.Register(t.Context(), root, person.Draft{Login: login, Name: "Person " + login, Language: "en", Organisation: of.Number,
			Position: "post", ContactPoint: contact, Active: true})
		w.must(err)
		w.actor[login] = access.Actor{Person: string(p.ID), Organisation: of.Number, ContactPoint: contact != ""}
	}
	for _, b := range bodies {
		draft := organisation.Draft{Kind: "customs", Country: "XA", Name: "Body " + b, TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer}
		switch sides[b] {
		case access.Coordination:
			draft.Kind, draft.Country = "secretariat", ""
		case access.ObserverSide:
			draft.Kind, draft.Country = "observer", ""
		case access.RightHolderSide:
			draft.Kind, draft.Country = "right-holder", ""
		}
		if b == "xb" {
			draft.ReleaseBy = organisation.ReleaseByContactPoint
		}
		o, err := store.Register(t.Context(), root, draft)
		w.must(err)
		w.body[b] = o
		register(b, o, person.ContactPoint)
	}
	_, err := w.operations.Open(t.Context(), root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for _, b := range bodies[1:] {
		w.join(b)
	}
	register("officer", w.body["xb"], "")
	w.must(w.operations.Assign(t.Context(), w.actor["xb"], code, person.ID(w.actor["officer"].Person), []access.Role{access.Officer}))
	register("trainer", w.body["xa"], "")
	w.must(w.operations.Assign(t.Context(), w.actor["xa"], code, person.ID(w.actor["trainer"].Person), []access.Role{access.Trainer}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

func (w *world) join(b string) {
	w.t.Helper()
	w.tick()
	w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], code, w.body[b].ID, sides[b]))
	w.must(w.operations.Accept(w.t.Context(), w.actor[b], code, 1))
}

// send writes a message that carries numbers, and gives its number.
func (w *world) send(who string, to audience.Address, lines ...string) int64 {
	w.t.Helper()
	w.tick()
	m, err := w.messages.Send(w.t.Context(), w.actor[who], code, message.Draft{ID: message.ID(w.source.ID()), Template: message.General,
		Subject: "Notice", Body: "See the number.", Language: "en", TLP: "AMBER", To: to, Marks: parsed(lines)})
	w.must(err)
	return m.Seq
}

func parsed(lines []string) []consignment.Mark {
	var out []consignment.Mark
	for _, l := range lines {
		out = append(out, consignment.Parse(l))
	}
	return out
}

// report reports a case that carries numbers.
func (w *world) report(who string, lines ...string) seizure.Case {
	w.t.Helper()
	w.tick()
	c, err := w.cases.Report(w.t.Context(), w.actor[who], code, seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Day: "2017-02-06", Language: "en",
		Goods: []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}, Marks: parsed(lines)})
	w.must(err)
	return c
}

func (w *world) of(who string, seq int64) (links.Consignment, error) {
	return w.links.Of(w.t.Context(), w.actor[who], code, seq)
}

// named are the numbers of the records that carry the same numbers as a record;
// nil when the reader may not read it.
func (w *world) named(who string, seq int64) []int64 {
	c, err := w.of(who, seq)
	if err != nil {
		return nil
	}
	out := []int64{}
	for _, n := range c.Named {
		out = append(out, n.Seq())
	}
	return out
}

func (w *world) linked(who string, seq int64) []int64 {
	c, _ := w.of(who, seq)
	var out []int64
	for _, l := range c.Linked {
		out = append(out, l.Seq())
	}
	return out
}

// fine has verify look at everything.
func (w *world) fine() {
	w.t.Helper()
	r, err := verify.Database(w.t.Context(), w.db, verify.Options{})
	w.must(err)
	if !r.Fine() {
		w.t.Fatalf("verify: %v", r.Findings)
	}
}
