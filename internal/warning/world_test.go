package warning_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

const code = operation.Code("tide")

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

// world is an operation of seven members made by the commands that people use.
// Actors are called "xa" (a contact point) or "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	messages   *message.Store
	warnings   *warning.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	side       map[string]access.Side
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(start, 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, messages: message.NewStore(d, j, src), warnings: warning.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		people: person.NewStore(d, j, src), bodies: organisation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}, side: map[string]access.Side{}}
	w.register("wco", "secretariat", "")
	w.open(code)
	w.give("wco", "coordinator", access.Coordinator)
	w.give("wco", "analyst", access.Analyst)
	w.give("wco", "trainer", access.Trainer)
	w.give("wco", "auditor", access.Auditor)
	w.side["wco"] = access.Coordination
	for i, name := range []string{"xa", "xb", "xc", "observer", "holder", "rival"} {
		side := []access.Side{access.Enforcement, access.Enforcement, access.Enforcement, access.ObserverSide,
			access.RightHolderSide, access.RightHolderSide}[i]
		kind := map[access.Side]string{access.Enforcement: "customs", access.ObserverSide: "observer",
			access.RightHolderSide: "right-holder"}[side]
		w.register(name, kind, map[bool]string{true: strings.ToUpper(name)}[kind == "customs"])
		w.join(code, name, side)
		if side == access.Enforcement {
			w.give(name, "officer", access.Officer)
		}
	}
	w.register("outsider", "customs", "XZ")
	w.register("rilo", "rilo", "")
	w.actor["stranger"] = w.actor["rilo"]
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// tick lets a second pass.
func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

func (w *world) register(name, kind, country string) {
	w.t.Helper()
	o, err := w.bodies.Register(w.t.Context(), w.root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name,
		TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	w.must(err)
	w.body[name] = o
	w.person(name, "", person.ContactPoint)
}

func (w *world) person(body, job, contact string) person.ID {
	w.t.Helper()
	name := body
	if job != "" {
		name += "." + job
	}
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
	return p.ID
}

func (w *world) open(c operation.Code) {
	w.t.Helper()
	_, err := w.operations.Open(w.t.Context(), w.root, operation.Draft{Code: c, Kind: operation.KindOperation, Name: "Tide",
		Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID,
		Director: person.ID(w.actor["wco"].Person),
		Phases:   []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
}

func (w *world) join(c operation.Code, name string, side access.Side) {
	w.t.Helper()
	w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], c, w.body[name].ID, side))
	w.must(w.operations.Accept(w.t.Context(), w.actor[name], c, 1))
	w.side[name] = side
}

func (w *world) leave(name string) {
	w.t.Helper()
	w.must(w.operations.End(w.t.Context(), w.actor["wco"], code, w.body[name].ID))
	delete(w.side, name)
}

func (w *world) give(body, job string, roles ...access.Role) {
	w.t.Helper()
	id := w.person(body, job, "")
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, id, roles))
}

// to is an address: names of sides, names of bodies, "apart".
func (w *world) to(names ...string) audience.Address {
	var a audience.Address
	for _, n := range names {
		switch {
		case n == "apart":
			a.Apart = true
		case access.ValidSide(access.Side(n)):
			a.Sides = append(a.Sides, access.Side(n))
		default:
			a.Organisations = append(a.Organisations, w.body[n].Number)
		}
	}
	return a
}

var ids int

// id makes ids that no other test of the process has.
func id() message.ID {
	ids++
	return message.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids))
}

func (w *world) general(to ...string) message.Draft {
	return message.Draft{ID: id(), Template: message.General, Subject: "Briefing", Body: "At eight.", Language: "en", TLP: "AMBER", To: w.to(to...)}
}

func (w *world) warning(to ...string) message.Draft {
	d := w.general(to...)
	d.Template, d.Subject, d.ReplyDue = message.Warning, "A container", w.source.Now().Add(24*time.Hour)
	d.Profile = message.Profile{Category: "PHA", Conveyance: "sea", Provenance: "XQ", Destination: "XA"}
	return d
}

func (w *world) answer(to message.Message, text string) message.Draft {
	return message.Draft{ID: id(), Template: message.General, Body: text, Language: "fr", TLP: "AMBER", Answers: to.Seq}
}

func (w *world) feedback(to message.Message, outcome string) message.Draft {
	d := w.answer(to, "Because.")
	d.Template, d.Outcome = message.Feedback, outcome
	return d
}

func (w *world) send(who string, d message.Draft) message.Message {
	w.t.Helper()
	w.tick()
	m, err := w.messages.Send(w.t.Context(), w.actor[who], code, d)
	w.must(err)
	return m
}

func (w *world) urgent(to ...string) message.Draft {
	d := w.general(to...)
	d.Urgent = true
	return d
}

func (w *world) account(who string, m message.Message) warning.Account {
	w.t.Helper()
	a, err := w.warnings.Account(w.t.Context(), w.actor[who], code, m.Seq)
	w.must(err)
	return a
}

func (w *world) acknowledge(who string, m message.Message) {
	w.t.Helper()
	w.tick()
	w.must(w.warnings.Acknowledge(w.t.Context(), w.actor[who], code, m.Seq))
}

func (w *world) ledger(who string, f warning.Filter) warning.Ledger {
	w.t.Helper()
	l, err := w.warnings.List(w.t.Context(), w.actor[who], code, f)
	w.must(err)
	return l
}

// later lets time pass and has the clock do what it owes.
func (w *world) later(d time.Duration) int {
	w.t.Helper()
	w.source.Set(w.source.Now().Add(d))
	n, err := w.warnings.RemindDue(w.t.Context())
	w.must(err)
	return n
}

func called(all []organisation.Organisation) string {
	var names []string
	for _, o := range all {
		names = append(names, strings.TrimPrefix(o.Name, "Body "))
	}
	return strings.Join(names, " ")
}
