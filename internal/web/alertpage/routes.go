package alertpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

const (
	base = "/alerts/"
	form = 512 << 10 // limit of a form without its files
)

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/alerts/{$}", Command: access.AlertRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/alerts/new", Command: access.AlertIssue}, Handle: s.write},
		{Route: door.Route{Method: "POST", Pattern: "/alerts/new", Command: access.AlertIssue, Limit: form}, Files: true, Handle: s.issue},
		{Route: door.Route{Method: "GET", Pattern: "/alerts/{id}", Command: access.AlertRead}, Handle: s.show},
		{Route: door.Route{Method: "POST", Pattern: "/alerts/{id}/acknowledge", Command: access.AlertAcknowledge, Limit: frame.SmallForm}, Handle: s.acknowledge},
		{Route: door.Route{Method: "POST", Pattern: "/alerts/{id}/remind", Command: access.AlertRemind, Limit: frame.SmallForm}, Handle: s.remind},
		{Route: door.Route{Method: "GET", Pattern: "/alerts/{id}/withdraw", Command: access.AlertWithdraw}, Handle: s.withdrawAsk},
		{Route: door.Route{Method: "POST", Pattern: "/alerts/{id}/withdraw", Command: access.AlertWithdraw, Limit: frame.SmallForm}, Handle: s.withdraw},
	}
}

// listView is the list, or a page of what is over.
type listView struct {
	alert.Page
	next  string // address
	later bool   // not the first page
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := alert.Filter{}
	if cursor := r.URL.Query().Get("before"); cursor != "" {
		st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
		if err != nil {
			return err
		}
		f.Before, _ = s.Cursors.Read(st.Operation.Number, cursor, sealed(st)) // what is no cursor begins at the newest
	}
	page, err := s.Alerts.List(r.Context(), v.Actor(), f)
	if err != nil {
		return err
	}
	l := listView{Page: page, later: f.Before > 0}
	if page.Next > 0 {
		l.next = base + "?" + url.Values{"before": {s.Cursors.Write(page.Standing.Operation.Number, page.Next, sealed(page.Standing))}}.Encode()
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.InLibrary(r, v, page.Standing, v.Printer.T("alertpage.title")), l))
}

// sealed: right holders get cursors that tell nothing.
func sealed(st operation.Standing) bool { return st.Side() == access.RightHolderSide }

// href is the address of an alert: its originator gave it the id, so whoever is not
// on that side says whose it is.
func href(i alert.Item, more string) string {
	at := base + string(i.ID) + more
	if !i.Mine {
		at += "?of=" + string(i.Of.ID)
	}
	return at
}

// nameOf is the alert that an address names.
func nameOf(r *http.Request) alert.Name {
	return alert.Name{ID: alert.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("of"))}
}

func (s site) opened(r *http.Request, v *frame.Visit) (alert.Opened, *kit.Page, error) {
	o, err := s.Alerts.Read(r.Context(), v.Actor(), nameOf(r))
	if err != nil {
		return o, nil, err
	}
	return o, s.InLibrary(r, v, o.Standing, o.Title, v.Printer.T("alertpage.title")), nil
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	s.Opened(r, v, operation.Library, o.Seq)
	return frame.Show(w, r, http.StatusOK, showPage(p, o))
}

// back is the address of the alert that a form was about.
func back(r *http.Request) string {
	at := base + r.PathValue("id")
	if of := r.URL.Query().Get("of"); of != "" {
		at += "?" + url.Values{"of": {of}}.Encode()
	}
	return at
}

func (s site) acknowledge(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Alerts.Acknowledge(r.Context(), v.Actor(), nameOf(r)); err != nil {
		return err
	}
	if r.PostForm.Get("back") == "list" {
		return frame.SeeOther(w, r, base, "alert-acknowledged")
	}
	return frame.SeeOther(w, r, back(r), "alert-acknowledged")
}

func (s site) remind(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Alerts.Remind(r.Context(), v.Actor(), nameOf(r)); err != nil {
		return err
	}
	return frame.SeeOther(w, r, back(r), "alert-reminded")
}

// withdrawing asks why an alert is taken back.
type withdrawing struct {
	alert.Opened
	form kit.Form
}

func (s site) withdrawAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawPage(w, r, v, url.Values{}, nil)
}

func (s site) withdrawPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.MayWithdraw {
		return fault.Missing()
	}
	m := withdrawing{o, kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), withdrawPage(p, m))
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Alerts.Withdraw(r.Context(), v.Actor(), nameOf(r), lines(r.PostForm.Get("reason")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, back(r), "alert-withdrawn")
	case frame.Refused(err):
		return s.withdrawPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}
