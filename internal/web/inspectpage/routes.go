package inspectpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/inspect", Command: access.ProductInspect}, Handle: s.show},
		{Route: door.Route{Method: "POST", Pattern: "/p/{id}/inspect", Command: access.ProductInspect, Limit: frame.SmallForm}, Handle: s.open},
		{Route: door.Route{Method: "GET", Pattern: "/p/{id}/inspect/pictures/{n}", Command: access.ProductInspect}, Handle: s.picture},
	}
}

// view is the covert features of a sheet, as far as they are open.
type view struct {
	inspection.View
	sheet      product.Opened
	operations []kit.Option
	form       kit.Form
	base       string // address of the sheet
	from       string // what of the address says whose sheet it is
}

// named is the sheet that an address names.
func named(r *http.Request) product.Name {
	return product.Name{ID: product.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("from"))}
}

// from is what of an address says whose sheet it is.
func from(r *http.Request) string {
	if f := r.URL.Query().Get("from"); f != "" {
		return "?from=" + url.QueryEscape(f)
	}
	return ""
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	values := url.Values{"id": {s.Source.ID()}, "kind": {inspection.OfCase}, "operation": {q.Get("operation")}, "case": {q.Get("case")}}
	return s.page(w, r, v, values, nil)
}

func (s site) page(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m := view{base: "/p/" + url.PathEscape(r.PathValue("id")), from: from(r)}
	var err error
	if m.View, err = s.Inspections.Read(r.Context(), v.Actor(), named(r)); err != nil {
		return err
	}
	if m.sheet, err = s.Products.Read(r.Context(), v.Actor(), named(r), 0); err != nil {
		return err
	}
	if m.operations, err = s.casesIn(r, v); err != nil {
		return err
	}
	p := s.InLibrary(r, v, m.Standing, v.Printer.T("inspection.title"))
	p.Styles = []string{"product.css"}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = frame.Labels(p, "inspection.field.", "kind", "operation", "case", "number", "place")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), showPage(p, m))
}

// casesIn are the real operations in which the reader may read cases.
func (s site) casesIn(r *http.Request, v *frame.Visit) ([]kit.Option, error) {
	all, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation)
	var out []kit.Option
	for _, o := range all {
		if o.Membership.State == operation.Accepted && access.Within(o.Membership.Side, o.Roles, access.SeizureRead) {
			out = append(out, kit.Option{Value: string(o.Operation.Code), Label: o.Operation.Name})
		}
	}
	return out, err
}

func (s site) open(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	_, _, err := s.Inspections.Open(r.Context(), v.Actor(), inspection.Opening{ID: inspection.ID(f.Get("id")), Sheet: named(r), Kind: f.Get("kind"),
		Operation: operation.Code(f.Get("operation")), Case: f.Get("case"), Number: f.Get("number"), Place: f.Get("place")})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/p/"+url.PathEscape(r.PathValue("id"))+"/inspect"+from(r), "inspection-opened")
	case frame.Refused(err):
		return s.page(w, r, v, f, err)
	}
	return err
}

// picture gives a covert picture with the reader's mark; nobody keeps a copy of it on
// the way.
func (s site) picture(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return fault.Missing()
	}
	b, err := s.Inspections.Picture(r.Context(), v.Actor(), named(r), n)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Content-Disposition", "inline")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(b) // the reader may have gone
	return nil
}

// cloth is the mark as often as it lies under words.
func cloth(mark string) string { return strings.Repeat(mark+" · ", 60) }
