package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// fail shows an error: the one place of this door. What is internal is logged
// here, once, and shown without its words.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	if r.Context().Err() != nil {
		return // the reader has gone
	}
	status := door.Status(err)
	e := wrong{text: v.printer.T("fault.internal"), missing: status == http.StatusNotFound}
	if status == http.StatusInternalServerError {
		e.number = newNonce()[:8]
		s.Log.Error("request failed", "method", r.Method, "path", logged(r), "number", e.number, "error", err)
	} else if f, ok := asFault(err); ok {
		e.text = v.printer.T(f.Key, f.Args)
		if fault.Is(err, fault.TooMany) {
			w.Header().Set("Retry-After", "900")
		}
	}
	p := s.page(r, v, v.printer.T("web.error.title"))
	p.Error = true
	if err := show(w, r, status, errorOf(p, e, partial(r))); err != nil {
		s.Log.Error("error page failed", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// logged is the address as it may be kept: the token of a one-time link is a
// right, and stays out of logs.
func logged(r *http.Request) string {
	if r.PathValue("token") != "" {
		return r.Pattern
	}
	return r.URL.Path
}

// partial tells whether a script asked for a part of the page.
func partial(r *http.Request) bool { return r.Header.Get("HX-Request") != "" }

func notFound(_ *Site, _ http.ResponseWriter, _ *http.Request, _ *visit) error {
	return fault.Missing()
}

// expired asks for a sign-in and keeps what was typed: the form travels along,
// hidden, and is offered again afterwards. Passwords do not.
func (s *Site) expired(w http.ResponseWriter, r *http.Request, v *visit) {
	back := r.URL.RequestURI()
	kept := ""
	if r.Method == http.MethodPost {
		kept = keep(r.PostForm).Encode()
	}
	if err := s.signInPage(w, r, v, http.StatusUnauthorized, signInForm{back: back, kept: kept, expired: door.Token(r) != "" || kept != ""}, nil); err != nil {
		s.fail(w, r, v, err)
	}
}

// secrets are the fields of forms about passwords that do not say so themselves.
var secrets = []string{"old", "again"}

func keep(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		if !strings.Contains(name, "password") && !slices.Contains(secrets, name) {
			out[name] = values
		}
	}
	return out
}
