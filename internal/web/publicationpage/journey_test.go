package publicationpage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// A report by hand in an operation that has none: begun, written, frozen and cleared in
// English with scripts, then written, frozen again and objected to in Arabic on a phone
// without.
func TestReportByHand(t *testing.T) {
	w := webtest.Open(t)
	report := w.Server.URL + "/o/import-trial/report/"
	for n, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, true)} {
		press := func(p *browsertest.Page, selector, leads string) {
			t.Helper()
			if status := p.Submit(selector); status != http.StatusOK || !strings.Contains(p.URL(), leads) {
				t.Fatalf("%v: %s leads to %s with status %d", look, selector, p.URL(), status)
			}
		}
		lead, point := w.Page("director", look), w.Page("contact-point", look)
		lead.Go(report)
		if n == 0 {
			w.Check(lead, "report-open-"+look.String())
			press(lead, "main .buttons button", "done=report-opened")
		}
		lead.Go(report + "sections/aim/edit")
		lead.Fill("#f-texts-"+look.Lang, "To **try** the import of {{official.cases}} cases.")
		press(lead, "main .buttons button", "done=report-written")
		if said := lead.Text("main .report"); !strings.Contains(said, "0") || strings.Contains(said, "{{") {
			t.Errorf("%v: the chapter reads %q", look, said)
		}
		lead.Go(report + "freeze")
		lead.Fill("#f-note", "Tried by hand")
		lead.Fill("#f-clear-by", w.Day(4))
		press(lead, `[value="check"]`, "/freeze")
		w.Check(lead, "report-freeze-"+look.String())
		press(lead, `[value="freeze"]`, "done=report-frozen")
		at, _, _ := strings.Cut(lead.URL(), "?")

		point.Go(at + "/clear")
		state := []string{"cleared", "dissents"}[n]
		point.Click(`[name="state"][value="` + state + `"]`)
		point.Fill("#f-words", "Two of our cases were sent twice.")
		press(point, "main .buttons button", "done=report-cleared")
		w.Check(point, "report-cleared-"+look.String())
		lead.Go(at + "/clearances")
		if said := lead.Text("main"); n == 1 && !strings.Contains(said, "sent twice") {
			t.Errorf("%v: the dissent is not read: %s", look, said)
		}
	}
}
