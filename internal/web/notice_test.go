package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// letters takes what would be mailed.
type letters struct{ came []mail.Letter }

func (l *letters) Send(_ context.Context, one mail.Letter) error {
	l.came = append(l.came, one)
	return nil
}

// told gives the world e-mail and has everybody told of what the story did last,
// and of an urgent word to the officer's administration.
func (w *world) told() (*letters, message.Message) {
	w.t.Helper()
	box := &letters{}
	w.app.Notices.Post = box
	m, err := w.app.Messages.Send(w.t.Context(), w.sessionOf("coordinator").Actor, action, message.Draft{Template: message.General,
		Subject: "Lorry with a false floor", Body: "Stop it.", Language: "en", TLP: "AMBER", Urgent: true,
		To: audience.Address{Organisations: []int64{w.sessionOf("officer").Organisation.Number}}})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.app.Notices.Follow(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return box, m
}

// What is new stands in the menu and on its page, leads to its record, and is
// seen when that was opened, or with one tap.
func TestNotices(t *testing.T) {
	w := newWorld(t)
	_, m := w.told()
	c := w.as("officer")
	counted := regexp.MustCompile(`href="/notices"[^>]*>\s*Notices\s*<span class="count">`)
	if a := c.get("/"); !counted.MatchString(a.body) {
		t.Error("the menu says nothing of it")
	}
	at := fmt.Sprintf("%sm/%d", inAction, m.Seq)
	a := c.get("/notices")
	a.says(t, "the page", "Lorry with a false floor", "Urgent", `href="`+at+`"`, "Mark all as seen")
	for _, persona := range []string{"right-holder", "observer"} {
		w.as(persona).get("/notices").silent(t, persona, "Lorry with a false floor")
	}
	before, err := w.app.Notices.Count(t.Context(), w.sessionOf("officer").Actor)
	if err != nil || before == 0 {
		t.Fatalf("%d are new (%v)", before, err)
	}
	c.get(at).isStatus(t, "the record", http.StatusOK)
	if after, _ := w.app.Notices.Count(t.Context(), w.sessionOf("officer").Actor); after != before-1 {
		t.Errorf("%d are new after one was opened, %d before", after, before)
	}
	shown := regexp.MustCompile(`name="shown" value="(\d+)"`).FindStringSubmatch(c.get("/notices").body)
	if shown != nil {
		c.post("/notices/seen", url.Values{"shown": {shown[1]}}).isStatus(t, "all seen", http.StatusSeeOther)
	}
	if after, _ := w.app.Notices.Count(t.Context(), w.sessionOf("officer").Actor); after != 0 {
		t.Errorf("%d are still new", after)
	}
	c.post("/notices/seen", url.Values{"shown": {"x"}}).isStatus(t, "no number", http.StatusUnprocessableEntity)
}

// An address is asked for, proven, used, and taken away; nobody else sees it.
func TestTelling(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	c.get("/me/notices").says(t, "without a relay", "E-mail is not set up here")
	w.told()
	for _, wrong := range []string{"nobody", "a@b.example\r\nBcc: x@y.example", "a@b"} {
		c.post("/me/notices/address", url.Values{"address": {wrong}}).says(t, wrong, "This is no e-mail address")
	}
	c.post("/me/notices/address", url.Values{"address": {"secret.address@customs.example"}}).isStatus(t, "an address", http.StatusSeeOther)
	c.get("/me/notices").says(t, "pending", "A code is on its way", "secret.address@customs.example")
	c.post("/me/notices/code", url.Values{"code": {"00000000"}}).says(t, "a wrong code", "This is not the code")
	c.post("/me/notices/mode", url.Values{"mode": {notice.Digest}, "hour": {"24"}}).isStatus(t, "no hour", http.StatusUnprocessableEntity)
	c.post("/me/notices/mode", url.Values{"mode": {notice.Digest}, "hour": {"6"}}).isStatus(t, "an hour", http.StatusSeeOther)
	for _, persona := range []string{"administrator", "contact-point", "coordinator"} {
		for _, path := range []string{"/me/notices", "/admin/people/", "/admin/people/" + string(w.sessionOf("officer").Person.ID)} {
			w.as(persona).get(path).silent(t, persona, "secret.address")
		}
	}
	c.post("/me/notices/subscribe", url.Values{"operation": {string(action)}}).says(t, "nothing wanted", "Choose at least one thing")
	c.post("/me/notices/subscribe", url.Values{"operation": {string(action)}, "category": {"FOO"}, "brand": {"Zephyr"}}).isStatus(t, "a wish", http.StatusSeeOther)
	a := c.get("/me/notices")
	a.says(t, "the wish", "Zephyr")
	id := regexp.MustCompile(`name="subscription" value="([^"]+)"`).FindStringSubmatch(a.body)
	c.post("/me/notices/unsubscribe", url.Values{"subscription": {id[1]}}).isStatus(t, "stopped", http.StatusSeeOther)
	c.get("/me/notices").silent(t, "stopped", `name="subscription"`)
	c.post("/me/notices/address", url.Values{"remove": {"1"}}).isStatus(t, "removed", http.StatusSeeOther)
	c.get("/me/notices").silent(t, "removed", "secret.address")
}

// The two pages with something on them, looked at.
func TestNoticesInChromium(t *testing.T) {
	w := newWorld(t)
	w.told()
	c := w.as("officer")
	c.post("/me/notices/address", url.Values{"address": {"an.officer@customs.example"}})
	c.post("/me/notices/subscribe", url.Values{"operation": {string(action)}, "category": {"FOO"}, "provenance": {"XB"}, "brand": {"Zephyr"}})
	b := browsertest.Open(t)
	for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("ar", 1280, true, false), webtest.By("en", 360, false, true)} {
		page := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, NoScripts: r.Plain,
			Bearer: w.Token("officer"), Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
		for _, path := range []string{"/notices", "/me/notices"} {
			if status := page.Go(w.server.URL + path); status != http.StatusOK {
				t.Fatalf("%s: status %d", path, status)
			}
			for _, problem := range browsertest.Check(t, page) {
				t.Errorf("%s as %v: %s", path, r, problem)
			}
			if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
				page.Screenshot(filepath.Join(dir, fmt.Sprintf("notice%s-%s.png", strings.ReplaceAll(path, "/", "-"), r)), true)
			}
		}
	}
}
