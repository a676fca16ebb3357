package workshoppage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// placing is the table of places by administration.
type placing struct {
	view
	all  []organisation.Organisation // by name
	form kit.Form
}

func (s site) placing(r *http.Request, v *frame.Visit) (placing, error) {
	o, _, err := s.opened(r, v)
	if err == nil && !o.amends() {
		err = fault.Missing()
	}
	return placing{view: o}, err
}

func (s site) placesAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.placing(r, v)
	if err != nil {
		return err
	}
	values := url.Values{}
	for _, seat := range m.Seats {
		if seat.Counted {
			values.Set(placesName(seat.Of), strconv.FormatInt(seat.Places, 10))
		}
	}
	return s.placesPage(w, r, v, m, values, nil)
}

func placesName(o organisation.Organisation) string { return "places." + string(o.ID) }

func (s site) placesPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, m placing, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	p := s.inside(r, v, m.view, v.Printer.T("workshoppage.places"), m.Title)
	m.all = byName(p, m.Readers)
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = map[string]string{}
	for _, o := range m.all {
		m.form.Labels[placesName(o)] = frame.Called(p, o)
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), placesPage(p, m))
}

func (s site) places(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.placing(r, v)
	if err != nil {
		return err
	}
	seats, paths, err := readPlaces(r.PostForm, m.Readers)
	if err == nil {
		err = s.Nominations.SetPlaces(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, seats)
	}
	if err == nil {
		return frame.SeeOther(w, r, m.at(""), "places-set")
	}
	return s.placesPage(w, r, v, m, frame.Keep(r.PostForm), pathed(err, paths))
}

// readPlaces are the numbers of a form, and the fields in which they were typed.
func readPlaces(f url.Values, all []organisation.Organisation) (seats []nomination.Seats, paths map[string]string, err error) {
	var wrong fault.Problems
	paths = map[string]string{}
	for _, o := range all {
		paths["places"] = placesName(o) // when none has a number
		text := strings.TrimSpace(f.Get(placesName(o)))
		if text == "" {
			continue
		}
		n, err := frame.WholeNumber(placesName(o), text, "workshoppage.number")
		if err != nil || n < 0 {
			wrong.Add(placesName(o), "workshoppage.number")
			continue
		}
		paths["places."+strconv.Itoa(len(seats))] = placesName(o)
		seats = append(seats, nomination.Seats{Organisation: o.ID, Number: n})
	}
	return seats, paths, wrong.Fault()
}

// maxTyped is how many people without an account one form names.
const maxTyped = 20

// naming is the form by which people are nominated.
type naming struct {
	view
	people []person.Member // of the reader's organisation, who are not named yet
	form   kit.Form
}

func (s site) naming(r *http.Request, v *frame.Visit) (naming, error) {
	o, _, err := s.opened(r, v)
	if err != nil {
		return naming{}, err
	}
	m := naming{view: o}
	if !o.MayNominate {
		return m, fault.Missing()
	}
	for _, one := range o.People {
		if !slices.ContainsFunc(o.Guests, func(g workshop.Guest) bool { return g.Person == one.Person.ID && g.State != participant.Withdrawn }) {
			m.people = append(m.people, one)
		}
	}
	return m, nil
}

func (s site) nominateAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.naming(r, v)
	if err != nil {
		return err
	}
	return s.namePage(w, r, v, m, url.Values{"more.1.name": {""}, "language": {m.Standing.Organisation.Language}}, nil)
}

func (s site) namePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, m naming, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	p := s.inside(r, v, m.view, v.Printer.T("workshoppage.nominate"), m.Title)
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = labels(p)
	for _, one := range m.people {
		m.form.Labels["post."+string(one.Person.ID)] = p.T("workshoppage.post-of", fault.Args{"name": one.Person.Name})
	}
	for n := 1; n <= typed(values); n++ {
		for _, f := range []string{"name", "position", "post"} {
			m.form.Labels["more."+strconv.Itoa(n)+"."+f] = p.T("workshoppage.field." + f)
		}
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), nominatePage(p, m))
}

// typed is how many people a form names who have no account.
func typed(f url.Values) int {
	n := 0
	for n < maxTyped && f.Has("more."+strconv.Itoa(n+1)+".name") {
		n++
	}
	return n
}

