package productpage

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// showView is a sheet as somebody reads it.
type showView struct {
	product.Opened
	says    product.Content // the version, or in a preview what is being written
	preview bool
	lang    string // in which the reader wants it
	asked   string // language of the address; empty: the reader's own
	from    string // of the address: whose sheet of this id
	form    kit.Form
	here    protection.Line   // for the reader's country; empty: it has none
	asks    []contact.Contact // whom to ask, best first

	practise bool // there is a lesson on it
}

// named is the sheet that an address names.
func named(r *http.Request) product.Name {
	return product.Name{ID: product.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("from"))}
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.showAgain(w, r, v, nil, nil)
}

// showAgain shows a sheet, and what was wrong with a mark.
func (s site) showAgain(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if err := s.beside(r, v, &o); err != nil {
		return err
	}
	if values == nil {
		values = url.Values{"id": {s.Source.ID()}}
	}
	o.form = kit.FormOf(values, wrong)
	o.form.Labels = map[string]string{"note": p.T("productpage.field.misled")}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), showPage(p, o))
}

// beside reads what an officer needs beside the sheet: what may be done here, and whom
// to ask.
func (s site) beside(r *http.Request, v *frame.Visit, o *showView) (err error) {
	if !o.customs() {
		return nil
	}
	if o.practise, err = s.Lessons.OfSheet(r.Context(), v.Actor(), o.ID); err != nil {
		return err
	}
	if o.here, err = s.Protections.ForBrand(r.Context(), v.Actor(), o.Organisation, o.Sheet.Brand); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	o.asks, err = s.Contacts.ForSheet(r.Context(), v.Actor(), o.Organisation, o.Sheet.Brand, string(v.Printer.Lang()))
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	o.asks = o.asks[:min(len(o.asks), 1)]
	return err
}

// opened reads a sheet: a version by its number, or the draft for its own side.
func (s site) opened(r *http.Request, v *frame.Visit) (o showView, p *kit.Page, err error) {
	q := r.URL.Query()
	number, _ := strconv.ParseInt(q.Get("version"), 10, 64) // what is no number is the newest
	if o.Opened, err = s.Products.Read(r.Context(), v.Actor(), named(r), number); err != nil {
		return o, nil, err
	}
	o.says, o.from = o.Content, q.Get("from")
	if q.Has("draft") && o.Working != nil || o.Version == 0 && o.Working != nil {
		o.says, o.preview = *o.Working, true
	}
	o.lang = string(v.Printer.Lang())
	if l := q.Get("lang"); slices.Contains(o.says.Languages(), l) {
		o.lang, o.asked = l, l
	}
	name, _ := o.says.Name.In(o.lang, o.says.Language)
	return o, s.page(r, v, o.Standing, cmp.Or(name, v.Printer.T("productpage.no-name"))), nil
}

// at is the address of this sheet, or of what stands below it.
func (o showView) at(more string) string {
	q := url.Values{}
	if o.from != "" {
		q.Set("from", o.from)
	}
	if o.asked != "" {
		q.Set("lang", o.asked)
	}
	if o.preview && o.Version > 0 {
		q.Set("draft", "1")
	}
	more, own, _ := strings.Cut(more, "?")
	if also, err := url.ParseQuery(own); err == nil {
		for n, values := range also {
			q[n] = values
		}
	}
	if len(q) == 0 {
		return href(o.ID, more)
	}
	return href(o.ID, more) + "?" + q.Encode()
}

// text gives a text of the sheet and the language that it is in.
func (o showView) text(t product.Text) (text, in string) { return t.In(o.lang, o.says.Language) }

// missing tells whether the reader's language says less than the main one.
func (o showView) missing() bool {
	_, in := o.text(o.says.Name)
	return !slices.Contains(o.says.Languages(), o.lang) && frame.BaseLanguage(in) != frame.BaseLanguage(o.lang)
}

// customs tells whether the reader may stand before such goods.
func (o showView) customs() bool { return o.Standing.May(access.ProductMark) }

// picture is a picture of the sheet; false: it is missing.
func (o showView) picture(id attachment.ID) (attachment.Attachment, bool) {
	a, ok := o.Pictures[id]
	return a, ok && a.IsPicture()
}

// codes are the sheet's codes of one kind.
func (o showView) codes(kind string) (out []string) {
	for _, c := range o.says.Codes {
		if c.Kind == kind {
			out = append(out, c.Value)
		}
	}
	return out
}

// use leads to the form of a case with the sheet in it: at once where the reader
// reports in one operation, else by a choice among them.
func (s site) use(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.customs() {
		return fault.Missing()
	}
	list, err := s.reporting(r, v)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return frame.SeeOther(w, r, caseHref(list[0], o), "")
	}
	return frame.Show(w, r, http.StatusOK, usePage(p, o, list))
}

// reporting are the real operations in which the reader may report a case: in a
// practice nothing is counted as the use of a sheet.
func (s site) reporting(r *http.Request, v *frame.Visit) (out []operation.Operation, err error) {
	all, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation)
	if err != nil {
		return nil, err
	}
	for _, sum := range all {
		if sum.Membership.State == operation.Invited {
			continue
		}
		st, err := s.Operations.Read(r.Context(), v.Actor(), sum.Operation.Code)
		if err == nil && st.May(access.SeizureReport) {
			out = append(out, st.Operation)
		} else if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return out, nil
}

func caseHref(o operation.Operation, of showView) string {
	return "/o/" + string(o.Code) + "/c/new?sheet=" + url.QueryEscape(string(of.ID))
}

// ask is where the right holder of this sheet is asked about goods.
func (o showView) ask() string { return "/p/request?sheet=" + url.QueryEscape(string(o.ID)) }

func (s site) mark(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m := product.Marking{ID: r.PostForm.Get("id"), Kind: r.PostForm.Get("kind"), Note: strings.TrimSpace(r.PostForm.Get("note"))}
	m.Version, _ = strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // what is no number is no version, and refused
	err := s.Products.Mark(r.Context(), v.Actor(), named(r), m)
	switch {
	case err == nil && m.Kind == product.Helped:
		return frame.SeeOther(w, r, href(named(r).ID, ""), "product-helped")
	case err == nil:
		return frame.SeeOther(w, r, href(named(r).ID, ""), "product-misled")
	case frame.Refused(err):
		return s.showAgain(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// reader says for whom a sheet is, in words that name nobody.
func reader(p *kit.Page, to product.To) string {
	var out []string
	if to.All {
		return p.T("productpage.to-all")
	}
	if len(to.Countries) > 0 {
		var names []string
		for _, c := range to.Countries {
			names = append(names, p.Printer.Country(c))
		}
		out = append(out, p.T("productpage.to-countries", fault.Args{"countries": p.Printer.List(names)}))
	}
	if len(to.Operations) > 0 {
		out = append(out, p.T("productpage.to-operations"))
	}
	if len(out) == 0 {
		return p.T("productpage.to-own")
	}
	return p.Printer.List(out)
}

// category is what kind of goods.
func category(p *kit.Page, c product.Content) string {
	if c.Category == "" {
		return ""
	}
	return p.Printer.Code(codelist.Category.Name(), c.Category)
}
