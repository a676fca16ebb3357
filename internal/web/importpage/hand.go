package importpage

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/form"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// startView is where sheets are handed in.
type startView struct {
	standing operation.Standing
	sheets   []intake.Sheet
	mappings []intake.Mapping
	form     kit.Form
}

// accepted is what the field of the file offers to choose.
const accepted = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s site) start(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.startPage(w, r, v, nil)
}

// startPage shows the form, again where something is wrong.
func (s site) startPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	var view startView
	var err error
	if view.standing, view.sheets, err = s.Intake.List(r.Context(), v.Actor(), frame.CodeOf(r)); err != nil {
		return err
	}
	if view.mappings, err = s.Intake.Mappings(r.Context(), v.Actor(), frame.CodeOf(r)); err != nil {
		return err
	}
	p := s.Inside(r, v, view.standing, v.Printer.T("importpage.title"))
	view.form = kit.FormOf(url.Values{}, wrong)
	view.form.Labels = frame.Labels(p, "importpage.field.", "file", "name")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), startPage(p, view))
}

func (s site) hand(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	part, name, err := filePart(r)
	if err == nil {
		var made intake.Sheet
		if made, err = s.Intake.Hand(r.Context(), v.Actor(), frame.CodeOf(r), name, part); err == nil {
			return frame.SeeOther(w, r, baseOf(r)+string(made.ID), "")
		}
	}
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		err = &fault.Fault{Kind: fault.TooLarge, Key: "fault.invalid", Fields: []fault.Field{{Path: "file", Key: "spreadsheet.file.too-large",
			Args: fault.Args{"limit": large.Limit >> 20}}}}
	}
	if !frame.Refused(err) {
		return err
	}
	return s.startPage(w, r, v, err)
}

// filePart is the one file of a form, as it comes; without one there is nothing to
// read.
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

// template hands out the sheet of the operation that people fill in.
func (s site) template(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.SeizureReport) {
		return fault.Missing()
	}
	members, err := s.KnownMembers(r.Context(), v.Actor(), st)
	if err != nil {
		return err
	}
	s.Inside(r, v, st) // the printer calls countries as the operation does
	t := form.Template{Printer: v.Printer, Categories: st.Operation.Scope.Categories, Countries: countriesOf(st, members), Day: st.Today()}
	format, write := export.XLSX, t.Workbook
	if strings.HasSuffix(r.URL.Path, ".csv") {
		format, write = export.CSV, t.CSV
	}
	var b bytes.Buffer
	if err = write(&b); err == nil {
		deliver(w, format, string(st.Operation.Code)+"-template."+format)
		_, _ = b.WriteTo(w) // the reader may have gone
	}
	return err
}

// countriesOf are those of who takes part, one's own first.
func countriesOf(st operation.Standing, members []operation.Member) []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(code string) {
		if !seen[code] {
			seen[code] = true
			out = append(out, code)
		}
	}
	add(st.Organisation.Country)
	for _, m := range members {
		add(m.Organisation.Country)
	}
	return out
}

// deliver says that a file follows.
func deliver(w http.ResponseWriter, format, name string) {
	h := w.Header()
	h.Set("Content-Type", export.MediaType(format))
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
}

func (s site) dropMapping(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	err = s.Intake.DropMapping(r.Context(), v.Actor(), frame.CodeOf(r), r.PostForm.Get("name"), version)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, baseOf(r), "mapping-dropped")
	case frame.Refused(err):
		return s.startPage(w, r, v, err)
	}
	return err
}
