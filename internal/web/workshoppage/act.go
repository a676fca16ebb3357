package workshoppage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// acting asks before something is done that many are told of.
type acting struct {
	view
	form kit.Form
}

// actPage shows such a question, again where something is wrong.
func (s site) actPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, key string, may func(view) bool, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	o, _, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !may(o) {
		return fault.Missing()
	}
	p := s.inside(r, v, o, v.Printer.T(key), o.Title)
	m := acting{o, kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	page := callPage(p, m)
	if key == "workshoppage.cancel" {
		page = cancelPage(p, m)
	}
	return frame.Show(w, r, frame.FormStatus(wrong), page)
}

func mayCall(o view) bool   { return o.MayCall && o.Workshop.State == workshop.Planned }
func mayCancel(o view) bool { return o.MayCancel && o.Workshop.State != workshop.Cancelled }

func (s site) callAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.actPage(w, r, v, "workshoppage.call", mayCall, url.Values{}, nil)
}

func (s site) call(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if err = s.Workshops.Call(r.Context(), v.Actor(), code, o.ID); err == nil {
		return frame.SeeOther(w, r, o.at(""), "workshop-called")
	}
	return s.actPage(w, r, v, "workshoppage.call", mayCall, r.PostForm, err)
}

func (s site) cancelAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.actPage(w, r, v, "workshoppage.cancel", mayCancel, url.Values{}, nil)
}

// cancel calls a workshop off, once its first day was typed: everybody is told.
func (s site) cancel(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !mayCancel(o) {
		return fault.Missing()
	}
	if strings.TrimSpace(frame.ClockDigits(r.PostForm.Get("typed"))) != o.Starts {
		var wrong fault.Problems
		wrong.Add("typed", "workshoppage.typed-wrong")
		err = wrong.Fault()
	} else if err = s.Workshops.Cancel(r.Context(), v.Actor(), code, o.ID, lines(r.PostForm.Get("reason"))); err == nil {
		return frame.SeeOther(w, r, o.at(""), "workshop-cancelled")
	}
	return s.actPage(w, r, v, "workshoppage.cancel", mayCancel, frame.Keep(r.PostForm), err)
}
