package learntpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// nameOf is the lesson that an address names: its originator gave it the id, so that of
// another body says whose it is.
func nameOf(r *http.Request) learnt.Name {
	return learnt.Name{ID: learnt.ID(r.PathValue("id")), Of: organisation.ID(r.URL.Query().Get("of"))}
}

// lessonHref is the address of a lesson, or of what is done about it.
func lessonHref(p *kit.Page, i learnt.Item, more string) string {
	return p.Operation.Href + "learnt/" + string(i.ID) + more + "?" + url.Values{"of": {string(i.By.ID)}}.Encode()
}

// addressOf is the address of the lesson that a request is about.
func addressOf(r *http.Request) string {
	at := "/o/" + r.PathValue("op") + "/learnt/" + r.PathValue("id")
	if of := nameOf(r).Of; of != "" {
		at += "?" + url.Values{"of": {string(of)}}.Encode()
	}
	return at
}

// listView is the list with what it was narrowed to.
type listView struct {
	learnt.Page
	query url.Values
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	page, err := s.Learnt.List(r.Context(), v.Actor(), frame.CodeOf(r), learnt.Filter{State: q.Get("state"), Topic: q.Get("topic"),
		Owner: organisation.ID(q.Get("owner")), Earlier: q.Get("from") == "earlier"})
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.Inside(r, v, page.Standing, v.Printer.T("learnt.title")), listView{page, q}))
}

// writing is a lesson that is being written or amended.
type writing struct {
	learnt.Choices
	form   kit.Form
	action string
	back   string
	old    *learnt.Opened // nil: a new one
}

var fields = []string{"id", "for", "topic", "title", "happened", "proposed", "language", "workshop", "owner", "person", "due"}

func labels(p *kit.Page) map[string]string {
	return frame.Labels(p, "learnt.field.", "for", "topic", "title", "happened", "proposed", "language", "workshop", "owner", "person", "due", "reason")
}

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := url.Values{"id": {s.Source.ID()}, "for": {learnt.ForAll}, "language": {frame.WrittenIn(v)}}
	q := r.URL.Query()
	for _, name := range fields[1:] { // from a workshop's page
		if q.Has(name) {
			typed.Set(name, q.Get(name))
		}
	}
	return s.writePage(w, r, v, typed, nil)
}

func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	c, err := s.Learnt.Recording(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, c.Standing, v.Printer.T("learnt.new"), v.Printer.T("learnt.title"))
	back := p.Operation.Href + "learnt/"
	m := writing{Choices: c, form: kit.FormOf(typed, wrong), action: back + "new", back: back}
	m.form.Labels, p.Error = labels(p), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

// draft is the one conversion of the form.
func draft(f url.Values) learnt.Draft {
	at, session, _ := strings.Cut(f.Get("workshop"), "/")
	d := learnt.Draft{ID: learnt.ID(f.Get("id")), For: f.Get("for"), Topic: f.Get("topic"), Title: f.Get("title"), Happened: lines(f.Get("happened")),
		Proposed: lines(f.Get("proposed")), Language: f.Get("language"), Owner: organisation.ID(f.Get("owner")), Due: f.Get("due")}
	if at == fromReport {
		d.Report = true
	} else {
		d.Workshop, d.Session = workshop.ID(at), workshop.ID(session)
	}
	if of, who, ok := strings.Cut(f.Get("person"), "/"); ok && of == f.Get("owner") {
		d.Person = person.ID(who)
	}
	return d
}

// fromReport is the choice of a lesson that comes from a contribution to the report.
const fromReport = "report"

func (s site) record(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	made, err := s.Learnt.Record(r.Context(), v.Actor(), frame.CodeOf(r), draft(r.PostForm))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+r.PathValue("op")+"/learnt/"+string(made.ID), "learnt-recorded")
	case frame.Refused(err):
		return s.writePage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// opened is one lesson with the form of its next step.
type opened struct {
	learnt.Opened
	form kit.Form
}

func (s site) open(r *http.Request, v *frame.Visit) (learnt.Opened, *kit.Page, error) {
	o, err := s.Learnt.Read(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r))
	if err != nil {
		return o, nil, err
	}
	return o, s.Inside(r, v, o.Standing, o.Title, v.Printer.T("learnt.title")), nil
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.showPage(w, r, v, url.Values{}, nil)
}

func (s site) showPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	o, p, err := s.open(r, v)
	if err != nil {
		return err
	}
	if o.Given != 0 {
		s.Site.Opened(r, v, o.Standing.Operation.Code, o.Given)
	}
	m := opened{o, kit.FormOf(typed, wrong)}
	m.form.Labels, p.Error = labels(p), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), showPage(p, m))
}

func (s site) settle(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	version, _ := strconv.ParseInt(f.Get("version"), 10, 64) // none is no version
	_, err := s.Learnt.Settle(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r), version, f.Get("state"), lines(f.Get("reason")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, addressOf(r), "learnt-settled")
	case frame.Refused(err):
		return s.showPage(w, r, v, frame.Keep(f), err)
	}
	return err
}

func (s site) change(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.Learnt.Read(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r))
	if err != nil {
		return err
	}
	from := string(o.Source.Workshop)
	if o.Source.Session != "" {
		from += "/" + string(o.Source.Session)
	} else if o.Source.Report {
		from = fromReport
	}
	typed := url.Values{"id": {string(o.ID)}, "version": {strconv.FormatInt(o.Version, 10)}, "for": {o.For}, "topic": {o.Topic}, "title": {o.Title},
		"happened": {o.Happened}, "proposed": {o.Proposed}, "language": {o.Language}, "workshop": {from}, "owner": {string(o.Owner.ID)}, "due": {o.Due},
		"person": {string(o.Owner.ID) + "/" + string(o.Person)}}
	return s.changePage(w, r, v, typed, nil)
}

func (s site) changePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	o, p, err := s.open(r, v)
	if err != nil {
		return err
	}
	if !o.MayAmend {
		return fault.Missing()
	}
	c, err := s.Learnt.Recording(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	m := writing{Choices: c, form: kit.FormOf(typed, wrong), action: lessonHref(p, o.Item, "/amend"), back: lessonHref(p, o.Item, ""), old: &o}
	m.form.Labels, p.Error = labels(p), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

func (s site) amend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // none is no version
	_, err := s.Learnt.Amend(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r), draft(r.PostForm), version)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, addressOf(r), "learnt-amended")
	case frame.Refused(err):
		return s.changePage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}
