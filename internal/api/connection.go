package api

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/api/connectionitem"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// links gives what connects a case, which is named by its reference or its id.
func (d *Door) links(w http.ResponseWriter, r *http.Request, c *call) error {
	q := r.URL.Query()
	n := seizure.Name{ID: seizure.ID(q.Get("case")), Organisation: organisation.ID(q.Get("organisation"))}
	if n.ID == "" {
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "case", Key: "fault.required"})
	}
	depth, err := strconv.Atoi(q.Get("depth"))
	if q.Get("depth") == "" {
		depth, err = 1, nil
	}
	if err != nil || depth < 1 || depth > connection.MaxDepth {
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "depth", Key: "fault.unknown-code"})
	}
	chart, err := d.Connections.Feed(r.Context(), c.who(), code(r), n, depth)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, connectionitem.Of(chart))
}

// conditions gives the watch list to a targeting system.
func (d *Door) conditions(w http.ResponseWriter, r *http.Request, c *call) error {
	out, err := d.Watchlists.Conditions(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, out)
}
