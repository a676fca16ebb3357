package operationpage

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
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) peopleRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/people/{$}", Command: access.OperationRead}, Handle: s.peopleList},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/people/invite", Command: access.OperationInvite}, Handle: s.inviteShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/people/invite", Command: access.OperationInvite, Limit: frame.SmallForm}, Handle: s.invite},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}", Command: access.OperationRead}, Handle: s.memberShow},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}/end", Command: access.OperationRead}, Handle: s.endShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/people/{org}/end", Command: access.OperationRead, Limit: frame.SmallForm}, Handle: s.end},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/people/{org}/roles/{person}", Command: access.OperationAssign}, Handle: s.rolesShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/people/{org}/roles/{person}", Command: access.OperationAssign, Limit: frame.SmallForm}, Handle: s.roles},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/accept", Command: access.OperationAccept}, Handle: s.acceptShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/accept", Command: access.OperationAccept, Limit: frame.SmallForm}, Handle: s.accept},
	}
}

// members gives who takes part: everybody, or the own organisation only for
// readers who may not know the others but give roles to their own people.
func (s site) members(r *http.Request, v *frame.Visit) (operation.Standing, []operation.Member, error) {
	st, all, err := s.Operations.People(r.Context(), v.Actor(), frame.CodeOf(r))
	if !fault.Is(err, fault.NotFound) {
		return st, all, err
	}
	st, own, err := s.Operations.Own(r.Context(), v.Actor(), frame.CodeOf(r))
	return st, []operation.Member{own}, err
}

// member gives one organisation of those, in its newest membership.
func (s site) member(r *http.Request, v *frame.Visit) (st operation.Standing, found []operation.Member, err error) {
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

func (s site) peopleList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, all, err := s.members(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("people.title"))
	return frame.Show(w, r, http.StatusOK, peoplePage(p, st, all))
}

func (s site) memberShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, found, err := s.member(r, v)
	if err != nil {
		return err
	}
	name := found[0].Organisation.Called(string(v.Printer.Lang()))
	p := s.Inside(r, v, st, name, v.Printer.T("people.title"))
	return frame.Show(w, r, http.StatusOK, memberPage(p, st, found))
}

func (s site) inviteShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.invitePage(w, r, v, url.Values{"side": {string(access.Enforcement)}}, nil)
}

func (s site) invitePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	st, all, err := s.Operations.People(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.OperationInvite) {
		return fault.Missing()
	}
	known, err := s.Organisations.List(r.Context(), v.Actor())
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("people.invite"), v.Printer.T("people.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "people.", "organisation", "side")
	return frame.Show(w, r, frame.FormStatus(wrong), inviteForm(p, st, form, free(known, all)))
}

// free are the organisations that could be invited: no members, not invited.
func free(known []organisation.Organisation, members []operation.Member) []organisation.Organisation {
	return slices.DeleteFunc(known, func(o organisation.Organisation) bool {
		return slices.ContainsFunc(members, func(m operation.Member) bool {
			return m.Organisation.Number == o.Number && m.Membership.State != operation.Ended
		})
	})
}

func (s site) invite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Operations.Invite(r.Context(), v.Actor(), frame.CodeOf(r), organisation.ID(r.PostFormValue("organisation")), access.Side(r.PostFormValue("side")))
	if frame.Refused(err) {
		return s.invitePage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/people/", "invited")
}

func (s site) acceptShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.acceptPage(w, r, v, nil)
}

func (s site) acceptPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	in, err := s.Operations.Invited(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("people.accept.title"), in.Operation.Name)
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = map[string]string{"accepted": p.T("people.accept.handling")}
	return frame.Show(w, r, frame.FormStatus(wrong), acceptPage(p, in, form, v.Session))
}

func (s site) accept(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	version, err := frame.WholeNumber("accepted", r.PostFormValue("accepted"), "people.accept.needed")
	if err == nil {
		err = s.Operations.Accept(r.Context(), v.Actor(), frame.CodeOf(r), version)
	}
	if frame.Refused(err) {
		return s.acceptPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/people/", "accepted")
}

func (s site) endShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.endPage(w, r, v, nil)
}

func (s site) endPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	st, found, err := s.member(r, v)
	if err != nil {
		return err
	}
	if found[0].Membership.State == operation.Ended || !mayEnd(st, found[0]) {
		return fault.Missing()
	}
	p := s.Inside(r, v, st, v.Printer.T("people.end"), v.Printer.T("people.title"))
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), endPage(p, st, found[0], kit.FormOf(nil, wrong)))
}

// mayEnd tells whether to offer the end of a membership: the director any, a
// contact point that of its own organisation.
func mayEnd(st operation.Standing, m operation.Member) bool {
	return st.May(access.OperationEnd) || st.Who.ContactPoint && m.Organisation.Number == st.Who.Organisation
}

func (s site) end(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Operations.End(r.Context(), v.Actor(), frame.CodeOf(r), organisation.ID(r.PathValue("org")))
	if frame.Refused(err) {
		return s.endPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	if r.PathValue("org") == string(v.Session.Organisation.ID) {
		return frame.SeeOther(w, r, "/", "ended")
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/people/", "ended")
}

func (s site) rolesShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.rolesPage(w, r, v, nil, nil)
}

// rolesPage shows one of the own people with the roles held, or those typed.
func (s site) rolesPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	st, own, err := s.Operations.Own(r.Context(), v.Actor(), frame.CodeOf(r))
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
	p := s.Inside(r, v, st, own.People[i].Person.Name, v.Printer.T("people.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "people.", "roles")
	return frame.Show(w, r, frame.FormStatus(wrong), rolesPage(p, st, own.People[i], form))
}

func (s site) roles(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if r.PathValue("org") != string(v.Session.Organisation.ID) {
		return fault.Missing()
	}
	var chosen []access.Role
	for _, role := range r.PostForm["roles"] {
		chosen = append(chosen, access.Role(role))
	}
	err := s.Operations.Assign(r.Context(), v.Actor(), frame.CodeOf(r), person.ID(r.PathValue("person")), chosen)
	if frame.Refused(err) {
		return s.rolesPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	if len(chosen) == 0 && r.PathValue("person") == v.Actor().Person {
		return frame.SeeOther(w, r, "/", "assigned")
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/people/"+r.PathValue("org"), "assigned")
}
