package holderpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

const (
	base = "/holders/"
	form = 512 << 10 // limit of a form without its files
)

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	rows := []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/holders/{$}", Command: access.HolderRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/holders/apply", Command: access.HolderApply}, Handle: s.applyAsk},
		{Route: door.Route{Method: "POST", Pattern: "/holders/apply", Command: access.HolderApply, Limit: form}, Files: true, Handle: s.apply},
		{Route: door.Route{Method: "GET", Pattern: "/holders/mandate", Command: access.MandateGrant}, Handle: s.grantAsk},
		{Route: door.Route{Method: "POST", Pattern: "/holders/mandate", Command: access.MandateGrant, Limit: form}, Files: true, Handle: s.grant},
		{Route: door.Route{Method: "GET", Pattern: "/holders/{org}", Command: access.HolderRead}, Handle: s.show},
		{Route: door.Route{Method: "GET", Pattern: "/holders/{org}/brands/new", Command: access.BrandRegister}, Handle: s.brandAsk},
		{Route: door.Route{Method: "POST", Pattern: "/holders/{org}/brands/new", Command: access.BrandRegister, Limit: form}, Handle: s.brandSave},
		{Route: door.Route{Method: "GET", Pattern: "/holders/{org}/brands/{id}", Command: access.HolderRead}, Handle: s.brandShow},
		{Route: door.Route{Method: "GET", Pattern: "/holders/{org}/brands/{id}/amend", Command: access.BrandAmend}, Handle: s.brandAsk},
		{Route: door.Route{Method: "POST", Pattern: "/holders/{org}/brands/{id}/amend", Command: access.BrandAmend, Limit: form}, Handle: s.brandSave},
		{Route: door.Route{Method: "GET", Pattern: "/contacts/{$}", Command: access.ContactRead, Rate: door.Searches}, Handle: s.contacts},
		{Route: door.Route{Method: "GET", Pattern: "/contacts/new", Command: access.ContactSet}, Handle: s.contactAsk},
		{Route: door.Route{Method: "POST", Pattern: "/contacts/new", Command: access.ContactSet, Limit: frame.SmallForm}, Handle: s.contactSet},
		{Route: door.Route{Method: "GET", Pattern: "/contacts/{org}/{id}", Command: access.ContactRead}, Handle: s.contactShow},
		{Route: door.Route{Method: "GET", Pattern: "/contacts/{org}/{id}/amend", Command: access.ContactSet}, Handle: s.contactAsk},
		{Route: door.Route{Method: "POST", Pattern: "/contacts/{org}/{id}/amend", Command: access.ContactSet, Limit: frame.SmallForm}, Handle: s.contactSet},
		{Route: door.Route{Method: "POST", Pattern: "/contacts/{org}/{id}/drop", Command: access.ContactDrop, Limit: frame.SmallForm}, Handle: s.contactDrop},
		{Route: door.Route{Method: "POST", Pattern: "/contacts/{org}/{id}/test", Command: access.ContactTest, Limit: frame.SmallForm}, Handle: s.contactTest},
	}
	for _, d := range decisions {
		rows = append(rows,
			frame.Route{Route: door.Route{Method: "GET", Pattern: d.pattern(), Command: d.need}, Handle: s.decideAsk(d)},
			frame.Route{Route: door.Route{Method: "POST", Pattern: d.pattern(), Command: d.need, Limit: frame.SmallForm}, Handle: s.decide(d)})
	}
	return rows
}

// of is the organisation that an address names.
func of(r *http.Request) organisation.ID { return organisation.ID(r.PathValue("org")) }

// list is, for coordination, where every right holder stands; for a right holder its
// own page.
func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, err := s.Holders.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	if !l.All {
		return s.showOne(w, r, v, "")
	}
	p := s.InLibrary(r, v, l.Standing, v.Printer.T("holderpage.title"))
	p.Wide = true
	return frame.Show(w, r, http.StatusOK, listPage(p, l))
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.showOne(w, r, v, of(r))
}

func (s site) showOne(w http.ResponseWriter, r *http.Request, v *frame.Visit, id organisation.ID) error {
	h, p, err := s.holder(r, v, id)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, showPage(p, h))
}

