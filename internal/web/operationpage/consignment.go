package operationpage

import (
	"context"
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

func (s site) consignmentRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/link", Command: access.ConsignmentLink, Limit: frame.SmallForm}, Handle: s.link},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/unlink", Command: access.ConsignmentUnlink, Limit: frame.SmallForm}, Handle: s.unlink},
	}
}

func (s site) link(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.linking(w, r, v, s.Links.Link, "consignment-linked")
}

func (s site) unlink(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.linking(w, r, v, s.Links.Unlink, "consignment-unlinked")
}

// linking joins or parts two records, and goes back to the page of one of them.
func (s site) linking(w http.ResponseWriter, r *http.Request, v *frame.Visit,
	do func(ctx context.Context, who access.Actor, code operation.Code, one, other int64) error, done string) error {
	one, wrong := strconv.ParseInt(r.PostForm.Get("one"), 10, 64)
	other, err := strconv.ParseInt(r.PostForm.Get("other"), 10, 64)
	back := r.PostForm.Get("back")
	if wrong != nil || err != nil || !frame.RecordForm.MatchString(back) {
		return fault.Missing()
	}
	if err := do(r.Context(), v.Actor(), frame.CodeOf(r), one, other); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/"+back, done)
}
