package protectionpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

const (
	base     = "/applications/"
	measures = "/measures/"
)

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/applications/{$}", Command: access.ProtectionRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/applications/new", Command: access.ApplicationFile}, Handle: s.fileAsk},
		{Route: door.Route{Method: "POST", Pattern: "/applications/new", Command: access.ApplicationFile, Limit: frame.LargeForm}, Handle: s.file},
		{Route: door.Route{Method: "GET", Pattern: "/applications/{id}", Command: access.ProtectionRead}, Handle: s.show},
		{Route: door.Route{Method: "GET", Pattern: "/applications/{id}/amend", Command: access.ApplicationAmend}, Handle: s.amendAsk},
		{Route: door.Route{Method: "POST", Pattern: "/applications/{id}/amend", Command: access.ApplicationAmend, Limit: frame.LargeForm}, Handle: s.amend},
		{Route: door.Route{Method: "GET", Pattern: "/measures/{$}", Command: access.ProtectionRead}, Handle: s.measures},
		{Route: door.Route{Method: "GET", Pattern: "/measures/set", Command: access.MeasureSet}, Handle: s.setAsk},
		{Route: door.Route{Method: "POST", Pattern: "/measures/set", Command: access.MeasureSet, Limit: frame.SmallForm}, Handle: s.set},
	}
}

// listView is the list of applications.
type listView struct {
	protection.Page
	filter url.Values
	next   string
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	f := protection.Filter{Country: q.Get("country"), State: q.Get("state"), Holder: organisation.ID(q.Get("holder"))}
	if cursor := q.Get("before"); cursor != "" {
		st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
		if err != nil {
			return err
		}
		f.Before, _ = s.Cursors.Read(st.Operation.Number, cursor, sealed(st)) // what is no cursor begins at the newest
	}
	page, err := s.Protections.Applications(r.Context(), v.Actor(), f)
	if err != nil {
		return err
	}
	l := listView{Page: page, filter: url.Values{"country": {f.Country}, "state": {f.State}, "holder": {string(f.Holder)}}}
	if page.Next > 0 {
		next := frame.Keep(l.filter)
		next.Set("before", s.Cursors.Write(page.Standing.Operation.Number, page.Next, sealed(page.Standing)))
		l.next = base + "?" + next.Encode()
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.InLibrary(r, v, page.Standing, v.Printer.T("protectionpage.title")), l))
}

// sealed: right holders get cursors that tell nothing.
func sealed(st operation.Standing) bool { return st.Side() == access.RightHolderSide }

// href is the address of an application; its holder gave it the id.
func href(i protection.Item, more string) string {
	return base + string(i.ID) + more + "?of=" + string(i.Of.ID)
}

// nameOf is the application that an address names.
func nameOf(r *http.Request) protection.Name {
	return protection.Name{ID: protection.ApplicationID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("of"))}
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.Protections.Read(r.Context(), v.Actor(), nameOf(r))
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, showPage(s.InLibrary(r, v, o.Standing, v.Printer.T("protectionpage.one"), v.Printer.T("protectionpage.title")), o))
}

func (s site) measures(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.Protections.ReadMeasures(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, measuresPage(s.InLibrary(r, v, all.Standing, v.Printer.T("protectionpage.measures")), all))
}
