package messagetest

import (
	"fmt"
	"strings"
	"sync/atomic"
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
)

// Code is the operation's.
const Code = operation.Code("tide")

// World is an operation made by the commands that people use; wco directs it. Actors
// are called "xa" (a contact point) or "xa.officer".
type World struct {
	T          testing.TB
	DB         *db.DB
	Source     *source.Source
	Journal    *journal.Journal
	Messages   *message.Store
	Operations *operation.Store
	People     *person.Store
	Bodies     *organisation.Store
	Root       access.Actor
	Body       map[string]organisation.Organisation
	Actor      map[string]access.Actor
	Side       map[string]access.Side // of members, as long as they are
	Number     int64                  // of the operation
}

// New is a world without anybody yet.
func New(t testing.TB, d *db.DB, start time.Time) *World {
	src := source.Story(start, 1)
	j := journal.New(src)
	return &World{T: t, DB: d, Source: src, Journal: j, Messages: message.NewStore(d, j, src), Operations: operation.NewStore(d, j, src),
		People: person.NewStore(d, j, src), Bodies: organisation.NewStore(d, j, src),
		Root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		Body: map[string]organisation.Organisation{}, Actor: map[string]access.Actor{}, Side: map[string]access.Side{}}
}

// Seven has seven members: xa, xb and xc control goods, "observer", "holder" and
// "rival" are on their sides. "outsider", "rilo" and "stranger", who is of rilo, are none.
func (w *World) Seven() {
	w.T.Helper()
	w.begin()
	w.Give("wco", "wco.coordinator", access.Coordinator)
	w.Give("wco", "wco.analyst", access.Analyst)
	w.Give("wco", "wco.trainer", access.Trainer)
	w.Give("wco", "wco.auditor", access.Auditor)
	for _, name := range []string{"xa", "xb", "xc"} {
		w.Enter(name, "customs", access.Enforcement)
		w.Give(name, name+".officer", access.Officer)
	}
	w.Enter("observer", "observer", access.ObserverSide)
	w.Enter("holder", "right-holder", access.RightHolderSide)
	w.Enter("rival", "right-holder", access.RightHolderSide)
	w.Register("outsider", "customs", "XZ")
	w.Register("rilo", "rilo", "")
	w.Actor["stranger"] = w.Actor["rilo"]
}

// Four has four: xa and xb control goods, "holder" holds rights.
func (w *World) Four() {
	w.T.Helper()
	w.begin()
	for _, name := range []string{"xa", "xb"} {
		w.Enter(name, "customs", access.Enforcement)
		w.Give(name, name+".officer", access.Officer)
	}
	w.Enter("holder", "right-holder", access.RightHolderSide)
	w.Give("wco", "wco.analyst", access.Analyst, access.Trainer)
}

func (w *World) begin() {
	w.T.Helper()
	w.Register("wco", "secretariat", "")
	w.Number = w.Open(Code)
	w.Side["wco"] = access.Coordination
}

// Must ends the test at an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Tick lets a second pass.
func (w *World) Tick() { w.Pass(time.Second) }

// Pass lets time pass.
func (w *World) Pass(d time.Duration) { w.Source.Set(w.Source.Now().Add(d)) }

// Enter registers a body and makes it a member; administrations are of the country
// that they are called by.
func (w *World) Enter(name, kind string, side access.Side) {
	w.T.Helper()
	w.Register(name, kind, map[bool]string{true: strings.ToUpper(name)}[side == access.Enforcement])
	w.Join(Code, name, side)
}

// Register registers a body, and its contact point under the same name.
func (w *World) Register(name, kind, country string) {
	w.T.Helper()
	o, err := w.Bodies.Register(w.T.Context(), w.Root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name,
		TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	w.Must(err)
	w.Body[name] = o
	w.Person(name, name, person.ContactPoint)
}

// Person registers somebody of a body.
func (w *World) Person(body, name, contact string) person.ID {
	w.T.Helper()
	p, err := w.People.Register(w.T.Context(), w.Root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.Body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.Must(err)
	w.Actor[name] = access.Actor{Person: string(p.ID), Organisation: w.Body[body].Number, ContactPoint: contact != ""}
	return p.ID
}

// Open opens an operation and gives its number.
func (w *World) Open(c operation.Code) int64 {
	w.T.Helper()
	o, err := w.Operations.Open(w.T.Context(), w.Root, operation.Draft{Code: c, Kind: operation.KindOperation, Name: "Tide",
		Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID,
		Director: person.ID(w.Actor["wco"].Person),
		Phases:   []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.Must(err)
	return o.Number
}

// Join makes a body a member of an operation.
func (w *World) Join(c operation.Code, name string, side access.Side) {
	w.T.Helper()
	w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], c, w.Body[name].ID, side))
	w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], c, 1))
	w.Side[name] = side
}

// Leave ends the membership of a body.
func (w *World) Leave(name string) {
	w.T.Helper()
	w.Must(w.Operations.End(w.T.Context(), w.Actor["wco"], Code, w.Body[name].ID))
	delete(w.Side, name)
}

// Give gives somebody of a body exactly these roles; who is not known yet is registered.
func (w *World) Give(body, name string, roles ...access.Role) {
	w.T.Helper()
	if _, known := w.Actor[name]; !known {
		w.Person(body, name, "")
	}
	w.Must(w.Operations.Assign(w.T.Context(), w.Actor[body], Code, person.ID(w.Actor[name].Person), roles))
}

// To is an address: names of sides, names of bodies, "apart".
func (w *World) To(names ...string) audience.Address {
	var a audience.Address
	for _, n := range names {
		switch {
		case n == "apart":
			a.Apart = true
		case access.ValidSide(access.Side(n)):
			a.Sides = append(a.Sides, access.Side(n))
		default:
			a.Organisations = append(a.Organisations, w.Body[n].Number)
		}
	}
	return a
}

// Apart is the address of bodies alone.
func (w *World) Apart(bodies ...string) audience.Address {
	a := w.To(bodies...)
	a.Apart = true
	return a
}

// Everybody is the address of all sides that take part.
func Everybody() audience.Address {
	return audience.Address{Sides: []access.Side{access.Coordination, access.Enforcement, access.RightHolderSide}}
}

var ids atomic.Int64

// ID makes ids that no other test of the process has.
func ID() string { return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids.Add(1)) }

// From has ids go on from a number, so that two worlds can be made with the same.
func From(n int64) { ids.Store(n) }
