package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// What was refused waits for the contact point of whoever sent it, who is told on
// the overview, looks at it, and closes it; nobody else sees that it is there.
func TestQuarantine(t *testing.T) {
	w := newWorld(t)
	const content = `{"template":"general","subject":"The other one"}`
	officer := w.sessionOf("officer").Actor
	if err := w.app.Quarantine.Keep(t.Context(), officer, action, quarantine.Message, nextID(), content); err != nil {
		t.Fatal(err)
	}
	const link = inAction + "quarantine/"
	if page := w.as("contact-point").get(inAction); !strings.Contains(page.body, link) {
		t.Error("the overview does not tell the contact point")
	}
	for _, other := range []string{"officer", "coordinator", "director", "right-holder", "stranger"} {
		c := w.as(other)
		if c.get(link).status != http.StatusNotFound && strings.Contains(c.get(link).body, "The other one") || strings.Contains(c.get(inAction).body, link) {
			t.Errorf("%s is told", other)
		}
	}
	page := w.as("contact-point").get(link)
	if page.status != http.StatusOK || !strings.Contains(page.body, "The other one") {
		t.Fatalf("the page: %d", page.status)
	}
	if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
		b := browsertest.Open(t)
		for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false)} {
			p := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, Bearer: w.Token("contact-point"),
				Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
			p.Go(w.server.URL + link)
			for _, problem := range browsertest.Check(t, p) {
				t.Errorf("%v: %s", r, problem)
			}
			p.Screenshot(filepath.Join(dir, "quarantine-"+r.String()+".png"), true)
		}
	}
	_, after, _ := strings.Cut(page.body, `action="`+link)
	to, _, _ := strings.Cut(after, `"`)
	if a := w.as("officer").post(link+to, url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("an officer closed it: %d", a.status)
	}
	if a := w.as("contact-point").post(link+to, url.Values{}); a.status != http.StatusSeeOther {
		t.Errorf("closing: %d", a.status)
	}
	if page := w.as("contact-point").get(inAction); strings.Contains(page.body, link) {
		t.Error("it still waits")
	}
}
