package workshoppage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// A workshop by hand, in English on a desk and in Arabic on a phone without scripts: a
// coordinator plans and calls it, a contact point names an officer, the coordinator
// confirms, and the officer finds it and takes it into a calendar.
func TestWorkshopByHand(t *testing.T) {
	w := webtest.Open(t)
	officer := w.Session("officer").Actor.Person
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, true)} {
		press := func(p *browsertest.Page, selector, leads string) {
			t.Helper()
			if status := p.Submit(selector); status != http.StatusOK || !strings.Contains(p.URL(), leads) {
				t.Fatalf("%v: %s leads to %s with status %d", look, selector, p.URL(), status)
			}
		}
		host, desk, guest := w.Page("coordinator", look), w.Page("contact-point", look), w.Page("officer", look)
		title := "Seals and cartons, " + look.String()
		host.Go(w.Server.URL + "/t/new?operation=" + string(webtest.Operation))
		if status := host.Submit("main .form > .buttons .primary"); status != http.StatusUnprocessableEntity {
			t.Fatalf("%v: an empty plan is answered %d", look, status)
		}
		w.Check(host, "workshop-wrong-"+look.String())
		host.Click(`[name="kind"][value="train-the-trainer"]`)
		host.Fill("#f-title", title)
		host.Fill("#f-starts", w.Day(12))
		host.Fill("#f-ends", w.Day(13))
		host.Fill("#f-place", "Hall A, Nairobi")
		press(host, "main .form > .buttons .primary", "done=workshop-planned")
		at, _, _ := strings.Cut(host.URL(), "?")
		host.Go(at + "/sessions/new")
		host.Fill("#f-title", "What a seal tells")
		press(host, `[name="act"][value="add-speaker"]`, "/sessions/new")
		press(host, `[name="act"][value="save"]`, "done=session-saved")
		host.Go(at + "/call")
		press(host, "main .form > .buttons .primary", "done=workshop-called")

		desk.Go(w.Server.URL + "/t/")
		press(desk, `main a[href$="/nominate"]`, "/nominate")
		desk.Go(at + "/nominate")
		desk.Click("#p-" + officer)
		desk.Fill("#f-post-"+officer, "KEMBA")
		press(desk, "main .form > .buttons .primary", "done=nominated")
		w.Check(desk, "workshop-named-"+look.String())

		host.Go(at + "/participants")
		press(host, `[name="act"][value="confirm"]`, "done=participants-confirmed")
		w.Check(host, "workshop-confirmed-"+look.String())

		guest.Go(w.Server.URL + "/t/")
		if said := guest.Text("main"); !strings.Contains(said, title) {
			t.Fatalf("%v: the officer does not find it: %s", look, said)
		}
		guest.Go(at)
		w.Check(guest, "workshop-mine-"+look.String())
		if said, place := guest.Text("main .mine"), map[string]string{"en": "You have a place", "ar": "لديك مقعد"}[look.Lang]; !strings.Contains(said, place) {
			t.Errorf("%v: the officer reads %q", look, said)
		}
		_, file := w.Get("officer", strings.TrimPrefix(at, w.Server.URL)+"/calendar.ics")
		if !strings.HasPrefix(string(file), "BEGIN:VCALENDAR") || !strings.Contains(string(file), "What a seal tells") {
			t.Errorf("%v: the calendar is %q", look, file)
		}
	}
}
