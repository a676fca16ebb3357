package seizure_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	code  = operation.Code("tide")
	other = operation.Code("ebb") // the same members, another operation
)

var start = time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC)

// world is two operations made by the commands that people use. xa lets its
// officers release, xb its contact point, and after six hours the clock, xc its
// contact point only. Actors are called "xa" (a contact point) or "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	cases      *seizure.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	number     map[operation.Code]int64
}

func newWorld(t testing.TB, d *db.DB) *world { return worldWith(t, d, strict) }

// strict is the counting rule of most operations.
var strict = operation.Counting{Phase: "operational", Statuses: []string{"seized", "detained", "destroyed"}, Checked: true}

func worldWith(t testing.TB, d *db.DB, rule operation.Counting) *world {
	t.Helper()
	src := source.Story(start, 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, cases: seizure.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		people: person.NewStore(d, j, src), bodies: organisation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}, number: map[operation.Code]int64{}}
	w.register("wco", "secretariat", "", organisation.ReleaseByOfficer, 0)
	w.open(code, rule)
	w.open(other, rule)
	w.give(code, "wco", "coordinator", access.Coordinator)
	w.give(code, "wco", "auditor", access.Auditor)
	w.register("xa", "customs", "XA", organisation.ReleaseByOfficer, 0)
	w.register("xb", "customs", "XB", organisation.ReleaseByContactPoint, 6*time.Hour)
	w.register("xc", "customs", "XC", organisation.ReleaseByContactPoint, 0)
	for _, name := range []string{"xa", "xb", "xc"} {
		w.join(code, name, access.Enforcement)
		w.give(code, name, "officer", access.Officer)
	}
	w.give(code, "xa", "analyst", access.Analyst)
	w.register("observer", "observer", "", organisation.ReleaseByOfficer, 0)
	w.join(code, "observer", access.ObserverSide)
	w.register("holder", "right-holder", "", organisation.ReleaseByOfficer, 0)
	w.join(code, "holder", access.RightHolderSide)
	w.register("xz", "customs", "XZ", organisation.ReleaseByOfficer, 0)
	w.join(other, "xz", access.Enforcement)
	w.give(other, "xz", "officer", access.Officer)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// tick lets a second pass.
func (w *world) tick() { w.pass(time.Second) }

func (w *world) pass(d time.Duration) { w.source.Set(w.source.Now().Add(d)) }

func (w *world) register(name, kind, country, release string, after time.Duration) {
	w.t.Helper()
	o, err := w.bodies.Register(w.t.Context(), w.root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name,
		TimeZone: "UTC", Language: "en", ReleaseBy: release, ReleaseAfter: after})
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

func (w *world) open(c operation.Code, rule operation.Counting) {
	w.t.Helper()
	o, err := w.operations.Open(w.t.Context(), w.root, operation.Draft{Code: c, Kind: operation.KindOperation, Name: "Tide",
		Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Counting: rule,
		Director: person.ID(w.actor["wco"].Person), Scope: operation.Scope{Categories: []string{"FOO", "PHA"}},
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	w.number[c] = o.Number
}

func (w *world) join(c operation.Code, name string, side access.Side) {
	w.t.Helper()
	w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], c, w.body[name].ID, side))
	w.must(w.operations.Accept(w.t.Context(), w.actor[name], c, 1))
}

func (w *world) leave(name string) {
	w.t.Helper()
	w.tick()
	w.must(w.operations.End(w.t.Context(), w.actor["wco"], code, w.body[name].ID))
}

func (w *world) give(c operation.Code, body, job string, roles ...access.Role) {
	w.t.Helper()
	name := body + "." + job
	if _, known := w.actor[name]; !known {
		w.person(body, name, "")
	}
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], c, person.ID(w.actor[name].Person), roles))
}

var ids int

// id makes ids that no other test of the process has.
func id() seizure.ID {
	ids++
	return seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids))
}

// draft is a case that counts: 12 pieces and half a kilogram of foodstuff.
func draft() seizure.Draft {
	return seizure.Draft{ID: id(), Country: "XA", Place: "Port", Day: "2017-02-07", Conveyance: goods.Coded{Code: "sea"},
		Status: "seized", Language: "en", Goods: []goods.Line{{Category: "FOO", Verdict: "fake",
			Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}, {Micro: 5e5, Unit: "KGM"}}}}}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.t.Helper()
	w.tick()
	c, err := w.cases.Report(w.t.Context(), w.actor[who], code, d)
	w.must(err)
	return c
}

func (w *world) read(who string, c seizure.Case) seizure.File {
	w.t.Helper()
	f, err := w.cases.Read(w.t.Context(), w.actor[who], code, c.Reference)
	w.must(err)
	return f
}

// sees tells whether somebody may read a case; any error but "missing" fails.
func (w *world) sees(who string, c seizure.Case) bool {
	w.t.Helper()
	_, err := w.cases.Read(w.t.Context(), w.actor[who], code, c.Reference)
	if err != nil && !fault.Is(err, fault.NotFound) {
		w.t.Fatal(err)
	}
	return err == nil
}

// list pages through everything that a filter shows to somebody.
func (w *world) list(who string, f seizure.Filter) []seizure.Case {
	w.t.Helper()
	var out []seizure.Case
	for {
		p, err := w.cases.List(w.t.Context(), w.actor[who], code, f)
		w.must(err)
		if int64(len(p.Items)) > p.Matching {
			w.t.Fatalf("%s: a page of %d says that %d match", who, len(p.Items), p.Matching)
		}
		if p.Next == 0 && int64(len(p.Items)) != p.Matching {
			w.t.Fatalf("%s: the last page has %d and says that %d match", who, len(p.Items), p.Matching)
		}
		out = append(out, p.Items...)
		if p.Next == 0 {
			return out
		}
		f.Before = p.Next
	}
}

// key is the catalogue key of a fault, or the fields that are wrong.
func key(err error) string {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return fmt.Sprint(err)
	}
	if len(f.Fields) == 0 {
		return f.Key
	}
	out := ""
	for i, p := range f.Fields {
		if i > 0 {
			out += ", "
		}
		out += p.Path + ": " + p.Key
	}
	return out
}

// verify compares the tallies with a recomputation.
func (w *world) verify() map[seizure.Cell]int64 {
	w.t.Helper()
	var stored, anew map[seizure.Cell]int64
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) (err error) {
		if stored, err = seizure.Cells(tx, w.number[code]); err != nil {
			return err
		}
		anew, err = seizure.Recount(tx, w.number[code])
		return err
	}))
	for cell, n := range anew {
		if stored[cell] != n {
			w.t.Errorf("tally %+v is %d, recounted %d", cell, stored[cell], n)
		}
	}
	for cell, n := range stored {
		if _, ok := anew[cell]; !ok {
			w.t.Errorf("tally %+v is %d, recounted nothing", cell, n)
		}
	}
	return stored
}
