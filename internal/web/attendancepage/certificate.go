package attendancepage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// giving asks for which share of the sessions certificates are given.
type giving struct {
	attendance.Sheet
	form kit.Form
}

func (s site) certifyAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.certifyPage(w, r, v, url.Values{"share": {v.Printer.Number(attendance.Half)}}, nil)
}

func (s site) certifyPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	sheet, p, err := s.hosted(r, v, v.Printer.T("attendancepage.certify"))
	if err != nil {
		return err
	}
	g := giving{sheet, kit.FormOf(values, wrong)}
	g.form.Labels = frame.Labels(p, "attendancepage.field.", "share")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), certifyPage(p, g))
}

func (s site) certify(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	share, wrong := frame.WholeNumber("share", r.PostForm.Get("share"), "attendance.share")
	given, err := s.Attendances.Certify(r.Context(), v.Actor(), where.code, where.id, share) // who may not is told nothing of the number
	switch {
	case err == nil && given == 0:
		return frame.SeeOther(w, r, at(r, "/attendance"), "certificates-none")
	case err == nil:
		return frame.SeeOther(w, r, at(r, "/attendance"), "certificates-given")
	case frame.Refused(err):
		if wrong == nil {
			wrong = err
		}
		return s.certifyPage(w, r, v, frame.Keep(r.PostForm), wrong)
	}
	return err
}

func (s site) anew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	if err := s.Attendances.Anew(r.Context(), v.Actor(), where.code, where.id, participant.ID(r.PostForm.Get("participant"))); err != nil {
		return err
	}
	return frame.SeeOther(w, r, at(r, "/attendance"), "certificate-anew")
}

// printed is a certificate on its page.
type printed struct {
	attendance.Paper
	form  kit.Form
	check string // address where it is checked
	drawn barcode.Drawn
}

func (s site) printed(r *http.Request, v *frame.Visit) (m printed, p *kit.Page, err error) {
	where, err := s.place(r, v)
	if err != nil {
		return m, nil, err
	}
	m.Paper, err = s.Attendances.Print(r.Context(), v.Actor(), where.code, where.id, workshop.ID(r.PathValue("certificate")))
	if err != nil {
		return m, nil, err
	}
	v.Printer = s.Printer(m.Standing, v.Printer.Lang())
	p = s.Page(r, v, v.Printer.T("attendancepage.certificate"), m.Name)
	p.Styles = []string{"certificate.css"}
	m.check = origin(r) + checkAt
	m.drawn, _ = barcode.Draw(m.check + "?number=" + m.Number)
	return m, p, nil
}

func (s site) paper(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.printed(r, v)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, paperPage(p, m))
}

func (s site) revokeAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.revokePage(w, r, v, url.Values{}, nil)
}

func (s site) revokePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	m, p, err := s.printed(r, v)
	if err != nil {
		return err
	}
	if !m.MayRevoke {
		return fault.Missing()
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = frame.Labels(p, "attendancepage.field.", "reason")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), revokePage(p, m))
}

func (s site) revoke(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	err = s.Attendances.Revoke(r.Context(), v.Actor(), where.code, where.id, workshop.ID(r.PathValue("certificate")), r.PostForm.Get("reason"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, at(r, "/attendance"), "certificate-revoked")
	case frame.Refused(err):
		return s.revokePage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

func (s site) mine(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.Attendances.Mine(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, minePage(s.Page(r, v, v.Printer.T("attendancepage.mine")), all))
}

// checking is a certificate that somebody checks; the answer is empty before.
type checking struct {
	attendance.Checked
	form kit.Form
}

func (s site) checkAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.checkPage(w, r, v, checking{form: kit.FormOf(url.Values{"number": {r.URL.Query().Get("number")}}, nil)})
}

func (s site) checkPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, c checking) error {
	p := s.Page(r, v, v.Printer.T("attendancepage.check"))
	p.Path = checkAt // a switch of language must not repeat a form
	status := http.StatusOK
	if c.form.Fault != nil {
		status = http.StatusUnprocessableEntity
	}
	return frame.Show(w, r, status, checkPage(p, c))
}

func (s site) check(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	var p fault.Problems
	for _, name := range []string{"number", "name"} {
		if strings.TrimSpace(r.PostForm.Get(name)) == "" {
			p.Add(name, "fault.required")
		}
	}
	if err := p.Fault(); err != nil {
		return s.checkPage(w, r, v, checking{form: kit.FormOf(frame.Keep(r.PostForm), err)})
	}
	told, err := s.Attendances.Check(r.Context(), r.PostForm.Get("number"), r.PostForm.Get("name"))
	if err != nil {
		return err
	}
	return s.checkPage(w, r, v, checking{told, kit.FormOf(frame.Keep(r.PostForm), nil)})
}
