package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// limited serves the world once more, with few requests for each.
func (w *world) limited(factor float64, atOnce int) *world {
	limited := *w
	app := *w.app
	app.Limits, app.Gate = door.NewLimiter(source.Story(w.app.Clock.Now(), 1), factor, true), door.NewGate(atOnce, 1)
	limited.app, limited.server = &app, httptest.NewServer(app.Site())
	w.t.Cleanup(limited.server.Close)
	return &limited
}

// Who asks too often is told when to come again, in the page's words, before the
// body is read; who is signed in does not wait for the neighbours, and who only
// claims to be, does.
func TestTooOften(t *testing.T) {
	w := newWorld(t).limited(0.05, 0)
	here := http.Header{"X-Forwarded-For": {"192.0.2.1"}}
	from := func(addr string) http.Header { return http.Header{"X-Forwarded-For": {"203.0.113.9, " + addr}} }
	nobody, officer := w.as(""), w.as("officer")
	n := 0
	for nobody.do(http.MethodGet, "/signin", nil, here).status == http.StatusOK {
		if n++; n > door.Rates[door.Reads].Burst {
			t.Fatal("nobody is refused")
		}
	}
	for what, a := range map[string]answer{
		"a neighbour":          nobody.do(http.MethodGet, "/signin", nil, from("192.0.2.77")),
		"a token that is none": (&client{world: w, token: strings.Repeat("x", 43), lang: "en", http: nobody.http}).do(http.MethodGet, "/signin", nil, here),
	} {
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "Wait a little") {
			t.Errorf("%s: %d, again in %q: %.80s", what, a.status, a.header.Get("Retry-After"), a.body)
		}
	}
	if a := nobody.do(http.MethodGet, "/signin", nil, from("198.51.100.1")); a.status != http.StatusOK {
		t.Errorf("another network: %d", a.status)
	}
	if a := officer.do(http.MethodGet, "/me", nil, here); a.status != http.StatusOK {
		t.Errorf("an officer of that network: %d", a.status)
	}
	for n = 0; nobody.do(http.MethodPost, "/signin", url.Values{"login": {"a"}, "password": {"b"}}, here).status == http.StatusUnprocessableEntity; n++ {
		if n > door.Rates[door.SignIns].Burst {
			t.Fatal("a network may try passwords for ever")
		}
	}
	huge := url.Values{"x": {strings.Repeat("x", 5<<20)}}
	if a := nobody.do(http.MethodPost, "/signin", huge, here); a.status != http.StatusTooManyRequests {
		t.Errorf("too large and too often: %d, want the answer that needs no body", a.status)
	}
}

// Beyond what one process answers at once, a page says that it is busy.
func TestBusy(t *testing.T) {
	w := newWorld(t).limited(1, 8)
	for range 7 {
		if _, err := w.app.Gate.Enter(door.Route{Method: http.MethodGet}); err != nil {
			t.Fatal(err)
		}
	}
	a := w.as("officer").get("/me")
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") != "5" || !strings.Contains(a.body, "very busy") {
		t.Errorf("%d, again in %q: %.80s", a.status, a.header.Get("Retry-After"), a.body)
	}
	if a := w.as("officer").post("/theme", url.Values{"theme": {"dark"}}); a.status != http.StatusSeeOther {
		t.Errorf("a write: %d", a.status)
	}
	if n, _ := w.app.Gate.InFlight(); n != 7 {
		t.Errorf("%d are in flight after all were answered", n)
	}
}

// A form is small, of few fields, and comes in one way.
func TestFormsInOneWay(t *testing.T) {
	w := newWorld(t)
	for what, c := range map[string]struct {
		body, kind string
		want       int
	}{
		"a form":                   {"theme=dark", "application/x-www-form-urlencoded; charset=utf-8", http.StatusSeeOther},
		"no body at all":           {"", "", http.StatusSeeOther},
		"files":                    {"--x\r\nContent-Disposition: form-data; name=\"theme\"\r\n\r\ndark\r\n--x--\r\n", "multipart/form-data; boundary=x", http.StatusUnprocessableEntity},
		"JSON":                     {`{"theme":"dark"}`, "application/json", http.StatusUnprocessableEntity},
		"a form without its name":  {"theme=dark", "", http.StatusUnprocessableEntity},
		"too many fields":          {strings.Repeat("a&", 12_000) + "theme=dark", "application/x-www-form-urlencoded", http.StatusUnprocessableEntity},
		"too many bytes":           {"theme=dark&x=" + strings.Repeat("x", 70_000), "application/x-www-form-urlencoded", http.StatusRequestEntityTooLarge},
		"almost too many of these": {"theme=dark&x=" + strings.Repeat("x", 60_000), "application/x-www-form-urlencoded", http.StatusSeeOther},
	} {
		if a := w.as("officer").raw(http.MethodPost, "/theme", c.body, map[string]string{"Content-Type": c.kind}); a.status != c.want {
			t.Errorf("%s: %d, want %d", what, a.status, c.want)
		}
	}
}
