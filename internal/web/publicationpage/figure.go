package publicationpage

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// fresh names a figure in an address that is not placed yet.
const fresh = "new"

// placing is a figure that is being placed or changed.
type placing struct {
	chapter
	id    string // fresh, or of a figure
	saved []analysis.Saved
}

// filters are those of a figure that the form offers, in its order. Others that a
// saved question has are kept.
func filters() []string {
	return []string{"category", "country", "conveyance", "detection", "violation", "status", "brand", "from", "to"}
}

// figureTable lists the figures of a chapter.
func (c chapter) figureTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.figures"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.figure-what"), Lead: true},
		{Head: p.T("publicationpage.figure-name")}, {Head: p.T("publicationpage.figure-how")}, {Head: p.T("publicationpage.figure-now")}}}
	for _, f := range c.Figures {
		now := c.live(p, f)
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{anchor(c.figureHref(f.ID), now.caption(p)), kit.Code("{{" + f.ID + "}}"),
			kit.Text(p.T("publicationpage.show." + f.Show)), sentence(p, now.said(p))}})
	}
	return t
}

func (c chapter) figureHref(id string) string { return c.sectionHref(c.ID) + "/figures/" + id }

func (m placing) href() string { return m.figureHref(m.id) }

// title heads the form.
func (m placing) title(p *kit.Page) string {
	if m.id == fresh {
		return p.T("publicationpage.figure-place")
	}
	return p.T("publicationpage.figure-edit", fault.Args{"name": m.id})
}

// values are what the form of a figure holds at first.
func (m placing) values() url.Values {
	v := url.Values{"edit": {numbered(m.Written.Edit)}, "group": {analysis.ByCategory}, "show": {publication.ShowTable}}
	for _, f := range m.Figures {
		if f.ID != m.id {
			continue
		}
		v.Set("group", f.Question.Group)
		v.Set("split", f.Question.Split)
		v.Set("show", f.Show)
		for name, value := range f.Question.Where {
			v.Set("where."+name, value)
		}
		for lang, words := range f.Title {
			v.Set("title."+lang, words)
		}
	}
	return v
}

func (s site) figure(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.figurePage(w, r, v, nil, nil)
}

// placing finds the figure that the address names in its chapter.
func (s site) placing(r *http.Request, v *frame.Visit) (placing, *kit.Page, error) {
	c, p, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return placing{}, nil, err
	}
	m := placing{chapter: c, id: r.PathValue("figure")}
	if m.id != fresh && !slices.ContainsFunc(c.Figures, func(f publication.Figure) bool { return f.ID == m.id }) {
		return m, nil, fault.Missing()
	}
	m.saved, err = s.saved(r, v)
	return m, p, err
}

// figurePage shows the form of a figure, again where something is wrong.
func (s site) figurePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	m, p, err := s.placing(r, v)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = m.values()
	}
	if isConflict(wrong) {
		typed.Set("edit", numbered(m.Written.Edit))
	}
	m.form = kit.FormOf(typed, m.local(wrong))
	m.form.Labels = m.fields(p)
	p.Title[0], p.Error = m.title(p), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), figurePage(p, m))
}

// fields names those of the form.
func (m placing) fields(p *kit.Page) map[string]string {
	out := frame.Labels(p, "publicationpage.field.", "saved", "group", "split", "show")
	for _, f := range filters() {
		out["where."+f] = p.T("publicationpage.field.where." + f)
	}
	for _, l := range languages(m.Report.Language, nil) {
		out["title."+l] = inLanguage(p, "publicationpage.field.caption", l)
	}
	return out
}

// local turns the paths of what is wrong with one figure of a section into those of
// its own form.
func (m placing) local(wrong error) error {
	f, ok := frame.AsFault(wrong)
	if !ok {
		return wrong
	}
	out := *f
	out.Fields = nil
	for _, q := range f.Fields {
		if _, rest, ok := strings.Cut(strings.TrimPrefix(q.Path, "figures."), "."); ok && strings.HasPrefix(q.Path, "figures.") {
			q.Path = strings.TrimPrefix(rest, "question.")
		}
		out.Fields = append(out.Fields, q)
	}
	return &out
}

