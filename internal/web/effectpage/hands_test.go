package effectpage_test

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// A course is recorded on a phone, with one slip and one more row, with and without
// scripts. How the pages look, package tour sees to.
func TestRecordACourse(t *testing.T) {
	w := webtest.Open(t)
	base := w.Server.URL + webtest.Inside
	for _, look := range []webtest.Look{webtest.By("en", 360, false, false), webtest.By("ar", 360, true, true)} {
		t.Run(look.String(), func(t *testing.T) {
			p := w.Page("contact-point", look).For(t)
			p.Go(base + "courses/new")
			for field, text := range map[string]string{"#f-title": "At home " + look.String(), "#f-starts": "2017-02-20", "#f-reach-1-post": "Pier 4", "#f-reach-1-function": "mail",
				"#f-reach-1-people": "many"} {
				p.Fill(field, text)
			}
			if status := p.Submit("main .buttons button.primary"); status != http.StatusUnprocessableEntity {
				t.Fatalf("many people: %d", status)
			}
			w.Check(p, "wrong-"+look.String())
			p.Fill("#f-reach-1-people", "12")
			if status := p.Submit("button[name=more]"); status != http.StatusOK {
				t.Fatalf("more rows: %d", status)
			}
			for field, text := range map[string]string{"#f-reach-4-post": "CNSHA", "#f-reach-4-function": "express", "#f-reach-4-people": "3"} {
				p.Fill(field, text)
			}
			if status := p.Submit("main .buttons button.primary"); status != http.StatusOK || !strings.Contains(p.URL(), "done=") && !strings.Contains(p.Text("main"), look.String()) {
				t.Fatalf("recorded: %d %s", status, p.URL())
			}
			if text := p.Text("main"); !strings.Contains(text, "Pier 4") || !strings.Contains(text, "CNSHA") {
				t.Errorf("%s", text)
			}
			w.Check(p, "recorded-"+look.String())
		})
	}
	for path, persona := range map[string]string{"effect/": "officer", "effect/?format=csv": "right-holder", "courses/": "observer", "courses/new": "observer", "courses/{course}": "right-holder", "effect/?of=nobody": "coordinator"} {
		if status, _ := w.Get(persona, w.Courses(webtest.Inside+path)); status != http.StatusNotFound {
			t.Errorf("%s as %s: %d", path, persona, status)
		}
	}
	// What the list of cases counts stands behind every figure, and the file says the same.
	status, body := w.Get("contact-point", webtest.Inside+"effect/?format=csv")
	if status != http.StatusOK || !strings.Contains(string(body), "complete_before") || !strings.Contains(string(body), "Pier 4") {
		t.Errorf("%d %.400s", status, body)
	}
}

// Every figure of cases on the page, of an administration and of its posts, leads to the
// list that shows exactly these cases.
func TestFiguresLeadToTheirCases(t *testing.T) {
	w := webtest.Open(t)
	link := regexp.MustCompile(`(?s)href="/o/[^/"]+/c/\?([^"]+)">\s*<bdi[^>]*>([0-9,]+)</bdi>`)
	for _, persona := range []string{"contact-point", "coordinator"} {
		path := webtest.Inside + "effect/"
		if persona == "coordinator" {
			path += "?of=" + string(w.Session("contact-point").Organisation.ID)
		}
		status, body := w.Get(persona, path)
		found, posts := link.FindAllStringSubmatch(string(body), -1), 0
		for _, m := range found {
			q, err := url.ParseQuery(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			if q.Has(caselist.Post) {
				posts++
			}
			f, clean := caselist.Parse(q)
			page, err := w.App.CaseLists.List(t.Context(), w.Session(persona).Actor, webtest.Operation, f)
			want, _ := strconv.ParseInt(strings.ReplaceAll(m[2], ",", ""), 10, 64)
			if err != nil || page.Counts.Matching != want || want == 0 || clean.Encode() != q.Encode() {
				t.Errorf("%s: %s leads to %d cases, not %d: %v", persona, q.Encode(), page.Counts.Matching, want, err)
			}
		}
		if status != http.StatusOK || posts < 2 {
			t.Errorf("%s: status %d, %d links, %d of posts", persona, status, len(found), posts)
		}
	}
}
