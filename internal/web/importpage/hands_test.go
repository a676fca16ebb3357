package importpage_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

const room = "/o/" + string(webtest.Operation) + "/"

// Whatever narrows the list of cases narrows the file that it leads to.
func TestExportKeepsTheFilter(t *testing.T) {
	w := webtest.Open(t)
	values := map[string]string{}
	query := url.Values{}
	for _, name := range caselist.Names() {
		values[name] = map[string]string{caselist.Words: "heron", caselist.Brand: "Aa", caselist.From: "2017-02-01", caselist.To: "2017-02-02",
			caselist.Organisation: "1", caselist.Photos: "1", caselist.Waits: "1", caselist.Mine: "1"}[name]
		if values[name] == "" {
			values[name] = "zz"
		}
		query.Set(name, values[name])
	}
	status, body := w.Get("coordinator", room+"export?"+query.Encode())
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for name, value := range values {
		if !regexp.MustCompile(`<input[^>]*name="` + name + `"[^>]*value="` + value + `"`).Match(body) {
			t.Errorf("the form loses %s", name)
		}
		one := url.Values{name: {value}, "format": {"jsonl"}}
		if name == caselist.Photos || name == caselist.From || name == caselist.To || name == caselist.Organisation {
			continue // of the story's cases some have it
		}
		if status, body := w.Get("coordinator", room+"export?"+one.Encode()); status != http.StatusOK || len(body) != 0 {
			t.Errorf("%s: status %d, %d bytes", one.Encode(), status, len(body))
		}
	}
}

// Every page of the room in Chromium, in two languages and widths: no finding of
// axe and none of our own checks.
func TestPagesInChromium(t *testing.T) {
	w := webtest.Open(t)
	b := browsertest.Open(t)
	sheet := w.Sheet("officer")
	done := w.Sheet("officer")
	for _, id := range []string{done} {
		if err := w.App.Intake.Start(t.Context(), w.Session("officer").Actor, webtest.Operation, intake.ID(id)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.App.Jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("en", 360, false, true), webtest.By("ar", 1280, true, false)} {
		page := b.Page(t, browsertest.Options{Width: look.Width, Dark: look.Dark, Lang: look.Lang, NoScripts: look.Plain,
			Bearer: w.Token("officer"), Cookies: []*http.Cookie{{Name: "language", Value: look.Lang}}})
		for name, path := range map[string]string{"start": "import/", "look": "import/" + sheet, "done": "import/" + done, "export": "export"} {
			if status := page.Go(w.Server.URL + room + path); status != http.StatusOK {
				t.Fatalf("%s: status %d", path, status)
			}
			for _, problem := range browsertest.Check(t, page) {
				t.Errorf("%s %s: %s", look, name, problem)
			}
			if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
				page.Screenshot(filepath.Join(dir, name+"-"+look.String()+".png"), true)
			}
		}
	}
}
