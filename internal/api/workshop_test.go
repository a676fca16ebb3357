package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// workshop is one of coordination for everybody, with a session of the right holder and
// one of none that takes part, and places of two organisations.
func (w *world) workshop() string {
	w.t.Helper()
	ctx, who := w.t.Context(), w.sessionOf("coordinator").Actor
	day := w.app.Clock.Now().AddDate(0, 0, 20).Format("2006-01-02")
	made, err := w.app.Workshops.Plan(ctx, who, action, workshop.Draft{ID: workshop.ID(nextID()), Kind: workshop.TrainTheTrainer, Title: "Train the trainer", Language: "en", Place: "Port",
		Address: "https://meet.example/a", Zone: "Asia/Tokyo", Starts: day, Ends: day, To: audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide, access.RightHolderSide}}})
	w.must(err)
	w.must(w.app.Workshops.Call(ctx, who, action, made.ID))
	for title, s := range map[string]workshop.SpeakerDraft{
		"Its marks": {Name: "Ann", Function: workshop.SpeakerHolder, Organisation: w.sessionOf("right-holder").Organisation.ID},
		"Others":    {Name: "Bob", Function: workshop.SpeakerHolder},
		"Opening":   {Name: "Eve", Function: workshop.SpeakerOfficial},
	} {
		_, err = w.app.Workshops.AddSession(ctx, who, action, made.ID, workshop.SessionDraft{ID: workshop.ID(nextID()), Title: title, Starts: day + "T09:00", Ends: day + "T10:00",
			Speakers: []workshop.SpeakerDraft{s}})
		w.must(err)
	}
	w.must(w.app.Nominations.SetPlaces(ctx, who, action, made.ID, []nomination.Seats{{Organisation: w.sessionOf("contact-point").Organisation.ID, Number: 3},
		{Organisation: w.sessionOf("right-holder").Organisation.ID, Number: 1}}))
	return string(made.ID)
}

// Each reader is told of its own people, places and sessions, and strangers of nothing.
func TestWorkshops(t *testing.T) {
	w := newWorld(t)
	id := w.workshop()
	ctx, of := t.Context(), workshop.ID(id)
	guest, err := w.app.Nominations.Nominate(ctx, w.sessionOf("contact-point").Actor, action, of, nomination.Draft{ID: participant.ID(nextID()), Name: "Our guest"})
	w.must(err)
	_, err = w.app.Nominations.Nominate(ctx, w.sessionOf("right-holder").Actor, action, of, nomination.Draft{ID: participant.ID(nextID()), Name: "Its guest"})
	w.must(err)
	_, err = w.app.Nominations.Confirm(ctx, w.sessionOf("coordinator").Actor, action, of, true, "", guest[0].ID)
	w.must(err)
	type one struct {
		ID, State    string
		Sessions     int
		Own          struct{ Places, Confirmed int }
		Agenda       []struct{ Title, Starts_at string }
		Participants []struct{ Name, State string }
		Attendance   []struct{}
		Materials    []struct{}
	}
	for who, want := range map[string]string{
		"coordinator":  "3 sessions, 0 places, guests 2",
		"officer":      "3 sessions, 3 places, guests 1",
		"right-holder": "2 sessions, 1 places, guests 1",
		"observer":     "1 sessions, 0 places, guests 0",

		"rival-right-holder": "1 sessions, 0 places, guests 0",
	} {
		var o one
		a := w.as(who).get(ap2 + "/workshops/" + id)
		if a.decode(t, &o); fmt.Sprintf("%d sessions, %d places, guests %d", len(o.Agenda), o.Own.Places, len(o.Participants)) != want || o.Sessions != len(o.Agenda) || o.Attendance == nil || o.Materials == nil {
			t.Errorf("%s: %s", who, a.body)
		}
		if !strings.HasSuffix(o.Agenda[0].Starts_at, "T00:00:00Z") {
			t.Errorf("nine in Tokyo is %s", o.Agenda[0].Starts_at)
		}
		if who == "right-holder" && (strings.Contains(string(a.body), "Bob") || strings.Contains(string(a.body), "Our guest")) {
			t.Errorf("the right holder reads %s", a.body)
		}
		for _, kept := range []string{"Ann", "Its marks", "Its guest"} {
			if who == "rival-right-holder" && strings.Contains(string(a.body), kept) {
				t.Errorf("the rival reads %s", a.body)
			}
		}
		var l struct {
			Items []one
			Next  string
		}
		if w.as(who).get(ap2+"/workshops?limit=200").decode(t, &l); len(l.Items) == 0 || l.Items[0].ID != id || l.Items[0].Sessions != o.Sessions || l.Next != "" {
			t.Errorf("%s lists %+v", who, l)
		}
	}
	for path, want := range map[string]int{"/workshops/" + nextID(): 404, "/workshops/x": 400, "/workshops?limit=0": 400, "/workshops?cursor=x": 422, "/workshops?what=1": 400} {
		if a := w.as("officer").get(ap2 + path); a.status != want {
			t.Errorf("%s: %d, want %d", path, a.status, want)
		}
	}
	for _, path := range []string{"/workshops", "/workshops/" + id} {
		if a := w.as("stranger").get(ap2 + path); a.status != 404 {
			t.Errorf("%s: a stranger: %d", path, a.status)
		}
	}
	// A page after the other gives each once.
	w.workshop()
	seen, next := map[string]bool{}, ""
	for range 10 {
		var l struct {
			Items []one
			Next  string
		}
		w.as("right-holder").get(ap2+"/workshops?limit=1&cursor="+next).decode(t, &l)
		for _, i := range l.Items {
			seen[i.ID] = true
		}
		if next = l.Next; next == "" {
			break
		}
	}
	if len(seen) < 2 {
		t.Errorf("pages give %v", seen)
	}
}
