package seizurepage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// photoForm is the limit of the form of photos without its files.
const photoForm = 512 << 10

func (s site) photoRoutes() []frame.Route {
	const at = "/o/{op}/c/{ref}/photos"
	const rule = "/o/{op}/settings/originals"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: at, Command: access.SeizureRead}, Handle: s.photosShow},
		{Route: door.Route{Method: "POST", Pattern: at, Command: access.SeizureAttach, Limit: photoForm}, Files: true, Handle: s.photosAdd},
		{Route: door.Route{Method: "GET", Pattern: at + "/{photo}/withdraw", Command: access.SeizureDetach}, Handle: s.photoAsk},
		{Route: door.Route{Method: "POST", Pattern: at + "/{photo}/withdraw", Command: access.SeizureDetach, Limit: frame.SmallForm}, Handle: s.photoWithdraw},
		{Route: door.Route{Method: "GET", Pattern: rule, Command: access.AttachmentRetain}, Handle: s.originalsShow},
		{Route: door.Route{Method: "POST", Pattern: rule, Command: access.AttachmentRetain, Limit: frame.SmallForm}, Handle: s.originalsSet},
	}
}

// photosView is the page of a case's photos.
type photosView struct {
	seizure.File
	base    string // address of the cases
	form    kit.Form
	uploads kit.Uploads
	rule    attachment.Rule
}

func (c photosView) at() string { return c.base + c.Case.Reference }

// language is that in which captions are written.
func (c photosView) language(p *kit.Page) string {
	if c.Case.Language != "" {
		return c.Case.Language
	}
	return string(p.Printer.Lang())
}

// mayAttach tells whether the reader may add photos to the case.
func mayAttach(f seizure.File) bool {
	return f.Own() && f.Standing.May(access.SeizureAttach) && f.Case.State != seizure.Withdrawn && f.Case.Redacted == ""
}

// left is how many more the case takes.
func (c photosView) left() int64 { return int64(attachment.MaxOfRecord - len(c.Case.Photos)) }

// photos opens the page of a case's photos with what its form holds.
func (s site) photos(r *http.Request, v *frame.Visit, values url.Values, wrong error) (c photosView, p *kit.Page, err error) {
	if c.File, err = casepart.Read(s.Site, r, v); err != nil {
		return c, nil, err
	}
	c.base, c.form = casepart.Base(frame.CodeOf(r)), kit.FormOf(values, wrong)
	p = s.Inside(r, v, c.Standing, v.Printer.T("photopage.title"), c.Case.Reference)
	if c.Standing.May(access.AttachmentUpload) {
		if _, c.rule, err = s.Attachments.Rule(r.Context(), v.Actor(), frame.CodeOf(r)); err != nil {
			return c, nil, err
		}
	}
	if !mayAttach(c.File) {
		return c, p, nil
	}
	c.uploads, err = s.Uploads(r, v, p, values)
	c.form.Labels = map[string]string{"files": p.T("attachment.field"), "attachments": p.T("attachment.field")}
	for _, h := range c.uploads.Held {
		c.form.Labels["caption-"+h.ID], c.form.Labels["kind-"+h.ID] = p.T("photopage.caption"), p.T("photopage.kind")
	}
	return c, p, err
}

func (s site) photosShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, p, err := s.photos(r, v, url.Values{}, nil)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, photosPage(p, c))
}

func (s site) photosAdd(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, _, err := s.photos(r, v, r.PostForm, nil)
	if err != nil {
		return err
	}
	drafts, said := photoDrafts(r.PostForm)
	wrong := v.RefusedFiles()
	if wrong == nil && (said || len(drafts) == 0) { // what is new is first shown, to be looked at and described
		if _, wrong = s.Seizures.Attach(r.Context(), v.Actor(), frame.CodeOf(r), c.Case.Seq, drafts); wrong == nil {
			return frame.SeeOther(w, r, c.at(), "photos-added")
		}
		if !frame.Refused(wrong) {
			return wrong
		}
	}
	c, p, err := s.photos(r, v, r.PostForm, wrong)
	if err != nil {
		return err
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), photosPage(p, c))
}

