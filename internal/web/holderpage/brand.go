package holderpage

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// branding is a brand that is shown or written.
type branding struct {
	holder.Holder
	brand holder.Brand // zero: a new one
	form  kit.Form
	rows  int // of rights in the form
}

// action is the address of its form.
func (m branding) action() string {
	at := base + string(m.Organisation.ID) + "/brands/"
	if m.brand.ID == "" {
		return at + "new"
	}
	return at + string(m.brand.ID) + "/amend"
}

// back is where one goes on.
func (m branding) back() string {
	if m.brand.ID == "" {
		return href(m.Holder)
	}
	return base + string(m.Organisation.ID) + "/brands/" + string(m.brand.ID)
}

func (m branding) mayAmend() bool {
	return m.Standing.May(access.BrandAmend) && holder.Sees(m.Acting, m.Organisation.Number, m.brand.ID)
}

func (s site) branding(r *http.Request, v *frame.Visit) (branding, *kit.Page, error) {
	var m branding
	title := v.Printer.T("holderpage.brand")
	h, p, err := s.holder(r, v, of(r), title)
	if err != nil {
		return m, nil, err
	}
	m.Holder = h
	if id := r.PathValue("id"); id != "" {
		i := slices.IndexFunc(h.Brands, func(b holder.Brand) bool { return string(b.ID) == id })
		if i < 0 {
			return m, nil, fault.Missing()
		}
		m.brand = h.Brands[i]
		p.Title[0] = m.brand.Name
	}
	return m, p, nil
}

func (s site) brandShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.branding(r, v)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, brandPage(p, m))
}

func (s site) brandAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.brandForm(w, r, v, nil, nil)
}

// brandForm shows the form, again where something is wrong or another right is wanted.
func (s site) brandForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.branding(r, v)
	if err != nil {
		return err
	}
	if m.brand.ID == "" && !m.MayRegister || m.brand.ID != "" && !m.mayAmend() {
		return fault.Missing()
	}
	values = s.next(values, m, wrong)
	m.rows = max(1, rowsOf(values))
	if values.Get("step") == stepMore {
		m.rows = min(m.rows+1, holder.MaxRights)
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = brandLabels(p, m.rows)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), brandForm(p, m))
}

// next is the form as it goes on: of what is new, an id that is taken is given up.
func (s site) next(values url.Values, m branding, wrong error) url.Values {
	fresh := values == nil
	if fresh {
		values = valuesOf(m.brand)
	}
	if m.brand.ID == "" && (fresh || fault.Is(wrong, fault.Conflict)) {
		values.Set("id", s.Source.ID())
	}
	return values
}

// stepMore asks for room for one more right.
const stepMore = "more"

func (s site) brandSave(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := packed(r.PostForm)
	if values.Get("step") == stepMore {
		return s.brandForm(w, r, v, values, nil)
	}
	d := draftOf(values)
	var wrong error
	if id := r.PathValue("id"); id == "" {
		_, wrong = s.Holders.RegisterBrand(r.Context(), v.Actor(), of(r), d)
	} else {
		version, _ := strconv.ParseInt(values.Get("version"), 10, 64) // what is no number is no version that anybody saw
		_, wrong = s.Holders.AmendBrand(r.Context(), v.Actor(), of(r), holder.BrandID(id), version, d)
	}
	switch {
	case wrong == nil:
		return frame.SeeOther(w, r, s.after(r, v), "brand-saved")
	case frame.Refused(wrong):
		return s.brandForm(w, r, v, values, wrong)
	}
	return wrong
}

// rightFields are those of one right.
var rightFields = []string{"kind", "number", "classes", "countries", "since", "until", "note"}

func rightField(n int, name string) string { return fmt.Sprintf("rights.%d.%s", n, name) }

// rowsOf is how many rows of rights a form has.
func rowsOf(values url.Values) int {
	n := 0
	for values.Has(rightField(n+1, "number")) && n < holder.MaxRights {
		n++
	}
	return n
}

// packed is a form without the rows of rights in which nothing was typed.
func packed(form url.Values) url.Values {
	out := url.Values{}
	for name, all := range form {
		if !strings.HasPrefix(name, "rights.") {
			out[name] = all
		}
	}
	rows := 0
	for n := range rowsOf(form) {
		empty := !slices.ContainsFunc(rightFields[1:], func(f string) bool { return trimmed(form.Get(rightField(n+1, f))) != "" })
		if empty {
			continue
		}
		rows++
		for _, f := range rightFields {
			out.Set(rightField(rows, f), form.Get(rightField(n+1, f)))
		}
	}
	return out
}

// draftOf is the form as a draft; what is no number of a class is one that is refused.
func draftOf(values url.Values) holder.BrandDraft {
	d := holder.BrandDraft{ID: holder.BrandID(values.Get("id")), Name: values.Get("name"), Categories: values["categories"]}
	d.Also = strings.Split(lines(values.Get("also")), "\n")
	for n := range rowsOf(values) {
		get := func(f string) string { return values.Get(rightField(n+1, f)) }
		d.Rights = append(d.Rights, holder.Right{Kind: get("kind"), Number: get("number"), Classes: classes(get("classes")), Countries: countries(get("countries")),
			Since: get("since"), Until: get("until"), Note: lines(get("note"))})
	}
	return d
}

// valuesOf is a brand as its form shows it.
func valuesOf(b holder.Brand) url.Values {
	v := url.Values{"name": {b.Name}, "also": {strings.Join(b.Also, "\n")}, "categories": b.Categories, "version": {strconv.FormatInt(b.Version, 10)}}
	for i, r := range b.Rights {
		for name, value := range map[string]string{"kind": r.Kind, "number": r.Number, "classes": numbers(r.Classes), "countries": strings.Join(shortened(r.Countries), ", "),
			"since": r.Since, "until": r.Until, "note": r.Note} {
			v.Set(rightField(i+1, name), value)
		}
	}
	return v
}

func brandLabels(p *kit.Page, rows int) map[string]string {
	out := frame.Labels(p, "holderpage.field.", "name", "also", "categories", "rights")
	for n := range rows {
		for _, f := range rightFields {
			out[rightField(n+1, f)] = p.T("holderpage.right-field", fault.Args{"number": int64(n + 1), "field": p.T("holderpage.right." + f)})
		}
	}
	return out
}
