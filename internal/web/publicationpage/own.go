package publicationpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) own(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.ownPage(w, r, v, nil, nil)
}

// ownPage asks for a chapter that is not of the outline.
func (s site) ownPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	d, p, err := s.may(r, v, access.ReportWrite, v.Printer.T("publicationpage.own-title"))
	if err != nil {
		return err
	}
	if typed == nil {
		typed = url.Values{"after": {strconv.Itoa(len(d.Sections))}, "editions": {publication.Enforcement}}
	}
	d.form = kit.FormOf(typed, wrong)
	d.form.Labels = frame.Labels(p, "publicationpage.field.", "after", "editions")
	for _, l := range languages(d.Report.Language, nil) {
		d.form.Labels["title."+l] = inLanguage(p, "publicationpage.field.title", l)
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), ownPage(p, d))
}

// places are the chapters after which one can be added.
func (d desk) places(p *kit.Page) []kit.Option {
	var out []kit.Option
	for i, sec := range d.Sections {
		out = append(out, kit.Option{Value: strconv.Itoa(i + 1), Label: name(p, sec.Section, d.Report.Language)})
	}
	return out
}

func (s site) ownAdd(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d := draft(r.PostForm, publication.Section{Kind: publication.Own})
	if after, err := strconv.Atoi(r.PostFormValue("after")); err == nil {
		d.Place = after + 1
	}
	now, err := s.Publications.Write(r.Context(), v.Actor(), frame.CodeOf(r), d, 0)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/sections/"+now.ID+"/edit", "report-chapter")
	case frame.Refused(err):
		return s.ownPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// move puts a chapter one place up or down.
func (s site) move(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, _, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return err
	}
	by := 1
	if r.PostFormValue("to") == "up" {
		by = -1
	}
	order := slices.Clone(c.Report.Order)
	if i, j := c.place, c.place+by; j >= 0 && j < len(c.Sections) {
		a, b := slices.Index(order, c.Sections[i].ID), slices.Index(order, c.Sections[j].ID)
		if a >= 0 && b >= 0 {
			order[a], order[b] = order[b], order[a]
		}
	}
	_, err = s.Publications.Arrange(r.Context(), v.Actor(), frame.CodeOf(r), order, edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, c.sectionHref(c.ID), "report-moved")
	case frame.Refused(err):
		return s.editPage(w, r, v, nil, publication.Written{}, err)
	}
	return err
}

// back puts a chapter that was taken out into the report again, as the last one.
func (s site) back(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, _, err := s.may(r, v, access.ReportWrite, "")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Removed, func(sec publication.Written) bool { return sec.ID == r.PathValue("id") })
	if i < 0 {
		return fault.Missing()
	}
	_, err = s.Publications.Write(r.Context(), v.Actor(), frame.CodeOf(r), asDraft(d.Removed[i].Section), edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, d.sectionHref(d.Removed[i].ID), "report-chapter")
	case frame.Refused(err):
		return s.ownPage(w, r, v, nil, err)
	}
	return err
}
