package publicationpage

import (
	"github.com/a-h/templ"

	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// chapter is one section on its page.
type chapter struct {
	desk
	publication.Written
	place  int // from 0
	name   string
	now    *publication.Written // what somebody else saved meanwhile
	learnt []learnt.Item        // the operation's, in the chapter of lessons
}

// chapters are all of them with their states.
func (d desk) chapters(p *kit.Page) []kit.Task {
	var out []kit.Task
	for _, sec := range d.Sections {
		t := kit.Task{Label: name(p, sec.Section, d.Report.Language), Href: d.sectionHref(sec.ID), Hint: editionNames(p, sec.Editions)}
		t.State, t.Tone = d.state(p, sec.Section)
		out = append(out, t)
	}
	return out
}

// chapter finds the section that the address names.
func (s site) chapter(r *http.Request, v *frame.Visit, what access.Permission) (chapter, *kit.Page, error) {
	d, p, err := s.may(r, v, what, v.Printer.T("publicationpage.title"))
	if err != nil {
		return chapter{}, nil, err
	}
	sec, place, ok := d.at(r.PathValue("id"))
	if !ok {
		return chapter{}, nil, fault.Missing()
	}
	c := chapter{desk: d, Written: sec, place: place, name: name(p, sec.Section, d.Report.Language)}
	p.Title[0] = c.name
	return c, p, s.lessons(r, v, &c)
}

func (s site) section(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, p, err := s.chapter(r, v, access.ReportRead)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, sectionPage(p, c))
}

// beside are the chapters before and after this one.
func (c chapter) beside(p *kit.Page) []kit.Link {
	var out []kit.Link
	for _, to := range []struct {
		place int
		key   string
	}{{c.place - 1, "publicationpage.before"}, {c.place + 1, "publicationpage.after"}} {
		if to.place >= 0 && to.place < len(c.Sections) {
			sec := c.Sections[to.place]
			out = append(out, kit.Link{Label: p.T(to.key, fault.Args{"name": name(p, sec.Section, c.Report.Language)}), Href: c.sectionHref(sec.ID)})
		}
	}
	return out
}

// text is the chapter's text for this reader, and its language.
func (c chapter) text(p *kit.Page) (text, lang string) { return in(p, c.Texts, c.Report.Language) }

// stands tells in which editions the chapter is.
func (c chapter) stands(p *kit.Page) string {
	if len(c.Editions) == 0 {
		return p.T("publicationpage.section-nowhere")
	}
	return p.T("publicationpage.section-in", fault.Args{"list": editionNames(p, c.Editions)})
}

// contributed are the contributions that stand in this chapter of their own.
func (c chapter) contributed(p *kit.Page) []kit.Event {
	var out []kit.Event
	for _, a := range c.Contributions {
		if a.Contribution == nil || !a.Contribution.Done {
			continue
		}
		text := map[string]string{publication.Challenges: a.Contribution.Challenges, publication.Lessons: a.Contribution.Lessons, publication.Interest: a.Contribution.Interest}[c.Kind]
		if text != "" {
			out = append(out, kit.Event{At: a.Contribution.At, Title: called(p, c.Organisations, a.Organisation), Body: prose(p, a.Contribution.Language, text), Href: c.contributionHref(a.Organisation)})
		}
	}
	return out
}

// values are what the form of a chapter holds at first.
func (c chapter) values() url.Values {
	v := url.Values{"edit": {numbered(c.Written.Edit)}, "editions": slices.Clone(c.Editions)}
	for lang, text := range c.Texts {
		v.Set("texts."+lang, text)
	}
	for lang, title := range c.Title {
		v.Set("title."+lang, title)
	}
	return v
}

func (s site) edit(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.editPage(w, r, v, nil, publication.Written{}, nil)
}

