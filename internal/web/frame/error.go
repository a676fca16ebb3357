package frame

import (
	"cmp"
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Fail shows an error: the one place of this door. What is internal is logged
// here, once, under the number that the page shows: with the pattern of the route,
// since an address names operations and may hold a one-time token.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, v *Visit, err error) {
	if r.Context().Err() != nil {
		w.WriteHeader(http.StatusRequestTimeout) // the reader has gone, or sent too slowly: never an empty 200
		return
	}
	status := door.Status(err)
	e := wrong{text: v.Printer.T("fault.internal"), missing: status == http.StatusNotFound}
	if status == http.StatusInternalServerError {
		e.number = cmp.Or(door.Number(r), newNonce()[:8])
		s.Log.Error("request failed", "number", e.number, "method", r.Method, "route", r.Pattern, "error", err)
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

func notFound(_ http.ResponseWriter, _ *http.Request, _ *Visit) error { return fault.Missing() }
