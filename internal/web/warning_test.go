package web_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// warned sends a warning of the coordinator to the officer's administration and
// one more, and gives its address.
func warned(t *testing.T, w *world) string {
	t.Helper()
	sent := w.as("coordinator").post(inAction+"m/new/warning", with(warningForm(t, w), "step", "send"))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("sending: %d", sent.status)
	}
	return strings.TrimSuffix(sent.location, "?done=message-sent")
}

// acts is where the acts about a message stand.
func acts(at string) string { return strings.Replace(at, "/m/", "/warnings/", 1) }

func feedbackForm(t *testing.T, page answer, pairs ...string) url.Values {
	t.Helper()
	return with(url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "as": {"feedback"}, "language": {"en"}, "tlp": {"AMBER"},
		"to": {"readers"}, "step": {"send"}}, pairs...)
}

// The life of a warning without scripts: acknowledged, reminded, assigned, answered.
func TestWarningLivesWithoutScripts(t *testing.T) {
	w := newWorld(t)
	at := warned(t, w)
	officer, coordinator := w.as("officer"), w.as("coordinator")
	wants(t, "before", officer.get(at), http.StatusOK, "has not yet acknowledged", "Acknowledge", "Assign to a post")
	wants(t, "the writer", coordinator.get(at), http.StatusOK, "0 of 2 have acknowledged.", "Remind those who are silent")
	for range 2 {
		done := officer.post(acts(at)+"/acknowledge", url.Values{})
		if done.status != http.StatusSeeOther || done.location != at+"?done=acknowledged" {
			t.Fatalf("acknowledged: %d to %s", done.status, done.location)
		}
	}
	if back := officer.post(acts(at)+"/acknowledge", url.Values{"back": {"//evil.example"}}); back.location != at+"?done=acknowledged" {
		t.Errorf("goes to %s", back.location)
	}
	wants(t, "acknowledged", officer.get(at), http.StatusOK, "Your organisation has acknowledged it")
	lacks(t, "others", officer.get(at), "Who has acknowledged")
	wants(t, "the writer", coordinator.get(at), http.StatusOK, "1 of 2 have acknowledged.")
	if done := coordinator.post(acts(at)+"/remind", url.Values{}); done.status != http.StatusSeeOther {
		t.Errorf("reminded: %d", done.status)
	}
	if again := coordinator.post(acts(at)+"/remind", url.Values{}); again.status != http.StatusTooManyRequests {
		t.Errorf("reminded again: %d", again.status)
	}
	if refused := officer.post(acts(at)+"/remind", url.Values{}); refused.status != http.StatusNotFound {
		t.Errorf("the officer reminds: %d", refused.status)
	}
	wants(t, "no post", officer.post(acts(at)+"/assign", url.Values{}), http.StatusUnprocessableEntity, "Say which post deals with it.")
	if done := officer.post(acts(at)+"/assign", url.Values{"post": {"Port of Qasr"}}); done.status != http.StatusSeeOther {
		t.Errorf("assigned: %d", done.status)
	}
	wants(t, "assigned", officer.get(at), http.StatusOK, "Port of Qasr", "Assign to another post")
	wants(t, "coordination", coordinator.get(at), http.StatusOK, "Assigned posts", "Port of Qasr")
	wants(t, "the ledger", officer.get(inAction+"warnings/"), http.StatusOK, "Port of Qasr", "?outcome=clean#answer")
	for _, other := range []string{"observer", "right-holder", "auditor", "stranger"} {
		for _, act := range []string{"acknowledge", "remind", "assign", "send-on"} {
			if a := w.as(other).post(acts(at)+"/"+act, url.Values{"post": {"x"}}); a.status != http.StatusNotFound {
				t.Errorf("%s: %s: %d", other, act, a.status)
			}
		}
	}
}

// Every outcome asks for what it needs and for nothing else.
func TestEveryOutcome(t *testing.T) {
	w := newWorld(t)
	at := warned(t, w)
	officer := w.as("officer")
	for _, c := range []struct {
		outcome string
		more    []string
		to      string
	}{
		{"clean", nil, "?done=answer-sent"}, {"released", nil, "?done=answer-sent"}, {"not-arrived", nil, "?done=answer-sent"},
		{"not-checked", []string{"reason", "no-staff"}, "?done=answer-sent"}, {"moved-on", []string{"moved_to", "XW"}, "?done=answer-sent"},
		{"surveillance", nil, "?done=answer-sent"}, {"hit", []string{"case", "open"}, "done=case-from-warning"},
		{"clean", []string{"reason", "no-staff", "moved_to", "XW", "case", "open"}, "?done=answer-sent"}, // left from another choice
	} {
		page := officer.get(at + "?outcome=" + c.outcome)
		wants(t, c.outcome, page, http.StatusOK, `value="`+c.outcome+`" checked`)
		done := officer.post(at, feedbackForm(t, page, append([]string{"outcome", c.outcome}, c.more...)...))
		if done.status != http.StatusSeeOther || !strings.Contains(done.location, c.to) {
			t.Fatalf("%s: %d to %s", c.outcome, done.status, done.location)
		}
		if c.outcome == "hit" {
			wants(t, "the case", officer.get(done.location), http.StatusOK, "filled with what the warning says", `value="COS" selected`, `value="sea" selected`)
		}
		if c.outcome == "surveillance" {
			wants(t, "the writer", w.as("coordinator").get(at), http.StatusOK, "Under surveillance: do not act")
		}
	}
	page := officer.get(at)
	wants(t, "not checked, no reason", officer.post(at, feedbackForm(t, page, "outcome", "not-checked")), http.StatusUnprocessableEntity, "Say why the shipment was not checked.")
}

// Warn, acknowledge and answer in Chromium, in English and Arabic, with and without
// scripts; another page that lies open sees the count of open warnings change.
func TestWarningInChromium(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { w.app.Live.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	b := browsertest.Open(t)
	for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("en", 360, false, true)} {
		at := warned(t, w)
		options := func(persona string) browsertest.Options {
			return browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, NoScripts: r.Plain, Bearer: w.Token(persona),
				Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}}
		}
		page := b.Page(t, options("officer"))
		picture := func(name string) {
			if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
				page.Screenshot(filepath.Join(dir, "warning-"+name+"-"+r.String()+".png"), true)
			}
			for _, problem := range browsertest.Check(t, page) {
				t.Errorf("%v, %s: %s", r, name, problem)
			}
		}
		var over *browsertest.Page
		figures := ""
		if !r.Plain {
			over = b.Page(t, options("contact-point"))
			over.Go(w.server.URL + inAction)
			figures = over.Text("#figures")
		}
		page.Go(w.server.URL + inAction + "warnings/")
		picture("ledger")
		page.Go(w.server.URL + at)
		picture("waits")
		page.Submit(`form[action$="/acknowledge"] button`)
		picture("acknowledged")
		page.Go(w.server.URL + at + "?outcome=moved-on")
		picture("moved-on")
		page.Go(w.server.URL + at + "?outcome=clean")
		page.Submit(`#answer button[value="send"]`)
		picture("answered")
		if over != nil {
			over.Wait(`document.getElementById("figures").innerText !== ` + strconv.Quote(figures))
		}
		page.Go(w.server.URL + inAction + "warnings/?outcome=clean")
		picture("clean")
	}
}
