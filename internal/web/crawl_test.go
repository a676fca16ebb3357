package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/static"
)

var (
	links = regexp.MustCompile(`(?:href|hx-get)="([^"]*)"`)
	// pattern is markup that a script fills in: its links lead nowhere yet.
	pattern = regexp.MustCompile(`(?s)<template>.*?</template>`)
	fresh   = regexp.MustCompile(`name="id" value="[0-9a-f-]{36}"`)
	// anyNonce is one in a policy, nonceOf a good one, scriptTag where it stands in a page.
	anyNonce  = regexp.MustCompile(`'nonce-[^']*'`)
	nonceOf   = regexp.MustCompile(`'nonce-([A-Za-z0-9+/]{22})'`)
	scriptTag = regexp.MustCompile(`<script[^>]*>`)
	numbers   = regexp.MustCompile(`[0-9a-f-]{36}|S-[0-9]+-[0-9]+-[A-Z0-9]|[0-9]+`)
)

// crawl asks for every page that leads on from home, in the order found. What a
// form would narrow a list to is left out, but not the next page of a list. Of
// pages that differ by a number only, it takes the first few: most of each kind.
func crawl(c *client, most int) (paths []string, pages map[string]answer) {
	c.world.t.Helper()
	pages = map[string]answer{}
	alike := map[string]int{}
	for queue := []string{"/", "/find", "/find?q=raid+dawn", "/find?q=factory", "/find?q=lights"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if _, seen := pages[path]; seen {
			continue
		}
		if shape := numbers.ReplaceAllString(path, "#"); alike[shape] >= most {
			continue
		} else {
			alike[shape]++
		}
		a := c.get(path)
		paths, pages[path] = append(paths, path), a
		for _, m := range links.FindAllStringSubmatch(pattern.ReplaceAllString(a.body, ""), -1) {
			if next, ok := follow(path, html.UnescapeString(m[1])); ok {
				queue = append(queue, next)
			}
		}
		if next, ok := follow(path, a.location); ok {
			queue = append(queue, next)
		}
	}
	return paths, pages
}

// follow resolves a link and tells whether the crawl goes there.
func follow(from, link string) (string, bool) {
	base, err := url.Parse(from)
	if err != nil || link == "" {
		return "", false
	}
	u, err := base.Parse(link)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return "", false
	}
	if strings.HasPrefix(u.Path, static.Prefix) || slices.Contains([]string{"/language", "/signout", "/signin", "/theme", "/hat"}, u.Path) {
		return "", false
	}
	for name := range u.Query() {
		if name != "before" && name != "print" && name != "view" && name != "format" {
			return "", false
		}
	}
	u.Fragment = ""
	return u.String(), true
}

// sealedCursor is a right holder's, which is another one each time.
var sealedCursor = regexp.MustCompile(`live\?after=[0-9a-f]{32}`)

// here is where a world is served, which is told on what is printed, as words and as a
// square to be scanned: another port for each world.
var (
	here   = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	square = regexp.MustCompile(`(?s)<svg class="qr".*?</svg>`)
)

// plain is an answer's body without what differs from one request to the next.
func plain(a answer) string {
	body := sealedCursor.ReplaceAllString(a.body, `live?after=`)
	body = square.ReplaceAllString(here.ReplaceAllString(body, "HERE"), "")
	return fresh.ReplaceAllString(nonces.ReplaceAllString(body, `nonce=""`), `name="id" value=""`)
}

// headers are an answer's headers without what differs from one request to the next.
func headers(a answer) http.Header {
	h := a.header.Clone()
	h.Del("Date")
	h.Set("Content-Security-Policy", anyNonce.ReplaceAllString(h.Get("Content-Security-Policy"), "'nonce-'"))
	return h
}

// personas are everybody whom a test asks as; "" is nobody.
func (w *world) personas() []string {
	w.t.Helper()
	all, err := w.app.Sessions.Personas(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	out := []string{"", session.Stranger}
	for _, p := range all {
		out = append(out, p.Person.Persona)
	}
	return out
}

// sessionOf gives a persona's session, for its actor and organisation.
func (w *world) sessionOf(persona string) session.Session {
	w.t.Helper()
	s, err := w.app.Sessions.Resolve(w.t.Context(), w.as(persona).token)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// officers gives an officer of each administration that no persona belongs to.
func (w *world) officers() []session.Session {
	w.t.Helper()
	own := w.sessionOf("officer").Organisation.Number
	_, members, err := w.app.Operations.People(w.t.Context(), w.sessionOf("coordinator").Actor, action)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []session.Session
	for _, m := range members {
		i := slices.IndexFunc(m.People, func(p operation.Participant) bool { return slices.Contains(p.Roles, access.Officer) })
		if i < 0 || m.Organisation.Number == own || m.Membership.State != operation.Accepted {
			continue
		}
		p := m.People[i]
		out = append(out, session.Session{Actor: access.Actor{Person: string(p.Person.ID), Organisation: m.Organisation.Number},
			Person: p.Person, Organisation: m.Organisation, Hat: p.Hat})
	}
	return out
}

const action = operation.Code("action-ipr-ap-2")

// Everybody's pages, as far as links lead, answer and carry what every page must.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	w := newWorld(t)
	for _, persona := range w.personas() {
		paths, pages := crawl(w.as(persona), 8)
		for _, path := range paths {
			a := pages[path]
			if a.status >= 400 && !(persona == "" && a.status == http.StatusUnauthorized) {
				t.Errorf("%s: %s answers %d", persona, path, a.status)
			}
			if a.header.Get("Content-Type") != "application/json" && !strings.Contains(path, "/a/") { // the other door and files have tests of their own
				carries(t, persona+": "+path, a)
			}
		}
		if persona != "" && len(paths) < 3 {
			t.Errorf("%s: only %v", persona, paths)
		}
		t.Logf("%s: %d pages", persona, len(paths))
	}
}

// carries checks the headers that every answer of a handler has.
func carries(t testing.TB, what string, a answer) {
	t.Helper()
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %s is %q, want %q", what, name, got, want)
		}
	}
	if r := a.header.Get("Referrer-Policy"); r != "same-origin" && r != "no-referrer" {
		t.Errorf("%s: Referrer-Policy is %q", what, r)
	}
	csp := a.header.Get("Content-Security-Policy")
	if a.header.Get("Content-Type") == "image/jpeg" { // a file: nothing runs, nothing loads
		if !strings.HasPrefix(csp, "sandbox; default-src 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", what, csp)
		}
		return
	}
	nonce := nonceOf.FindStringSubmatch(csp)
	if nonce == nil || strings.Contains(csp, "unsafe") || !strings.HasPrefix(csp, "default-src 'none'") {
		t.Errorf("%s: Content-Security-Policy is %q", what, csp)
		return
	}
	for _, m := range scriptTag.FindAllString(a.body, -1) {
		if !strings.Contains(m, "src=") && !strings.Contains(html.UnescapeString(m), `nonce="`+nonce[1]+`"`) {
			t.Errorf("%s: an inline script without the nonce: %s", what, m)
		}
	}
}
