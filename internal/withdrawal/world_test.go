package withdrawal_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

const code = operation.Code("tide")

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

// world is an operation that wco directs, in which xa and xb control goods and a
// right holder takes part. Actors are contact points by the name of their body,
// and "xa.officer", "xa.second", "wco.coordinator", "wco.second" (a director).
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	log        *reading.Log
	store      *withdrawal.Store
	messages   *message.Store
	cases      *seizure.Store
	kept       *quarantine.Store
	operations *operation.Store
	people     *person.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(start, 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, log: reading.NewLog(d, journal.New(source.Story(start, 2)), src), store: withdrawal.NewStore(d, j, src),
		messages: message.NewStore(d, j, src), cases: seizure.NewStore(d, j, src), kept: quarantine.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.messages.Readings, w.cases.Readings = w.log, w.log
	bodies := organisation.NewStore(d, j, src)
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}} {
		o, err := bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], "", person.ContactPoint)
	}
	_, err := w.operations.Open(t.Context(), w.root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide} {
		w.must(w.operations.Invite(t.Context(), w.actor["wco"], code, w.body[name].ID, side))
		w.must(w.operations.Accept(t.Context(), w.actor[name], code, 1))
	}
	w.give("xa", "officer", access.Officer)
	w.give("xa", "second", access.Officer)
	w.give("wco", "coordinator", access.Coordinator)
	w.give("wco", "second", access.Director)
	return w
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

func (w *world) give(body, job string, roles ...access.Role) {
	w.t.Helper()
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, w.person(body, job, ""), roles))
}

func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

// canary stands in everything that a record says.
const canary = "CanaryOfTheTide"

func (w *world) send(who string, to audience.Address) message.Message {
	w.t.Helper()
	w.tick()
	m, err := w.messages.Send(w.t.Context(), w.actor[who], code, message.Draft{ID: message.ID(id()), Template: message.Warning,
		Subject: canary + " subject", Body: canary + " body", Language: "en", TLP: "AMBER", To: to, ReplyDue: w.source.Now().Add(time.Hour),
		Arrival: message.Arrival{Place: canary}, Profile: message.Profile{Category: "PHA"}, Source: "risk-profile"})
	w.must(err)
	return m
}

func everybody() audience.Address { return audience.Address{Sides: access.Sides()} }

func (w *world) report(who string) seizure.Case {
	w.t.Helper()
	w.tick()
	c, err := w.cases.Report(w.t.Context(), w.actor[who], code, seizure.Draft{ID: seizure.ID(id()), Country: "XA", Place: canary, Day: "2017-02-06",
		Time: "07:30", Conveyance: goods.Coded{Code: "sea"}, Carrier: canary, Origin: goods.Coded{Typed: canary}, Status: "seized",
		Remarks: canary, Language: "en", Goods: []goods.Line{{Category: "PHA", Description: canary, Brand: canary, Verdict: "fake",
			Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}}}})
	w.must(err)
	return c
}

// read opens a message as somebody and writes the log.
func (w *world) read(who string, m message.Message) message.Thread {
	w.t.Helper()
	t, err := w.messages.Read(w.t.Context(), w.actor[who], code, m.Seq)
	w.must(err)
	w.must(w.log.Flush(w.t.Context()))
	return t
}

func (w *world) readCase(who string, c seizure.Case) seizure.File {
	w.t.Helper()
	f, err := w.cases.Read(w.t.Context(), w.actor[who], code, c.Reference)
	w.must(err)
	w.must(w.log.Flush(w.t.Context()))
	return f
}

func (w *world) recall(who string, m message.Message) error {
	w.tick()
	return w.store.Recall(w.t.Context(), w.actor[who], code, m.Seq, "Wrong container.")
}

func (w *world) list(who string) []withdrawal.Notice {
	w.t.Helper()
	_, all, err := w.store.List(w.t.Context(), w.actor[who], code)
	w.must(err)
	return all
}

func (w *world) want(what string, err error, kind fault.Kind) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: %v", what, err)
	}
}

func withdrawalAsk(kind string, record int64) withdrawal.Asking {
	return withdrawal.Asking{Kind: kind, Record: record, Code: "personal-data", Reason: "A traveller's name."}
}

// over is the same world as another process sees it.
func (w *world) over(d *db.DB) *world {
	j := journal.New(w.source)
	o := *w
	o.db, o.log = d, reading.NewLog(d, journal.New(w.source), w.source)
	o.store, o.messages, o.cases = withdrawal.NewStore(d, j, w.source), message.NewStore(d, j, w.source), seizure.NewStore(d, j, w.source)
	return &o
}
