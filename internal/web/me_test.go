package web_test

import (
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestPreferences(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	a := c.post("/me/preferences", url.Values{"language": {"xx"}, "theme": {"dark"}, "density": {"auto"}})
	a.isStatus(t, "a language that is not spoken", http.StatusUnprocessableEntity)
	a.says(t, "a language that is not spoken", `href="#f-language"`, `value="dark" selected`, "Error: ")
	a = c.post("/me/preferences", url.Values{"language": {"fr"}, "theme": {"dark"}, "density": {"compact"}})
	a.isStatus(t, "settled", http.StatusSeeOther)
	if !strings.Contains(a.header.Get("Set-Cookie"), "language=fr") {
		t.Error("this browser does not learn the language")
	}
	c.get("/me").says(t, "settled", `data-theme="dark"`, `data-density="compact"`)

	a = c.post("/theme", url.Values{"theme": {""}, "back": {"/o/"}})
	if a.location != "/o/" {
		t.Errorf("the switch leads to %q", a.location)
	}
	a = c.get("/me")
	a.says(t, "as the device", `data-density="compact"`)
	a.silent(t, "as the device", "data-theme=")
	c.post("/theme", url.Values{"theme": {"plaid"}}).isStatus(t, "a theme that is none", http.StatusUnprocessableEntity)
	if a = c.post("/theme", url.Values{"density": {""}, "back": {"https://evil.example"}}); a.location != "/" {
		t.Errorf("the switch leads to %q", a.location)
	}
}

func TestPasswordAndSessions(t *testing.T) {
	w := newWorld(t)
	c, other := w.as(""), w.as("")
	c.token = w.SignedIn("qm.ncp")
	a := w.as("").post("/signin", url.Values{"login": {"qm.ncp"}, "password": {webtest.Password}})
	other.token = sessionIn(t, a)
	w.as("officer").get("/me/password").says(t, "a persona", "no password")

	c.get("/me").says(t, "two sessions", "End all others", "this one")
	fresh := "nine herons under the bridge"
	for name, f := range map[string]url.Values{
		"f-old":      {"old": {"wrong wrong wrong"}, "password": {fresh}, "again": {fresh}},
		"f-again":    {"old": {webtest.Password}, "password": {fresh}, "again": {fresh + "s"}},
		"f-password": {"old": {webtest.Password}, "password": {"short"}, "again": {"short"}},
	} {
		a := c.post("/me/password", f)
		a.isStatus(t, name, http.StatusUnprocessableEntity)
		a.says(t, name, `href="#`+name+`"`)
		a.silent(t, name, fresh, webtest.Password)
	}
	a = c.post("/me/password", url.Values{"old": {webtest.Password}, "password": {fresh}, "again": {fresh}})
	a.isStatus(t, "changed", http.StatusSeeOther)
	other.get("/").isStatus(t, "the other session", http.StatusUnauthorized)
	c.get("/").isStatus(t, "the old token", http.StatusUnauthorized)
	c.token = sessionIn(t, a)
	c.get("/me").isStatus(t, "the new session", http.StatusOK)

	again := w.as("")
	again.token = sessionIn(t, w.as("").post("/signin", url.Values{"login": {"qm.ncp"}, "password": {fresh}}))
	w.as("officer").post("/me/sessions/end", url.Values{"session": {"others"}}).isStatus(t, "somebody else's", http.StatusSeeOther)
	again.get("/me").isStatus(t, "not theirs to end", http.StatusOK)
	c.post("/me/sessions/end", url.Values{"session": {"others"}}).isStatus(t, "the others end", http.StatusSeeOther)
	again.get("/me").isStatus(t, "ended", http.StatusUnauthorized)
	c.get("/me").isStatus(t, "this one stays", http.StatusOK)
}
