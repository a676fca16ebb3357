package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/api/alertitem"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

func (d *Door) alerts(w http.ResponseWriter, r *http.Request, c *call) error {
	f := alert.Filter{}
	switch open := r.URL.Query().Get("open"); open {
	case "", "0", "false":
	case "1", "true":
		f.Open = true
	default:
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "open", Key: "fault.unknown-code"})
	}
	var err error
	if f.Limit, err = limitOf(r); err != nil {
		return err
	}
	if r.URL.Query().Get("cursor") != "" {
		st, err := d.Operations.Read(r.Context(), c.who(), operation.Library)
		if err != nil {
			return err
		}
		if f.Before, err = d.before(r, st); err != nil {
			return err
		}
	}
	fed, err := d.Alerts.Feed(r.Context(), c.who(), f)
	if err != nil {
		return err
	}
	out := list[alertitem.Alert]{Items: []alertitem.Alert{}, Next: d.next(fed.Standing, fed.Next)}
	for _, i := range fed.Items {
		out.Items = append(out.Items, alertitem.Of(i))
	}
	return answer(w, http.StatusOK, out)
}
