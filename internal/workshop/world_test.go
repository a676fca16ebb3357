package workshop_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

// world is operationtest's with xc as a third administration, "rival" as a second right
// holder, and trainers of wco and xa. It is 9 February 2017, a Thursday.
type world struct {
	*operationtest.World
	store  *workshop.Store
	people *nomination.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.store, w.people = workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source)
	bodies := organisation.NewStore(d, w.Journal, w.Source)
	for name, b := range map[string][3]string{"xc": {"customs", "XC", string(access.Enforcement)}, "rival": {"right-holder", "", string(access.RightHolderSide)}} {
		o, err := bodies.Register(t.Context(), w.Root, organisation.Draft{Kind: b[0], Country: b[1], Name: "Body " + name, TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[name] = o
		w.Person(name, name, person.ContactPoint)
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], code, o.ID, access.Side(b[2])))
		w.Must(w.Operations.Accept(t.Context(), w.Actor[name], code, 1))
	}
	w.Give("xc", "officer", access.Officer)
	w.Give("wco", "trainer", access.Trainer)
	w.Give("xa", "trainer", access.Trainer)
	return w
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcd0-%012x", ids)
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) draft() workshop.Draft {
	return workshop.Draft{ID: workshop.ID(id()), Kind: workshop.TrainTheTrainer, Title: "Train the trainer", Aim: "Everybody trains at home.", Language: "en", Languages: []string{"en", "fr"},
		Sponsor: "Japan", Place: "Port house", Country: "XA", Zone: "Europe/Berlin", Starts: "2017-03-25", Ends: "2017-03-26", NominateBy: "2017-03-01",
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide, access.RightHolderSide}}}
}

func (w *world) plan(by string, d workshop.Draft) workshop.Workshop {
	w.T.Helper()
	w.tick()
	made, err := w.store.Plan(w.T.Context(), w.Actor[by], code, d)
	w.Must(err)
	return made
}

func (w *world) called(by string, d workshop.Draft) workshop.Workshop {
	w.T.Helper()
	made := w.plan(by, d)
	w.tick()
	w.Must(w.store.Call(w.T.Context(), w.Actor[by], code, made.ID))
	return made
}

// session is a draft of an hour with speakers of bodies; a body without a name speaks for
// a right holder that takes no part.
func (w *world) session(title, starts, ends string, bodies ...string) workshop.SessionDraft {
	d := workshop.SessionDraft{ID: workshop.ID(id()), Title: title, Starts: starts, Ends: ends}
	for _, b := range bodies {
		s := workshop.SpeakerDraft{Name: "Speaker of " + b, Function: workshop.SpeakerExpert}
		if b == "" {
			s.Function = workshop.SpeakerHolder
		} else {
			s.Organisation = w.Body[b].ID
		}
		d.Speakers = append(d.Speakers, s)
	}
	return d
}

func (w *world) add(of workshop.ID, d workshop.SessionDraft) workshop.Session {
	w.T.Helper()
	w.tick()
	made, err := w.store.AddSession(w.T.Context(), w.Actor["wco.trainer"], code, of, d)
	w.Must(err)
	return made
}

func (w *world) seats(of workshop.ID, all map[string]int64) error {
	w.tick()
	var out []nomination.Seats
	for _, b := range []string{"wco", "xa", "xb", "xc", "holder", "rival", "observer", "stranger"} {
		if n, has := all[b]; has {
			out = append(out, nomination.Seats{Organisation: w.Body[b].ID, Number: n})
		}
	}
	return w.people.SetPlaces(w.T.Context(), w.Actor["wco.trainer"], code, of, out)
}

func (w *world) nominee(name string) nomination.Draft {
	return nomination.Draft{ID: participant.ID(id()), Name: name, Position: "Officer", Post: "Port", Language: "fr"}
}

func (w *world) nominate(by string, of workshop.ID, d nomination.Draft) participant.Participant {
	w.T.Helper()
	w.tick()
	made, err := w.people.Nominate(w.T.Context(), w.Actor[by], code, of, d)
	w.Must(err)
	return made[0]
}

func (w *world) confirm(of workshop.ID, p participant.Participant, yes bool) participant.Participant {
	w.T.Helper()
	w.tick()
	made, err := w.people.Confirm(w.T.Context(), w.Actor["wco.trainer"], code, of, yes, "No room.", p.ID)
	w.Must(err)
	return made[0]
}

func (w *world) read(by string, of workshop.ID) workshop.Opened {
	w.T.Helper()
	o, err := w.store.Read(w.T.Context(), w.Actor[by], code, of)
	w.Must(err)
	return o
}

// fine holds all rows against the journal.
func (w *world) fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}
