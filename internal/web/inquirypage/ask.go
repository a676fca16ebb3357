package inquirypage

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// asking is the form that asks about a case.
type asking struct {
	inquiry.Offer
	base string // address of the form
	form kit.Form
	seen inquiry.View // what the right holder will see
	held []kit.File   // copies of pictures, to be blacked out before they are sent
}

func (s site) askAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.askForm(w, r, v, nil, nil)
}

func (s site) askForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.offered(r, v)
	if err != nil {
		return err
	}
	if values == nil {
		values = url.Values{"id": {s.Source.ID()}, "language": {string(p.Printer.Lang())}, "fields": m.tellable(), "due": {m.Telling.Due.String()}}
		if len(m.Case.Goods) == 1 {
			values.Set("line", "1")
		}
		if h := m.likely(); h != "" {
			values.Set("holder", h)
		}
		if m.Telling.Due == 0 {
			values.Set("due", m.Telling.Calendar.After(m.Telling.Today, 10).String())
		}
	}
	m.form = formOf(p, values, wrong)
	return frame.Show(w, r, frame.FormStatus(wrong), askPage(p, m))
}

func (s site) offered(r *http.Request, v *frame.Visit) (asking, *kit.Page, error) {
	o, err := s.Inquiries.Offer(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"))
	if err != nil {
		return asking{}, nil, err
	}
	p := s.Inside(r, v, o.Standing, v.Printer.T("inquirypage.ask"), o.Case.Reference)
	return asking{Offer: o, base: p.Operation.Href + "c/" + o.Case.Reference + "/ask"}, p, nil
}

// likely is the one right holder whose sheets fit the goods; empty: there is none, or
// more than one.
func (m asking) likely() string {
	var out organisation.ID
	for _, i := range m.Sheets {
		if out != "" && out != i.Holder.ID {
			return ""
		}
		out = i.Holder.ID
	}
	return string(out)
}

// tellable are the fields that the law lets be told now, pictures apart.
func (m asking) tellable() (out []string) {
	for _, f := range inquiry.Offered() {
		if _, ok := m.Telling.MayTell[f]; ok && f != "photo" {
			out = append(out, f)
		}
	}
	return out
}

// showable are the case's pictures, where pictures may be shown.
func (m asking) showable() (out []seizure.Photo) {
	if _, ok := m.Telling.MayTell["photo"]; !ok {
		return nil
	}
	for _, photo := range m.Case.Photos {
		if photo.Stands() && photo.File.IsPicture() {
			out = append(out, photo)
		}
	}
	return out
}

func draftOf(f url.Values) inquiry.Draft {
	d := inquiry.Draft{ID: inquiry.ID(f.Get("id")), Holder: organisation.ID(f.Get("holder")), Line: number(f.Get("line")), Fields: f["fields"],
		Question: lines(f.Get("question")), Language: f.Get("language"), Due: f.Get("due"), Apart: f.Get("apart") != "",
		Sheet: inquiry.Sheet{ID: f.Get("sheet")}}
	for _, id := range f["copy"] {
		d.Pictures = append(d.Pictures, attachment.ID(id))
	}
	return d
}

// ask shows what the right holder would see, and then, once that was looked at, asks.
// Before the first look the chosen pictures are copied: nobody is shown a picture of the
// case itself.
func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	switch {
	case f.Get("change") != "":
		return s.askForm(w, r, v, f, nil)
	case f.Get("send") == "":
		if err := s.copies(r, v, f); err != nil {
			return s.refusedAsk(w, r, v, err)
		}
		return s.checkPage(w, r, v, nil)
	}
	made, err := s.Inquiries.Ask(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"), draftOf(f))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.checkPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.InquiryHref(string(made.ID)), "inquiry-asked")
}

func (s site) refusedAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.askForm(w, r, v, r.PostForm, err)
	}
	return err
}

