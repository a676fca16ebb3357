package frame

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Fail shows an error: the one place of this door. What is internal is logged
// here, once, and shown without its words.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, v *Visit, err error) {
	if r.Context().Err() != nil {
		return // the reader has gone
	}
	status := door.Status(err)
	e := wrong{text: v.Printer.T("fault.internal"), missing: status == http.StatusNotFound}
	if status == http.StatusInternalServerError {
		e.number = newNonce()[:8]
		s.Log.Error("request failed", "method", r.Method, "path", logged(r), "number", e.number, "error", err)
	} else if f, ok := AsFault(err); ok {
		e.text = v.Printer.T(f.Key, f.Args)
		door.Shed(w, err)
	}
	p := s.Page(r, v, v.Printer.T("web.error.title"))
	p.Error = true
	if err := Show(w, r, status, errorOf(p, e, Partial(r))); err != nil {
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

func notFound(_ http.ResponseWriter, _ *http.Request, _ *Visit) error { return fault.Missing() }