// editPage shows the form of a chapter, again where something is wrong. now is what
// stands where somebody else was quicker.
func (s site) editPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, now publication.Written, wrong error) error {
	c, p, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = c.values()
	}
	if isConflict(wrong) {
		if now.ID == "" {
			now = c.Written
		}
		typed.Set("edit", numbered(now.Edit)) // who saves again has seen it
		c.now = &now
	}
	c.form = kit.FormOf(typed, wrong)
	c.form.Labels = c.labels(p)
	p.Title[0], p.Error = p.T("publicationpage.edit", fault.Args{"name": c.name}), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), editPage(p, c))
}

func (c chapter) labels(p *kit.Page) map[string]string {
	out := map[string]string{"editions": p.T("publicationpage.field.editions")}
	for _, l := range languages(c.Report.Language, c.Texts) {
		out["texts."+l] = inLanguage(p, "publicationpage.field.text", l)
		out["title."+l] = inLanguage(p, "publicationpage.field.title", l)
	}
	return out
}

// theirs is the text that somebody else saved, where it is another one than ours.
func (c chapter) theirs(lang string) (text string, differs bool) {
	if c.now == nil {
		return "", false
	}
	text = c.now.Texts[lang]
	return text, strings.TrimSpace(text) != strings.TrimSpace(lines(c.form.Value("texts."+lang)))
}

// draft is the form as a section; figures stand in forms of their own.
func draft(values url.Values, sec publication.Section) publication.SectionDraft {
	d := publication.SectionDraft{ID: sec.ID, Kind: sec.Kind, Title: map[string]string{}, Texts: map[string]string{}, Figures: sec.Figures, Editions: values["editions"]}
	for name, all := range values {
		if lang, ok := strings.CutPrefix(name, "texts."); ok {
			d.Texts[lang] = lines(all[0])
		}
		if lang, ok := strings.CutPrefix(name, "title."); ok && all[0] != "" {
			d.Title[lang] = all[0]
		}
	}
	return d
}

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if r.PostForm.Has("insert") {
		return s.inserted(w, r, v)
	}
	c, _, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return err
	}
	now, err := s.Publications.Write(r.Context(), v.Actor(), frame.CodeOf(r), draft(r.PostForm, c.Section), edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, c.sectionHref(c.ID), "report-written")
	case frame.Refused(err):
		return s.editPage(w, r, v, frame.Keep(r.PostForm), now, err)
	}
	return err
}

func (s site) drop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, _, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return err
	}
	err = s.Publications.Remove(r.Context(), v.Actor(), frame.CodeOf(r), c.ID, edit(r))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, c.base, "report-chapter-dropped")
	case frame.Refused(err):
		return s.editPage(w, r, v, nil, publication.Written{}, err)
	}
	return err
}

// inOthers tells whether the chapter has, or just got, a text in another language
// than the report's.
func (c chapter) inOthers() bool {
	for _, l := range languages(c.Report.Language, c.Texts)[1:] {
		if c.form.Value("texts."+l) != "" || c.form.Value("title."+l) != "" {
			return true
		}
	}
	return false
}

// markdownTable shows what may be typed, and what becomes of it.
func markdownTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.markdown"), Hidden: true, Plain: true,
		Columns: []kit.Column{{Head: p.T("publicationpage.markdown.write"), Lead: true}, {Head: p.T("publicationpage.markdown.get")}}}
	for _, row := range [][2]string{{"**…**", "strong"}, {"*…*", "em"}, {"## …", "heading"}, {"- …", "list"}, {"1. …", "ordered"}, {"> …", "quote"},
		{"{{f1.cases}}", "figure"}, {"{{f1.H87}}", "unit"}} {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Code(row[0]), kit.Say(p, "publicationpage.markdown."+row[1])}})
	}
	return t
}

// blocks are the chapter's text with its live figures in it.
func (c chapter) blocks(p *kit.Page, text, lang string) []rendition.Block {
	return written(p, text, lang, c.Live, c.Official)
}
