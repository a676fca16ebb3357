package productpage_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// A sheet is written with its pictures and published, looked up by its code, and its
// pictures compared; by hand, in three languages, with and without scripts.
func TestPublishLookUpCompare(t *testing.T) {
	w := webtest.Open(t)
	brand := string(w.Session("right-holder").Organisation.ID) + "/" + string(w.Brand("right-holder", "ORVANELLE SOIE"))
	dir := t.TempDir()
	genuine, fake := filepath.Join(dir, "genuine.png"), filepath.Join(dir, "fake.png")
	for path, content := range map[string][]byte{genuine: webtest.Box(false, false), fake: webtest.Box(true, false)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	codes := []string{"4006381333931", "5901234123457", "9780201379624", "4012345678901"}
	for i, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("fr", 360, false, true), webtest.By("ar", 1280, true, true)} {
		t.Run(look.String(), func(t *testing.T) {
			p := w.Page("right-holder", look).For(t)
			p.Go(w.Server.URL + "/p/new")
			p.Choose("#f-pairs-1-genuine", genuine)
			if !look.Plain {
				p.Wait(`document.querySelectorAll('[name="pairs.1.genuine"][type=hidden]').length === 1`)
			}
			p.Choose("#f-pairs-1-fake", fake)
			if !look.Plain {
				p.Wait(`document.querySelectorAll('[name="pairs.1.fake"][type=hidden]').length === 1`)
			}
			for field, text := range map[string]string{"#f-brand": brand, "#f-name-1": "Mask " + look.String(), "#f-category": "COS", "#f-codes-gtin": codes[i],
				"#f-features-1-title-1": "Seal", "#f-features-1-genuine-1": "Twelve dots"} {
				p.Fill(field, text)
			}
			if status := p.Submit("button[value=publish]"); status != http.StatusOK || !strings.HasSuffix(p.URL(), "/publish") {
				t.Fatalf("saved: %d %s", status, p.URL())
			}
			if status := p.Submit("main form button.primary"); status != http.StatusOK {
				t.Fatalf("published: %d %s", status, p.URL())
			}
			sheet, _, _ := strings.Cut(strings.TrimPrefix(p.URL(), w.Server.URL), "?")
			w.Check(p, "mine-"+look.String())
			o := w.Page("officer", look).For(t)
			o.Go(w.Server.URL + "/p/")
			o.Fill("#f-q", codes[i])
			o.Submit("main form button.primary")
			if q, err := url.Parse(o.URL()); err != nil || q.Query().Get("q") != codes[i] || !strings.Contains(o.Text(".sheets"), look.String()) {
				t.Fatalf("looked up: %s", o.URL())
			}
			o.Submit(".sheets h3 a")
			if status := o.Go(w.Server.URL + sheet + "/compare"); status != http.StatusOK {
				t.Fatalf("compare: %d", status)
			}
			if look.Plain {
				o.Submit("a[data-step=in]")
				if !strings.Contains(o.URL(), "z=2") {
					t.Errorf("a step without scripts: %s", o.URL())
				}
			} else {
				o.Click("a[data-step=in]")
				o.Wait(`document.querySelector("svg.glass").getAttribute("viewBox").includes(" 500.0 ")`)
				o.Wait(`new Set([...document.querySelectorAll("svg.glass")].map(g => g.getAttribute("viewBox"))).size === 1`)
			}
			w.Check(o, "near-"+look.String())
		})
	}
}
