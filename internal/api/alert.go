package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/api/alertitem"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// alertFilter reads what narrows the alerts.
func (d *Door) alertFilter(r *http.Request, c *call) (f alert.Filter, err error) {
	switch open := r.URL.Query().Get("open"); open {
	case "", "0", "false":
	case "1", "true":
		f.Open = true
	default:
		return f, refused(http.StatusBadRequest, "api.query", fault.Field{Path: "open", Key: "fault.unknown-code"})
	}
	if f.Limit, err = limitOf(r); err != nil || r.URL.Query().Get("cursor") == "" {
		return f, err
	}
	st, err := d.Operations.Read(r.Context(), c.who(), operation.Library)
	if err == nil {
		f.Before, err = d.before(r, st)
	}
	return f, err
}

func (d *Door) alerts(w http.ResponseWriter, r *http.Request, c *call) error {
	f, err := d.alertFilter(r, c)
	if err != nil {
		return err
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
