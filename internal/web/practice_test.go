package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// busy has people do in a practice whatever they do in an operation: cases, drafts and
// messages with words that no real record has, the day's silence, a watched value.
func (w *world) busy(code operation.Code, at workshop.ID) {
	w.t.Helper()
	ctx := w.t.Context()
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		w.Post("officer", "/t/"+string(at)+"/exercise/"+n, url.Values{})
	}
	w.Post("contact-point", "/t/"+string(at)+"/exercise/1", url.Values{})
	officer, director := w.sessionOf("officer").Actor, w.sessionOf("director").Actor
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	all, err := w.app.Seizures.List(ctx, officer, action, seizure.Filter{State: seizure.Released, Organisation: officer.Organisation})
	must(err)
	for i, c := range all.Items[:min(3, len(all.Items))] { // the doubles of real ones, with their numbers
		d := c.Draft
		d.ID, d.Reserved, d.Sheet, d.Warning, d.Remarks, d.Place = seizure.ID(nextID()), "", "", 0, "Factory of canaries", "Canary quay"
		d.Day = w.app.Clock.Now().Format("2006-01-02")
		d.StatusDay = ""
		if i == 0 {
			_, err = w.app.Seizures.Save(ctx, officer, code, d, 0)
		} else {
			_, err = w.app.Seizures.Report(ctx, officer, code, d)
		}
		must(err)
	}
	urgent := message.Draft{ID: message.ID(nextID()), Template: message.Warning, Urgent: true, Subject: "Canary lights", Body: "Raid at dawn", Language: "en", TLP: "AMBER", Source: "targeting",
		ReplyDue: w.app.Clock.Now().AddDate(0, 0, 2), To: audience.Address{Sides: []access.Side{access.Enforcement}}}
	_, err = w.app.Messages.Send(ctx, director, code, urgent)
	must(err)
	must(w.app.Notices.Subscribe(ctx, officer, action, notice.Subscription{Category: "ELE"}))
}

// A practice leaves no trace: before anything was done in it and after, every page that
// anybody reaches from home is the same, and so is what the other door says across
// operations; nobody is told of anything.
func TestPracticeLeavesNoTrace(t *testing.T) {
	written = 0
	w := newWorld(t)
	w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	at := w.Workshop(action)
	personas := []string{"director", "coordinator", "analyst", "officer", "contact-point", "observer", "right-holder"}
	look := func() map[string]map[string]answer {
		out := map[string]map[string]answer{}
		for _, persona := range personas {
			c := w.as(persona)
			_, pages := crawl(c, 12)
			for _, path := range []string{"/find?q=canary", "/find?q=raid+dawn", "/notices/", "/api/v1/search?q=canary", "/p/usage", "/api/v1/notices", "/o/" + string(action) + "/analysis/", "/o/" + string(action) + "/warnings/"} {
				if _, has := pages[path]; !has {
					pages[path] = c.get(path)
				}
			}
			maps.DeleteFunc(pages, func(path string, _ answer) bool {
				return strings.Contains(path, operation.PracticePrefix) || strings.HasPrefix(path, "/t/")
			})
			out[persona] = pages
		}
		return out
	}
	code := w.Practice(action, at)
	_ = look() // what is read is noted, and shown to others
	before := look()
	w.busy(code, at)
	must(t, w.app.Notices.Unsubscribe(t.Context(), w.sessionOf("officer").Actor, subscribed(t, w)))
	for range 3 {
		n, err := w.app.Notices.Follow(t.Context())
		must(t, err)
		if n == 0 {
			break
		}
	}
	after := look()
	for _, persona := range personas {
		if len(before[persona]) < 5 {
			t.Errorf("%s saw only %d pages", persona, len(before[persona]))
		}
		for _, path := range slices.Sorted(maps.Keys(before[persona])) {
			x, there := before[persona][path], true
			y, there := after[persona][path]
			p, q := plain(x), plain(y)
			if path == "/" || path == "/o/" { // practices stand there, apart
				p, q = untrained(p), untrained(q)
			}
			if strings.HasSuffix(path, ".xlsx") {
				p, q = parts(t, x.body), parts(t, y.body)
			}
			if path != "/me" && (!there || x.status != y.status || p != q) {
				t.Errorf("%s: %s differs: status %d and %d\n%s", persona, path, x.status, y.status, difference(p, q))
			}
		}
		if len(after[persona]) != len(before[persona]) {
			t.Errorf("%s: %d pages and %d", persona, len(before[persona]), len(after[persona]))
		}
	}
	inside := w.as("officer").get("/find?q=canary&in=" + string(code))
	if a := w.as("officer").get("/o/" + string(code) + "/c/?q=canary"); inside.status != http.StatusOK || !strings.Contains(a.body, "S-") {
		t.Errorf("inside, %d: what was written is not found", inside.status)
	}
}

// subscribed is the one thing that the officer wants to be told of.
func subscribed(t *testing.T, w *world) string {
	all, err := w.app.Notices.Subscriptions(t.Context(), w.sessionOf("officer").Actor)
	must(t, err)
	return all[len(all)-1].ID
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// untrained is a page without its part on practices.
func untrained(body string) string {
	i := strings.Index(body, `id="training"`)
	if i < 0 {
		return body
	}
	j := strings.Index(body[i:], "</section>")
	return body[:strings.LastIndex(body[:i], "<section")] + body[i+j+len("</section>"):]
}

// What is not for a practice does not exist in one.
func TestPracticeHoldsOnlyWhatItNeeds(t *testing.T) {
	w := newWorld(t)
	at := w.Workshop(action)
	code := w.Practice(action, at)
	w.Post("officer", "/t/"+string(at)+"/exercise/1", url.Values{})
	base := "/o/" + string(code) + "/"
	for _, path := range []string{"report/", "report/freeze", "situation", "learnt/", "effect/", "courses/", "report/editions/"} {
		for _, persona := range []string{"director", "officer"} {
			if a := w.as(persona).get(base + path); a.status != http.StatusNotFound {
				t.Errorf("%s: %s answers %d", persona, path, a.status)
			}
		}
	}
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"", "c/", "c/new", "m/", "m/new", "warnings/", "coverage/", "analysis/", "?wall=1", "journal/", "people/"} {
			a := w.as("director").in(lang).get(base + path)
			if mark := map[string]string{"en": "PRACTICE: nothing here is real", "ar": "تمرين: لا شيء هنا حقيقي"}[lang]; a.status != http.StatusOK || !strings.Contains(a.body, mark) || !strings.Contains(a.body, `class="strip-mark"`) {
				t.Errorf("%s %s: %d without the mark", lang, path, a.status)
			}
		}
	}
	if err := w.app.Notices.Subscribe(t.Context(), w.sessionOf("officer").Actor, code, notice.Subscription{Category: "ELE"}); err == nil {
		t.Error("somebody is told of what happens in a practice")
	}
}