// holder is a right holder with its page.
func (s site) holder(r *http.Request, v *frame.Visit, id organisation.ID, titles ...string) (holder.Holder, *kit.Page, error) {
	h, err := s.Holders.Read(r.Context(), v.Actor(), id)
	if err != nil {
		return h, nil, err
	}
	p := s.InLibrary(r, v, h.Standing, append(titles, h.Organisation.Called(string(v.Printer.Lang())), v.Printer.T("holderpage.title"))...)
	return h, p, nil
}

// href is the address of a right holder; one's own is the first page.
func href(h holder.Holder) string {
	if h.Own() {
		return base
	}
	return base + string(h.Organisation.ID)
}

// writing is a form that shows something: an application, or a mandate.
type writing struct {
	holder.Holder
	form    kit.Form
	uploads kit.Uploads
}

func (s site) applyAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.applyForm(w, r, v, url.Values{"id": {s.Source.ID()}}, nil)
}

func (s site) applyForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.writing(r, v, values, wrong, v.Printer.T("holderpage.apply"))
	if err != nil {
		return err
	}
	if !m.MayApply {
		return fault.Missing()
	}
	m.form.Labels = frame.Labels(p, "holderpage.field.", "register", "extract", "country", "note", "files")
	return frame.Show(w, r, frame.FormStatus(wrong), applyPage(p, m))
}

// writing is a form of one's own organisation, as it goes on: an id that is taken is
// given up.
func (s site) writing(r *http.Request, v *frame.Visit, values url.Values, wrong error, title string) (writing, *kit.Page, error) {
	var m writing
	h, p, err := s.holder(r, v, "", title)
	if err != nil {
		return m, nil, err
	}
	if fault.Is(wrong, fault.Conflict) {
		values = frame.Keep(values)
		values.Set("id", s.Source.ID())
	}
	m = writing{Holder: h, form: kit.FormOf(values, wrong)}
	p.Error = wrong != nil
	if m.uploads, err = s.Uploads(r, v, p, values); err != nil {
		return m, nil, err
	}
	return m, p, nil
}

func (s site) apply(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	a := holder.Application{ID: holder.ID(f.Get("id")), Register: f.Get("register"), Extract: f.Get("extract"), Country: f.Get("country"),
		Note: lines(f.Get("note")), Files: frame.Attached(f)}
	wrong := v.RefusedFiles()
	if wrong == nil {
		if _, wrong = s.Holders.Apply(r.Context(), v.Actor(), a); wrong == nil {
			return frame.SeeOther(w, r, base, "holder-applied")
		}
	}
	if !frame.Refused(wrong) {
		return wrong
	}
	return s.applyForm(w, r, v, f, wrong)
}

func (s site) grantAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.grantForm(w, r, v, url.Values{"id": {s.Source.ID()}}, nil)
}

func (s site) grantForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.writing(r, v, values, wrong, v.Printer.T("holderpage.mandate"))
	if err != nil {
		return err
	}
	if !m.MayGrant {
		return fault.Missing()
	}
	if m.form.Value("since") == "" && wrong == nil {
		m.form.Values.Set("since", m.Standing.Today())
	}
	m.form.Labels = frame.Labels(p, "holderpage.field.", "representative", "brands", "countries", "since", "until", "note", "files")
	return frame.Show(w, r, frame.FormStatus(wrong), grantPage(p, m))
}

func (s site) grant(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	g := holder.Granting{ID: holder.ID(f.Get("id")), Representative: organisation.ID(trimmed(f.Get("representative"))), Countries: countries(f.Get("countries")),
		Since: f.Get("since"), Until: f.Get("until"), Note: lines(f.Get("note")), Files: frame.Attached(f)}
	for _, b := range f["brands"] {
		g.Brands = append(g.Brands, holder.BrandID(b))
	}
	wrong := v.RefusedFiles()
	if wrong == nil {
		if _, wrong = s.Holders.Grant(r.Context(), v.Actor(), g); wrong == nil {
			return frame.SeeOther(w, r, base, "mandate-granted")
		}
	}
	if !frame.Refused(wrong) {
		return wrong
	}
	return s.grantForm(w, r, v, f, wrong)
}
