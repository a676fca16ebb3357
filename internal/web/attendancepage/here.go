package attendancepage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// arriving is somebody who says: I am here.
type arriving struct {
	attendance.Sheet
	form kit.Form
	link bool // the code came with the address
}

// here asks whether the reader is there; the code may stand in the address. Only the
// button says so: a link that was opened by mistake, or by a program, marks nobody.
func (s site) here(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code := r.URL.Query().Get("code")
	return s.herePage(w, r, v, url.Values{"code": {code}}, code != "", nil)
}

func (s site) herePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, link bool, wrong error) error {
	sheet, p, err := s.opened(r, v, v.Printer.T("attendancepage.here"))
	if err != nil {
		return err
	}
	m := arriving{Sheet: sheet, form: kit.FormOf(values, wrong), link: link}
	m.form.Labels = frame.Labels(p, "attendancepage.field.", "code")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), herePage(p, m))
}

func (s site) join(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	how := attendance.ByCode
	if r.PostForm.Get("link") != "" {
		how = attendance.ByLink
	}
	_, err = s.Attendances.Join(r.Context(), v.Actor(), where.code, where.id, r.PostForm.Get("code"), how)
	if frame.Refused(err) {
		return s.herePage(w, r, v, frame.Keep(r.PostForm), false, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, at(r, "/attendance"), "attendance-joined")
}
