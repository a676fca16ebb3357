package publicationpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// pressing is the press release in one language on its pages.
type pressing struct {
	edition.PressView
	base  string
	form  kit.Form
	now   *edition.Press // what somebody else saved meanwhile
	langs []i18n.Lang    // in which there is one for the reader
}

func (m pressing) href() string { return m.base + "press/" + m.Press.Language }

// links are the languages that there are.
func (m pressing) links(p *kit.Page) []kit.Link {
	var out []kit.Link
	for _, l := range m.langs {
		out = append(out, kit.Link{Label: l.Name(), Href: m.base + "press/" + string(l)})
	}
	return out
}

// wrong are the words of the numbers that are no figure of the report.
func (m pressing) wrong() []string {
	text := m.Press.Checked()
	var out []string
	for _, h := range m.Wrong {
		out = append(out, text[h.Start:h.End])
	}
	return out
}

// pressing finds the press release in the language that the address names.
func (s site) pressing(r *http.Request, v *frame.Visit) (pressing, *kit.Page, error) {
	lang := r.PathValue("lang")
	if !i18n.Offered(i18n.Lang(lang)) {
		return pressing{}, nil, fault.Missing()
	}
	got, err := s.Editions.Press(r.Context(), v.Actor(), frame.CodeOf(r), lang)
	if err != nil {
		return pressing{}, nil, err
	}
	p := s.inside(r, v, got.Standing, v.Printer.T("publicationpage.press"))
	return pressing{PressView: got, base: p.Operation.Href + "report/"}, p, nil
}

func (s site) press(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.pressing(r, v)
	if err != nil {
		return err
	}
	if r.URL.Query().Has("format") {
		return send(w, r, m.Document, string(m.Standing.Operation.Code), "press", m.Press.Language)
	}
	m.langs = s.released(r, v)
	return frame.Show(w, r, http.StatusOK, pressPage(p, m))
}

func (s site) pressAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.pressEdit(w, r, v, nil, edition.Press{}, nil)
}

// pressEdit shows the form of the press release, again where something is wrong.
func (s site) pressEdit(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, now edition.Press, wrong error) error {
	m, p, err := s.pressing(r, v)
	if err != nil {
		return err
	}
	if !m.Whole || !m.Standing.May(access.PressWrite) {
		return fault.Missing()
	}
	if typed == nil {
		typed = url.Values{"title": {m.Press.Title}, "body": {m.Press.Body}, "edit": {numbered(m.Press.Edit)}}
	}
	if isConflict(wrong) {
		typed.Set("edit", numbered(now.Edit))
		m.now = &now
	}
	m.form = kit.FormOf(typed, wrong)
	m.form.Labels = map[string]string{"title": p.T("publicationpage.field.headline"), "body": p.T("publicationpage.field.press-text")}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), pressEditPage(p, m))
}

// pressWrite saves it as one that gives the figures of the newest version.
func (s site) pressWrite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	lang := r.PathValue("lang")
	d := edition.PressDraft{Title: r.PostFormValue("title"), Body: lines(r.PostFormValue("body"))}
	now, err := s.Editions.WritePress(r.Context(), v.Actor(), frame.CodeOf(r), lang, d, edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/press/"+lang, "press-written")
	case frame.Refused(err):
		return s.pressEdit(w, r, v, frame.Keep(r.PostForm), now, err)
	}
	return err
}

// title heads the list.
func (m shelf) title(p *kit.Page) string {
	if m.Whole {
		return p.T("publicationpage.editions")
	}
	return p.T("publicationpage.title")
}

func (m shelf) lede(p *kit.Page) string {
	if m.Whole {
		return p.T("publicationpage.editions-lede")
	}
	return p.T("publicationpage.issued-lede")
}

// title says for whom the edition is.
func (m issuing) title(p *kit.Page) string { return p.T("edition.kind." + m.Kind) }
