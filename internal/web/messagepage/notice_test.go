package messagepage_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// number is what stands beside the link to the notices; nothing: none are new.
const number = `(document.querySelector('a[href="/notices"] .count')?.textContent.trim() ?? "")`

// writeUrgent has the coordination write an urgent word to one organisation, by
// hand: the form, the check, the sending.
func writeUrgent(t *testing.T, w *webtest.World, look webtest.Look, to string) {
	t.Helper()
	page := w.Page("coordinator", look)
	page.Go(w.Server.URL + "/o/" + string(webtest.Operation) + "/m/new/general")
	page.Click(`[name="to"][value="chosen"]`)
	page.Click(`[name="organisation"][value="` + to + `"]`)
	reaches(page, look)
	page.Fill("#f-subject", "Lorry with a false floor")
	page.Fill("#f-body", "Stop it.")
	page.Click(`[name="urgent"]`)
	w.Check(page, "written-"+look.String())
	if status := page.Submit(`.buttons [name="step"][value="check"]`); status != http.StatusOK {
		t.Fatalf("%v: the check: status %d", look, status)
	}
	w.Check(page, "checked-"+look.String())
	if status := page.Submit(`[name="step"][value="send"]`); status != http.StatusOK {
		t.Fatalf("%v: sending: status %d", look, status)
	}
	w.Check(page, "sent-"+look.String())
}

// One writes an urgent message; the number beside the notices of whom it is for
// changes without a load, and nobody else's does.
func TestNumberOfNoticesIsLive(t *testing.T) {
	w := webtest.Open(t)
	w.App.Watches.Every = 2 * time.Second // a notice may be made after the stream has asked
	w.Live()
	if _, err := w.App.Notices.Follow(t.Context()); err != nil { // of what the story tells
		t.Fatal(err)
	}
	officer := w.Session("officer")
	count := func(persona string) int64 {
		n, err := w.App.Notices.Count(t.Context(), w.Session(persona).Actor)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, look := range []webtest.Look{{Lang: "en", Width: 1280}, {Lang: "ar", Width: 360, Dark: true}} {
		home := w.Server.URL + "/o/" + string(webtest.Operation) + "/"
		page, other := w.Page("officer", look), w.Page("right-holder", look)
		page.Go(home)
		other.Go(home)
		was, others := browsertest.Eval[string](page, number), browsertest.Eval[string](other, number)
		writeUrgent(t, w, look, string(officer.Organisation.ID))
		if _, err := w.App.Notices.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		page.Wait(number + " !== " + strconv.Quote(was))
		if got, want := browsertest.Eval[string](page, number), strconv.FormatInt(count("officer"), 10); got != want {
			t.Errorf("%v: the number is %q, %s are new", look, got, want)
		}
		w.Check(page, "number-"+look.String())
		if got := browsertest.Eval[string](other, number); got != others {
			t.Errorf("%v: somebody else's number went from %q to %q", look, others, got)
		}
		page.Go(w.Server.URL + "/notices")
		page.Submit(`form[action="/notices/seen"] button`)
		if got := browsertest.Eval[string](page, number); got != "" {
			t.Errorf("%v: after all were seen the number is %q", look, got)
		}
	}
}
