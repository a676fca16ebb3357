package nomination_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// says wants a fault of those words.
func says(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %q", err, words)
	}
}

func names(o workshop.Opened) string {
	var out []string
	for _, g := range o.Guests {
		out = append(out, g.Name+" "+g.State)
	}
	return strings.Join(out, ", ")
}

// Places are never given twice; who does not get one waits, and moves by hand.
func TestPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		ctx := t.Context()
		of := w.Plan("wco.trainer", w.Draft()).ID
		nominate := func(by string, d nomination.Draft) error {
			w.Tick()
			_, err := w.Nominations.Nominate(ctx, w.Actor[by], nominationtest.Code, of, d)
			return err
		}
		says(t, nominate("xa", w.Nominee("Early")), "workshop.not-called")
		w.Must(w.Workshops.Call(ctx, w.Actor["wco.trainer"], nominationtest.Code, of))
		w.Must(nominate("xc", w.Nominee("Free"))) // nobody is counted yet
		w.Must(w.Seats(of, map[string]int64{"xa": 2, "xb": 1}))
		says(t, w.Seats(of, map[string]int64{"stranger": 2}), "places.0: workshop.reads-not")
		says(t, nominate("xc", w.Nominee("None")), "workshop.not-invited")
		first, second := w.Nominate("xa", of, w.Nominee("First")), w.Nominate("xa", of, w.Nominee("Second"))
		says(t, nominate("xa", w.Nominee("Third")), "workshop.places-full")
		if got := w.Confirm(of, first, true); got.State != participant.Confirmed {
			t.Errorf("first: %s", got.State)
		}
		says(t, w.Seats(of, map[string]int64{"xa": 0}), "workshop.places-taken")
		w.Must(w.Seats(of, map[string]int64{"xa": 1}))
		if got := w.Confirm(of, second, true); got.State != participant.Waiting {
			t.Errorf("second: %s", got.State)
		}
		w.Tick()
		w.Must(w.Nominations.Withdraw(ctx, w.Actor["xa"], nominationtest.Code, of, first.ID, ""))
		if o := w.Read("wco", of); names(o) != "Free nominated, First withdrawn, Second waiting" || seat(o, "Body xa").Free != 1 {
			t.Errorf("after a withdrawal: %s, %+v", names(o), o.Seats)
		}
		says(t, confirmErr(w, of, first), "workshop.withdrawn")
		if got := w.Confirm(of, second, true); got.State != participant.Confirmed {
			t.Errorf("second, again: %s", got.State)
		}
		if got := w.Confirm(of, second, false); got.State != participant.Declined || got.Reason != "No room." {
			t.Errorf("second, declined: %+v", got)
		}
		// xb does not withdraw, and does not see, whom xa named.
		says(t, w.Nominations.Withdraw(ctx, w.Actor["xb"], nominationtest.Code, of, second.ID, ""), "fault.not-found")
		says(t, w.Nominations.Withdraw(ctx, w.Actor["xa.officer"], nominationtest.Code, of, second.ID, ""), "fault.not-found")
		w.Source.Set(time.Date(2017, 3, 1, 23, 30, 0, 0, time.UTC)) // 2 March in Berlin
		says(t, nominate("xb", w.Nominee("Late")), "workshop.too-late")
		w.Must(w.Workshops.Cancel(ctx, w.Actor["wco"], nominationtest.Code, of, "Storm."))
		says(t, nominate("xb", w.Nominee("Later")), "workshop.cancelled")
		w.Fine()
	})
}

func confirmErr(w *nominationtest.World, of workshop.ID, p participant.Participant) error {
	_, err := w.Nominations.Confirm(w.T.Context(), w.Actor["wco.trainer"], nominationtest.Code, of, true, "", p.ID)
	return err
}

func seat(o workshop.Opened, name string) participant.Tally {
	i := slices.IndexFunc(o.Seats, func(s workshop.Seat) bool { return s.Of.Name == name })
	return o.Seats[i].Tally
}

// A list is taken as a whole or not at all, and places go to the first of it.
func TestLists(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		ctx := t.Context()
		of := w.Called("wco.trainer", w.Draft()).ID
		w.Must(w.Seats(of, map[string]int64{"xa": 3, "xb": 1}))
		nominate := func(by string, all ...nomination.Draft) ([]participant.Participant, error) {
			w.Tick()
			return w.Nominations.Nominate(ctx, w.Actor[by], nominationtest.Code, of, all...)
		}
		confirm := func(yes bool, all ...participant.ID) ([]participant.Participant, error) {
			w.Tick()
			return w.Nominations.Confirm(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, yes, "No room.", all...)
		}
		nobody := func(what string, err error, words string) {
			t.Helper()
			if says(t, err, words); names(w.Read("wco", of)) != "" {
				t.Errorf("%s: named are %s", what, names(w.Read("wco", of)))
			}
		}
		one, two, three, four := w.Nominee("One"), w.Nominee("Two"), w.Nominee("Three"), w.Nominee("Four")
		bad := w.Nominee("")
		_, err := nominate("xa")
		nobody("an empty list", err, "people: fault.required")
		_, err = nominate("xa", one, bad)
		nobody("one without a name", err, "people.1.name: fault.required")
		_, err = nominate("xa", one, two, three, four)
		nobody("more than places", err, "workshop.places-fewer")
		_, err = nominate("xa", one, one)
		nobody("the same twice", err, "workshop.id-taken")
		officer := nomination.Draft{ID: participant.ID(nominationtest.ID()), Person: person.ID(w.Actor["xa.officer"].Person)}
		again := officer
		again.ID = participant.ID(nominationtest.ID())
		_, err = nominate("xa", officer, again)
		nobody("one person twice", err, "people.1.person: workshop.nominated-already")

		made, err := nominate("xa", one, two)
		w.Must(err)
		grown, err := nominate("xa", one, two, three)
		w.Must(err)
		if len(grown) != 3 || grown[0].Seq != made[0].Seq || grown[1].Seq != made[1].Seq || grown[2].Seq <= made[1].Seq {
			t.Errorf("the list again with one more: %+v after %+v", grown, made)
		}
		theirs, err := nominate("xb", four)
		w.Must(err)
		w.Must(w.Seats(of, map[string]int64{"xa": 2}))

		was := size(w)
		_, err = confirm(true, made[0].ID, participant.ID(nominationtest.ID()))
		says(t, err, "fault.not-found")
		_, err = confirm(true)
		says(t, err, "people: fault.required")
		if now := size(w); now != was {
			t.Errorf("%d entries of lists that were refused", now-was)
		}
		got, err := confirm(true, grown[0].ID, grown[1].ID, theirs[0].ID, grown[2].ID)
		w.Must(err)
		var states []string
		for _, p := range got {
			states = append(states, p.State)
		}
		if strings.Join(states, " ") != "confirmed confirmed confirmed waiting" {
			t.Errorf("confirmed at once: %v", states)
		}
		was = size(w)
		_, err = confirm(true, grown[0].ID, grown[1].ID, theirs[0].ID)
		w.Must(err)
		if now := size(w); now != was {
			t.Errorf("%d entries of what stood already", now-was)
		}
		w.Must(w.Nominations.Withdraw(ctx, w.Actor["xb"], nominationtest.Code, of, theirs[0].ID, ""))
		_, err = confirm(false, grown[2].ID, theirs[0].ID)
		says(t, err, "workshop.withdrawn")
		if got := names(w.Read("wco", of)); got != "One confirmed, Two confirmed, Three waiting, Four withdrawn" {
			t.Errorf("after a list with one who was withdrawn: %s", got)
		}
		w.Fine()
	})
}
