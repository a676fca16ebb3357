package web_test

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web"
)

// The world's own end fails when anything was logged: an answer of 500, or
// content that found its way into the log.

// raw sends bytes as they are.
func (c *client) raw(method, path, body string, header map[string]string) answer {
	c.world.t.Helper()
	req, err := http.NewRequest(method, c.world.server.URL, strings.NewReader(body))
	if err != nil {
		c.world.t.Fatal(err)
	}
	if u, err := url.Parse(c.world.server.URL + path); err == nil {
		req.URL = u
	} else {
		req.URL.Opaque = path
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.world.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(b), resp.Header.Get("Location")}
}

func forms() (out []door.Route) {
	for _, r := range web.Routes() {
		if r.Method == http.MethodPost {
			out = append(out, r)
		}
	}
	return out
}

// A form larger than its route takes is refused, whoever sends it.
func TestTooLarge(t *testing.T) {
	w := newWorld(t)
	for _, r := range forms() {
		for _, persona := range []string{"", "officer"} {
			path := w.target(r).path(r.Pattern)
			a := w.as(persona).raw(http.MethodPost, path, "a="+strings.Repeat("x", int(r.Limit)), nil)
			if a.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%q: %s of %d bytes and more: %d", persona, path, r.Limit, a.status)
			}
		}
		if r.Limit <= 0 || r.Limit > 8<<20 && !strings.HasSuffix(r.Pattern, "/request") && r.Pattern != "/p/import" { // these two bring files
			t.Errorf("%s takes %d bytes", r.Pattern, r.Limit)
		}
	}
}

// A form sent from another site is refused before anything is read.
func TestCrossOrigin(t *testing.T) {
	w := newWorld(t)
	for _, r := range forms() {
		path := w.target(r).path(r.Pattern)
		for _, h := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}} {
			if a := w.as("contact-point").raw(http.MethodPost, path, "", h); a.status != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, h, a.status)
			}
		}
	}
	if a := w.as("officer").raw(http.MethodPost, "/theme", "theme=dark", map[string]string{"Sec-Fetch-Site": "same-origin"}); a.status != http.StatusSeeOther {
		t.Errorf("from this site: %d", a.status)
	}
}

// No method that a route does not know is answered as if it were known.
func TestWrongMethods(t *testing.T) {
	w := newWorld(t)
	known := map[string][]string{}
	for _, r := range web.Routes() {
		known[r.Pattern] = append(known[r.Pattern], r.Method)
	}
	for _, r := range web.Routes() {
		path := w.target(r).path(r.Pattern)
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, "BREW"} {
			if slices.Contains(known[r.Pattern], method) {
				continue
			}
			a := w.as("coordinator").raw(method, path, "", nil)
			shadowed := method == http.MethodGet && a.status == http.StatusOK // another pattern takes that address
			if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed && !shadowed {
				t.Errorf("%s %s: %d", method, path, a.status)
			}
		}
	}
}

var fields = regexp.MustCompile(`<(?:input|textarea|select)[^>]* name="([^"]+)"`)

