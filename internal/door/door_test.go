package door_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Every kind of fault has its status, wrapped or not; what is no fault is ours.
func TestStatus(t *testing.T) {
	for kind, want := range map[fault.Kind]int{fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Unauthenticated: 401,
		fault.Conflict: 409, fault.TooLarge: 413, fault.TooMany: 429, fault.Unavailable: 503, fault.Kind(99): 500} {
		err := fault.Of(kind, "fault.any")
		if got := door.Status(err); got != want {
			t.Errorf("kind %d: %d, want %d", kind, got, want)
		}
		if got := door.Status(fmt.Errorf("seizure.report: %w", err)); got != want {
			t.Errorf("kind %d wrapped: %d, want %d", kind, got, want)
		}
	}
	if got := door.Status(errors.New("disk")); got != 500 {
		t.Errorf("any error: %d", got)
	}
}

// A bearer token goes before the cookie; a cookie counts only under the name of
// its connection.
func TestToken(t *testing.T) {
	for what, c := range map[string]struct {
		header, value, cookie string
		secure                bool
		want                  string
	}{
		"nothing":                      {want: ""},
		"a bearer":                     {header: "Bearer abc", want: "abc"},
		"a bearer in small letters":    {header: "bearer  abc ", want: "abc"},
		"another scheme":               {header: "Basic abc", want: ""},
		"a scheme alone":               {header: "Bearer", want: ""},
		"a cookie":                     {cookie: "tidewaiter", value: "xyz", want: "xyz"},
		"a bearer beside a cookie":     {header: "Bearer abc", cookie: "tidewaiter", value: "xyz", want: "abc"},
		"another scheme and a cookie":  {header: "Basic abc", cookie: "tidewaiter", value: "xyz", want: "xyz"},
		"a plain cookie over TLS":      {cookie: "tidewaiter", value: "xyz", secure: true, want: ""},
		"a host cookie over TLS":       {cookie: "__Host-tidewaiter", value: "xyz", secure: true, want: "xyz"},
		"a host cookie without TLS":    {cookie: "__Host-tidewaiter", value: "xyz", want: ""},
		"a cookie with a foreign name": {cookie: "tidewaiter2", value: "xyz", want: ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if c.header != "" {
			r.Header.Set("Authorization", c.header)
		}
		if c.cookie != "" {
			r.AddCookie(&http.Cookie{Name: c.cookie, Value: c.value})
		}
		if c.secure {
			r.URL.Scheme = "https"
		}
		if got := door.Token(r); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

// The cookie is the browser's only, of this host, and over TLS bound to it.
func TestSetToken(t *testing.T) {
	for _, secure := range []bool{false, true} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if secure {
			r.URL.Scheme = "https"
		}
		w := httptest.NewRecorder()
		door.SetToken(w, r, "abc")
		door.SetToken(w, r, "")
		set := w.Result().Cookies()
		for i, c := range set {
			if c.Name != door.CookieName(r) || !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("TLS %v: %v", secure, c)
			}
			if gone := c.MaxAge < 0; gone != (i == 1) || !c.Expires.IsZero() {
				t.Errorf("TLS %v: lives %v", secure, c)
			}
		}
	}
}

// What the request claims does not count: only the connection, or the proxy.
func TestScheme(t *testing.T) {
	for _, c := range []struct {
		tls, proxied, want bool
	}{{false, false, false}, {true, false, true}, {false, true, true}} {
		r := httptest.NewRequest(http.MethodGet, "https://example.org/", nil)
		r.TLS = nil
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		got := false
		door.Scheme(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = door.Secure(r) }), c.proxied).ServeHTTP(nil, r)
		if got != c.want {
			t.Errorf("TLS %v, proxied %v: secure %v", c.tls, c.proxied, got)
		}
	}
}