// readNames are the nominees of a form, and the fields in which they were typed.
func readNames(f url.Values, people []person.Member) (drafts []nomination.Draft, paths map[string]string) {
	paths = map[string]string{}
	read := func(d nomination.Draft, fields map[string]string) {
		for field, typed := range fields {
			paths["people."+strconv.Itoa(len(drafts))+"."+field] = typed
		}
		drafts = append(drafts, d)
	}
	for _, one := range people {
		id := string(one.Person.ID)
		if slices.Contains(f["person"], id) {
			read(nomination.Draft{Person: one.Person.ID, Post: f.Get("post." + id), Language: f.Get("language")}, map[string]string{"person": "person", "language": "language", "post": "post." + id})
		}
	}
	for n := 1; n <= typed(f); n++ {
		at := "more." + strconv.Itoa(n) + "."
		d := nomination.Draft{Name: strings.TrimSpace(f.Get(at + "name")), Position: f.Get(at + "position"), Post: f.Get(at + "post"), Language: f.Get("language")}
		if d.Name+d.Position+d.Post != "" {
			read(d, map[string]string{"name": at + "name", "position": at + "position", "post": at + "post", "language": "language"})
		}
	}
	return drafts, paths
}

// nominate names everybody of a form, or nobody: where one is refused the form comes back
// with all of them.
func (s site) nominate(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.naming(r, v)
	if err != nil {
		return err
	}
	values := frame.Keep(r.PostForm)
	if values.Get("act") == "add" {
		values.Set("more."+strconv.Itoa(typed(values)+1)+".name", "")
		return s.namePage(w, r, v, m, values, nil)
	}
	drafts, paths := readNames(values, m.people)
	if len(drafts) == 0 {
		var wrong fault.Problems
		wrong.Add("person", "workshoppage.nobody")
		err = wrong.Fault()
	} else {
		_, err = s.Nominations.Nominate(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, drafts...)
	}
	if err == nil {
		return frame.SeeOther(w, r, m.at(""), "nominated")
	}
	return s.namePage(w, r, v, m, values, pathed(err, paths))
}

// pathed moves what is wrong to the fields of the form in which it was typed.
func pathed(wrong error, paths map[string]string) error {
	f, ok := frame.AsFault(wrong)
	if !ok {
		return wrong
	}
	moved := *f
	moved.Fields = slices.Clone(f.Fields)
	for i, x := range moved.Fields {
		if to := paths[x.Path]; to != "" {
			moved.Fields[i].Path = to
		}
	}
	return &moved
}

// crowd is who takes part, and what the reader may do about it.
type crowd struct {
	view
	form kit.Form
}

func (s site) participants(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.crowdPage(w, r, v, url.Values{}, nil)
}

func (s site) crowdPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	o, _, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if len(o.Guests) == 0 && !o.MayAmend && !o.MayNominate {
		return fault.Missing()
	}
	p := s.inside(r, v, o, v.Printer.T("workshoppage.people"), o.Title)
	m := crowd{o, kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), crowdPage(p, m))
}

// confirm confirms or declines whoever was ticked.
func (s site) confirm(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.MayConfirm {
		return fault.Missing()
	}
	yes, done := r.PostForm.Get("act") != "decline", "participants-confirmed"
	if !yes {
		done = "participants-declined"
	}
	if err := s.tell(r, v, code, o.ID, yes); err != nil {
		return s.crowdPage(w, r, v, r.PostForm, err)
	}
	return frame.SeeOther(w, r, o.at("/participants"), done)
}

// tell confirms or declines everybody who was ticked, or nobody.
func (s site) tell(r *http.Request, v *frame.Visit, code operation.Code, id workshop.ID, yes bool) error {
	var wrong fault.Problems
	if len(r.PostForm["who"]) == 0 {
		wrong.Add("who", "workshoppage.nobody-ticked")
	}
	reason := lines(r.PostForm.Get("reason"))
	if yes {
		reason = ""
	} else if strings.TrimSpace(reason) == "" {
		wrong.Add("reason", "fault.required")
	}
	if err := wrong.Fault(); err != nil {
		return err
	}
	var people []participant.ID
	for _, who := range r.PostForm["who"] {
		people = append(people, participant.ID(who))
	}
	_, err := s.Nominations.Confirm(r.Context(), v.Actor(), code, id, yes, reason, people...)
	return err
}

func (s site) withdrawNominee(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	err = s.Nominations.Withdraw(r.Context(), v.Actor(), code, o.ID, participant.ID(r.PathValue("participant")), "")
	if frame.Refused(err) {
		return s.crowdPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, o.at("/participants"), "nominee-withdrawn")
}

// mayBeTold tells whether the host still says something of a participant.
func mayBeTold(g workshop.Guest) bool {
	return g.State == participant.Nominated || g.State == participant.Waiting || g.State == participant.Confirmed || g.State == participant.Declined
}

// takesBack tells whether the reader may take a nominee back.
func (m crowd) takesBack(g workshop.Guest) bool {
	return m.MayWithdraw && g.Organisation == m.Standing.Who.Organisation && g.State != participant.Withdrawn && g.State != participant.Declined
}
