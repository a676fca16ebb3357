package watch_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/watch"
)

const code = operation.Code("tide")

// world is an operation "tide": wco directs, xa and xb control goods, holder
// holds rights. Actors are called "xa" (a contact point) or "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	watches    *watch.Store
	messages   *message.Store
	cases      *seizure.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	number     int64
}

var sides = map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide, "wco": access.Coordination}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	hub := live.New(d, src, audience.Readers, slog.New(slog.DiscardHandler))
	j.Grew = hub.Grew
	w := &world{t: t, db: d, source: src, watches: watch.NewStore(d, src, hub), messages: message.NewStore(d, j, src),
		cases: seizure.NewStore(d, j, src), operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src),
		bodies: organisation.NewStore(d, j, src), root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}} {
		o, err := w.bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0],
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], b[0], person.ContactPoint)
	}
	o, err := w.operations.Open(t.Context(), w.root, operation.Draft{ID: operation.ID(src.ID()), Code: code, Kind: operation.KindOperation,
		Name: "Tide", Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	w.number = o.Number
	for _, name := range []string{"xa", "xb", "holder"} {
		w.must(w.operations.Invite(t.Context(), w.actor["wco"], code, w.body[name].ID, sides[name]))
		w.must(w.operations.Accept(t.Context(), w.actor[name], code, 1))
	}
	w.give("xa", "xa.officer", access.Officer)
	w.give("xb", "xb.officer", access.Officer)
	w.give("wco", "wco.analyst", access.Analyst, access.Trainer)
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

func (w *world) give(body, name string, roles ...access.Role) {
	w.t.Helper()
	if _, known := w.actor[name]; !known {
		w.person(body, name, "")
	}
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, person.ID(w.actor[name].Person), roles))
}

var ids atomic.Int64

func nextID() string { return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids.Add(1)) }

// say sends a message to organisations only, or to a side.
func (w *world) say(who string, to audience.Address) message.Message {
	m, err := w.messages.Send(context.Background(), w.actor[who], code, message.Draft{ID: message.ID(nextID()), Template: message.General,
		Subject: "A word", Body: "For you.", Language: "en", TLP: "GREEN", To: to})
	if err != nil {
		w.t.Error(err)
	}
	return m
}

func (w *world) to(bodies ...string) audience.Address {
	a := audience.Address{Apart: true}
	for _, b := range bodies {
		a.Organisations = append(a.Organisations, w.body[b].Number)
	}
	return a
}

func everybody() audience.Address {
	return audience.Address{Sides: []access.Side{access.Coordination, access.Enforcement, access.RightHolderSide}}
}

func (w *world) report(who string) seizure.Case {
	c, err := w.cases.Report(context.Background(), w.actor[who], code, seizure.Draft{ID: seizure.ID(nextID()), Country: "XA", Day: "2017-02-09",
		Goods: []goods.Line{{Category: "FOO"}}})
	if err != nil {
		w.t.Error(err)
	}
	return c
}

func (w *world) open(who string, after int64) *watch.Watch {
	w.t.Helper()
	held, err := w.watches.Open(context.Background(), w.actor[who], code, after)
	w.must(err)
	w.t.Cleanup(held.Close)
	return held
}

// next waits for events, past beats.
func (w *world) next(held *watch.Watch) ([]watch.Event, error) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		events, err := held.Next(ctx)
		if err != nil || len(events) > 0 {
			return events, err
		}
	}
}

// oracle is what somebody may hear, told from the values of audiences and the
// sides of the members alone.
func (w *world) oracle(who, body string, after int64, cases, all bool) (out []int64) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		entries, err := journal.List(tx, w.number, journal.Filter{Limit: 100_000})
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Seq <= after {
				continue
			}
			open := all && e.Audience == 0
			if e.Audience != 0 {
				v, err := audience.Of(tx, w.number, e.Audience)
				if err != nil {
					return err
				}
				open = v.Has(w.body[body].Number, sides[body])
			}
			if isCase := len(e.Subject) > 7 && e.Subject[:7] == "seizure"; open && (!isCase || cases) {
				out = append(out, e.Seq)
			}
		}
		return nil
	}))
	slices.Sort(out)
	return out
}
