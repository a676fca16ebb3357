package dailypage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) issuedRoutes() []frame.Route {
	return []frame.Route{
		get("situation/{$}", access.SituationRead, s.issued),
		get("situation/{seq}", access.SituationRead, s.issuedOne),
		post("situation", access.SituationIssue, s.issue),
		post("situation/plan", access.SituationPlan, s.plan),
	}
}

// issuedView is the list of reports that were issued, with the plan.
type issuedView struct {
	situation.Page
	base string
	form kit.Form // of the plan
}

func (v issuedView) next() string {
	if !v.More {
		return ""
	}
	return v.base + "?before=" + strconv.FormatInt(v.Reports[len(v.Reports)-1].Seq, 10)
}

func (s site) issued(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.issuedPage(w, r, v, nil, nil)
}

func (s site) issuedPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil {
		before = 0
	}
	page, err := s.Situations.List(r.Context(), v.Actor(), frame.CodeOf(r), before)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = planValues(page.Plan)
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("situation.issued"))
	view := issuedView{Page: page, base: p.Operation.Href + "situation/", form: kit.FormOf(typed, wrong)}
	view.form.Labels = frame.Labels(p, "situation.plan.", "time")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), issuedListPage(p, view))
}

func (s site) issuedOne(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err != nil {
		return err
	}
	shown, err := s.Situations.Read(r.Context(), v.Actor(), frame.CodeOf(r), seq)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, shown.Standing, v.Printer.T("situation.report-of", fault.Args{"day": i18n.Day(shown.Report.Day)}))
	return frame.Show(w, r, http.StatusOK, issuedOnePage(p, shown))
}

func (s site) issue(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d := situation.Draft{Day: r.PostFormValue("day"), Note: r.PostFormValue("note"), Language: r.PostFormValue("language")}
	made, err := s.Situations.Issue(r.Context(), v.Actor(), frame.CodeOf(r), d)
	if frame.Refused(err) {
		return s.situationPage(w, r, v, d.Day, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"situation/"+strconv.FormatInt(made.Seq, 10), "situation-issued")
}

func (s site) plan(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p, err := planOf(r.PostForm)
	if err == nil {
		_, err = s.Situations.Plan(r.Context(), v.Actor(), frame.CodeOf(r), p)
	} else if !st.May(access.SituationPlan) {
		err = fault.Missing()
	}
	if frame.Refused(err) {
		return s.issuedPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"situation/", "situation-planned")
}

// planOf reads the form of a plan. Hours and minutes are typed as one time.
func planOf(q url.Values) (situation.Plan, error) {
	p := situation.Plan{On: q.Get("on") == "1", DayBefore: q.Get("of") == "before"}
	t, err := time.Parse("15:04", strings.TrimSpace(q.Get("time")))
	if err != nil {
		var wrong fault.Problems
		wrong.Add("time", "situation.plan.no-time")
		return p, wrong.Fault()
	}
	p.Hour, p.Minute = t.Hour(), t.Minute()
	return p, nil
}

func planValues(m situation.Made) url.Values {
	v := url.Values{"time": {"18:00"}, "of": {"same"}}
	if m.Seq == 0 {
		return v
	}
	v.Set("time", clock(m.Plan))
	if m.On {
		v.Set("on", "1")
	}
	if m.DayBefore {
		v.Set("of", "before")
	}
	return v
}

// clock is the hour of a plan, as it is typed.
func clock(p situation.Plan) string {
	return time.Date(2000, 1, 1, p.Hour, p.Minute, 0, 0, time.UTC).Format("15:04")
}

// planWords say when reports are issued by time.
func planWords(p *kit.Page, v issuedView) string {
	if !v.Plan.On {
		return p.T("situation.plan.none")
	}
	key := "situation.plan.same-day"
	if v.Plan.DayBefore {
		key = "situation.plan.day-before"
	}
	return p.T(key, fault.Args{"time": p.Printer.Isolate(clock(v.Plan.Plan)), "zone": p.Printer.Isolate(v.Standing.Operation.TimeZone)})
}

func issuedTable(p *kit.Page, v issuedView) kit.Table {
	t := kit.Table{Caption: p.T("situation.issued"), Hidden: true, Columns: []kit.Column{{Head: p.T("situation.day"), Lead: true}, {Head: p.T("situation.issued-at")},
		{Head: p.T("situation.how")}, {Head: p.T("situation.of-day"), Numeric: true}, {Head: p.T("situation.since"), Numeric: true}}}
	for _, r := range v.Reports {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{
			issuedLink(p, v.base+strconv.FormatInt(r.Seq, 10), r.Day), kit.When(p, r.At), kit.Text(howWords(p, r)),
			kit.Say(p, "situation.n-cases", fault.Args{"count": r.Figures.OfDay.Cases}), kit.Say(p, "situation.n-cases", fault.Args{"count": r.Figures.Since.Cases})}})
	}
	return t
}

func howWords(p *kit.Page, r situation.Report) string {
	if r.Planned() {
		return p.T("situation.by-time")
	}
	return p.T("situation.by-hand")
}

// frozenTable sets the day beside all days, as they were when the report was issued.
func frozenTable(p *kit.Page, f situation.Figures) kit.Table {
	t := kit.Table{Caption: p.T("situation.figures"), Hidden: true, Plain: true, Columns: []kit.Column{{Head: p.T("situation.figure"), Lead: true},
		{Head: p.T("situation.of-day"), Numeric: true}, {Head: p.T("situation.since"), Numeric: true}}}
	row := func(label string, day, since templ.Component) {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Text(label), day, since}})
	}
	num := func(key string, n situation.Pair) { row(p.T(key), kit.Num(p, n.Day), kit.Num(p, n.Since)) }
	num("situation.cases", situation.Pair{Day: f.OfDay.Cases, Since: f.Since.Cases})
	for _, unit := range frozenUnits(f) {
		row(p.Printer.Unit(unit), kit.UserWords("", p.Printer.Micro(f.OfDay.Totals[unit])), kit.UserWords("", p.Printer.Micro(f.Since.Totals[unit])))
	}
	num("situation.warnings", f.Warnings)
	num("situation.nil", f.NilReports)
	num("situation.controls", f.Controls)
	num("situation.silent", f.Silent)
	return t
}

func frozenUnits(f situation.Figures) []string {
	out := []string{"H87", "KGM", "LTR"}
	for unit := range f.Since.Totals {
		if unit != "H87" && unit != "KGM" && unit != "LTR" {
			out = append(out, unit)
		}
	}
	i18n.SortUnits(out)
	return out
}

// frozenGroups is one dimension of the day.
func frozenGroups(p *kit.Page, head string, groups []situation.Group, label func(string) string) kit.Table {
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
