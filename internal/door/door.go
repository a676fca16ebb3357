// Package door holds what every door shares: the row of a route table, the
// status behind a kind of fault, and how a request proves who asks.
//
// A door turns a request into a command and an answer into bytes. It checks
// form, not rights: those are decided inside the command. Each door has one
// table of routes, in which every route names its command or says that it is
// public; the same table gives the limits and the test of who may do what.
package door

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Public marks a route that needs nobody to be signed in.
const Public access.Permission = "public"

// Route is one row of a door's table.
type Route struct {
	Method  string
	Pattern string            // as http.ServeMux reads it, without the method
	Command access.Permission // what it does, or Public
	Limit   int64             // bytes of a body; 0: no body
	Rate    Rate              // how often one person or network may ask; empty: by the method
}

// Status is the HTTP status of a kind of fault.
func Status(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Cookie names: __Host- binds the cookie to the host and to TLS; a plain name
// serves loopback, where there is no TLS.
const (
	secureCookie = "__Host-tidewaiter"
	plainCookie  = "tidewaiter"
)

// Token gives the secret of a request's session: a bearer token, or the cookie.
func Token(r *http.Request) string {
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "bearer") {
		return strings.TrimSpace(token)
	}
	if c, err := r.Cookie(CookieName(r)); err == nil {
		return c.Value
	}
	return ""
}

// Secure tells whether the browser's connection is encrypted, here or at a proxy
// in front: the door says so in the scheme of every request (see Scheme).
func Secure(r *http.Request) bool { return r.URL.Scheme == "https" }

// Scheme notes how the browser came, whatever the request itself claims. proxied:
// a proxy in front ends TLS.
func Scheme(next http.Handler, proxied bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Scheme = "http"
		if r.TLS != nil || proxied {
			r.URL.Scheme = "https"
		}
		next.ServeHTTP(w, r)
	})
}

// CookieName is the session cookie's name for this connection.
func CookieName(r *http.Request) string {
	if Secure(r) {
		return secureCookie
	}
	return plainCookie
}

// SetToken gives a browser its session; an empty token takes it away. The
// session's own limits end it, the cookie only lives as long as the browser.
func SetToken(w http.ResponseWriter, r *http.Request, token string) {
	c := &http.Cookie{Name: CookieName(r), Value: token, Path: "/", HttpOnly: true, Secure: Secure(r), SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}
