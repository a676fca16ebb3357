package reportpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseFormView is the form of a new case, of a draft, or of an amendment.
type caseFormView struct {
	seizure.Desk
	form   kit.Form
	base   string        // of the cases
	action string        // where the form goes
	file   *seizure.File // the case that is amended; nil for a report
	focus  string        // the part just added: goods.2.
	looks  bool          // the reader may look products up
	looked int           // line whose code was just looked up
	sheet  *product.Item // that has it
}

// check-answers page.
type caseCheckView struct {
	seizure.Preview
	values  url.Values
	base    string
	action  string
	file    *seizure.File // the case that is amended
	changes []casepart.Change
	doubles links.Hints       // cases that may be the same one
	same    links.Consignment // records that carry the same numbers
	wrong   kit.Form          // of the sending
}

func (s site) caseNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	d, version, err := s.startDraft(r, v, desk)
	if err == nil {
		err = s.fromSheet(r, v, &d)
	}
	if err != nil {
		return err
	}
	values := tidyLines(caseForm(d, version), true, "")
	keepSheet(values, r.URL.Query().Get("sheet"))
	return s.caseFormPage(w, r, v, http.StatusOK, caseFormView{Desk: desk}, values, nil)
}

// startDraft is what a new form holds already: a draft that was kept, or the
// reporter's country, today and last place, or what a warning said.
func (s site) startDraft(r *http.Request, v *frame.Visit, desk seizure.Desk) (seizure.Draft, int64, error) {
	q, st := r.URL.Query(), desk.Standing
	if ref := q.Get("draft"); ref != "" {
		f, err := casepart.Find(s.Site, r, v, ref)
		if err == nil && (!f.Own() || f.Case.State != seizure.Saved) {
			err = fault.Missing()
		}
		return f.Case.Draft, f.Case.Version, err
	}
	d := seizure.Draft{ID: seizure.ID(s.Source.ID()), Country: st.Organisation.Country, Day: st.Today(), Status: "seized",
		Language: v.Session.Person.Language, Goods: []goods.Line{{Verdict: "suspected"}}}
	if last := desk.Last; last != nil && last.Country == d.Country {
		d.Place = last.Place
	}
	if seq, err := strconv.ParseInt(q.Get("warning"), 10, 64); err == nil && seq > 0 {
		t, err := s.Messages.Read(r.Context(), v.Actor(), frame.CodeOf(r), seq)
		if err != nil {
			return d, 0, err
		}
		if m := t.Message.Message; m.Template == message.Warning {
			d.Warning, d.Detection.Code = m.Seq, "warning"
			d.Goods[0].Category, d.Conveyance.Code = m.Profile.Category, m.Profile.Conveyance
			d.Origin.Code, d.Destination.Code = m.Profile.Provenance, m.Profile.Destination
		}
	}
	return d, 0, nil
}

// caseFormPage shows the form, with what was typed and what is wrong with it.
func (s site) caseFormPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, view caseFormView, values url.Values, wrong error) error {
	title := "casepage.report"
	if view.file != nil {
		title = "casepage.act.amend"
	}
	p := s.Inside(r, v, view.Standing, v.Printer.T(title))
	p.Error = wrong != nil
	if values.Has("marks") {
		values.Set("marks", frame.Spoken(p, values.Get("marks")))
	}
	view.form = kit.FormOf(values, wrong)
	_, view.form.Labels = caseOrder(p, values)
	view.base, view.action = casepart.Base(frame.CodeOf(r)), r.URL.Path
	view.looks = s.looksUp(r, v)
	return frame.Show(w, r, status, caseFormPage(p, view))
}

func (s site) caseReport(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values, act := formAct(r)
	switch {
	case act == "save":
		return s.caseSave(w, r, v, values)
	case act == "send":
		return s.caseSend(w, r, v, values)
	case act == "check":
		return s.caseCheck(w, r, v, values)
	}
	desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	values, focus := editLines(values, act)
	view := caseFormView{Desk: desk, focus: focus}
	if act == "like-last" && desk.Last != nil {
		likeLast(values, desk.Last.Draft)
	} else if err := s.look(r, v, &view, values, act); err != nil {
		return err
	}
	return s.caseFormPage(w, r, v, http.StatusOK, view, values, nil)
}

