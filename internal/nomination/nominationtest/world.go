package nominationtest

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

// Code is the operation.
const Code = operationtest.Code

// World is operationtest's with xc as a third administration, "rival" as a second right
// holder, and trainers of wco and xa. It is 9 February 2017, a Thursday.
type World struct {
	*operationtest.World
	Workshops   *workshop.Store
	Nominations *nomination.Store
}

// New makes one.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	w := &World{World: operationtest.New(t, d)}
	w.Workshops, w.Nominations = workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source)
	bodies := organisation.NewStore(d, w.Journal, w.Source)
	for name, b := range map[string][3]string{"xc": {"customs", "XC", string(access.Enforcement)}, "rival": {"right-holder", "", string(access.RightHolderSide)}} {
		o, err := bodies.Register(t.Context(), w.Root, organisation.Draft{Kind: b[0], Country: b[1], Name: "Body " + name, TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[name] = o
		w.Person(name, name, person.ContactPoint)
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], Code, o.ID, access.Side(b[2])))
		w.Must(w.Operations.Accept(t.Context(), w.Actor[name], Code, 1))
	}
	w.Give("xc", "officer", access.Officer)
	w.Give("wco", "trainer", access.Trainer)
	w.Give("xa", "trainer", access.Trainer)
	return w
}

var ids int

// ID makes ids that no other test of the process has.
func ID() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcd0-%012x", ids)
}

// Tick lets a second pass.
func (w *World) Tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

// Draft is a workshop for three sides, in March.
func (w *World) Draft() workshop.Draft {
	return workshop.Draft{ID: workshop.ID(ID()), Kind: workshop.TrainTheTrainer, Title: "Train the trainer", Aim: "Everybody trains at home.", Language: "en", Languages: []string{"en", "fr"},
		Sponsor: "Japan", Place: "Port house", Country: "XA", Zone: "Europe/Berlin", Starts: "2017-03-25", Ends: "2017-03-26", NominateBy: "2017-03-01",
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide, access.RightHolderSide}}}
}

// Plan plans a workshop as somebody.
func (w *World) Plan(by string, d workshop.Draft) workshop.Workshop {
	w.T.Helper()
	w.Tick()
	made, err := w.Workshops.Plan(w.T.Context(), w.Actor[by], Code, d)
	w.Must(err)
	return made
}

// Called is a planned workshop for which people can be named.
func (w *World) Called(by string, d workshop.Draft) workshop.Workshop {
	w.T.Helper()
	made := w.Plan(by, d)
	w.Tick()
	w.Must(w.Workshops.Call(w.T.Context(), w.Actor[by], Code, made.ID))
	return made
}

// Session is a draft of an hour with speakers of bodies; a body without a name speaks for
// a right holder that takes no part.
func (w *World) Session(title, starts, ends string, bodies ...string) workshop.SessionDraft {
	d := workshop.SessionDraft{ID: workshop.ID(ID()), Title: title, Starts: starts, Ends: ends}
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

// Add adds a session as the trainer who hosts.
func (w *World) Add(of workshop.ID, d workshop.SessionDraft) workshop.Session {
	w.T.Helper()
	w.Tick()
	made, err := w.Workshops.AddSession(w.T.Context(), w.Actor["wco.trainer"], Code, of, d)
	w.Must(err)
	return made
}

// Seats gives places to bodies, by the names they have here.
func (w *World) Seats(of workshop.ID, all map[string]int64) error {
	w.Tick()
	var out []nomination.Seats
	for _, b := range []string{"wco", "xa", "xb", "xc", "holder", "rival", "observer", "stranger"} {
		if n, has := all[b]; has {
			out = append(out, nomination.Seats{Organisation: w.Body[b].ID, Number: n})
		}
	}
	return w.Nominations.SetPlaces(w.T.Context(), w.Actor["wco.trainer"], Code, of, out)
}

// Nominee is somebody to be named.
func (w *World) Nominee(name string) nomination.Draft {
	return nomination.Draft{ID: participant.ID(ID()), Name: name, Position: "Officer", Post: "Port", Language: "fr"}
}

// Nominate names one as somebody.
func (w *World) Nominate(by string, of workshop.ID, d nomination.Draft) participant.Participant {
	w.T.Helper()
	w.Tick()
	made, err := w.Nominations.Nominate(w.T.Context(), w.Actor[by], Code, of, d)
	w.Must(err)
	return made[0]
}

// Confirm confirms or declines one as the trainer who hosts.
func (w *World) Confirm(of workshop.ID, p participant.Participant, yes bool) participant.Participant {
	w.T.Helper()
	w.Tick()
	made, err := w.Nominations.Confirm(w.T.Context(), w.Actor["wco.trainer"], Code, of, yes, "No room.", p.ID)
	w.Must(err)
	return made[0]
}

// Read opens a workshop as somebody.
func (w *World) Read(by string, of workshop.ID) workshop.Opened {
	w.T.Helper()
	o, err := w.Workshops.Read(w.T.Context(), w.Actor[by], Code, of)
	w.Must(err)
	return o
}

// Fine holds all rows against the journal.
func (w *World) Fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}