// copies has the chosen pictures of the case written anew. Those of an earlier look are
// thrown away by housekeeping.
func (s site) copies(r *http.Request, v *frame.Visit, f url.Values) error {
	m, _, err := s.offered(r, v)
	if err != nil {
		return err
	}
	if f["copy"] != nil && f.Get("again") != "" { // looked at again, after something was blacked out
		return nil
	}
	f.Del("copy")
	for _, photo := range m.showable() {
		if !slices.Contains(f["pictures"], string(photo.File.ID)) || len(f["copy"]) >= inquiry.MaxPictures {
			continue
		}
		a, err := s.Attachments.Copy(r.Context(), v.Actor(), frame.CodeOf(r), attachment.Name{Seq: photo.Attachment}, attachment.ID(source.Real().ID()), nil)
		if err != nil {
			return err
		}
		f.Add("copy", string(a.ID))
	}
	return nil
}

// checkPage shows exactly what the right holder will see.
func (s site) checkPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	m, p, err := s.offered(r, v)
	if err != nil {
		return err
	}
	d := draftOf(r.PostForm)
	m.seen, err = s.Inquiries.Preview(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"), d)
	if err != nil {
		return s.refusedAsk(w, r, v, err)
	}
	files, err := s.Attachments.These(r.Context(), v.Actor(), frame.CodeOf(r), d.Pictures)
	if err != nil {
		return err
	}
	for n, a := range files {
		f := frame.FileOf(p, a)
		f.Href = p.Operation.Href + "a/" + string(a.ID)
		f.Thumb, f.Black = f.Href+"?variant=thumbnail&v="+a.Main.SHA256[:8], f.Href+"/black"
		f.Name = pictureName(p, n+1)
		m.held = append(m.held, f)
	}
	m.form = formOf(p, r.PostForm, wrong)
	return frame.Show(w, r, frame.FormStatus(wrong), checkPage(p, m))
}

// requesting is the form that asks about goods without a case.
type requesting struct {
	standing operation.Standing
	base     string
	form     kit.Form
	uploads  kit.Uploads
}

// toRequest leads to the form in the library.
func (s site) toRequest(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if _, err := s.Inquiries.Library(r.Context(), v.Actor()); err != nil {
		return err
	}
	to := "/o/" + string(operation.Library) + "/request"
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	return frame.SeeOther(w, r, to, "")
}

func (s site) requestAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.requestForm(w, r, v, nil, nil)
}

func (s site) requestForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	if frame.CodeOf(r) != operation.Library {
		return fault.Missing()
	}
	st, err := s.Inquiries.Library(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("inquirypage.request"))
	if values == nil {
		q := r.URL.Query()
		values = url.Values{"id": {s.Source.ID()}, "language": {string(p.Printer.Lang())}, "category": {q.Get("category")}, "code": {q.Get("code")},
			"due": {st.Now.AddDate(0, 0, 14).Format("2006-01-02")}}
	}
	m := requesting{standing: st, base: "/o/" + string(operation.Library) + "/request", form: formOf(p, values, wrong)}
	if st.May(access.AttachmentUpload) {
		if m.uploads, err = s.Uploads(r, v, p, values); err != nil {
			return err
		}
	}
	return frame.Show(w, r, frame.FormStatus(wrong), requestPage(p, m))
}

func (s site) request(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	if err := v.RefusedFiles(); err != nil {
		return s.requestForm(w, r, v, f, err)
	}
	if frame.CodeOf(r) != operation.Library {
		return fault.Missing()
	}
	made, err := s.Inquiries.Request(r.Context(), v.Actor(), inquiry.RequestDraft{ID: inquiry.ID(f.Get("id")), Category: f.Get("category"), Code: f.Get("code"),
		Question: lines(f.Get("question")), Language: f.Get("language"), Pictures: frame.Attached(f), Due: f.Get("due")})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.requestForm(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.InquiryHref(string(made.ID)), "inquiry-requested")
}
