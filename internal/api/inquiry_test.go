package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Another system asks and another one answers: twice is once, each with a receipt, and
// the right holder reads nothing of the case.
func TestInquiries(t *testing.T) {
	w := newWorld(t)
	officer, holder, rival := w.as("officer"), w.as("right-holder"), w.as("rival-right-holder")
	mine, err := w.app.Seizures.List(t.Context(), w.sessionOf("officer").Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted,
		Organisation: w.sessionOf("officer").Organisation.Number})
	w.must(err)
	of := mine.Items[0]
	due := w.app.Clock.Now().Add(72 * time.Hour).Format(time.DateOnly)
	path := "/api/v1/inquiries/" + nextID()
	body := fmt.Sprintf(`{"operation":%q,"case":%q,"holder":%q,"line":1,"fields":["nature"],"question":"Yours?","language":"en","due":%q}`,
		action, of.ID, w.sessionOf("right-holder").Organisation.ID, due)
	for n, want := range []int{http.StatusCreated, http.StatusOK} {
		a := officer.do(http.MethodPut, path, body)
		var out struct{ State, Receipt, Case, Day string }
		a.decode(t, &out)
		if a.status != want || out.State != "open" || out.Receipt == "" || out.Case != of.Reference || out.Day != due {
			t.Fatalf("%d. %d %s", n+1, a.status, a.body)
		}
	}
	if a := officer.do(http.MethodPut, path, strings.Replace(body, "Yours?", "Or this?", 1)); a.status != http.StatusConflict {
		t.Errorf("another question under the id: %d %s", a.status, a.body)
	}
	if a := officer.do(http.MethodPut, "/api/v1/inquiries/"+nextID(), strings.Replace(body, `["nature"]`, `["consignee"]`, 1)); a.status != http.StatusUnprocessableEntity {
		t.Errorf("what may not be told: %d %s", a.status, a.body)
	}
	if a := rival.get(path); a.status != http.StatusNotFound {
		t.Errorf("the rival reads it: %d", a.status)
	}
	a := holder.get(path)
	for _, hidden := range []string{of.Reference, string(of.ID), "receipt"} {
		if a.status != http.StatusOK || strings.Contains(a.body, hidden) {
			t.Errorf("the right holder reads %s: %d %s", hidden, a.status, a.body)
		}
	}
	said := fmt.Sprintf(`{"operation":%q,"answer":{"verdict":"fake","reasons":"The seam.","language":"en","features":[2]},"legal":{"infringes":"yes","costs":"yes","language":"en"}}`, action)
	for range 2 {
		a := holder.do(http.MethodPut, path, said)
		var out struct {
			State, Receipt string
			Answers, Legal []struct{ Verdict, Infringes string }
		}
		a.decode(t, &out)
		if a.status != http.StatusOK || out.State != "answered" || out.Receipt == "" || len(out.Answers) != 1 || len(out.Legal) != 1 || out.Legal[0].Infringes != "yes" {
			t.Fatalf("answered: %d %s", a.status, a.body)
		}
	}
	for state, want := range map[string]bool{"answered": true, "open": false, "late": false, "": true} { // beside those of the story
		var page struct{ Items []struct{ ID string } }
		a := holder.get("/api/v1/inquiries?limit=200&state=" + state)
		a.decode(t, &page)
		if strings.Contains(a.body, path[strings.LastIndex(path, "/")+1:]) != want {
			t.Errorf("%s: %s", state, a.body)
		}
	}
	if a := holder.get("/api/v1/inquiries?state=lost"); a.status != http.StatusBadRequest {
		t.Errorf("a state that is none: %d", a.status)
	}
	if a := officer.do(http.MethodPut, path, fmt.Sprintf(`{"operation":%q,"withdraws":"Released."}`, action)); a.status != http.StatusOK || !strings.Contains(a.body, `"state":"withdrawn"`) {
		t.Errorf("withdrawn: %d %s", a.status, a.body)
	}
}

// Pages go on where the last one ended.
func TestInquiryPages(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	mine, err := w.app.Seizures.List(t.Context(), w.sessionOf("officer").Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted,
		Organisation: w.sessionOf("officer").Organisation.Number})
	w.must(err)
	var asked []string
	for range 5 {
		id := nextID()
		asked = append([]string{id}, asked...)
		body := fmt.Sprintf(`{"operation":%q,"case":%q,"holder":%q,"line":1,"fields":["nature"],"question":"Yours?","language":"en","due":%q}`, action,
			mine.Items[0].ID, w.sessionOf("right-holder").Organisation.ID, w.app.Clock.Now().Add(72*time.Hour).Format(time.DateOnly))
		if a := officer.do(http.MethodPut, "/api/v1/inquiries/"+id, body); a.status != http.StatusCreated {
			t.Fatal(a.body)
		}
	}
	var got []string
	for next := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		a := w.as("right-holder").get("/api/v1/inquiries?limit=2&cursor=" + next)
		a.decode(t, &page)
		for _, i := range page.Items {
			got = append(got, i.ID)
		}
		if next = page.Next; next == "" {
			break
		}
	}
	if !strings.HasPrefix(strings.Join(got, " "), strings.Join(asked, " ")) { // older ones are the story's
		t.Errorf("%v, want %v", got, asked)
	}
}
