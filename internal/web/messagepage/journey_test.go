package messagepage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// hand is somebody at a page, whose every step must come to its page.
type hand struct {
	*browsertest.Page
	t    *testing.T
	look webtest.Look
}

// press submits, and ends the test unless that leads to a page with 200 whose
// address holds a text.
func (h hand) press(selector, leads string) {
	h.t.Helper()
	if status := h.Submit(selector); status != http.StatusOK || !strings.Contains(h.URL(), leads) {
		h.t.Fatalf("%v: %s leads to %s with status %d, not to %s", h.look, selector, h.URL(), status, leads)
	}
}

// reads fails unless the page says each of the texts in its language.
func (h hand) reads(what string, texts map[string][]string) {
	h.t.Helper()
	shown := h.Text("main")
	for _, want := range texts[h.look.Lang] {
		if !strings.Contains(shown, want) {
			h.t.Errorf("%v: %s lacks %q", h.look, what, want)
		}
	}
}

// reaches waits until a form says who will see the message, which a script asks.
func reaches(page *browsertest.Page, look webtest.Look) {
	if !look.Plain {
		page.Wait(`document.querySelector("#readers .viewers")`)
	}
}

// The life of a warning by hand, in English and Arabic, with and without scripts:
// written and checked, acknowledged, answered with an outcome and then with a
// plain word, recalled.
func TestLifeOfAWarning(t *testing.T) {
	w := webtest.Open(t)
	to := string(w.Session("officer").Organisation.ID)
	var written, read *browsertest.Page
	for _, look := range webtest.Hands() {
		written, read = w.Turn(written, "coordinator", look), w.Turn(read, "officer", look)
		writer, reader := hand{written, t, look}, hand{read, t, look}
		writer.Go(w.Server.URL + inOperation + "m/new/warning")
		writer.Click(`[name="to"][value="chosen"]`)
		writer.Click(`[name="organisation"][value="` + to + `"]`)
		reaches(writer.Page, look)
		writer.Fill("#f-subject", "Container with face packs")
		writer.Fill("#f-body", "Please examine it on arrival.")
		writer.Fill("#f-category", "COS")
		writer.press(`.buttons [value="check"]`, "m/new/warning")
		writer.reads("the check", map[string][]string{"en": {"Toiletries and cosmetics"}, "ar": {"مستحضرات تجميل"}})
		w.Check(writer.Page, "life-check-"+look.String())
		writer.press(`[value="send"]`, "done=message-sent")
		at, _, _ := strings.Cut(writer.URL(), "?")

		reader.Go(at)
		reader.press(`form[action$="/acknowledge"] button`, "done=acknowledged")
		reader.Click(`[name="outcome"][value="clean"]`)
		w.Check(reader.Page, "life-answer-"+look.String())
		reader.press(send, "done=answer-sent")
		reader.Go(at)
		reader.Fill("#f-body", "Released at noon.") // who has given feedback goes on talking
		reader.press(send, "done=answer-sent")

		writer.Go(at)
		writer.reads("the answers", map[string][]string{"en": {"Checked, nothing found", "Released at noon."}, "ar": {"تمت المعاينة ولم يُعثر على شيء", "Released at noon."}})
		writer.press(`a[href*="/recall/"]`, "/recall/")
		writer.Fill("#f-reason", "The wrong container.")
		w.Check(writer.Page, "life-recall-"+look.String())
		writer.press(".form .buttons button", "done=")

		reader.Go(at)
		reader.reads("what was recalled", map[string][]string{"en": {"Withdrawn, do not use", "The wrong container."}, "ar": {"مسحوب، لا تستخدمه", "The wrong container."}})
		if strings.Contains(reader.Text("main"), "Please examine it on arrival.") {
			t.Errorf("%v: the text of what was recalled is still read", look)
		}
		w.Check(reader.Page, "life-recalled-"+look.String())
	}
}
