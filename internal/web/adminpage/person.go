package adminpage

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
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) personRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/admin/people/{$}", Command: access.PersonRead}, Handle: s.personList},
		{Route: door.Route{Method: "GET", Pattern: "/admin/people/new", Command: access.PersonRegister}, Handle: s.personNew},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/new", Command: access.PersonRegister, Limit: frame.SmallForm}, Handle: s.personRegister},
		{Route: door.Route{Method: "GET", Pattern: "/admin/people/{id}", Command: access.PersonRead}, Handle: s.personShow},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}", Command: access.PersonRegister, Limit: frame.SmallForm}, Handle: s.personAmend},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}/hat", Command: access.PersonHat, Limit: frame.SmallForm}, Handle: s.personHat},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}/hat-end", Command: access.PersonSuspend, Limit: frame.SmallForm}, Handle: s.personHatEnd},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}/link", Command: access.PersonInvite, Limit: frame.SmallForm}, Handle: s.personLink},
		{Route: door.Route{Method: "GET", Pattern: "/admin/people/{id}/suspend", Command: access.PersonSuspend}, Handle: s.personSuspendShow},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}/suspend", Command: access.PersonSuspend, Limit: frame.SmallForm}, Handle: s.personSuspend},
		{Route: door.Route{Method: "POST", Pattern: "/admin/people/{id}/resume", Command: access.PersonSuspend, Limit: frame.SmallForm}, Handle: s.personResume},
	}
}

// roster is what pages about people need beside them.
type roster struct {
	people        []person.Listing
	organisations []organisation.Organisation
	who           access.Actor
}

func (s site) roster(r *http.Request, v *frame.Visit) (roster, error) {
	people, err := s.People.List(r.Context(), v.Actor())
	if err != nil {
		return roster{}, err
	}
	organisations, err := s.Organisations.List(r.Context(), v.Actor())
	return roster{people, organisations, v.Actor()}, err
}

// only keeps organisations for which the actor may register people.
func (l roster) only() []organisation.Organisation {
	if l.who.Administrator {
		return l.organisations
	}
	return slices.DeleteFunc(slices.Clone(l.organisations), func(o organisation.Organisation) bool { return o.Number != l.who.Organisation })
}

func (s site) personList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("admin.people"), v.Printer.T("admin.title"))
	form := kit.Form{Values: r.URL.Query()}
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, rosterPart(p, list, form.Values))
	}
	return frame.Show(w, r, http.StatusOK, rosterPage(p, list, form))
}

func (s site) personNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := url.Values{"id": {s.Source.ID()}, "language": {v.Session.Organisation.Language},
		"organisation": {strconv.FormatInt(v.Actor().Organisation, 10)}}
	return s.personForm(w, r, v, typed, nil)
}

func (s site) personForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("admin.person.new"), v.Printer.T("admin.people"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "admin.", "login", "person-name", "language", "organisation", "position", "contact_point")
	form.Labels["name"] = form.Labels["person-name"]
	return frame.Show(w, r, frame.FormStatus(wrong), personNewPage(p, list, form))
}

func (s site) personRegister(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	number, _ := strconv.ParseInt(f.Get("organisation"), 10, 64) // 0 is refused in place
	if number == 0 && !v.Actor().Administrator {
		number = v.Actor().Organisation
	}
	made, err := s.People.Register(r.Context(), v.Actor(), person.Draft{ID: person.ID(f.Get("id")), Login: f.Get("login"), Name: f.Get("name"),
		Language: f.Get("language"), Organisation: number, Position: f.Get("position"), ContactPoint: f.Get("contact_point"),
		Administrator: f.Get("administrator") == "yes"})
	if frame.Refused(err) {
		return s.personForm(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/admin/people/"+string(made.ID), "person-registered")
}

func (s site) personShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.personPage(w, r, v, nil, nil, "")
}

// personPage shows one person and what may be done; link is a one-time link that
// was just made and is never shown again.
func (s site) personPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error, link string) error {
	one, err := s.People.Show(r.Context(), v.Actor(), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	values := personValues(one, v.Actor().Organisation)
	now := maps.Clone(values)
	maps.Copy(values, typed)
	p := s.Page(r, v, one.Person.Name, v.Printer.T("admin.people"))
	p.Path, p.Error = "/admin/people/"+string(one.Person.ID), wrong != nil
	form := kit.FormOf(values, wrong)
	form.Labels = frame.Labels(p, "admin.", "position", "contact_point", "hat_position", "hat_contact_point", "hat_organisation")
	form.Labels["name"] = p.T("admin.person-name")
	return frame.Show(w, r, frame.FormStatus(wrong), personPage(p, list, one, form, collide(form, now), link))
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

func (s site) personAmend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	number, _ := strconv.ParseInt(f.Get("amended"), 10, 64)
	version, _ := strconv.ParseInt(f.Get("version"), 10, 64)
	_, err := s.People.Amend(r.Context(), v.Actor(), person.Change{Person: person.ID(r.PathValue("id")), Name: f.Get("name"),
		Organisation: number, Position: f.Get("position"), ContactPoint: f.Get("contact_point"), Version: version})
	return s.personDone(w, r, v, err, "amended")
}

// personDone answers a form about one person: the page anew, or refused.
func (s site) personDone(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error, done string) error {
	if frame.Refused(err) {
		return s.personPage(w, r, v, r.PostForm, err, "")
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/admin/people/"+r.PathValue("id"), done)
}

func (s site) personHat(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	number, _ := strconv.ParseInt(r.PostFormValue("hat_organisation"), 10, 64)
	_, err := s.People.AddHat(r.Context(), v.Actor(), person.ID(r.PathValue("id")), number, r.PostFormValue("hat_position"), r.PostFormValue("hat_contact_point"))
	return s.personDone(w, r, v, within(err, "hat_"), "hat")
}

// within moves the problems of a draft to the fields of a form among several.
func within(err error, prefix string) error {
	f, ok := frame.AsFault(err)
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

func (s site) personHatEnd(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	number, _ := strconv.ParseInt(r.PostFormValue("hat"), 10, 64)
	err := s.People.EndHat(r.Context(), v.Actor(), person.ID(r.PathValue("id")), number)
	if err == nil && !v.Actor().Administrator {
		return frame.SeeOther(w, r, "/admin/people/", "hat-ended") // the person is no longer one's own to see
	}
	return s.personDone(w, r, v, err, "hat-ended")
}

func (s site) personLink(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	token, err := s.People.Invite(r.Context(), v.Actor(), person.ID(r.PathValue("id")))
	if err != nil && !frame.Refused(err) {
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

func (s site) personSuspendShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	one, err := s.People.Show(r.Context(), v.Actor(), person.ID(r.PathValue("id")))
	if err == nil && one.Person.State == person.Suspended {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, suspendPage(s.Page(r, v, v.Printer.T("admin.suspend"), one.Person.Name), one))
}

func (s site) personSuspend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.personDone(w, r, v, s.People.Suspend(r.Context(), v.Actor(), person.ID(r.PathValue("id"))), "suspended")
}

func (s site) personResume(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.personDone(w, r, v, s.People.Resume(r.Context(), v.Actor(), person.ID(r.PathValue("id"))), "resumed")
}
