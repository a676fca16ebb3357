package messagepage_test

import (
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// Who names a person is told so before sending, with the button in sight, and may
// send; who does not is told nothing.
func TestPersonsAreWarnedOf(t *testing.T) {
	w := webtest.Open(t)
	var page *browsertest.Page
	for _, look := range webtest.Hands() {
		for name, c := range map[string]struct {
			body  string
			looks float64
		}{
			"persons": {"The driver Ahmed Hassan, passport no. X1234567, is reached at +999 555 0100 or at a.hassan.longer@example.org. Mr John Smith knows.", 3},
			"goods":   {"Container CSQU3054383 on the MV Ever Given holds 1 200 000 Michael Kors bags.", 0},
		} {
			page = w.Turn(page, "coordinator", look)
			page.Go(w.Server.URL + webtest.Inside + "m/new/general")
			page.Fill("#f-subject", "Bags")
			page.Fill("#f-body", c.body)
			page.Click(`[name="to"][value="enforcement"]`)
			reaches(page, look)
			if status := page.Submit(`.buttons [name="step"][value="check"]`); status != http.StatusOK {
				t.Fatalf("%v: the check: status %d", look, status)
			}
			w.Check(page, name+"-"+look.String())
			if n := browsertest.Eval[float64](page, `document.querySelectorAll("main .notice.warn li strong").length`); n != c.looks {
				t.Errorf("%v: %v places are shown of %q", look, n, c.body)
			}
			if end := browsertest.Eval[float64](page, `document.querySelector('[value="send"]').getBoundingClientRect().bottom`); look.Width < 600 && end > 740 {
				t.Errorf("%v: the button ends at %.0f", look, end)
			}
			if status := page.Submit(`[name="step"][value="send"]`); status != http.StatusOK {
				t.Errorf("%v: sending: status %d", look, status)
			}
		}
	}
}

// Beside an answer the notice stands where its readers are named, when the form is
// shown again.
func TestAnswerIsLookedAt(t *testing.T) {
	w := webtest.Open(t)
	path := w.Send("coordinator", word("Bags"))
	var page *browsertest.Page
	for _, look := range []webtest.Look{webtest.By("en", 360, false, true), webtest.By("ar", 1280, true, false)} {
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + path)
		if browsertest.Eval[float64](page, `document.querySelectorAll("#readers-answer .notice.warn").length`) != 0 {
			t.Errorf("%v: a notice about nothing", look)
		}
		page.Fill("#f-body", "It was Mr John Smith.")
		browsertest.Eval[bool](page, `[...document.querySelectorAll("#answer details")].every(d => d.open = true)`)
		if status := page.Submit(`#answer [name="step"][value="preview"]`); status != http.StatusOK {
			t.Fatalf("%v: status %d", look, status)
		}
		w.Check(page, "answer-persons-"+look.String())
		if got := page.Text("#readers-answer .notice.warn strong"); got != "John Smith" {
			t.Errorf("%v: %q", look, got)
		}
	}
}
