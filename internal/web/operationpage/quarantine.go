package operationpage

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

func (s site) quarantineRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/quarantine/{$}", Command: access.QuarantineRead}, Handle: s.quarantineList},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/quarantine/{seq}", Command: access.QuarantineClose, Limit: frame.SmallForm}, Handle: s.quarantineClose},
	}
}

// quarantineList shows what other systems sent under ids that were taken.
func (s site) quarantineList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, kept, err := s.Quarantine.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("quarantine.title"))
	return frame.Show(w, r, http.StatusOK, quarantinePage(p, kept))
}

func (s site) quarantineClose(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	if err := s.Quarantine.Close(r.Context(), v.Actor(), frame.CodeOf(r), seq); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/quarantine/", "quarantine-closed")
}
