package detentionpage_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// Every page of the legal clock as its readers have it, and a mistake in a form.
func TestClockPages(t *testing.T) {
	w := webtest.Open(t)
	ncp := w.Session("contact-point").Actor
	_, err := w.App.Detentions.Adopt(t.Context(), ncp, webtest.Operation, detention.Adopting{Profile: "jp", Note: "From the gazette.", Calendar: legal.Entered{Zone: "Asia/Dubai",
		Weekend: []string{"5", "6"}, Holidays: "2017-03-26 Spring\n2017-03-27", Years: "2017", Source: "Gazette"}})
	if err != nil {
		t.Fatal(err)
	}
	at := w.Clock("")
	stops := []struct{ name, persona, path string }{
		{"clock", "officer", at}, {"clock-coordinator", "coordinator", at}, {"choose", "officer", at + "/note"}, {"note", "officer", at + "/note?kind=reply"},
		{"disclose", "officer", at + "/disclose"}, {"told", "officer", w.Clock("/told")}, {"letter", "officer", at + "/letter/declarant"},
		{"running", "officer", webtest.Inside + "clocks/"}, {"law", "officer", webtest.Inside + "clocks/law"}, {"adopt", "contact-point", webtest.Inside + "clocks/law/new"},
		{"profile", "officer", webtest.Inside + "clocks/law/eu-608-2013"},
	}
	for _, look := range webtest.Hands() {
		pages := map[string]*browsertest.Page{} // one tab each: a tab holds a stream
		for _, s := range stops {
			if pages[s.persona] == nil {
				pages[s.persona] = w.Page(s.persona, look)
			}
		}
		for _, s := range stops {
			t.Run(s.name+"-"+look.String(), func(t *testing.T) {
				page := pages[s.persona].For(t)
				if status := page.Go(w.Server.URL + s.path); status != http.StatusOK {
					t.Fatalf("%s: status %d", s.path, status)
				}
				w.Check(page, s.name+"-"+look.String())
			})
		}
		t.Run("mistake-"+look.String(), func(t *testing.T) {
			page := pages["officer"].For(t)
			page.Go(w.Server.URL + at + "/note?kind=ended")
			if status := page.Submit(".button.primary"); status != http.StatusUnprocessableEntity || !strings.Contains(page.URL(), "/note") {
				t.Fatalf("ended without a reason: %d at %s", status, page.URL())
			}
			if look.Width > 360 { // on a phone the summary of what is wrong pushes the button down
				w.Check(page, "mistake-"+look.String())
			}
		})
	}
}
