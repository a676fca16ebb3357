package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

var shown = regexp.MustCompile(`<p class="once">.*?([A-Za-z0-9_-]{43})`)

// A person makes a token with the password once more, sees it once, and it opens
// the door for other systems until it is ended among the sessions.
func TestTokenForAnotherSystem(t *testing.T) {
	w := newWorld(t)
	me := w.as("")
	me.token = w.SignedIn("qm.ncp")
	if page := me.get("/me/token"); page.status != http.StatusOK || !strings.Contains(page.body, `name="password"`) {
		t.Fatalf("the form: %d", page.status)
	}
	wrong := me.post("/me/token", url.Values{"name": {"Case system"}, "password": {"not it, and long enough"}})
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, "Case system") || strings.Contains(wrong.body, "not it") {
		t.Errorf("a wrong password: %d, or what was typed is lost, or the password shown", wrong.status)
	}
	made := me.post("/me/token", url.Values{"name": {"Case system"}, "password": {webtest.Password}})
	found := shown.FindStringSubmatch(strings.ReplaceAll(made.body, "\n", ""))
	if made.status != http.StatusOK || found == nil {
		t.Fatalf("made: %d", made.status)
	}
	system := w.as("")
	system.token = found[1]
	if a := system.get("/api/v1/me"); a.status != http.StatusOK || !strings.Contains(a.body, "Piers Quillmoor") {
		t.Errorf("the token opens %d: %s", a.status, a.body)
	}
	account := me.get("/me")
	if !strings.Contains(account.body, "Case system") || strings.Contains(account.body, found[1]) {
		t.Error("the account does not list the token by its name, or shows it again")
	}
	if a := me.post("/me/sessions/end", url.Values{"session": {"others"}}); a.status != http.StatusSeeOther {
		t.Errorf("ending: %d", a.status)
	}
	if a := system.get("/api/v1/me"); a.status != http.StatusUnauthorized {
		t.Errorf("a token that was ended opens %d", a.status)
	}
}

// The pages of a token, as somebody sees them who signed in.
func TestTokenPagesInChromium(t *testing.T) {
	w := newWorld(t)
	token, b := w.SignedIn("qm.ncp"), browsertest.Open(t)
	for _, r := range []webtest.Look{webtest.By("en", 1280, true, false), webtest.By("ar", 360, false, false)} {
		page := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, Bearer: token,
			Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
		look := func(name string) {
			for _, problem := range browsertest.Check(t, page) {
				t.Errorf("%v %s: %s", r, name, problem)
			}
			if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
				page.Screenshot(filepath.Join(dir, "token-"+name+"-"+r.String()+".png"), true)
			}
		}
		page.Go(w.server.URL + "/me/token")
		look("form")
		page.Fill(`input[name="name"]`, "Case system of the mail centre")
		page.Fill(`input[name="password"]`, webtest.Password)
		page.Submit(`main form button.primary`)
		look("made")
	}
}
