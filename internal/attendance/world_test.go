package attendance_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

// begins is when the first session does.
var begins = time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC)

// world is operationtest's with a workshop of two days in Berlin (09:00 is 08:00 UTC),
// to which people of xa and xb come. "waits" of xb was nominated only.
type world struct {
	*operationtest.World
	workshops   *workshop.Store
	nominations *nomination.Store
	store       *attendance.Store
	held        workshop.Workshop
	sessions    []workshop.Session
	people      []guest
}

// guest is somebody who was nominated.
type guest struct {
	participant.Participant
	actor string // empty: has no account
	body  string
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.workshops, w.nominations, w.store = workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source), attendance.NewStore(d, w.Journal, w.Source)
	w.Give("wco", "trainer", access.Trainer)
	w.Give("xa", "trainer", access.Trainer)
	w.Give("xb", "waits", access.Officer)
	ctx := t.Context()
	var err error
	w.held, err = w.workshops.Plan(ctx, w.Actor["wco.trainer"], code, workshop.Draft{Kind: workshop.TrainTheTrainer, Title: "Train the trainer", Language: "en",
		Place: "Port house", Country: "XA", Zone: "Europe/Berlin", Starts: "2017-02-10", Ends: "2017-02-11", NominateBy: "2017-02-11",
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide, access.RightHolderSide}}})
	w.Must(err)
	for _, s := range [][2]string{{"2017-02-10T09:00", "2017-02-10T10:30"}, {"2017-02-10T10:30", "2017-02-10T12:00"}, {"2017-02-11T09:00", "2017-02-11T10:00"}, {"2017-02-11T14:00", "2017-02-11T17:00"}} {
		made, err := w.workshops.AddSession(ctx, w.Actor["wco.trainer"], code, w.held.ID, workshop.SessionDraft{Title: "Session", Starts: s[0], Ends: s[1]})
		w.Must(err)
		w.sessions = append(w.sessions, made)
	}
	w.Must(w.workshops.Call(ctx, w.Actor["wco.trainer"], code, w.held.ID))
	for _, g := range []struct{ body, actor, name string }{{"xa", "xa.officer", "Amal  Officer"}, {"xa", "xa", "Contact of XA"}, {"xa", "", "Noor Without"},
		{"xb", "xb.officer", "José ÑANDÚ"}, {"xb", "", "Ping Without"}, {"xb", "xb.waits", "Waits"}} {
		w.come(g.body, g.actor, g.name, g.actor != "xb.waits")
	}
	return w
}

func (w *world) come(body, actor, name string, confirmed bool) {
	w.T.Helper()
	ctx := w.T.Context()
	d := nomination.Draft{Name: name, Language: "en"}
	if actor != "" {
		d.Person = person.ID(w.Actor[actor].Person)
	}
	p, err := w.nominations.Nominate(ctx, w.Actor[body], code, w.held.ID, d)
	w.Must(err)
	if confirmed {
		p, err = w.nominations.Confirm(ctx, w.Actor["wco.trainer"], code, w.held.ID, true, "", p[0].ID)
		w.Must(err)
	}
	w.people = append(w.people, guest{p[0], actor, body})
}

func (w *world) sheet(who string) attendance.Sheet {
	w.T.Helper()
	s, err := w.store.Sheet(w.T.Context(), w.Actor[who], code, w.held.ID)
	w.Must(err)
	return s
}

func (w *world) tick(who string, session, guest int, here bool) error {
	return w.store.Record(w.T.Context(), w.Actor[who], code, w.held.ID, w.sessions[session].ID, []attendance.Tick{{Participant: w.people[guest].ID, Present: here}})
}

func (w *world) open(session int) attendance.Code {
	w.T.Helper()
	c, err := w.store.Open(w.T.Context(), w.Actor["wco.trainer"], code, w.held.ID, w.sessions[session].ID)
	w.Must(err)
	return c
}

func (w *world) join(who, typed string) error {
	_, err := w.store.Join(w.T.Context(), w.Actor[who], code, w.held.ID, typed, attendance.ByCode)
	return err
}

func (w *world) check(number, name string) string {
	w.T.Helper()
	answer, err := w.store.Check(w.T.Context(), number, name)
	w.Must(err)
	return answer.Answer
}

// certificates are those of one guest, as coordination sees them.
func (w *world) certificates(g int) []attendance.Certificate {
	w.T.Helper()
	for _, r := range w.sheet("wco.trainer").Rows {
		if r.Participant.ID == w.people[g].ID {
			return r.Certificates
		}
	}
	return nil
}

func (w *world) fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}

// said is a sheet in short, a line for each participant.
func said(s attendance.Sheet) []string {
	out := []string{}
	for _, r := range s.Rows {
		line := r.Participant.Name + ":"
		for _, x := range s.Sessions {
			if m, there := r.Marks[x.Seq]; there {
				line += " " + m.How
			} else {
				line += " -"
			}
		}
		line += fmt.Sprintf(" %dmin", r.Minutes)
		for _, c := range r.Certificates {
			line += fmt.Sprintf(" [%s %d/%d %dmin %d%% %v]", c.Name, c.Sessions, c.Of, c.Minutes, c.Share, c.Good())
		}
		out = append(out, line)
	}
	return out
}
