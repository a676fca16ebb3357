package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var peopleRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/o/{op}/people/{$}", Command: access.OperationRead}, peopleList},
	{door.Route{Method: "GET", Pattern: "/o/{op}/people/invite", Command: access.OperationInvite}, inviteShow},
	{door.Route{Method: "POST", Pattern: "/o/{op}/people/invite", Command: access.OperationInvite, Limit: small}, invite},
	{door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}", Command: access.OperationRead}, memberShow},
	{door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}/end", Command: access.OperationRead}, endShow},
	{door.Route{Method: "POST", Pattern: "/o/{op}/people/{org}/end", Command: access.OperationRead, Limit: small}, end},
	{door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}/roles/{person}", Command: access.OperationAssign}, rolesShow},
	{door.Route{Method: "POST", Pattern: "/o/{op}/people/{org}/roles/{person}", Command: access.OperationAssign, Limit: small}, roles},
	{door.Route{Method: "GET", Pattern: "/o/{op}/accept", Command: access.OperationAccept}, acceptShow},
	{door.Route{Method: "POST", Pattern: "/o/{op}/accept", Command: access.OperationAccept, Limit: small}, accept},
}

func codeOf(r *http.Request) operation.Code { return operation.Code(r.PathValue("op")) }

// members gives who takes part: everybody, or the own organisation only for
// readers who may not know the others but give roles to their own people.
func (s *Site) members(r *http.Request, v *visit) (operation.Standing, []operation.Member, error) {
	st, all, err := s.Operations.People(r.Context(), v.actor(), codeOf(r))
	if !fault.Is(err, fault.NotFound) {
		return st, all, err
	}
	st, own, err := s.Operations.Own(r.Context(), v.actor(), codeOf(r))
	return st, []operation.Member{own}, err
}

// member gives one organisation of those, in its newest membership.
func (s *Site) member(r *http.Request, v *visit) (st operation.Standing, found []operation.Member, err error) {
	st, all, err := s.members(r, v)
	if err != nil {
		return st, nil, err
	}
	for _, m := range slices.Backward(all) {
		if string(m.Organisation.ID) == r.PathValue("org") {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return st, nil, fault.Missing()
	}
	return st, found, nil
}

func peopleList(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	st, all, err := s.members(r, v)
	if err != nil {
		return err
	}
	p := s.inside(r, v, st, v.printer.T("people.title"))
	return show(w, r, http.StatusOK, peoplePage(p, st, all))
}

func memberShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	st, found, err := s.member(r, v)
	if err != nil {
		return err
	}
	name := found[0].Organisation.Called(string(v.printer.Lang()))
	p := s.inside(r, v, st, name, v.printer.T("people.title"))
	return show(w, r, http.StatusOK, memberPage(p, st, found))
}

func inviteShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.invitePage(w, r, v, url.Values{"side": {string(access.Enforcement)}}, nil)
}

