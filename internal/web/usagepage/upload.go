package usagepage

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

const (
	accepted = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	rowsPage = "/p/import/rows"
)

func (s site) start(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.startPage(w, r, v, nil)
}

func (s site) startPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	st, _, _, err := s.MassUploads.Acting(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.InLibrary(r, v, st, v.Printer.T("massupload.title"))
	f := kit.FormOf(url.Values{}, wrong)
	f.Labels = frame.Labels(p, "massupload.field.", "file")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), startPage(p, f))
}

func (s site) hand(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	part, name, err := filePart(r)
	if err == nil {
		var id attachment.ID
		if id, err = s.MassUploads.Hand(r.Context(), v.Actor(), name, part); err == nil {
			return frame.SeeOther(w, r, rowsPage+"?file="+url.QueryEscape(string(id)), "")
		}
	}
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		err = &fault.Fault{Kind: fault.TooLarge, Key: "fault.invalid", Fields: []fault.Field{{Path: "file", Key: "spreadsheet.file.too-large",
			Args: fault.Args{"limit": large.Limit >> 20}}}}
	}
	if !frame.Refused(err) && !fault.Is(err, fault.TooLarge) {
		return err
	}
	return s.startPage(w, r, v, err)
}

// filePart is the one file of a form, as it comes.
func filePart(r *http.Request) (io.Reader, string, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, "", fault.Of(fault.Invalid, "fault.malformed").Because(err)
	}
	for {
		var part *multipart.Part
		part, err = parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return strings.NewReader(""), "", nil
		case err != nil:
			return nil, "", fault.Of(fault.Invalid, "fault.malformed").Because(err)
		case part.FormName() == "file":
			return part, part.FileName(), nil
		}
	}
}

func (s site) template(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, _, brands, err := s.MassUploads.Acting(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	var names []string
	for _, b := range brands {
		names = append(names, b.Name)
	}
	var out bytes.Buffer
	if err := massupload.Template(&out, v.Printer, names, st.Now.AddDate(0, 0, product.ValidFor).Format("2006-01-02")); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", `attachment; filename="sheets-template.xlsx"`)
	h.Set("Cache-Control", "no-store")
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}

// rowsView is a file that was handed in, with what the last step did.
type rowsView struct {
	massupload.Look
	file attachment.ID
	done *massupload.Step
	form kit.Form
}

func (s site) look(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.rows(w, r, v, r.URL.Query(), nil, nil)
}

// rows shows a file; asked says which, and for whom.
func (s site) rows(w http.ResponseWriter, r *http.Request, v *frame.Visit, asked url.Values, done *massupload.Step, wrong error) error {
	m := rowsView{file: attachment.ID(asked.Get("file")), done: done}
	var err error
	if m.Look, err = s.MassUploads.Look(r.Context(), v.Actor(), m.file, organisation.ID(asked.Get("holder"))); err != nil {
		return err
	}
	p := s.InLibrary(r, v, m.Standing, v.Printer.T("massupload.title"))
	m.form = kit.FormOf(asked, wrong)
	m.form.Labels = frame.Labels(p, "massupload.field.", "to", "holder", "replace")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), rowsPageOf(p, m))
}

// step saves or publishes so many rows, and shows the file again.
func (s site) step(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	file, of := attachment.ID(f.Get("file")), organisation.ID(f.Get("holder"))
	var done massupload.Step
	var err error
	if f.Get("do") == "publish" {
		done, err = s.MassUploads.Publish(r.Context(), v.Actor(), file, of, toOf(f))
	} else {
		done, err = s.MassUploads.Save(r.Context(), v.Actor(), file, of, f.Get("replace") != "")
	}
	if err != nil && !frame.Refused(err) {
		return err
	}
	return s.rows(w, r, v, f, &done, err)
}

// toOf reads for whom sheets are: all customs, or the administrations of countries.
func toOf(f url.Values) product.To {
	if f.Get("to") == "all" {
		return product.To{All: true}
	}
	return product.To{Countries: strings.FieldsFunc(f.Get("countries"), func(r rune) bool { return strings.ContainsRune(" ,;", r) })}
}

// holderOptions are those for whom the actor may hand files in.
func holderOptions(all []holder.Acting) []kit.Option {
	var out []kit.Option
	for _, a := range all {
		out = append(out, kit.Option{Value: string(a.Holder.ID), Label: a.Holder.Name})
	}
	return out
}
