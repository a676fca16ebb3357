package documentpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The steps of the form; a button says which one is meant.
const (
	stepPreview = "preview" // show who will read it
	stepPublish = "publish"
)

// writing is a document that is being published.
type writing struct {
	standing operation.Standing
	members  []operation.Member
	form     kit.Form
	uploads  kit.Uploads
	reach    *message.Preview
	base     string
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	out := frame.Labels(p, "documentpage.field.", "kind", "title", "note", "file", "reason")
	out["files"], out["attachments"] = out["file"], out["file"]
	for _, name := range []string{"language", "tlp", "to", "apart"} {
		out[name] = p.T("messagepage.field." + name)
	}
	return out
}

func (s site) writing(r *http.Request, v *frame.Visit) (writing, *kit.Page, error) {
	var m writing
	var err error
	if m.standing, err = s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r)); err != nil {
		return m, nil, err
	}
	if !m.standing.May(access.DocumentPublish) {
		return m, nil, fault.Missing()
	}
	if m.members, err = s.KnownMembers(r.Context(), v.Actor(), m.standing); err != nil {
		return m, nil, err
	}
	p := s.Inside(r, v, m.standing, v.Printer.T("documentpage.new"))
	m.base = p.Operation.Href + "documents/"
	return m, p, nil
}

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	m.form = kit.FormOf(url.Values{"id": {s.Source.ID()}, "language": {frame.WrittenIn(v)}, "tlp": {"AMBER"}, "apart": {frame.Along}}, nil)
	if m.uploads, err = s.uploads(r, v, p, m.form.Values); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, writePage(p, m))
}

// read is the form as a draft. What is wrong with its file alone is told here.
func read(values url.Values, m writing) (document.Draft, error) {
	d := document.Draft{ID: document.ID(values.Get("id")), Kind: values.Get("kind"), Title: values.Get("title"), Language: values.Get("language"),
		TLP: values.Get("tlp"), Note: lines(values.Get("note")), To: frame.AddressOf(values, m.members)}
	if values.Get("to") == frame.ToOwn {
		d.To = audience.Address{Organisations: []int64{m.standing.Who.Organisation}, Apart: true}
	}
	var err error
	d.File, err = fileOf(values)
	return d, err
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func (s site) publish(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	d, wrong := read(r.PostForm, m)
	m.form = kit.FormOf(r.PostForm, nil)
	if err := s.preview(r, v, &m, d); err != nil {
		return err
	}
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, readers(p, m))
	}
	if refused := v.RefusedFiles(); refused != nil {
		wrong = refused
	}
	if r.PostForm.Get("step") == stepPublish && wrong == nil {
		var made document.Document
		if made, _, wrong = s.Documents.Publish(r.Context(), v.Actor(), frame.CodeOf(r), d); wrong == nil {
			return frame.SeeOther(w, r, m.base+strconv.FormatInt(made.Seq, 10), "document-published")
		}
	}
	return s.again(w, r, v, p, m, wrong)
}

// preview asks who would read it. A form that names nobody who may is left without.
func (s site) preview(r *http.Request, v *frame.Visit, m *writing, d document.Draft) error {
	reach, err := s.Messages.Preview(r.Context(), v.Actor(), frame.CodeOf(r), message.Draft{Template: message.General, To: d.To})
	if err == nil {
		m.reach = &reach
	} else if fault.Is(err, fault.Invalid) {
		err = nil
	}
	return err
}

// again shows the form with what was typed. Where its id is taken, it goes on as a
// new document.
func (s site) again(w http.ResponseWriter, r *http.Request, v *frame.Visit, p *kit.Page, m writing, wrong error) (err error) {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	if fault.Is(wrong, fault.Conflict) {
		m.form.Values.Set("id", s.Source.ID())
	}
	m.form = kit.FormOf(m.form.Values, wrong)
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	if m.uploads, err = s.uploads(r, v, p, m.form.Values); err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

// revising is a new version that is being written.
type revising struct {
	showView
	form    kit.Form
	uploads kit.Uploads
}

func (s site) reviseAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.revisePage(w, r, v, nil, nil)
}

// revisePage shows the form of a new version, again where something is wrong.
func (s site) revisePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.MayRevise {
		return fault.Missing()
	}
	values = s.next(values, o, wrong)
	m := revising{showView: o, form: kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	if m.uploads, err = s.uploads(r, v, p, values); err != nil {
		return err
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), revisePage(p, m))
}

// next is the form of a new version as it goes on: what is published after somebody
// else's version is the one after that, and an id that is taken is given up.
func (s site) next(values url.Values, o showView, wrong error) url.Values {
	if values == nil || isConflict(wrong, "document.id-taken") {
		values = frame.Keep(values)
		values.Set("id", s.Source.ID())
	}
	if values.Get("version") == "" || isConflict(wrong, "document.revised-meanwhile") {
		values.Set("version", strconv.FormatInt(o.Version, 10))
	}
	return values
}

func isConflict(err error, key string) bool {
	f, ok := frame.AsFault(err)
	return ok && f.Kind == fault.Conflict && f.Key == key
}

func (s site) revise(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	rev := document.Revision{ID: document.ID(r.PostForm.Get("id")), Note: lines(r.PostForm.Get("note"))}
	rev.Of, _ = strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // what is no number is refused as no version
	var wrong error
	if rev.File, wrong = fileOf(r.PostForm); wrong == nil {
		wrong = v.RefusedFiles()
	}
	if wrong == nil {
		if _, _, wrong = s.Documents.Revise(r.Context(), v.Actor(), frame.CodeOf(r), seq, rev); wrong == nil {
			return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/documents/"+strconv.FormatInt(seq, 10), "document-revised")
		}
	}
	if !frame.Refused(wrong) {
		return wrong
	}
	return s.revisePage(w, r, v, r.PostForm, wrong)
}

// withdrawing asks why a document is taken out of use.
type withdrawing struct {
	showView
	form kit.Form
}

func (s site) withdrawAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawPage(w, r, v, url.Values{}, nil)
}

func (s site) withdrawPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.MayWithdraw {
		return fault.Missing()
	}
	m := withdrawing{o, kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), withdrawPage(p, m))
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	err = s.Documents.Withdraw(r.Context(), v.Actor(), frame.CodeOf(r), seq, r.PostForm.Get("reason"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/documents/"+strconv.FormatInt(seq, 10), "document-withdrawn")
	case frame.Refused(err):
		return s.withdrawPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}
