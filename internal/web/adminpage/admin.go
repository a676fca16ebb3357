package adminpage

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) adminRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/admin/{$}", Command: access.PersonRead}, Handle: s.adminHome},
		{Route: door.Route{Method: "GET", Pattern: "/admin/organisations/{$}", Command: access.OrganisationRead}, Handle: s.organisationList},
		{Route: door.Route{Method: "GET", Pattern: "/admin/organisations/new", Command: access.OrganisationRegister}, Handle: s.organisationNew},
		{Route: door.Route{Method: "POST", Pattern: "/admin/organisations/new", Command: access.OrganisationRegister, Limit: frame.SmallForm}, Handle: s.organisationRegister},
		{Route: door.Route{Method: "GET", Pattern: "/admin/organisations/{id}", Command: access.OrganisationAmend}, Handle: s.organisationShow},
		{Route: door.Route{Method: "POST", Pattern: "/admin/organisations/{id}", Command: access.OrganisationAmend, Limit: frame.SmallForm}, Handle: s.organisationAmend},
	}
}

func (s site) adminHome(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	people, err := s.People.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	organisations, err := s.Organisations.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("admin.title"))
	return frame.Show(w, r, http.StatusOK, adminPage(p, v.Session, organisations, people))
}

func (s site) organisationList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	list, err := s.Organisations.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("admin.organisations"), v.Printer.T("admin.title"))
	return frame.Show(w, r, http.StatusOK, organisationsPage(p, v.Session, list))
}

func (s site) organisationNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	own := v.Session.Organisation
	typed := url.Values{"id": {s.Source.ID()}, "kind": {"customs"}, "time_zone": {own.TimeZone}, "language": {own.Language},
		"release_by": {organisation.ReleaseByOfficer}}
	return s.organisationPage(w, r, v, organisation.Organisation{}, typed, nil)
}

// organisationPage is the form of a new organisation, or of one that stands.
func (s site) organisationPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, o organisation.Organisation, typed url.Values, wrong error) error {
	if o.ID == "" && !access.May(v.Actor(), access.OrganisationRegister) {
		return fault.Missing()
	}
	title := v.Printer.T("admin.organisation.new")
	if o.ID != "" {
		title = o.Called(string(v.Printer.Lang()))
	}
	p := s.Page(r, v, title, v.Printer.T("admin.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	clash := collide(form, organisationValues(o))
	form.Labels = frame.Labels(p, "admin.", "name", "abbreviation", "kind", "country", "time_zone", "language", "release_by", "release_after")
	return frame.Show(w, r, frame.FormStatus(wrong), organisationForm(p, v.Session, o, form, clash))
}

func (s site) organisationRegister(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	draft, err := organisationDraft(r.PostForm)
	if err == nil {
		_, err = s.Organisations.Register(r.Context(), v.Actor(), draft)
	}
	if frame.Refused(err) {
		return s.organisationPage(w, r, v, organisation.Organisation{}, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/admin/organisations/", "registered")
}

// organisationOf gives an organisation that the reader may know of.
func (s site) organisationOf(r *http.Request, v *frame.Visit) (organisation.Organisation, error) {
	list, err := s.Organisations.List(r.Context(), v.Actor())
	for _, o := range list {
		if string(o.ID) == r.PathValue("id") {
			return o, nil
		}
	}
	if err == nil {
		err = fault.Missing()
	}
	return organisation.Organisation{}, err
}

func (s site) organisationShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.organisationOf(r, v)
	if err != nil {
		return err
	}
	return s.organisationPage(w, r, v, o, organisationValues(o), nil)
}

func (s site) organisationAmend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.organisationOf(r, v)
	if err != nil {
		return err
	}
	draft, err := organisationDraft(r.PostForm)
	if draft.ID = o.ID; !v.Actor().Administrator {
		draft.Kind, draft.Country = o.Kind, o.Country
	}
	if err == nil {
		_, err = s.Organisations.Amend(r.Context(), v.Actor(), draft)
	}
	if frame.Refused(err) {
		return s.organisationPage(w, r, v, o, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/admin/organisations/"+string(o.ID), "amended")
}

// organisationDraft is the one conversion of the form. The name stands in its
// own language; those for readers of others are optional.
func organisationDraft(f url.Values) (organisation.Draft, error) {
	d := organisation.Draft{ID: organisation.ID(f.Get("id")), Kind: f.Get("kind"), Country: f.Get("country"), Name: f.Get("name"),
		Abbreviation: f.Get("abbreviation"), TimeZone: f.Get("time_zone"), Language: f.Get("language"), ReleaseBy: f.Get("release_by"),
		Names: prefixed(f, "name.")}
	d.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64) // a damaged one is an old one
	if after := f.Get("release_after"); after != "" && d.ReleaseBy == organisation.ReleaseByContactPoint {
		hours, err := frame.WholeNumber("release_after", after, "admin.release_after.whole")
		if err != nil {
			return d, err
		}
		d.ReleaseAfter = time.Duration(min(hours, 1e6)) * time.Hour
	}
	return d, nil
}

// prefixed gathers the fields whose names begin alike, such as name.fr.
func prefixed(f url.Values, prefix string) map[string]string {
	out := map[string]string{}
	for name := range f {
		if rest, ok := strings.CutPrefix(name, prefix); ok && strings.TrimSpace(f.Get(name)) != "" {
			out[rest] = strings.TrimSpace(f.Get(name))
		}
	}
	return out
}

// clash is a field that somebody else changed while the reader was typing.
type clash struct{ name, mine, theirs string }

// collide finds them when a form was refused because somebody was faster, and
// takes over the version that was now read: who sends again has seen it.
func collide(form kit.Form, now url.Values) []clash {
	if form.Fault == nil || form.Fault.Key != "fault.conflict" {
		return nil
	}
	var out []clash
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if mine := form.Value(name); mine != now.Get(name) && name != "version" {
			out = append(out, clash{name, mine, now.Get(name)})
		}
	}
	form.Values.Set("version", now.Get("version"))
	return out
}

func organisationValues(o organisation.Organisation) url.Values {
	f := url.Values{"name": {o.Name}, "abbreviation": {o.Abbreviation}, "kind": {o.Kind}, "country": {o.Country}, "time_zone": {o.TimeZone},
		"language": {o.Language}, "release_by": {o.ReleaseBy}, "version": {strconv.FormatInt(o.Version, 10)}}
	if o.ReleaseAfter > 0 {
		f.Set("release_after", strconv.FormatInt(int64(o.ReleaseAfter/time.Hour), 10))
	}
	for lang, name := range o.Names {
		f.Set("name."+lang, name)
	}
	return f
}