// asFigure is the form as a figure. A saved question stands for what is chosen below it.
func (m placing) asFigure(values url.Values) publication.Figure {
	f := publication.Figure{Show: values.Get("show"), Title: map[string]string{}, Question: analysis.Question{Group: values.Get("group"), Split: values.Get("split"), Where: map[string]string{}}}
	if m.id != fresh {
		f.ID = m.id
	}
	for name, all := range values {
		if filter, ok := strings.CutPrefix(name, "where."); ok && strings.TrimSpace(all[0]) != "" {
			f.Question.Where[filter] = strings.TrimSpace(all[0])
		}
		if lang, ok := strings.CutPrefix(name, "title."); ok && strings.TrimSpace(all[0]) != "" {
			f.Title[lang] = strings.TrimSpace(all[0])
		}
	}
	for _, q := range m.saved {
		if id := string(q.ID); id != "" && id == values.Get("saved") {
			f.Question = q.Question
		}
	}
	return f
}

func (s site) place(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, _, err := s.placing(r, v)
	if err != nil {
		return err
	}
	d := asDraft(m.Section)
	f := m.asFigure(r.PostForm)
	if i := slices.IndexFunc(d.Figures, func(other publication.Figure) bool { return other.ID == f.ID }); i >= 0 {
		d.Figures[i] = f
	} else {
		d.Figures = append(d.Figures, f)
	}
	_, err = s.Publications.Write(r.Context(), v.Actor(), frame.CodeOf(r), d, edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, m.sectionHref(m.ID)+"/edit", "report-figure")
	case frame.Refused(err):
		return s.figurePage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// asDraft is a section as it stands, to be written with one thing changed.
func asDraft(sec publication.Section) publication.SectionDraft {
	return publication.SectionDraft{ID: sec.ID, Kind: sec.Kind, Title: sec.Title, Texts: sec.Texts, Figures: slices.Clone(sec.Figures), Editions: sec.Editions}
}

func (s site) figureDrop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, _, err := s.placing(r, v)
	if err != nil {
		return err
	}
	d := asDraft(m.Section)
	d.Figures = slices.DeleteFunc(d.Figures, func(f publication.Figure) bool { return f.ID == m.id })
	_, err = s.Publications.Write(r.Context(), v.Actor(), frame.CodeOf(r), d, edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, m.sectionHref(m.ID)+"/edit", "report-figure-dropped")
	case frame.Refused(err):
		return s.figurePage(w, r, v, nil, err)
	}
	return err
}

func (m placing) savedOptions() []kit.Option {
	var out []kit.Option
	for _, q := range m.saved {
		out = append(out, kit.Option{Value: string(q.ID), Label: q.Name})
	}
	return out
}

func dimensions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, d := range analysis.Dimensions() {
		out = append(out, kit.Option{Value: d, Label: dimension(p, d)})
	}
	return out
}

func shows(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, s := range []string{publication.ShowNumber, publication.ShowTable, publication.ShowBars, publication.ShowLine} {
		out = append(out, kit.Option{Value: s, Label: p.T("publicationpage.show." + s)})
	}
	return out
}

// press names the button of the form.
func (m placing) press(p *kit.Page) string {
	if m.id == fresh {
		return p.T("publicationpage.figure-save")
	}
	return p.T("publicationpage.figure-keep")
}

// others are filters that the figure has and the form does not offer.
func (m placing) others() []string {
	var out []string
	for name := range m.form.Values {
		if filter, ok := strings.CutPrefix(name, "where."); ok && !slices.Contains(filters(), filter) {
			out = append(out, filter)
		}
	}
	slices.Sort(out)
	return out
}

// saved are the questions that the reader may place.
func (s site) saved(r *http.Request, v *frame.Visit) ([]analysis.Saved, error) {
	return s.Analyses.Saved(r.Context(), v.Actor(), frame.CodeOf(r))
}
