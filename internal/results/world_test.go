package results_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// world is one operation made by the commands that people use: wco coordinates,
// xa's officers release their cases, xb's wait for the contact point. Actors are
// called "xa" (a contact point) or "xa.officer".
type world struct {
	t          testing.TB
	source     *source.Source
	results    *results.Store
	cases      *seizure.Store
	messages   *message.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, source: src, results: results.NewStore(d, src), cases: seizure.NewStore(d, j, src), messages: message.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src), bodies: organisation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.register("wco", "secretariat", organisation.ReleaseByOfficer)
	_, err := w.operations.Open(t.Context(), w.root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Counting: operation.Counting{Phase: "operational", Statuses: []string{"seized"}}, // what waits for release counts for who may read it
		Scope:    operation.Scope{Categories: []string{"FOO", "PHA"}},
		Phases:   []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-12"}}})
	w.must(err)
	w.give("wco", "coordinator", access.Coordinator)
	w.give("wco", "auditor", access.Auditor)
	w.give("wco", "trainer", access.Trainer)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "observer": access.ObserverSide, "holder": access.RightHolderSide} {
		kind := map[access.Side]string{access.Enforcement: "customs", access.ObserverSide: "observer", access.RightHolderSide: "right-holder"}[side]
		w.register(name, kind, map[bool]string{true: organisation.ReleaseByContactPoint, false: organisation.ReleaseByOfficer}[name == "xb"])
		w.must(w.operations.Invite(t.Context(), w.actor["wco"], code, w.body[name].ID, side))
		w.must(w.operations.Accept(t.Context(), w.actor[name], code, 1))
		if side == access.Enforcement {
			w.give(name, "officer", access.Officer)
		}
	}
	w.register("outsider", "customs", organisation.ReleaseByOfficer)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

func (w *world) register(name, kind, release string) {
	w.t.Helper()
	country := ""
	if kind == "customs" {
		country = "XA"
	}
	o, err := w.bodies.Register(w.t.Context(), w.root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name, TimeZone: "UTC",
		Language: "en", ReleaseBy: release})
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

func (w *world) give(body, job string, roles ...access.Role) {
	w.t.Helper()
	id := w.person(body, body+"."+job, "")
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, id, roles))
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

func line(category string, pieces, kilos int64) goods.Line {
	l := goods.Line{Category: category, Description: "goods"}
	if pieces > 0 {
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: pieces * 1_000_000, Unit: "H87"})
	}
	if kilos > 0 {
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: kilos * 1_000_000, Unit: "KGM"})
	}
	return l
}

func draft(country, day, conveyance string, lines ...goods.Line) seizure.Draft {
	return seizure.Draft{ID: seizure.ID(id()), Country: country, Place: "Harbour", Day: day, Conveyance: goods.Coded{Code: conveyance},
		Status: "seized", Language: "en", Goods: lines}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.t.Helper()
	w.tick()
	c, err := w.cases.Report(w.t.Context(), w.actor[who], code, d)
	w.must(err)
	return c
}

func (w *world) send(who string, d message.Draft) message.Message {
	w.t.Helper()
	w.tick()
	d.ID, d.Subject, d.Body, d.Language, d.TLP = message.ID(id()), "Subject", "Body", "en", "GREEN"
	m, err := w.messages.Send(w.t.Context(), w.actor[who], code, d)
	w.must(err)
	return m
}

func to(sides ...access.Side) audience.Address { return audience.Address{Sides: sides} }

func (w *world) overview(who string) results.Overview {
	w.t.Helper()
	o, err := w.results.Overview(w.t.Context(), w.actor[who], code)
	w.must(err)
	return o
}