// likeLast takes office, transport and route over from the case reported last.
// Numbers of containers and waybills stay behind: they are of that consignment.
func likeLast(values url.Values, last seizure.Draft) {
	from := caseForm(last, 0)
	for _, name := range []string{"country", "place", "location", "conveyance", "carrier", "direction", "origin", "transit", "destination", "legs", "detection"} {
		copyPart(values, from, name)
	}
	values.Set("like_last", "1")
}

// formAct gives what was typed and which button was pressed.
func formAct(r *http.Request) (url.Values, string) {
	values := frame.Keep(r.PostForm)
	act := values.Get("act")
	values.Del("act")
	return values, act
}

// refusedForm shows the form again after a refusal; any other error goes on.
func (s site) refusedForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, err error) error {
	if !frame.Refused(err) {
		return err
	}
	desk, other := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
	if other != nil {
		return other
	}
	return s.caseFormPage(w, r, v, door.Status(err), caseFormView{Desk: desk}, values, err)
}

func (s site) caseSave(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values) error {
	values = tidyLines(values, true, "")
	d, unread := caseDraft(tidyLines(values, false, ""))
	order, _ := caseOrder(&kit.Page{Printer: v.Printer}, values)
	if err := merged(unread, nil, order); err != nil {
		return s.refusedForm(w, r, v, values, err)
	}
	c, err := s.Seizures.Save(r.Context(), v.Actor(), frame.CodeOf(r), d, casepart.VersionOf(values))
	if err != nil {
		return s.refusedForm(w, r, v, values, err)
	}
	return frame.SeeOther(w, r, casepart.Base(frame.CodeOf(r))+"new?draft="+c.Reference, "case-saved")
}

// caseCheck shows what will be sent, to whom, and whether it will count.
func (s site) caseCheck(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values) error {
	values = tidyLines(values, false, "")
	d, unread := caseDraft(values)
	preview, err := s.Seizures.Preview(r.Context(), v.Actor(), frame.CodeOf(r), d)
	order, _ := caseOrder(&kit.Page{Printer: v.Printer}, values)
	if err := merged(unread, err, order); err != nil {
		return s.refusedForm(w, r, v, values, err)
	}
	return s.caseCheckPage(w, r, v, http.StatusOK, caseCheckView{Preview: preview, values: values}, nil)
}

func (s site) caseCheckPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, view caseCheckView, wrong error) error {
	p := s.Inside(r, v, view.Standing, v.Printer.T("casepage.preview"))
	p.Error = wrong != nil
	view.base, view.action = casepart.Base(frame.CodeOf(r)), r.URL.Path
	if view.file == nil {
		var err error
		if view.doubles, err = s.Links.Hints(r.Context(), v.Actor(), frame.CodeOf(r), view.Draft, 0); err != nil {
			return err
		}
	}
	same, err := s.Links.Same(r.Context(), v.Actor(), frame.CodeOf(r), view.Draft.Marks)
	if err != nil {
		return err
	}
	if view.same = same; view.file != nil {
		view.same = same.Without(view.file.Case.Seq)
	}
	view.wrong = kit.FormOf(view.values, wrong)
	_, view.wrong.Labels = caseOrder(p, view.values)
	if view.file != nil {
		view.changes = casepart.Changes(p, view.file.Case.Draft, view.Draft)
	}
	return frame.Show(w, r, status, caseCheckPage(p, view))
}

func (s site) caseSend(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values) error {
	values = tidyLines(values, false, "")
	d, unread := caseDraft(values)
	order, _ := caseOrder(&kit.Page{Printer: v.Printer}, values)
	if err := merged(unread, nil, order); err != nil {
		return s.refusedForm(w, r, v, values, err)
	}
	c, err := s.Seizures.ReportSaved(r.Context(), v.Actor(), frame.CodeOf(r), d, casepart.VersionOf(values))
	if err != nil {
		return s.refusedForm(w, r, v, values, err)
	}
	s.used(r, v, values)
	return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), c.Reference)+"?sent=1", "")
}
