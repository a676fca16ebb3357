package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The clock of a case as other systems read it.
func TestClockOfACase(t *testing.T) {
	w := newWorld(t)
	officer := w.sessionOf("officer")
	mine, err := w.app.Seizures.List(t.Context(), officer.Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number})
	w.must(err)
	of := mine.Items[0]
	path := "/api/v1/operations/" + string(action) + "/cases/" + string(of.ID) + "/clock"
	none := w.as("officer").get(path)
	if none.status != http.StatusNotFound {
		t.Fatalf("without a clock: %d", none.status)
	}
	c := w.clock(of)
	w.must(w.app.Detentions.Note(t.Context(), officer.Actor, action, of.Reference, detention.Happening{Clock: c.Seq, Kind: "notified-holder", Day: of.Day}))
	a := w.as("officer").get(path)
	var got struct {
		Reference, Kind, Stage string
		Calendar, Ended        bool
		Law                    struct{ Code, Source, Checker string }
		Deadlines              []struct {
			Step, State, Due string
			Days             int
			Unread           bool
		}
		Events []struct {
			Kind   string
			Counts bool
		}
	}
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.status != http.StatusOK {
		t.Fatalf("%d, %v: %s", a.status, err, a.body)
	}
	if got.Reference != of.Reference || got.Kind != "ex-officio" || got.Stage != "before-application" || got.Calendar || got.Ended ||
		got.Law.Code != "trips" || got.Law.Source == "" || got.Law.Checker != "" || len(got.Events) != 2 || !got.Events[0].Counts {
		t.Errorf("%+v", got)
	}
	if last := got.Deadlines[len(got.Deadlines)-1]; last.Step != "proceedings" || last.Days != 10 || last.Due == "" || last.State != "overdue" || !last.Unread {
		t.Errorf("%+v", last)
	}
	for _, who := range []string{"right-holder", "observer"} {
		if other := w.as(who).get(path); other.status != http.StatusNotFound {
			t.Errorf("%s: %d", who, other.status)
		}
	}
}
