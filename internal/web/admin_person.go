package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var personRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/admin/people/{$}", Command: access.PersonRead}, personList},
	{door.Route{Method: "GET", Pattern: "/admin/people/new", Command: access.PersonRegister}, personNew},
	{door.Route{Method: "POST", Pattern: "/admin/people/new", Command: access.PersonRegister, Limit: small}, personRegister},
	{door.Route{Method: "GET", Pattern: "/admin/people/{id}", Command: access.PersonRead}, personShow},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}", Command: access.PersonRegister, Limit: small}, personAmend},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}/hat", Command: access.PersonHat, Limit: small}, personHat},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}/hat-end", Command: access.PersonSuspend, Limit: small}, personHatEnd},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}/link", Command: access.PersonInvite, Limit: small}, personLink},
	{door.Route{Method: "GET", Pattern: "/admin/people/{id}/suspend", Command: access.PersonSuspend}, personSuspendShow},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}/suspend", Command: access.PersonSuspend, Limit: small}, personSuspend},
	{door.Route{Method: "POST", Pattern: "/admin/people/{id}/resume", Command: access.PersonSuspend, Limit: small}, personResume},
}

// roster is what pages about people need beside them.
type roster struct {
	people        []person.Listing
	organisations []organisation.Organisation
	who           access.Actor
}

func (s *Site) roster(r *http.Request, v *visit) (roster, error) {
	people, err := s.People.List(r.Context(), v.actor())
	if err != nil {
		return roster{}, err
	}
	organisations, err := s.Organisations.List(r.Context(), v.actor())
	return roster{people, organisations, v.actor()}, err
}

// only keeps organisations for which the actor may register people.
func (l roster) only() []organisation.Organisation {
	if l.who.Administrator {
		return l.organisations
	}
	return slices.DeleteFunc(slices.Clone(l.organisations), func(o organisation.Organisation) bool { return o.Number != l.who.Organisation })
}

func personList(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("admin.people"), v.printer.T("admin.title"))
	form := kit.Form{Values: r.URL.Query()}
	if partial(r) {
		return show(w, r, http.StatusOK, rosterPart(p, list, form.Values))
	}
	return show(w, r, http.StatusOK, rosterPage(p, list, form))
}

func personNew(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	typed := url.Values{"id": {s.Source.ID()}, "language": {v.session.Organisation.Language},
		"organisation": {strconv.FormatInt(v.actor().Organisation, 10)}}
	return s.personForm(w, r, v, typed, nil)
}