// photoDrafts reads what the form says of the files that it holds; said: of all.
func photoDrafts(form url.Values) (out []seizure.PhotoDraft, said bool) {
	said = form.Get("step") != stepLook
	for _, id := range frame.Attached(form) {
		d := seizure.PhotoDraft{ID: id, Kind: form.Get("kind-" + string(id)), Caption: form.Get("caption-" + string(id)), Language: form.Get("language")}
		said = said && d.Kind != ""
		out = append(out, d)
	}
	return out, said
}

// The steps of the form: what was chosen is looked at before it is added.
const (
	stepLook = "look"
	stepAdd  = "add"
)

// photoAt opens a case of the reader's organisation with the photo of an address.
func (s site) photoAt(r *http.Request, v *frame.Visit) (seizure.File, seizure.Photo, error) {
	f, err := casepart.Read(s.Site, r, v)
	n, bad := strconv.ParseInt(r.PathValue("photo"), 10, 64)
	if err != nil || bad != nil || !f.Own() || !f.Standing.May(access.SeizureDetach) || f.Case.Redacted != "" {
		return f, seizure.Photo{}, firstFault(err)
	}
	for _, p := range f.Case.Photos {
		if p.Attachment == n {
			return f, p, nil
		}
	}
	return f, seizure.Photo{}, fault.Missing()
}

func firstFault(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

func (s site) photoAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, photo, err := s.photoAt(r, v)
	if err == nil && !photo.Stands() {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	p := s.Inside(r, v, f.Standing, v.Printer.T("photopage.withdraw"), f.Case.Reference)
	return frame.Show(w, r, http.StatusOK, photoWithdrawPage(p, f, photo, kit.FormOf(url.Values{}, nil)))
}

func (s site) photoWithdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, photo, err := s.photoAt(r, v)
	if err != nil {
		return err
	}
	err = s.Seizures.Detach(r.Context(), v.Actor(), frame.CodeOf(r), f.Case.Seq, photo.Attachment, r.PostForm.Get("reason"))
	if err == nil {
		return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), f.Case.Reference)+"/photos", "photo-withdrawn")
	}
	if !frame.Refused(err) {
		return err
	}
	p := s.Inside(r, v, f.Standing, v.Printer.T("photopage.withdraw"), f.Case.Reference)
	p.Error = true
	form := kit.FormOf(r.PostForm, err)
	form.Labels = map[string]string{"reason": p.T("casepage.field.reason")}
	return frame.Show(w, r, door.Status(err), photoWithdrawPage(p, f, photo, form))
}

func (s site) originalsShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, rule, err := s.Attachments.Rule(r.Context(), v.Actor(), frame.CodeOf(r))
	if err == nil && !st.May(access.AttachmentRetain) {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("photopage.originals"))
	form := kit.FormOf(url.Values{"kept": {strconv.FormatBool(rule.Kept)}}, nil)
	return frame.Show(w, r, http.StatusOK, originalsPage(p, rule, form))
}

func (s site) originalsSet(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Attachments.Retain(r.Context(), v.Actor(), frame.CodeOf(r), r.PostForm.Get("kept") == "true"); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/settings/originals", "originals")
}

// shownOnCase is how many photos stand on the page of the case.
const shownOnCase = 6

// alt is what is said of a photo to who does not see it.
func alt(p *kit.Page, ph seizure.Photo) string {
	name := ph.Caption
	if name == "" {
		name = ph.File.FileName()
	}
	return p.T("attachment.picture", fault.Args{"name": name})
}

func kindWord(p *kit.Page, kind string) string { return p.T("photopage.is." + kind) }

func kindOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, k := range seizure.PhotoKinds() {
		out = append(out, kit.Option{Value: k, Label: kindWord(p, k)})
	}
	return out
}

// kindOf is what a file probably is, until its sender says so.
func kindOf(f kit.Form, h kit.File) kit.Form {
	if f.Value("kind-"+h.ID) == "" {
		kind := seizure.PhotoKind
		if h.Thumb == "" {
			kind = seizure.DocumentKind
		}
		f.Values.Set("kind-"+h.ID, kind)
	}
	return f
}
