package inquirypage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// A question by hand, in English and Arabic with scripts and in French without: asked
// after a look at what will be seen, answered, and read by who asked.
func TestQuestionByHand(t *testing.T) {
	w := webtest.Open(t)
	officer := w.Session("officer")
	l, err := w.App.Seizures.List(t.Context(), officer.Actor, webtest.Operation, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number, Limit: 1})
	if err != nil || len(l.Items) == 0 {
		t.Fatal(err)
	}
	form := w.Server.URL + "/o/" + string(webtest.Operation) + "/c/" + l.Items[0].Reference + "/ask"
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("fr", 360, false, true)} {
		press := func(p *browsertest.Page, selector, leads string) {
			t.Helper()
			if status := p.Submit(selector); status != http.StatusOK || !strings.Contains(p.URL(), leads) {
				t.Fatalf("%v: %s leads to %s with status %d", look, selector, p.URL(), status)
			}
		}
		asker, expert := w.Page("officer", look), w.Page("right-holder", look)
		asker.Go(form)
		asker.Fill("#f-holder", string(w.Session("right-holder").Organisation.ID))
		asker.Fill("#f-question", "Is the label one of yours?")
		press(asker, "main .buttons button", "/ask")
		w.Check(asker, "ask-check-"+look.String())
		press(asker, `[name="send"]`, "done=inquiry-asked")
		at, _, _ := strings.Cut(asker.URL(), "?")

		expert.Go(at + "/answer")
		expert.Click(`[name="verdict"][value="fake"]`)
		expert.Fill("#f-reasons", "The seam runs the wrong way.")
		press(expert, "main .buttons button", "done=inquiry-answered")
		w.Check(expert, "answered-"+look.String())

		asker.Go(at)
		if said := asker.Text("main"); !strings.Contains(said, "The seam runs the wrong way.") {
			t.Errorf("%v: the answer is not read: %s", look, said)
		}
		if said := expert.Text("main"); strings.Contains(said, l.Items[0].Reference) {
			t.Errorf("%v: the right holder reads of the case", look)
		}
	}
}
