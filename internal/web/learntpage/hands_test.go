package learntpage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

const op = "/o/" + string(webtest.Operation) + "/"

// An officer answers on a phone, in Arabic, without scripts as with them: screen after
// screen, and corrects it.
func TestAnsweringOnAPhone(t *testing.T) {
	w := webtest.Open(t)
	at := w.Server.URL + w.Learnt("/t/{id}/evaluation")
	for n, plain := range []bool{false, true} {
		look := webtest.By("ar", 360, false, plain)
		page := w.Page("officer", look)
		page.Go(at)
		w.Check(page, "evaluation-first-"+look.String())
		page.Click(`[name="q1"][value="5"]`)
		page.Click(`[name="q2"][value="1"]`)
		for range 20 {
			if browsertest.Eval[bool](page, `document.querySelector('[name="next"]') === null`) {
				break
			}
			w.Check(page, "evaluation-between-"+look.String())
			if status := page.Submit(`[name="next"]`); status != http.StatusOK {
				t.Fatalf("%v: the next screen: status %d", look, status)
			}
		}
		page.Fill(`[name="q7"]`, "فتح الصناديق معًا")
		w.Check(page, "evaluation-last-"+look.String())
		page.Submit(`main form .button.primary`)
		if !strings.Contains(page.URL(), "done=evaluation-answered") {
			t.Fatalf("%v: sent, and came to %s", look, page.URL())
		}
		o, err := w.App.Evaluations.Read(t.Context(), w.Session("officer").Actor, webtest.Operation, webtest.WorkshopID)
		if err != nil || len(o.Own) != 3 || o.Own[0].Values[0] != 5 || o.Own[2].Words != "فتح الصناديق معًا" {
			t.Fatalf("%v: answered %+v %v", look, o.Own, err)
		}
		if n == 0 && !browsertest.Eval[bool](page, `document.querySelector('[name="q1"][value="5"]').checked`) {
			t.Error("what was answered does not stand in the form")
		}
	}
}

// A director opens the next operation with all lessons but one and every member, sends the
// form twice, and finds each lesson once in its plan.
func TestOpeningTheNextOperation(t *testing.T) {
	w := webtest.Open(t)
	w.Learnt("")
	director := w.Session("director")
	page := w.Page("director", webtest.By("en", 1280, false, false))
	page.Go(w.Server.URL + op + "follow")
	w.Check(page, "follow")
	page.Fill("#f-code", "action-ipr-ap-3")
	page.Click(`[name="lessons"]`) // all but the first
	chosen := browsertest.Eval[int64](page, `document.querySelectorAll('[name="lessons"]:checked').length`)
	page.Submit(`#opening .buttons .button`)
	if !strings.Contains(page.URL(), "/o/action-ipr-ap-3/people/") {
		t.Fatalf("opened, and came to %s:\n%s", page.URL(), page.Text("main"))
	}
	list, err := w.App.Learnt.List(t.Context(), director.Actor, "action-ipr-ap-3", learnt.Filter{Earlier: true})
	if err != nil || chosen < 2 || list.All != chosen {
		t.Fatalf("%d lessons chosen, %d in the plan: %v", chosen, list.All, err)
	}
	_, members, err := w.App.Operations.People(t.Context(), director.Actor, "action-ipr-ap-3")
	if err != nil {
		t.Fatal(err)
	}
	invited := 0
	for _, m := range members {
		if m.Membership.State == operation.Invited {
			invited++
		}
	}
	if invited < 20 || len(members) != invited+1 {
		t.Errorf("%d invited, of %d", invited, len(members))
	}
	was, err := w.App.Operations.Read(t.Context(), director.Actor, webtest.Operation)
	if err != nil {
		t.Fatal(err)
	}
	now, err := w.App.Operations.Read(t.Context(), director.Actor, "action-ipr-ap-3")
	if err != nil || len(now.Operation.Phases) != len(was.Operation.Phases) || now.Operation.Handling.Text != was.Operation.Handling.Text {
		t.Errorf("opened %+v: %v", now.Operation, err)
	}
	page.Go(w.Server.URL + "/o/action-ipr-ap-3/learnt/")
	w.Check(page, "learnt-carried")
	if got := page.Text("main"); strings.Count(got, was.Operation.Name) < 2 {
		t.Errorf("the plan does not say where lessons came from:\n%s", got)
	}
}

// Who may not learns nothing: neither that there is an evaluation nor that operations
// can be opened; a coordinator who may open none is told why.
func TestStrangersFindNothing(t *testing.T) {
	w := webtest.Open(t)
	for _, c := range []struct {
		persona, path string
		status        int
	}{
		{"stranger", op + "follow", 404}, {"officer", op + "follow", 404}, {"right-holder", op + "learnt/", 404}, {"observer", op + "learnt/", 404},
		{"officer", w.Learnt(op + "learnt/{lesson}/amend"), 404}, {"stranger", w.Learnt("/t/{id}/evaluation"), 404}, {"contact-point", w.Learnt("/t/{id}/evaluation"), 404},
		{"officer", w.Learnt("/t/{id}/evaluation/ask"), 404}, {"officer", w.Learnt("/t/{over}/evaluation/results"), 404}, {"trainer", op + "follow", 404},
		{"coordinator", op + "learnt/", 200}, {"coordinator", w.Learnt("/t/{over}/evaluation/results?format=csv"), 200},
	} {
		if status, body := w.Get(c.persona, c.path); status != c.status {
			t.Errorf("%s at %s: %d\n%.300s", c.persona, c.path, status, body)
		}
	}
}
