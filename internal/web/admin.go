package web

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
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var adminRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/admin/{$}", Command: access.PersonRead}, adminHome},
	{door.Route{Method: "GET", Pattern: "/admin/organisations/{$}", Command: access.OrganisationRead}, organisationList},
	{door.Route{Method: "GET", Pattern: "/admin/organisations/new", Command: access.OrganisationRegister}, organisationNew},
	{door.Route{Method: "POST", Pattern: "/admin/organisations/new", Command: access.OrganisationRegister, Limit: small}, organisationRegister},
	{door.Route{Method: "GET", Pattern: "/admin/organisations/{id}", Command: access.OrganisationAmend}, organisationShow},
	{door.Route{Method: "POST", Pattern: "/admin/organisations/{id}", Command: access.OrganisationAmend, Limit: small}, organisationAmend},
}

func adminHome(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	people, err := s.People.List(r.Context(), v.actor())
	if err != nil {
		return err
	}
	organisations, err := s.Organisations.List(r.Context(), v.actor())
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("admin.title"))
	return show(w, r, http.StatusOK, adminPage(p, v.session, organisations, people))
}

func organisationList(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	list, err := s.Organisations.List(r.Context(), v.actor())
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("admin.organisations"), v.printer.T("admin.title"))
	return show(w, r, http.StatusOK, organisationsPage(p, v.session, list))
}

func organisationNew(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	own := v.session.Organisation
	typed := url.Values{"id": {s.Source.ID()}, "kind": {"customs"}, "time_zone": {own.TimeZone}, "language": {own.Language},
		"release_by": {organisation.ReleaseByOfficer}}
	return s.organisationPage(w, r, v, organisation.Organisation{}, typed, nil)
}

// organisationPage is the form of a new organisation, or of one that stands.
func (s *Site) organisationPage(w http.ResponseWriter, r *http.Request, v *visit, o organisation.Organisation, typed url.Values, wrong error) error {
	if o.ID == "" && !access.May(v.actor(), access.OrganisationRegister) {
		return fault.Missing()
	}
	title := v.printer.T("admin.organisation.new")
	if o.ID != "" {
		title = o.Called(string(v.printer.Lang()))
	}
	p := s.page(r, v, title, v.printer.T("admin.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	clash := collide(form, organisationValues(o))
	form.Labels = labels(p, "admin.", "name", "abbreviation", "kind", "country", "time_zone", "language", "release_by", "release_after")
	return show(w, r, formStatus(wrong), organisationForm(p, v.session, o, form, clash))
}

func organisationRegister(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	draft, err := organisationDraft(r.PostForm)
	if err == nil {
		_, err = s.Organisations.Register(r.Context(), v.actor(), draft)
	}
	if refused(err) {
		return s.organisationPage(w, r, v, organisation.Organisation{}, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/admin/organisations/", "registered")
}

// organisationOf gives an organisation that the reader may know of.
func (s *Site) organisationOf(r *http.Request, v *visit) (organisation.Organisation, error) {
	list, err := s.Organisations.List(r.Context(), v.actor())
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

func organisationShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	o, err := s.organisationOf(r, v)
	if err != nil {
		return err
	}
	return s.organisationPage(w, r, v, o, organisationValues(o), nil)
}

func organisationAmend(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	o, err := s.organisationOf(r, v)
	if err != nil {
		return err
	}
	draft, err := organisationDraft(r.PostForm)
	if draft.ID = o.ID; !v.actor().Administrator {
		draft.Kind, draft.Country = o.Kind, o.Country
	}
	if err == nil {
		_, err = s.Organisations.Amend(r.Context(), v.actor(), draft)
	}
	if refused(err) {
		return s.organisationPage(w, r, v, o, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/admin/organisations/"+string(o.ID), "amended")
}

// organisationDraft is the one conversion of the form. The name stands in its
// own language; those for readers of others are optional.
func organisationDraft(f url.Values) (organisation.Draft, error) {
	d := organisation.Draft{ID: organisation.ID(f.Get("id")), Kind: f.Get("kind"), Country: f.Get("country"), Name: f.Get("name"),
		Abbreviation: f.Get("abbreviation"), TimeZone: f.Get("time_zone"), Language: f.Get("language"), ReleaseBy: f.Get("release_by"),
		Names: prefixed(f, "name.")}
	d.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64) // a damaged one is an old one
	if after := f.Get("release_after"); after != "" && d.ReleaseBy == organisation.ReleaseByContactPoint {
		hours, err := wholeNumber("release_after", after, "admin.release_after.whole")
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
