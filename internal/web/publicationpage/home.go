package publicationpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// home is the report as it is written, and for others what was issued to them.
func (s site) home(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.ReportRead) {
		return s.editions(w, r, v)
	}
	return s.homePage(w, r, v, nil)
}

func (s site) homePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	d, p, err := s.desk(r, v, v.Printer.T("publicationpage.title"))
	if err != nil {
		return err
	}
	if !d.Open {
		d.form = kit.FormOf(url.Values{"language": {string(p.Printer.Lang())}}, wrong)
		return frame.Show(w, r, frame.FormStatus(wrong), openPage(p, d))
	}
	return frame.Show(w, r, frame.FormStatus(wrong), homePage(p, d))
}

func (s site) open(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	_, err := s.Publications.Open(r.Context(), v.Actor(), frame.CodeOf(r), r.PostFormValue("language"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/", "report-opened")
	case frame.Refused(err):
		return s.homePage(w, r, v, err)
	}
	return err
}

// lede says how far the report is.
func (d desk) lede(p *kit.Page) string {
	if len(d.Versions) > 0 {
		return p.T("publicationpage.lede-version", fault.Args{"number": d.Versions[0].Number, "day": day(dayOf(d.Standing, d.Versions[0]))})
	}
	return p.T("publicationpage.lede-writing", fault.Args{"index": d.Official.AsOf})
}

// tasks are what is to be done next, for this reader.
func (d desk) tasks(p *kit.Page) []kit.Task {
	var out []kit.Task
	if d.Whole {
		out = d.wholeTasks(p)
	}
	if a, ok := d.own(); ok && d.Standing.May(access.ReportContribute) {
		t := kit.Task{Label: p.T("publicationpage.task.own-contribution"), Href: d.base + "contribute"}
		t.State, t.Tone = asking(p, a.State)
		if d.Report.Due != "" && a.State != publication.Done {
			t.Hint = p.T("publicationpage.due", fault.Args{"day": day(d.Report.Due)})
		}
		out = append(out, t)
	}
	if c, ok := d.ownWord(); ok && d.Standing.May(access.ReportClear) && len(d.Versions) > 0 {
		head := d.Versions[0]
		t := kit.Task{Label: p.T("publicationpage.task.own-clearance", fault.Args{"number": head.Number}), Href: d.versionHref(head.Number) + "/clear"}
		t.State, t.Tone = word(p, c)
		if head.ClearBy != "" && c.Word == nil {
			t.Hint = p.T("publicationpage.due", fault.Args{"day": day(head.ClearBy)})
		}
		out = append(out, t)
	}
	return out
}

// wholeTasks are those of whoever coordinates.
func (d desk) wholeTasks(p *kit.Page) []kit.Task {
	part := func(part, whole int64) (string, kit.Tone) {
		tone := kit.Warn
		if part >= whole {
			tone = kit.Good
		}
		return p.T("publicationpage.of", fault.Args{"part": part, "whole": whole}), tone
	}
	texts := kit.Task{Label: p.T("publicationpage.task.texts"), Href: "#chapters"}
	texts.State, texts.Tone = part(d.texts(), int64(len(d.Sections)))
	given := kit.Task{Label: p.T("publicationpage.task.contributions"), Href: d.base + "contributions/", State: p.T("publicationpage.contribution.not-asked"), Tone: kit.Neutral}
	if done, late, whole := d.handed(); whole > 0 {
		given.State, given.Tone = part(done, whole)
		given.Hint = p.T("publicationpage.due", fault.Args{"day": day(d.Report.Due)})
		if late > 0 {
			given.Hint += " · " + p.T("publicationpage.task.late", fault.Args{"late": late})
		}
	}
	found := len(d.Remarks())
	checks := kit.Task{Label: p.T("publicationpage.task.checks"), Href: d.base + "checks", State: p.Printer.Number(int64(found)), Tone: kit.Warn}
	if found == 0 {
		checks.Tone = kit.Good
	}
	out := []kit.Task{texts, given, checks}
	if len(d.Versions) > 0 {
		head := d.Versions[0]
		t := kit.Task{Label: p.T("publicationpage.task.clearance", fault.Args{"number": head.Number}), Href: d.versionHref(head.Number) + "/clearances"}
		t.State, t.Tone = part(answered(d.Clearings), int64(len(d.Clearings)))
		if head.ClearBy != "" {
			t.Hint = p.T("publicationpage.due", fault.Args{"day": day(head.ClearBy)})
		}
		out = append(out, t)
	}
	return out
}

// handed counts contributions: handed in, late, and asked for at all.
func (d desk) handed() (done, late, whole int64) {
	if d.Report.Due == "" {
		return 0, 0, 0
	}
	for _, a := range d.Contributions {
		if a.State == publication.NotAsked {
			continue
		}
		whole++
		switch a.State {
		case publication.Done:
			done++
		case publication.Late:
			late++
		}
	}
	return done, late, whole
}

func (d desk) versionHref(n int64) string { return d.base + "versions/" + numbered(n) }

// preview is the whole text as it stands, with live figures.
func (s site) preview(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.tab.preview"))
	if err != nil {
		return err
	}
	if !d.Whole {
		return fault.Missing()
	}
	return frame.Show(w, r, http.StatusOK, previewPage(p, d))
}

// chapter is one section among all of them.
func (d desk) chapter(p *kit.Page, i int) chapter {
	return chapter{desk: d, Written: d.Sections[i], place: i, name: name(p, d.Sections[i].Section, d.Report.Language)}
}
