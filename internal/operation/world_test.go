package operation_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

// world is an operation "tide" of five members, made by the commands that people
// use: wco directs; xa and xb control goods; watch observes; holder holds rights.
// Beside it stand outsider, which belongs to nothing, and rilo, which directs an
// operation of its own, "other". Actors are called "xa" (its contact point) or
// "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(start, 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src),
		bodies: organisation.NewStore(d, j, src), root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"rilo", "rilo", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"},
		{"watch", "observer", ""}, {"holder", "right-holder", ""}, {"outsider", "customs", "XC"}} {
		o, err := w.bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0],
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], "", person.ContactPoint)
	}
	w.open(w.draft(code, "wco"))
	w.open(w.draft("other", "rilo"))
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement,
		"watch": access.ObserverSide, "holder": access.RightHolderSide} {
		w.join(code, name, side)
	}
	w.give("xa", "officer", access.Officer)
	w.give("wco", "coordinator", access.Coordinator)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// missing fails unless the answer is that of what does not exist.
func (w *world) missing(what string, err error) {
	w.t.Helper()
	w.refused(what, err, fault.NotFound, "fault.not-found")
}

// refused fails unless the answer is a fault of that kind with that key, of the
// whole or of one field.
func (w *world) refused(what string, err error, kind fault.Kind, key string) {
	w.t.Helper()
	if !fault.Is(err, kind) || !hasKey(err, key) {
		w.t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// tick lets a second pass.
func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

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

func (w *world) id(name string) person.ID { return person.ID(w.actor[name].Person) }

func (w *world) draft(c operation.Code, by string) operation.Draft {
	return operation.Draft{ID: operation.ID(w.source.ID()), Code: c, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body[by].ID, Director: w.id(by),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}}
}

func (w *world) open(d operation.Draft) operation.Operation {
	w.t.Helper()
	o, err := w.operations.Open(w.t.Context(), w.root, d)
	w.must(err)
	return o
}

func (w *world) invite(by string, c operation.Code, body string, side access.Side) error {
	return w.operations.Invite(w.t.Context(), w.actor[by], c, w.body[body].ID, side)
}

func (w *world) accept(by string, c operation.Code) error {
	return w.operations.Accept(w.t.Context(), w.actor[by], c, 1)
}

func (w *world) end(by string, c operation.Code, body string) error {
	return w.operations.End(w.t.Context(), w.actor[by], c, w.body[body].ID)
}

func (w *world) join(c operation.Code, body string, side access.Side) {
	w.t.Helper()
	w.must(w.invite("wco", c, body, side))
	w.must(w.accept(body, c))
}

func (w *world) assign(by, to string, roles ...access.Role) error {
	return w.operations.Assign(w.t.Context(), w.actor[by], code, w.id(to), roles)
}

func (w *world) give(body, job string, roles ...access.Role) {
	w.t.Helper()
	w.person(body, job, "")
	w.must(w.assign(body, body+"."+job, roles...))
}

// stands gives where somebody stands, or the refusal.
func (w *world) stands(who string) (operation.Standing, error) {
	return w.operations.Read(w.t.Context(), w.actor[who], code)
}

// size is the length of the journal: what must not move when nothing was done.
func (w *world) size(c operation.Code) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, c)
		if err != nil {
			return err
		}
		n, err = journal.Size(tx, o.Number)
		return err
	}))
	return n
}

// still fails if do appended to the journal.
func (w *world) still(what string, do func()) {
	w.t.Helper()
	before := w.size(code)
	do()
	if after := w.size(code); after != before {
		w.t.Errorf("%s: the journal grew from %d to %d", what, before, after)
	}
}

var names int

// fresh is a code that no other test of the process has used.
func fresh() operation.Code {
	names++
	return operation.Code(fmt.Sprintf("tide-%d", names))
}
