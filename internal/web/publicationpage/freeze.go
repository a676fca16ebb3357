package publicationpage

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The steps of freezing; a button says which one is meant.
const (
	stepCheck  = "check"  // look at what will be frozen
	stepFreeze = "freeze" //
)

func (s site) freezeAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.freezePage(w, r, v, nil, nil)
}

// freezePage asks why and until when, or shows what will be frozen.
func (s site) freezePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	d, p, err := s.may(r, v, access.ReportFreeze, v.Printer.T("publicationpage.freeze"))
	if err != nil {
		return err
	}
	if typed == nil {
		typed = url.Values{"edit": {numbered(d.Report.Edit)}}
	}
	if isConflict(wrong) {
		typed.Set("edit", numbered(d.Report.Edit))
	}
	if typed.Get("step") == stepCheck && wrong == nil {
		wrong = d.unfit(typed)
	}
	d.form = kit.FormOf(typed, wrong)
	d.form.Labels = d.freezeLabels(p)
	p.Error = wrong != nil
	if typed.Get("step") == stepCheck && wrong == nil {
		p.Title[0] = p.T("publicationpage.freeze-check-title", fault.Args{"number": d.nextNumber()})
		return frame.Show(w, r, http.StatusOK, freezeCheckPage(p, d))
	}
	return frame.Show(w, r, frame.FormStatus(wrong), freezePage(p, d))
}

// freezeLabels names what of the form, or of a text, can be wrong.
func (d desk) freezeLabels(p *kit.Page) map[string]string {
	out := map[string]string{"note": p.T("publicationpage.field.note"), "clear_by": p.T("publicationpage.field.clear-by")}
	for _, sec := range d.Sections {
		for _, l := range languages(d.Report.Language, sec.Texts) {
			out["sections."+sec.ID+".texts."+l] = name(p, sec.Section, d.Report.Language)
		}
	}
	return out
}

// unfit says what of the form is refused, before anything is frozen.
func (d desk) unfit(typed url.Values) error {
	var wrong fault.Problems
	if len(d.Versions) > 0 && typed.Get("note") == "" {
		wrong.Add("note", "fault.required")
	}
	if by := typed.Get("clear_by"); by != "" && by < d.Today {
		wrong.Add("clear_by", "publicationpage.day-over")
	}
	return wrong.Fault()
}

func (s site) freeze(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := frame.Keep(r.PostForm)
	if typed.Get("step") != stepFreeze {
		return s.freezePage(w, r, v, typed, nil)
	}
	made, err := s.Publications.Freeze(r.Context(), v.Actor(), frame.CodeOf(r), publication.Freezing{Note: typed.Get("note"), ClearBy: frame.ClockDigits(typed.Get("clear_by")), Edit: edit(r)})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/versions/"+numbered(made.Number), "report-frozen")
	case frame.Refused(err):
		return s.freezePage(w, r, v, typed, err)
	}
	return err
}

// nextNumber is that of the version that would be frozen now.
func (d desk) nextNumber() int64 {
	if len(d.Versions) == 0 {
		return 1
	}
	return d.Versions[0].Number + 1
}

// willFreeze is what the version would hold.
func (d desk) willFreeze(p *kit.Page) []kit.Row {
	var placed int64
	for _, sec := range d.Sections {
		placed += int64(len(sec.Figures))
	}
	done := int64(0)
	for _, a := range d.Contributions {
		if a.Contribution != nil && a.Contribution.Done {
			done++
		}
	}
	rows := []kit.Row{{Label: p.T("publicationpage.frozen.cases"), Value: kit.Num(p, d.Official.Cases)},
		{Label: p.T("publicationpage.frozen.totals"), Value: sentence(p, p.Printer.Totals(d.Official.Totals))},
		{Label: p.T("publicationpage.frozen.chapters"), Value: kit.Of(p, d.texts(), int64(len(d.Sections)))},
		{Label: p.T("publicationpage.frozen.figures"), Value: kit.Num(p, placed)},
		{Label: p.T("publicationpage.frozen.contributions"), Value: kit.Num(p, done)}}
	if note := d.form.Value("note"); note != "" {
		rows = append(rows, kit.Row{Label: p.T("publicationpage.field.note"), Value: kit.UserText("", note)})
	}
	if by := d.form.Value("clear_by"); by != "" {
		rows = append(rows, kit.Row{Label: p.T("publicationpage.field.clear-by"), Value: kit.Day(p, frame.ClockDigits(by))})
	}
	return rows
}

// missing is what a reader of the version would miss, each with where it is mended.
func (d desk) missing(p *kit.Page) []kit.Link {
	all := d.Remarks()
	count := func(kinds ...string) (n int64) {
		for _, m := range all {
			if slices.Contains(kinds, m.Kind) {
				n++
			}
		}
		return n
	}
	var out []kit.Link
	add := func(key string, n int64, href string) {
		if n > 0 {
			out = append(out, kit.Link{Label: p.T("publicationpage.missing."+key, fault.Args{"count": n}), Href: href})
		}
	}
	empty, untranslated, given := count(publication.RemarkEmpty), count(publication.RemarkUntranslated), count(publication.RemarkMissing, publication.RemarkLate)
	add("chapters", empty, d.base+"#chapters")
	add("language", untranslated, d.base+"#chapters")
	add("contributions", given, d.base+"contributions/")
	add("checks", int64(len(all))-empty-untranslated-given, d.base+"checks")
	return out
}
