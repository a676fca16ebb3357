package holderpage

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

const directory = "/contacts/"

// listing is a part of the directory.
type listing struct {
	contact.Page
	filter contact.Filter
}

func (s site) contacts(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	f := contact.Filter{Holder: organisation.ID(q.Get("of")), Brand: holder.BrandID(q.Get("brand"))}
	if c := q.Get("country"); codelist.Country.Has(c) {
		f.Country = c
	}
	if l := q.Get("language"); codelist.Language.Has(l) {
		f.Language = l
	}
	f.Page, _ = strconv.Atoi(q.Get("page")) // what is no number is the first
	page, err := s.Contacts.List(r.Context(), v.Actor(), f)
	if err != nil {
		return err
	}
	p := s.InLibrary(r, v, page.Standing, v.Printer.T("contactpage.title"))
	p.Wide = true
	l := listing{page, f}
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, contactList(p, l))
	}
	return frame.Show(w, r, http.StatusOK, contactsPage(p, l))
}

// query is the filter as an address has it.
func (l listing) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"of": string(l.filter.Holder), "brand": string(l.filter.Brand), "country": l.filter.Country, "language": l.filter.Language} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// without is the address of the list without one of the filters.
func (l listing) without(name string) string {
	q := l.query()
	q.Del(name)
	return directory + "?" + q.Encode()
}

// turn is the address of the next or the previous page; empty: there is none.
func (l listing) turn(by int) string {
	page := min(max(l.filter.Page, 1), l.Pages) + by
	if page < 1 || page > l.Pages {
		return ""
	}
	q := l.query()
	q.Set("page", strconv.Itoa(page))
	return directory + "?" + q.Encode()
}

func contactAt(i contact.Item, more string) string {
	return directory + string(i.Of.ID) + "/" + string(i.ID) + more
}

// reaching is one contact that is shown or written.
type reaching struct {
	contact.Page
	item *contact.Item // nil: a new one
	form kit.Form
}

func (m reaching) action() string {
	if m.item == nil {
		return directory + "new"
	}
	return contactAt(*m.item, "/amend")
}

// back is where one goes on.
func (m reaching) back() string {
	if m.item == nil {
		return directory
	}
	return contactAt(*m.item, "")
}

func (s site) reaching(r *http.Request, v *frame.Visit) (reaching, *kit.Page, error) {
	var m reaching
	var err error
	titles := []string{v.Printer.T("contactpage.title")}
	if id := r.PathValue("id"); id != "" {
		if m.Page, err = s.Contacts.Read(r.Context(), v.Actor(), of(r), contact.ID(id)); err != nil {
			return m, nil, err
		}
		m.item = &m.Items[0]
		titles = append([]string{m.item.Desk}, titles...)
	} else if m.Page, err = s.Contacts.List(r.Context(), v.Actor(), contact.Filter{}); err != nil {
		return m, nil, err
	}
	return m, s.InLibrary(r, v, m.Standing, titles...), nil
}

func (s site) contactShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.contactPage(w, r, v, url.Values{}, nil)
}

func (s site) contactPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.reaching(r, v)
	if err != nil {
		return err
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = frame.Labels(p, "contactpage.field.", "note")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), contactPage(p, m))
}

func (s site) contactAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.contactForm(w, r, v, nil, nil)
}

func (s site) contactForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.reaching(r, v)
	if err != nil {
		return err
	}
	if m.item == nil && len(m.For) == 0 || m.item != nil && !m.item.MaySet {
		return fault.Missing()
	}
	if values == nil && m.item == nil {
		values = url.Values{"id": {s.Source.ID()}, "languages": {frame.WrittenIn(v)}, "of": {string(m.Standing.Organisation.ID)}}
	} else if values == nil {
		values = contactValues(*m.item)
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = frame.Labels(p, "contactpage.field.", "of", "brand", "countries", "languages", "desk", "email", "phone", "hours", "note")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), contactFormPage(p, m))
}

// speaking is how many languages the form takes.
const speaking = 4

// languageField is the name of the n-th of them, from 1: problems stand at the first.
func languageField(n int) string {
	if n == 1 {
		return "languages"
	}
	return fmt.Sprintf("languages%d", n)
}

// contactOf is the form as a draft, and whose it is: a brand says that by itself.
func contactOf(r *http.Request) (organisation.ID, contact.Draft) {
	f := r.PostForm
	d := contact.Draft{ID: contact.ID(f.Get("id")), Countries: countries(f.Get("countries")), Desk: f.Get("desk"), Email: trimmed(f.Get("email")),
		Phone: trimmed(f.Get("phone")), Hours: f.Get("hours"), Note: lines(f.Get("note"))}
	for n := range speaking {
		if l := f.Get(languageField(n + 1)); l != "" {
			d.Languages = append(d.Languages, l)
		}
	}
	to := organisation.ID(f.Get("of"))
	owner, brand, chosen := strings.Cut(f.Get("brand"), "/")
	if chosen {
		d.Brand, to = holder.BrandID(brand), organisation.ID(owner)
	}
	if id := r.PathValue("id"); id != "" {
		to, d.ID = of(r), contact.ID(id)
	}
	return to, d
}

func (s site) contactSet(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	to, d := contactOf(r)
	version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // what is no number is none that anybody saw
	_, err := s.Contacts.Set(r.Context(), v.Actor(), to, version, d)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, directory+string(to)+"/"+string(d.ID), "contact-set")
	case frame.Refused(err):
		return s.contactForm(w, r, v, r.PostForm, err)
	}
	return err
}

func (s site) contactDrop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Contacts.Drop(r.Context(), v.Actor(), of(r), contact.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return frame.SeeOther(w, r, directory, "contact-dropped")
}

func (s site) contactTest(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	err := s.Contacts.Test(r.Context(), v.Actor(), of(r), contact.ID(r.PathValue("id")), f.Get("answered") == "yes", lines(f.Get("note")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, directory+string(of(r))+"/"+r.PathValue("id"), "contact-tested")
	case frame.Refused(err):
		return s.contactPage(w, r, v, f, err)
	}
	return err
}

// contactValues is a contact as its form shows it.
func contactValues(i contact.Item) url.Values {
	v := url.Values{"id": {string(i.ID)}, "version": {strconv.FormatInt(i.Version, 10)}, "of": {string(i.Of.ID)}, "countries": {strings.Join(shortened(i.Countries), ", ")},
		"desk": {i.Desk}, "email": {i.Email}, "phone": {i.Phone}, "hours": {i.Hours}, "note": {i.Note}}
	if i.Brand != "" {
		v.Set("brand", string(i.Of.ID)+"/"+string(i.Brand))
	}
	for n, l := range i.Languages {
		v.Set(languageField(n+1), l)
	}
	return v
}
