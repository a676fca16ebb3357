package publicationpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// contributions are what coordination sees of all administrations.
func (s site) contributions(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.tab.contributions"))
	if err != nil {
		return err
	}
	if !d.Whole {
		return fault.Missing()
	}
	return frame.Show(w, r, http.StatusOK, contributionsPage(p, d))
}

func (d desk) contributionHref(organisation int64) string {
	return d.base + "contributions/" + numbered(organisation)
}

// contributionTable is who has handed in; the late ones first, then by name.
func (d desk) contributionTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.tab.contributions"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.administration"), Lead: true},
		{Head: p.T("publicationpage.column.state")}, {Head: p.T("publicationpage.column.handed")}}}
	order := map[string]int{publication.Late: 0, publication.Drafted: 1, publication.Asked: 1}
	all := slices.Clone(d.Contributions)
	rank := func(a publication.Asking) int {
		if n, ok := order[a.State]; ok {
			return n
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b publication.Asking) int {
		if by := rank(a) - rank(b); by != 0 {
			return by
		}
		return p.Printer.Compare(called(p, d.Organisations, a.Organisation), called(p, d.Organisations, b.Organisation))
	})
	for _, a := range all {
		words, tone := asking(p, a.State)
		row := kit.TableRow{Cells: []templ.Component{kit.UserWords("", called(p, d.Organisations, a.Organisation)), tag(words, tone), nil}}
		if a.Contribution != nil && a.Contribution.Done {
			row.Cells[0] = anchor(d.contributionHref(a.Organisation), called(p, d.Organisations, a.Organisation))
			row.Cells[2] = kit.When(p, a.Contribution.At)
		}
		if tone == kit.Bad {
			row.Tone = kit.Bad
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// given is the contribution of one administration on its page.
type given struct {
	desk
	publication.Contribution
	from string
}

func (s site) contribution(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.tab.contributions"))
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(r.PathValue("org"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	for _, a := range d.Contributions {
		if a.Organisation == n && a.Contribution != nil && a.Contribution.Done {
			g := given{desk: d, Contribution: *a.Contribution, from: called(p, d.Organisations, n)}
			p.Title[0] = p.T("publicationpage.contribution-of", fault.Args{"administration": g.from})
			return frame.Show(w, r, http.StatusOK, contributionPage(p, g))
		}
	}
	return fault.Missing()
}

func (s site) askAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.askPage(w, r, v, nil, nil)
}

// askPage asks until when administrations contribute.
func (s site) askPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	d, p, err := s.may(r, v, access.ReportAsk, v.Printer.T("publicationpage.ask"))
	if err != nil {
		return err
	}
	if typed == nil {
		typed = url.Values{"due": {d.Report.Due}}
	}
	d.form = kit.FormOf(typed, wrong)
	d.form.Labels = frame.Labels(p, "publicationpage.field.", "due")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), askPage(p, d))
}

func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	_, err := s.Publications.Ask(r.Context(), v.Actor(), frame.CodeOf(r), frame.ClockDigits(r.PostFormValue("due")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/contributions/", "report-asked")
	case frame.Refused(err):
		return s.askPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// contributing is the questionnaire of the reader's administration.
type contributing struct {
	desk
	state string
	mine  *publication.Contribution // nil: nothing yet
	now   *publication.Contribution // what a colleague saved meanwhile
	texts []string                  // as typed, to be looked through for persons
}

// questions are the texts of the questionnaire.
func questions() []string { return []string{"challenges", "lessons", "interest"} }

func (s site) contributeAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.contributePage(w, r, v, nil, publication.Contribution{}, nil)
}

// contributePage shows the questionnaire, again where something is wrong.
func (s site) contributePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, now publication.Contribution, wrong error) error {
	d, p, err := s.may(r, v, access.ReportContribute, v.Printer.T("publicationpage.tab.contribute"))
	if err != nil {
		return err
	}
	a, _ := d.own()
	m := contributing{desk: d, state: a.State, mine: a.Contribution}
	if typed == nil {
		typed = m.values(frame.WrittenIn(v))
	}
	if isConflict(wrong) {
		if now.Organisation == 0 && m.mine != nil {
			now = *m.mine
		}
		typed.Set("edit", numbered(now.Edit))
		m.now = &now
	}
	m.texts = []string{typed.Get("challenges"), typed.Get("lessons"), typed.Get("interest")}
	m.form = kit.FormOf(typed, wrong)
	m.form.Labels = frame.Labels(p, "publicationpage.field.", "challenges", "lessons", "interest", "cases", "language")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), contributePage(p, m))
}

func (m contributing) values(lang string) url.Values {
	if m.mine == nil {
		return url.Values{"language": {lang}, "edit": {"0"}}
	}
	c := m.mine
	return url.Values{"language": {c.Language}, "challenges": {c.Challenges}, "lessons": {c.Lessons}, "interest": {c.Interest},
		"cases": {strings.Join(c.Cases, "\n")}, "edit": {numbered(c.Edit)}}
}

// lede says until when, or since when.
func (m contributing) lede(p *kit.Page) string {
	switch {
	case m.mine != nil && m.mine.Done:
		return p.T("publicationpage.contribute-done", fault.Args{"day": day(m.mine.At.In(frame.ZoneOf(m.Standing)).Format("2006-01-02"))})
	case m.state == publication.Late:
		return p.T("publicationpage.contribute-lede-late", fault.Args{"day": day(m.Report.Due)})
	case m.Report.Due != "":
		return p.T("publicationpage.contribute-lede-due", fault.Args{"day": day(m.Report.Due)})
	}
	return p.T("publicationpage.contribute-lede")
}

// theirs is what a colleague saved in a field, where it is something else than ours.
func (m contributing) theirs(field string) (text string, differs bool) {
	if m.now == nil {
		return "", false
	}
	text = map[string]string{"challenges": m.now.Challenges, "lessons": m.now.Lessons, "interest": m.now.Interest, "cases": strings.Join(m.now.Cases, "\n")}[field]
	return text, strings.TrimSpace(text) != strings.TrimSpace(lines(m.form.Value(field)))
}

func (s site) contribute(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	d := publication.ContributionDraft{Language: f.Get("language"), Challenges: lines(f.Get("challenges")), Lessons: lines(f.Get("lessons")), Interest: lines(f.Get("interest")),
		Cases: strings.FieldsFunc(f.Get("cases"), func(c rune) bool { return strings.ContainsRune(" ,;\r\n\t،؛", c) }), Done: f.Get("step") == "hand"}
	now, err := s.Publications.Contribute(r.Context(), v.Actor(), frame.CodeOf(r), d, edit(r))
	switch {
	case err == nil && d.Done:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/", "report-contributed")
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/contribute", "report-draft")
	case frame.Refused(err):
		return s.contributePage(w, r, v, frame.Keep(f), now, err)
	}
	return err
}