func (s *Site) personForm(w http.ResponseWriter, r *http.Request, v *visit, typed url.Values, wrong error) error {
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("admin.person.new"), v.printer.T("admin.people"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = labels(p, "admin.", "login", "person-name", "language", "organisation", "position", "contact_point")
	form.Labels["name"] = form.Labels["person-name"]
	return show(w, r, formStatus(wrong), personNewPage(p, list, form))
}

func personRegister(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	f := r.PostForm
	number, _ := strconv.ParseInt(f.Get("organisation"), 10, 64) // 0 is refused in place
	if number == 0 && !v.actor().Administrator {
		number = v.actor().Organisation
	}
	made, err := s.People.Register(r.Context(), v.actor(), person.Draft{ID: person.ID(f.Get("id")), Login: f.Get("login"), Name: f.Get("name"),
		Language: f.Get("language"), Organisation: number, Position: f.Get("position"), ContactPoint: f.Get("contact_point"),
		Administrator: f.Get("administrator") == "yes"})
	if refused(err) {
		return s.personForm(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/admin/people/"+string(made.ID), "person-registered")
}

func personShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.personPage(w, r, v, nil, nil, "")
}

// personPage shows one person and what may be done; link is a one-time link that
// was just made and is never shown again.
func (s *Site) personPage(w http.ResponseWriter, r *http.Request, v *visit, typed url.Values, wrong error, link string) error {
	one, err := s.People.Show(r.Context(), v.actor(), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	values := personValues(one, v.actor().Organisation)
	now := maps.Clone(values)
	maps.Copy(values, typed)
	p := s.page(r, v, one.Person.Name, v.printer.T("admin.people"))
	p.Path, p.Error = "/admin/people/"+string(one.Person.ID), wrong != nil
	form := kit.FormOf(values, wrong)
	form.Labels = labels(p, "admin.", "position", "contact_point", "hat_position", "hat_contact_point", "hat_organisation")
	form.Labels["name"] = p.T("admin.person-name")
	return show(w, r, formStatus(wrong), personPage(p, list, one, form, collide(form, now), link))
}

// personValues fills the form of one person with the hat of that organisation,
// or the first that the reader may know of.
func personValues(one person.Listing, organisation int64) url.Values {
	f := url.Values{"name": {one.Person.Name}, "version": {strconv.FormatInt(one.Person.Version, 10)}}
	for i, h := range one.Hats {
		if i == 0 || h.Organisation == organisation {
			f.Set("amended", strconv.FormatInt(h.Organisation, 10))
			f.Set("position", h.Position)
			f.Set("contact_point", h.ContactPoint)
		}
	}
	return f
}

func personAmend(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	f := r.PostForm
	number, _ := strconv.ParseInt(f.Get("amended"), 10, 64)
	version, _ := strconv.ParseInt(f.Get("version"), 10, 64)
	_, err := s.People.Amend(r.Context(), v.actor(), person.Change{Person: person.ID(r.PathValue("id")), Name: f.Get("name"),
		Organisation: number, Position: f.Get("position"), ContactPoint: f.Get("contact_point"), Version: version})
	return s.personDone(w, r, v, err, "amended")
}

// personDone answers a form about one person: the page anew, or refused.
func (s *Site) personDone(w http.ResponseWriter, r *http.Request, v *visit, err error, done string) error {
	if refused(err) {
		return s.personPage(w, r, v, r.PostForm, err, "")
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/admin/people/"+r.PathValue("id"), done)
}

func personHat(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	number, _ := strconv.ParseInt(r.PostFormValue("hat_organisation"), 10, 64)
	_, err := s.People.AddHat(r.Context(), v.actor(), person.ID(r.PathValue("id")), number, r.PostFormValue("hat_position"), r.PostFormValue("hat_contact_point"))
	return s.personDone(w, r, v, within(err, "hat_"), "hat")
}

// within moves the problems of a draft to the fields of a form among several.
func within(err error, prefix string) error {
	f, ok := asFault(err)
	if !ok {
		return err
	}
	moved := *f
	moved.Fields = slices.Clone(f.Fields)
	for i := range moved.Fields {
		moved.Fields[i].Path = prefix + moved.Fields[i].Path
	}
	return &moved
}

func personHatEnd(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	number, _ := strconv.ParseInt(r.PostFormValue("hat"), 10, 64)
	err := s.People.EndHat(r.Context(), v.actor(), person.ID(r.PathValue("id")), number)
	if err == nil && !v.actor().Administrator {
		return seeOther(w, r, "/admin/people/", "hat-ended") // the person is no longer one's own to see
	}
	return s.personDone(w, r, v, err, "hat-ended")
}

func personLink(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	token, err := s.People.Invite(r.Context(), v.actor(), person.ID(r.PathValue("id")))
	if err != nil && !refused(err) {
		return err
	}
	link := ""
	if err == nil {
		link = origin(r) + "/invitation/" + token
	}
	return s.personPage(w, r, v, nil, err, link)
}

// origin is the address under which this browser reached the site.
func origin(r *http.Request) string {
	if door.Secure(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func personSuspendShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	one, err := s.People.Show(r.Context(), v.actor(), person.ID(r.PathValue("id")))
	if err == nil && one.Person.State == person.Suspended {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, suspendPage(s.page(r, v, v.printer.T("admin.suspend"), one.Person.Name), one))
}

func personSuspend(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.personDone(w, r, v, s.People.Suspend(r.Context(), v.actor(), person.ID(r.PathValue("id"))), "suspended")
}

func personResume(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.personDone(w, r, v, s.People.Resume(r.Context(), v.actor(), person.ID(r.PathValue("id"))), "resumed")
}
