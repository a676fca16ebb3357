package dailypage

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) rosterRoutes() []frame.Route {
	return []frame.Route{
		get("roster/{$}", access.RosterRead, s.roster),
		get("roster/new", access.RosterPlan, s.shiftWrite),
		post("roster/new", access.RosterPlan, s.shiftPlan),
		get("roster/{seq}", access.RosterRead, s.shiftShow),
		post("roster/{seq}", access.RosterHandOver, s.handOver),
		post("roster/{seq}/read", access.RosterConfirm, s.confirm),
		post("roster/{seq}/withdraw", access.RosterWithdraw, s.shiftWithdraw),
	}
}

func (s site) roster(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	page, err := s.Rosters.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("roster.title"))
	return frame.Show(w, r, http.StatusOK, rosterPage(p, page))
}

// dutyTable is who is on duty in every member.
func dutyTable(p *kit.Page, page roster.Page) kit.Table {
	t := kit.Table{Caption: p.T("roster.now"), Hidden: true, Columns: []kit.Column{{Head: p.T("roster.member"), Lead: true},
		{Head: p.T("roster.person")}, {Head: p.T("roster.phone")}, {Head: p.T("roster.until")}}}
	for _, d := range page.Now {
		name := kit.UserWords("", bodyName(p, d.Organisation.Country, frame.Called(p, d.Organisation)))
		if len(d.Shifts) == 0 {
			t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{name, none(p.T("roster.nobody")), nil, nil}})
		}
		for _, sh := range d.Shifts {
			zone := zoneNamed(d.Organisation.TimeZone)
			t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{name, kit.UserWords("", sh.Name), kit.Code(sh.Phone), kit.UserWords("", p.Printer.Time(sh.Ends, zone))}})
		}
	}
	return t
}

func zoneNamed(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil {
		return l
	}
	return time.UTC
}

// shiftItems are the shifts of the reader's organisation.
func shiftItems(p *kit.Page, page roster.Page) []kit.Task {
	zone := frame.ZoneOf(page.Standing)
	var out []kit.Task
	for _, sh := range page.Own {
		t := kit.Task{Label: sh.Name, Hint: p.T("roster.from-to", fault.Args{"from": p.Printer.Time(sh.Begins, zone), "to": p.Printer.Time(sh.Ends, zone)}),
			Href: p.Operation.Href + "roster/" + strconv.FormatInt(sh.Seq, 10)}
		switch {
		case sh.Covers(page.Standing.Now):
			t.State, t.Tone = p.T("overview.state.now"), kit.Good
		case page.Standing.Now.Before(sh.Begins):
			t.State, t.Tone = p.T("overview.state.ahead"), kit.Info
		case sh.Note == "":
			t.State, t.Tone = p.T("roster.no-note"), kit.Warn
		case sh.TakenBy == "":
			t.State, t.Tone = p.T("roster.to-read"), kit.Warn
		default:
			t.State, t.Tone = p.T("roster.read"), kit.Neutral
		}
		out = append(out, t)
	}
	return out
}

func (s site) shiftWrite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.shiftForm(w, r, v, url.Values{"id": {s.Source.ID()}}, nil)
}

func (s site) shiftForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	page, err := s.Rosters.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !page.Standing.May(access.RosterPlan) {
		return fault.Missing()
	}
	if fault.Is(wrong, fault.Conflict) {
		typed.Set("id", s.Source.ID()) // goes on as a new one
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("roster.plan"), v.Printer.T("roster.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "roster.", "person", "begins", "ends", "phone")
	return frame.Show(w, r, frame.FormStatus(wrong), shiftFormPage(p, page, form))
}

// shiftDraft reads the form of a shift; the error says what could not be read.
func shiftDraft(f url.Values, zone *time.Location) (roster.Draft, error) {
	d := roster.Draft{ID: roster.ID(f.Get("id")), Person: f.Get("person"), Phone: f.Get("phone")}
	var wrong fault.Problems
	var ok bool
	if d.Begins, ok = frame.ReadMoment(f.Get("begins"), f.Get("begins_time"), zone); !ok {
		wrong.Add("begins", "roster.unreadable")
	}
	if d.Ends, ok = frame.ReadMoment(f.Get("ends"), f.Get("ends_time"), zone); !ok {
		wrong.Add("ends", "roster.unreadable")
	}
	return d, wrong.Fault()
}

func (s site) shiftPlan(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	d, err := shiftDraft(r.PostForm, frame.ZoneOf(st))
	if err == nil {
		_, err = s.Rosters.Plan(r.Context(), v.Actor(), frame.CodeOf(r), d)
	} else if !st.May(access.RosterPlan) {
		err = fault.Missing()
	}
	if frame.Refused(err) {
		return s.shiftForm(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"roster/", "shift-planned")
}

func (s site) shiftShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.shiftPage(w, r, v, nil, nil)
}

// shiftPage shows one shift of the reader's organisation, with its hand-over.
func (s site) shiftPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	seq, err := number(r)
	if err != nil {
		return err
	}
	page, err := s.Rosters.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	for _, sh := range page.Own {
		if sh.Seq != seq {
			continue
		}
		p := s.Inside(r, v, page.Standing, sh.Name, v.Printer.T("roster.title"))
		p.Error = wrong != nil
		if typed == nil {
			typed = url.Values{"note": {sh.Note}, "language": {string(p.Printer.Lang())}}
		}
		typed.Set("version", strconv.FormatInt(sh.Version, 10))
		form := kit.FormOf(typed, wrong)
		form.Labels = frame.Labels(p, "roster.", "note", "language")
		return frame.Show(w, r, frame.FormStatus(wrong), shiftShowPage(p, page, sh, form))
	}
	return fault.Missing()
}

func (s site) handOver(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		err = s.Rosters.HandOver(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r), r.PostFormValue("note"), r.PostFormValue("language"))
	}
	return s.shiftDid(w, r, v, err, r.PathValue("seq"), "handed-over")
}

func (s site) confirm(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		err = s.Rosters.Confirm(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r))
	}
	return s.shiftDid(w, r, v, err, r.PathValue("seq"), "hand-over-read")
}

func (s site) shiftWithdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		err = s.Rosters.Withdraw(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r))
	}
	return s.shiftDid(w, r, v, err, "", "shift-withdrawn")
}

// shiftDid ends a form about one shift.
func (s site) shiftDid(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error, to, done string) error {
	if frame.Refused(err) {
		return s.shiftPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"roster/"+to, done)
}

// mayHandOver tells whether the reader may write the note of a shift.
func mayHandOver(page roster.Page, sh roster.Listed) bool {
	st := page.Standing
	return st.May(access.RosterHandOver) && !st.Now.Before(sh.Begins) && (sh.Person == st.Who.Person || st.May(access.RosterPlan))
}
