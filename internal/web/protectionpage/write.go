package protectionpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// writing is an application that is being written.
type writing struct {
	protection.Choices
	form   kit.Form
	action string
	back   string
	amends bool
	all    bool // all of it may be changed; false: it may be revoked
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	out := frame.Labels(p, "protectionpage.field.", "brands", "rights", "country", "countries", "categories", "directions", "state", "number", "since", "until",
		"contact", "note", "reason", "ex-officio", "small", "how", "source", "date")
	out["holder"] = out["brands"]
	return out
}

func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// codes are the words of a field that holds several codes.
func codes(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;،、", r) })
}

// read is the form as a draft: brands are written holder/brand.
func read(f url.Values) protection.Draft {
	d := protection.Draft{ID: protection.ApplicationID(f.Get("id")), Countries: codes(f.Get("countries")), Categories: f["categories"], Directions: f["directions"],
		State: f.Get("state"), Number: f.Get("number"), Since: f.Get("since"), Until: f.Get("until"), Contact: lines(f.Get("contact")), Note: lines(f.Get("note")),
		Everybody: f.Get("everybody") != "", Reason: lines(f.Get("reason"))}
	if d.Country = f.Get("country"); d.Country == "" && len(d.Countries) > 0 {
		d.Country = d.Countries[0]
	}
	for _, b := range f["brands"] {
		of, brand, _ := strings.Cut(b, "/")
		d.Holder, d.Brands = organisation.ID(of), append(d.Brands, holder.BrandID(brand))
	}
	for s := range strings.Lines(lines(f.Get("rights"))) {
		d.Rights = append(d.Rights, strings.TrimSpace(s))
	}
	return d
}

// values is an application as the form holds it.
func values(o protection.Opened) url.Values {
	d := o.Application.Draft()
	f := url.Values{"id": {string(d.ID)}, "seen": {strconv.FormatInt(o.Version, 10)}, "country": {d.Country}, "countries": {strings.Join(d.Countries, ", ")},
		"categories": d.Categories, "directions": d.Directions, "state": {d.State}, "number": {d.Number}, "since": {d.Since}, "until": {d.Until},
		"contact": {d.Contact}, "note": {d.Note}, "reason": {d.Reason}, "rights": {strings.Join(d.Rights, "\n")}}
	if d.Everybody {
		f.Set("everybody", "1")
	}
	for _, b := range d.Brands {
		f.Add("brands", string(o.Of.ID)+"/"+string(b))
	}
	return f
}

func (s site) fileAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.filePage(w, r, v, url.Values{"id": {s.Source.ID()}, "state": {protection.Filed}}, nil)
}

func (s site) filePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, f url.Values, wrong error) error {
	st, choices, err := s.Protections.Filing(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.InLibrary(r, v, st, v.Printer.T("protectionpage.new"), v.Printer.T("protectionpage.title"))
	m := writing{Choices: choices, form: formOf(p, f, wrong), action: base + "new", back: base, all: true}
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

func formOf(p *kit.Page, f url.Values, wrong error) kit.Form {
	out := kit.FormOf(f, wrong)
	out.Labels = labels(p)
	p.Error = wrong != nil
	return out
}

func (s site) file(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	made, _, err := s.Protections.File(r.Context(), v.Actor(), read(r.PostForm))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, base+string(made.ID), "application-filed")
	case !frame.Refused(err):
		return err
	}
	f := frame.Keep(r.PostForm)
	if fault.Is(err, fault.Conflict) {
		f.Set("id", s.Source.ID())
	}
	return s.filePage(w, r, v, f, err)
}

func (s site) amendAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.amendPage(w, r, v, nil, nil)
}

func (s site) amendPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, f url.Values, wrong error) error {
	o, err := s.Protections.Read(r.Context(), v.Actor(), nameOf(r))
	if err != nil {
		return err
	}
	if !o.MayAmend {
		return fault.Missing()
	}
	if f == nil {
		f = values(o)
	}
	p := s.InLibrary(r, v, o.Standing, v.Printer.T("protectionpage.amend"), v.Printer.T("protectionpage.title"))
	m := writing{Choices: o.Choices, form: formOf(p, f, wrong), action: href(o.Item, "/amend"), back: href(o.Item, ""), amends: true, all: o.MayAll}
	m.Holders = slices.DeleteFunc(m.Holders, func(c protection.Choice) bool { return c.Of.ID != o.Of.ID })
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

func (s site) amend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seen, _ := strconv.ParseInt(r.PostForm.Get("seen"), 10, 64) // what is no number is refused as no version
	_, err := s.Protections.Amend(r.Context(), v.Actor(), nameOf(r), read(r.PostForm), seen)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, base+r.PathValue("id")+"?"+url.Values{"of": {r.URL.Query().Get("of")}}.Encode(), "application-amended")
	case frame.Refused(err):
		return s.amendPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// setting is a measure that is being set.
type setting struct {
	protection.Measures
	form kit.Form
}

func (s site) setAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.setPage(w, r, v, nil, nil)
}

func (s site) setPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, f url.Values, wrong error) error {
	all, err := s.Protections.ReadMeasures(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	if !all.MaySet {
		return fault.Missing()
	}
	if f == nil {
		f = s.begun(r, all)
	}
	p := s.InLibrary(r, v, all.Standing, v.Printer.T("protectionpage.set"), v.Printer.T("protectionpage.measures"))
	return frame.Show(w, r, frame.FormStatus(wrong), setPage(p, setting{all, formOf(p, f, wrong)}))
}

// begun is the form as it opens: a legal profile that was asked for, else what is in force.
func (s site) begun(r *http.Request, all protection.Measures) url.Values {
	d := protection.MeasureDraft{}
	if len(all.Own) > 0 {
		o := all.Own[0]
		d = protection.MeasureDraft{Seen: o.Version, Rights: o.Rights, Directions: o.Directions, ExOfficio: o.ExOfficio, Small: o.Small, How: o.How, Source: o.Source,
			Profile: o.Profile, Compared: o.Compared, Date: o.Date}
	}
	if law, ok := legal.Named(r.URL.Query().Get("profile")); ok {
		seen, how := d.Seen, d.How
		d = protection.FromProfile(law)
		d.Seen, d.How = seen, how
	}
	f := url.Values{"id": {s.Source.ID()}, "seen": {strconv.FormatInt(d.Seen, 10)}, "rights": d.Rights, "directions": d.Directions, "ex-officio": {d.ExOfficio},
		"small": {d.Small}, "how": {d.How}, "source": {d.Source}, "profile": {d.Profile}, "date": {d.Date}}
	if d.Compared {
		f.Set("compared", "1")
	}
	return f
}

func (s site) set(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	seen, _ := strconv.ParseInt(f.Get("seen"), 10, 64) // what is no number is refused as no version
	_, err := s.Protections.SetMeasure(r.Context(), v.Actor(), protection.MeasureDraft{ID: protection.MeasureID(f.Get("id")), Seen: seen, Rights: f["rights"],
		Directions: f["directions"], ExOfficio: f.Get("ex-officio"), Small: f.Get("small"), How: lines(f.Get("how")), Source: f.Get("source"),
		Profile: f.Get("profile"), Compared: f.Get("compared") != "", Date: f.Get("date")})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, measures, "measure-set")
	case frame.Refused(err):
		return s.setPage(w, r, v, frame.Keep(f), err)
	}
	return err
}
