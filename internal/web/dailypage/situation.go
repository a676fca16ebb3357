package dailypage

import (
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// situationView is the situation as it is now, with the form that issues it.
type situationView struct {
	results.Situation
	form kit.Form
}

func (s site) situation(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.situationPage(w, r, v, r.URL.Query().Get("day"), nil, nil)
}

func (s site) situationPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, day string, typed url.Values, wrong error) error {
	figures, err := s.Results.Situation(r.Context(), v.Actor(), frame.CodeOf(r), day)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, figures.Standing, v.Printer.T("situation.title"))
	if typed == nil {
		typed = url.Values{"language": {string(p.Printer.Lang())}}
	}
	view := situationView{figures, kit.FormOf(typed, wrong)}
	view.form.Labels = frame.Labels(p, "situation.", "note")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), situationNow(p, view))
}

// writeHref opens the message form with the report in it.
func writeHref(p *kit.Page, s results.Situation) string {
	return p.Operation.Href + "m/new/situation-report?" + url.Values{"situation": {s.Day}}.Encode()
}

// daysBeside leads to the day before and the day after.
func daysBeside(p *kit.Page, s results.Situation) kit.Pages {
	to := func(by int) string {
		t, err := time.Parse(time.DateOnly, s.Day)
		if err != nil {
			return ""
		}
		day := t.AddDate(0, 0, by).Format(time.DateOnly)
		if day < s.First || day > s.Last {
			return ""
		}
		return p.Operation.Href + "situation?day=" + day
	}
	return kit.Pages{Prev: to(-1), Next: to(1), Shown: kit.Day(p, s.Day), Days: true}
}

// situationTable sets the day beside all days.
func situationTable(p *kit.Page, s results.Situation) kit.Table {
	t := kit.Table{Caption: p.T("situation.figures"), Hidden: true, Plain: true, Columns: []kit.Column{{Head: p.T("situation.figure"), Lead: true},
		{Head: p.T("situation.of-day"), Numeric: true}, {Head: p.T("situation.since"), Numeric: true}}}
	row := func(label string, day, since templ.Component) {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(label), day, since}})
	}
	num := func(label string, day, since int64) { row(label, kit.Num(p, day), kit.Num(p, since)) }
	num(p.T("situation.cases"), s.OfDay.Cases, s.Since.Cases)
	for _, unit := range []string{"H87", "KGM", "LTR"} {
		row(p.T("overview.unit."+unit), kit.UserWords("", p.Printer.Micro(s.OfDay.Totals[unit])), kit.UserWords("", p.Printer.Micro(s.Since.Totals[unit])))
	}
	num(p.T("situation.warnings"), s.Sent, s.Warnings)
	num(p.T(nilKey(s)), s.Today.NilReports, s.ToDate.NilReports)
	num(p.T("situation.controls"), s.Today.Controls, s.ToDate.Controls)
	if s.Whole {
		num(p.T("situation.silent"), s.Today.Silent, s.ToDate.Silent)
	}
	return t
}

// nilKey names the nil reports: a member's are its own.
func nilKey(s results.Situation) string {
	if s.Whole {
		return "situation.nil"
	}
	return "situation.nil-own"
}

// groupsTable is one dimension of the day.
func groupsTable(p *kit.Page, head string, groups []results.Group, label func(string) string) kit.Table {
	t := kit.Table{Caption: head, Plain: true, Columns: []kit.Column{{Head: head, Lead: true}, {Head: p.T("situation.cases"), Numeric: true},
		{Head: p.T("situation.quantity"), Numeric: true}}}
	for _, g := range groups {
		name := label(g.Value)
		if g.Value == "" {
			name = p.T("overview.unknown")
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(name), kit.Num(p, g.Cases), kit.UserWords("", p.Printer.Totals(g.Totals))}})
	}
	return t
}