func (s *Site) invitePage(w http.ResponseWriter, r *http.Request, v *visit, typed url.Values, wrong error) error {
	st, all, err := s.Operations.People(r.Context(), v.actor(), codeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.OperationInvite) {
		return fault.Missing()
	}
	known, err := s.Organisations.List(r.Context(), v.actor())
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	p := s.inside(r, v, st, v.printer.T("people.invite"), v.printer.T("people.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = labels(p, "people.", "organisation", "side")
	return show(w, r, formStatus(wrong), inviteForm(p, st, form, free(known, all)))
}

// free are the organisations that could be invited: no members, not invited.
func free(known []organisation.Organisation, members []operation.Member) []organisation.Organisation {
	return slices.DeleteFunc(known, func(o organisation.Organisation) bool {
		return slices.ContainsFunc(members, func(m operation.Member) bool {
			return m.Organisation.Number == o.Number && m.Membership.State != operation.Ended
		})
	})
}

func invite(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	err := s.Operations.Invite(r.Context(), v.actor(), codeOf(r), organisation.ID(r.PostFormValue("organisation")), access.Side(r.PostFormValue("side")))
	if refused(err) {
		return s.invitePage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/o/"+string(codeOf(r))+"/people/", "invited")
}

func acceptShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.acceptPage(w, r, v, nil)
}

func (s *Site) acceptPage(w http.ResponseWriter, r *http.Request, v *visit, wrong error) error {
	in, err := s.Operations.Invited(r.Context(), v.actor(), codeOf(r))
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("people.accept.title"), in.Operation.Name)
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = map[string]string{"accepted": p.T("people.accept.handling")}
	return show(w, r, formStatus(wrong), acceptPage(p, in, form, v.session))
}

func accept(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	version, err := wholeNumber("accepted", r.PostFormValue("accepted"), "people.accept.needed")
	if err == nil {
		err = s.Operations.Accept(r.Context(), v.actor(), codeOf(r), version)
	}
	if refused(err) {
		return s.acceptPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/o/"+string(codeOf(r))+"/people/", "accepted")
}

func endShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.endPage(w, r, v, nil)
}

func (s *Site) endPage(w http.ResponseWriter, r *http.Request, v *visit, wrong error) error {
	st, found, err := s.member(r, v)
	if err != nil {
		return err
	}
	if found[0].Membership.State == operation.Ended || !mayEnd(st, found[0]) {
		return fault.Missing()
	}
	p := s.inside(r, v, st, v.printer.T("people.end"), v.printer.T("people.title"))
	p.Error = wrong != nil
	return show(w, r, formStatus(wrong), endPage(p, st, found[0], kit.FormOf(nil, wrong)))
}

// mayEnd tells whether to offer the end of a membership: the director any, a
// contact point that of its own organisation.
func mayEnd(st operation.Standing, m operation.Member) bool {
	return st.May(access.OperationEnd) || st.Who.ContactPoint && m.Organisation.Number == st.Who.Organisation
}

func end(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	err := s.Operations.End(r.Context(), v.actor(), codeOf(r), organisation.ID(r.PathValue("org")))
	if refused(err) {
		return s.endPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	if r.PathValue("org") == string(v.session.Organisation.ID) {
		return seeOther(w, r, "/", "ended")
	}
	return seeOther(w, r, "/o/"+string(codeOf(r))+"/people/", "ended")
}

func rolesShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.rolesPage(w, r, v, nil, nil)
}

// rolesPage shows one of the own people with the roles held, or those typed.
func (s *Site) rolesPage(w http.ResponseWriter, r *http.Request, v *visit, typed url.Values, wrong error) error {
	st, own, err := s.Operations.Own(r.Context(), v.actor(), codeOf(r))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(own.People, func(p operation.Participant) bool { return string(p.Person.ID) == r.PathValue("person") })
	if i < 0 || string(own.Organisation.ID) != r.PathValue("org") {
		return fault.Missing()
	}
	if typed == nil {
		typed = url.Values{}
		for _, role := range own.People[i].Roles {
			typed.Add("roles", string(role))
		}
	}
	p := s.inside(r, v, st, own.People[i].Person.Name, v.printer.T("people.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = labels(p, "people.", "roles")
	return show(w, r, formStatus(wrong), rolesPage(p, st, own.People[i], form))
}

func roles(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	if r.PathValue("org") != string(v.session.Organisation.ID) {
		return fault.Missing()
	}
	var chosen []access.Role
	for _, role := range r.PostForm["roles"] {
		chosen = append(chosen, access.Role(role))
	}
	err := s.Operations.Assign(r.Context(), v.actor(), codeOf(r), person.ID(r.PathValue("person")), chosen)
	if refused(err) {
		return s.rolesPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	if len(chosen) == 0 && r.PathValue("person") == v.actor().Person {
		return seeOther(w, r, "/", "assigned")
	}
	return seeOther(w, r, "/o/"+string(codeOf(r))+"/people/"+r.PathValue("org"), "assigned")
}