// namesOf gives the fields of the forms on a page, and some that no form has.
func namesOf(a answer) []string {
	out := []string{"id", "version", "reason", "nonsense", "goods.0.quantity", "organisation", "side", "role", "password", "back", "kept"}
	for _, m := range fields.FindAllStringSubmatch(a.body, -1) {
		if n := html.UnescapeString(m[1]); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Whatever stands in whatever field, the answer is clear and nothing breaks.
func TestNastyFields(t *testing.T) {
	nasty := map[string][]string{
		"NUL": {"a\x00b"}, "not UTF-8": {"a\xff\xfeb"}, "controls": {"a\x1b[31m\r\nSet-Cookie: x=y"}, "bidi": {"a\u202eb\u2066c"},
		"markup": {`"><script>alert(1)</script><img src=x onerror=alert(1)>`}, "ten thousand": {strings.Repeat("ü", 10000)},
		"twice": {"general", "operational"}, "a number": {"99999999999999999999"}, "negative": {"-1"}, "not a number": {"NaN"}, "an exponent": {"1e309"},
		"no date": {"2017-02-30"}, "template": {"{{.}} ${jndi:ldap://x} %s %n"}, "SQL": {"' or 1=1; drop table journal;--"}, "a foreign id": {"01890a5d-ac96-774b-bcce-000000000000"},
		"a tower": {"a" + strings.Repeat("\u0301", 500)}, "empty": {""},
	}
	by := map[string]string{"/admin/": "administrator", "/o/": "contact-point", "/me": "officer", "/": "officer"}
	w := newWorld(t)
	for _, r := range forms() {
		if r.Pattern == "/signout" || strings.HasSuffix(r.Pattern, "/sessions/end") {
			continue
		}
		path := w.target(r).path(r.Pattern)
		persona := ""
		for _, prefix := range []string{"/admin/", "/o/", "/me", "/"} {
			if strings.HasPrefix(path, prefix) {
				persona = by[prefix]
				break
			}
		}
		for _, persona := range []string{persona, "director"} {
			c := w.as(persona)
			page := c.get(path)
			names, steps := namesOf(page), [][2]string{{}}
			if strings.Contains(page.body, `name="step"`) || strings.Contains(page.body, `name="act"`) {
				steps = append(steps, [2]string{"send", "report"}, [2]string{"preview", "save"}) // the buttons of messages and cases
			}
			for what, values := range nasty {
				for _, step := range steps {
					form := url.Values{}
					for _, n := range names {
						form[n] = values
					}
					form.Set("step", step[0])
					form.Set("act", step[1])
					a := c.post(path, form)
					checkClear(t, persona+": "+what+" to "+path, a)
				}
			}
		}
	}
}

// checkClear fails when an answer is not one that a reader can act on.
func checkClear(t *testing.T, what string, a answer) {
	t.Helper()
	if !slices.Contains([]int{200, 303, 401, 404, 409, 413, 422, 429}, a.status) {
		t.Errorf("%s: %d", what, a.status)
	}
	saved := a.header.Get("Content-Type") == "application/zip" && strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") // shown by no browser
	if !saved && (strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img src=x")) {
		t.Errorf("%s: markup comes back alive", what)
	}
	if a.header.Get("Set-Cookie") == "x=y" {
		t.Errorf("%s: a header was smuggled in", what)
	}
	if len(a.location) > 0 && !isLocal(a.location) {
		t.Errorf("%s: leads to %q", what, a.location)
	}
}

func isLocal(to string) bool {
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.HasPrefix(to, `/\`) && !strings.ContainsAny(to, "\r\n\t\\")
}

// Forms that are no forms.
func TestMalformedForms(t *testing.T) {
	w := newWorld(t)
	for _, r := range forms() {
		path := w.target(r).path(r.Pattern)
		for _, body := range []string{"a=%zz", "%", "a=1;b=2", "=&=&&&", strings.Repeat("a&", 9000), "{\"a\":1}"} {
			for _, kind := range []string{"application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ";;;"} {
				a := w.as("").raw(http.MethodPost, path, body, map[string]string{"Content-Type": kind})
				if a.status >= 500 || a.status < 300 {
					t.Errorf("%s: %.20q as %s: %d", path, body, kind, a.status)
				}
			}
		}
	}
}

// Addresses that try to leave the site's ground, or to break what reads them.
func TestNastyAddresses(t *testing.T) {
	w := newWorld(t)
	op := "/o/" + string(action)
	for _, persona := range []string{"", "officer", "coordinator", "administrator"} {
		c := w.as(persona)
		for _, path := range []string{
			"/o/%00/", "/o/%ff/", "/o/..%2f..%2fetc%2fpasswd", "/o/ACTION-IPR-AP-2/", "/o/" + strings.Repeat("a", 9000) + "/", "/%2e%2e/%2e%2e/etc/passwd",
			op + "/c/%00", op + "/c/%ff", op + "/c/..%2f..", op + "/c/S-17-00000-A", op + "/c/" + strings.Repeat("9", 400), op + "/c/%00/amend",
			op + "/m/-1", op + "/m/0", op + "/m/1e3", op + "/m/99999999999999999999", op + "/m/%00", op + "/m/new/%00", op + "/m/new/secret",
			op + "/journal/-1", op + "/journal/99999999", op + "/journal/99999999999999999999", op + "/journal/%00",
			op + "/people/%00", op + "/people/x/roles/%00", op + "/people/%ff/end", "/admin/people/%00", "/admin/people/%ff/suspend", "/admin/organisations/%00",
			"/invitation/%00", "/invitation/" + strings.Repeat("x", 5000), "/s/..%2f..%2fgo.mod", "/s/%00", "/s/", "/static/x", "/debug/pprof/", "/.git/config",
		} {
			a := c.raw(http.MethodGet, path, "", nil)
			if a.status >= 500 || a.status == 200 || a.location != "" && !isLocal(a.location) {
				t.Errorf("%s: %.80s: %d %s", persona, path, a.status, a.location)
			}
		}
		for _, query := range []string{"before=abc", "before=-1", "before=99999999999999999999", "page=-1", "state=%00", "from=%ff", "from=2017-02-30", "to=%3Cscript%3Ealert",
			"organisation=99999", "organisation=%00", "side=%00", "verb=%00", "subject=%ff", "actor=%00", "template=%00", "tlp=%00", "category=%00", "country=%00",
			"status=%00", "class=%00", "q=%00", "done=%3Cscript%3Ealert(1)", "done=%00", "a=%zz", "a;b", strings.Repeat("x=1&", 2000)} {
			for _, page := range []string{"/", op + "/", op + "/m/", op + "/c/", op + "/journal/", op + "/people/", op + "/m/new/general", op + "/c/new", op + "/results", "/admin/people/", "/signin", "/me"} {
				a := c.raw(http.MethodGet, page+"?"+query, "", nil)
				checkClear(t, persona+": "+page+"?"+query, a)
			}
		}
	}
}

// No address leads away from the site, and none writes a header.
func TestOpenRedirects(t *testing.T) {
	w := newWorld(t)
	for _, to := range []string{"//evil.example", "https://evil.example", `/\evil.example`, `\\evil.example`, "javascript:alert(1)", "/\t/evil.example",
		"/\r\nSet-Cookie: x=y", "http:evil.example", "/..//evil.example", "///evil.example", " //evil.example", "/%2f/evil.example", "/\x00", "evil.example", "/%5cevil.example"} {
		q := url.Values{"back": {to}, "to": {to}, "persona": {"officer"}, "theme": {"dark"}}
		for what, a := range map[string]answer{
			"language": w.as("").get("/language?" + q.Encode()),
			"sign-in":  w.as("").post("/signin/persona", q),
			"theme":    w.as("officer").post("/theme", q),
			"page":     w.as("officer").get("/signin?" + q.Encode()),
		} {
			if u, err := url.Parse(a.location); err != nil || u.Host != "" || u.Scheme != "" || !isLocal(a.location) || a.status != http.StatusSeeOther {
				t.Errorf("%s to %q: %d, leads to %q", what, to, a.status, a.location)
			}
			for _, cookie := range a.header["Set-Cookie"] {
				if strings.HasPrefix(cookie, "x=y") || strings.Contains(cookie, "evil") {
					t.Errorf("%s to %q sets %q", what, to, cookie)
				}
			}
		}
	}
}

// What is no session is nobody's, and says so like any other.
func TestGarbageTokens(t *testing.T) {
	w := newWorld(t)
	for _, h := range []map[string]string{{"Authorization": "Bearer x"}, {"Authorization": "Bearer " + strings.Repeat("A", 43)}, {"Authorization": "Bearer"},
		{"Authorization": "Basic b2ZmaWNlcjo="}, {"Authorization": "Bearer \xff\xfe"}, {"Authorization": "Bearer " + strings.Repeat("x", 20000)},
		{"Cookie": "tidewaiter=x"}, {"Cookie": "tidewaiter=" + strings.Repeat("A", 43)}, {"Cookie": "tidewaiter=\"; tidewaiter=; =;;"},
		{"Cookie": "language=../../<script>; tidewaiter=" + strings.Repeat("é", 43)}, {"Cookie": "__Host-tidewaiter=" + w.as("officer").token}} {
		a := w.as("").raw(http.MethodGet, "/me", "", h)
		if a.status != http.StatusUnauthorized || strings.Contains(a.body, "<script>alert") {
			t.Errorf("%.60v: %d", h, a.status)
		}
	}
	if a := w.as("").raw(http.MethodGet, "/me", "", map[string]string{"Cookie": "tidewaiter=" + w.as("officer").token}); a.status != http.StatusOK {
		t.Errorf("a true cookie: %d", a.status)
	}
}

// What was typed before a session ended comes back, passwords do not.
func TestKeptFormHoldsNoPassword(t *testing.T) {
	w := newWorld(t)
	a := w.as("").post("/me/password", url.Values{"old_password": {"hunter-one"}, "password": {"hunter-two"}, "again": {"hunter-three"}, "note": {"kept-note"}})
	if a.status != http.StatusUnauthorized {
		t.Fatalf("status %d", a.status)
	}
	for _, secret := range []string{"hunter-one", "hunter-two", "hunter-three"} {
		if strings.Contains(a.body, secret) {
			t.Errorf("the page holds %q", secret)
		}
	}
	if !strings.Contains(a.body, "kept-note") {
		t.Error("what was typed is lost")
	}
}
