package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// task is an open task of the officer's administration.
func (w *world) task() int64 {
	w.t.Helper()
	page, err := w.app.Tasks.List(w.t.Context(), w.sessionOf("officer").Actor, action, task.Ours)
	if err != nil || len(page.Tasks) == 0 {
		w.t.Fatal("no task", err)
	}
	return page.Tasks[0].Seq
}

// shift is one of the officer's administration.
func (w *world) shift() int64 {
	w.t.Helper()
	page, err := w.app.Rosters.Read(w.t.Context(), w.sessionOf("officer").Actor, action)
	if err != nil || len(page.Own) == 0 {
		w.t.Fatal("no shift", err)
	}
	return page.Own[0].Seq
}

// In the middle of the operation an officer says with one tap that there is
// nothing, adds controls, and takes it back; who was faster is not overwritten.
func TestNothingToday(t *testing.T) {
	w := newWorld(t)
	w.app.Clock.Set(time.Date(2017, 2, 24, 12, 0, 0, 0, time.UTC))
	officer := w.as("officer")
	const day = inAction + "nil/2017-02-24"
	if page := officer.get(inAction); !strings.Contains(page.body, `href="`+day+`"`) {
		t.Fatal("the overview does not ask for today")
	}
	if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
		b := browsertest.Open(t)
		for _, persona := range []string{"officer", "coordinator"} {
			for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false)} {
				p := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, Bearer: w.Token(persona),
					Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
				p.Go(w.server.URL + inAction)
				for _, problem := range browsertest.Check(t, p) {
					t.Errorf("%v: %s", r, problem)
				}
				p.Screenshot(filepath.Join(dir, "today-"+persona+"-"+r.String()+".png"), true)
			}
		}
	}
	had := w.nilVersion(officer, day)
	a := officer.post(day, url.Values{"version": {had}, "controls": {"57"}})
	if a.status != http.StatusSeeOther {
		t.Fatalf("nothing today: %d %s", a.status, a.body)
	}
	if a := officer.post(day, url.Values{"version": {had}, "controls": {"58"}}); a.status != http.StatusConflict || !strings.Contains(a.body, `value="58"`) {
		t.Errorf("the slower one: %d", a.status)
	}
	for _, bad := range []string{"many", "-1"} {
		if a := officer.post(day, url.Values{"version": {w.nilVersion(officer, day)}, "controls": {bad}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="`+bad+`"`) {
			t.Errorf("%q controls: %d", bad, a.status)
		}
	}
	if a := officer.post(inAction+"nil/2017-03-01", url.Values{}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a day to come: %d", a.status)
	}
	if a := officer.post(day+"/withdraw", url.Values{"version": {w.nilVersion(officer, day)}}); a.status != http.StatusSeeOther {
		t.Errorf("taking it back: %d", a.status)
	}
}

func (w *world) nilVersion(c *client, path string) string {
	w.t.Helper()
	found := regexp.MustCompile(`name="version" value="([0-9]+)"`).FindStringSubmatch(c.get(path).body)
	if found == nil {
		w.t.Fatal("no version")
	}
	return found[1]
}

// Who is silent is for coordination and the country itself: no page of another
// member says so, and outsiders are told nothing at all.
func TestSilenceIsDiscreet(t *testing.T) {
	w := newWorld(t)
	const silent = "Tavoralu" // falls silent on the last days
	if body := w.as("coordinator").get(inAction + "coverage/").body; !strings.Contains(body, silent) {
		t.Fatal("the coordinator is not told")
	}
	for _, who := range []string{"officer", "contact-point"} {
		for _, path := range []string{"coverage/", "situation?day=2017-02-24"} {
			if a := w.as(who).get(inAction + path); a.status != http.StatusOK || strings.Contains(a.body, silent) {
				t.Errorf("%s, %s: %d", who, path, a.status)
			}
		}
	}
	for _, who := range []string{"observer", "right-holder", "rival-right-holder", "stranger", "trainer", "auditor"} {
		for _, path := range []string{"coverage/", "situation", "tasks/", "roster/", "nil/2017-02-20"} {
			if a := w.as(who).get(inAction + path); a.status != http.StatusNotFound {
				t.Errorf("%s, %s: %d", who, path, a.status)
			}
		}
	}
	body := w.as("coordinator").get(inAction + "m/new/situation-report?situation=2017-02-24").body
	_, body, _ = strings.Cut(body, "<textarea")
	body, _, _ = strings.Cut(body, "</textarea>")
	if !strings.Contains(body, "Situation on") || strings.Contains(body, silent) {
		t.Error("the situation report names who is silent, or nothing")
	}
}
