package dailypage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) nilRoutes() []frame.Route {
	return []frame.Route{
		get("nil/{day}", access.NilReportSend, s.nilShow),
		post("nil/{day}", access.NilReportSend, s.nilSend),
		post("nil/{day}/withdraw", access.NilReportWithdraw, s.nilWithdraw),
	}
}

// nilView is the page of one day's nil report.
type nilView struct {
	base, day string
	report    nilreport.Report
	form      kit.Form
}

// stands tells whether there is one.
func (v nilView) stands() bool { return v.report.State == nilreport.Stands }

func (s site) nilShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.nilPage(w, r, v, nil, nil)
}

func (s site) nilPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	day := r.PathValue("day")
	st, report, err := s.NilReports.Own(r.Context(), v.Actor(), frame.CodeOf(r), day)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("nilreport.title"))
	view := nilView{base: p.Operation.Href, day: day, report: report}
	if wrong == nil {
		wrong = nilreport.Draft{Day: day}.Check(st.Operation, st.Organisation, st.Now) // a day that takes no report says so at once
	}
	if typed == nil {
		typed = nilValues(report, string(p.Printer.Lang()))
	}
	view.form = kit.FormOf(typed, wrong)
	view.form.Labels = frame.Labels(p, "nilreport.", "day", "controls", "remark", "language")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), nilReportPage(p, view))
}

// nilValues are what the form of a report holds at first.
func nilValues(report nilreport.Report, lang string) url.Values {
	v := url.Values{"language": {lang}, "version": {strconv.FormatInt(report.Version, 10)}, "remark": {report.Remark}}
	if report.Language != "" {
		v.Set("language", report.Language)
	}
	if report.Controls != nil {
		v.Set("controls", strconv.FormatInt(*report.Controls, 10))
	}
	return v
}

func (s site) nilSend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d := nilreport.Draft{Day: r.PathValue("day"), Remark: r.PostFormValue("remark"), Language: r.PostFormValue("language"), Version: version(r)}
	var err error
	if text := strings.TrimSpace(r.PostFormValue("controls")); text != "" {
		var n int64
		n, err = frame.WholeNumber("controls", text, "nilreport.controls-number")
		d.Controls = &n
	}
	if err == nil {
		_, err = s.NilReports.Send(r.Context(), v.Actor(), frame.CodeOf(r), d)
	}
	if frame.Refused(err) {
		return s.nilPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"nil/"+d.Day, "nil-sent")
}

func (s site) nilWithdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.NilReports.Withdraw(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("day"), version(r))
	if frame.Refused(err) {
		return s.nilPage(w, r, v, nil, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r), "nil-withdrawn")
}
