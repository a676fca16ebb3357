package publicationpage

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// editionRoutes are those of what is given out.
func (s site) editionRoutes() []frame.Route {
	return []frame.Route{
		get("editions/{$}", access.EditionRead, s.editions),
		get("versions/{n}/editions/{$}", access.EditionRead, s.editions),
		get("versions/{n}/editions/{edition}", access.EditionRead, s.edition),
		get("versions/{n}/editions/{edition}/file", access.EditionRead, s.editionFile),
		post("versions/{n}/editions/{edition}/issue", access.EditionIssue, frame.SmallForm, s.issue),
		get("press/{lang}", access.EditionRead, s.press),
		get("press/{lang}/edit", access.PressWrite, s.pressAsk),
		post("press/{lang}/edit", access.PressWrite, frame.SmallForm, s.pressWrite),
	}
}

// shelf are the editions that there are for the reader.
type shelf struct {
	edition.Shelf
	base   string
	number int64 // of the version whose editions can be issued; 0: there is none
	press  []i18n.Lang
}

// editions lists what was given out; coordination also finds what it may give out.
func (s site) editions(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	got, err := s.Editions.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.inside(r, v, got.Standing, v.Printer.T("publicationpage.editions"))
	m := shelf{Shelf: got, base: p.Operation.Href + "report/"}
	if len(got.Versions) > 0 {
		m.number = got.Versions[0].Number
	}
	if r.PathValue("n") != "" {
		if m.number, err = number(r); err != nil {
			return err
		}
		if !slices.ContainsFunc(got.Versions, func(h publication.Head) bool { return h.Number == m.number }) {
			return fault.Missing()
		}
	}
	m.press = s.released(r, v)
	return frame.Show(w, r, http.StatusOK, editionsPage(p, m))
}

// released are the languages in which the reader finds a press release.
func (s site) released(r *http.Request, v *frame.Visit) (out []i18n.Lang) {
	for _, lang := range i18n.Languages() {
		if _, err := s.Editions.Press(r.Context(), v.Actor(), frame.CodeOf(r), string(lang)); err == nil {
			out = append(out, lang)
		}
	}
	return out
}

// slug names an edition in an address: "public", "holder-12".
func slug(kind string, holder int64) string {
	if holder != 0 {
		return kind + "-" + numbered(holder)
	}
	return kind
}

// wanted is the edition that an address names.
func wanted(r *http.Request) (edition.Wanted, error) {
	n, err := number(r)
	if err != nil {
		return edition.Wanted{}, err
	}
	w := edition.Wanted{Number: n}
	kind, holder, of := strings.Cut(r.PathValue("edition"), "-")
	w.Kind = kind
	if of {
		if w.Holder, err = strconv.ParseInt(holder, 10, 64); err != nil {
			return w, fault.Missing()
		}
	}
	if !slices.Contains(edition.Kinds(), w.Kind) || (w.Kind == publication.Holder) != of {
		return w, fault.Missing()
	}
	return w, nil
}

func (m shelf) href(number int64, kind string, holder int64) string {
	return m.base + "versions/" + numbered(number) + "/editions/" + slug(kind, holder)
}

// given are the editions that were given out, the newest first.
func (m shelf) given(p *kit.Page) kit.Table {
	t := kit.Table{Caption: m.givenTitle(p), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.edition"), Lead: true},
		{Head: p.T("publicationpage.column.version")}, {Head: p.T("publicationpage.column.issued")}}}
	for _, h := range m.Editions {
		words := p.T("edition.kind." + h.Kind)
		if h.Holder.Number != 0 {
			words = frame.Called(p, h.Holder)
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{anchor(m.href(h.Number, h.Kind, h.Holder.Number), words), kit.Num(p, h.Number), kit.When(p, h.At)}})
	}
	return t
}

// open are the editions of the chosen version with whether they were given out.
func (m shelf) open(p *kit.Page) []kit.Task {
	var out []kit.Task
	add := func(kind string, holder int64, label string) {
		t := kit.Task{Label: label, Href: m.href(m.number, kind, holder), State: p.T("publicationpage.not-issued"), Tone: kit.Neutral}
		for _, h := range m.Editions {
			if h.Number == m.number && h.Kind == kind && h.Holder.Number == holder {
				t.State, t.Tone = p.T("publicationpage.issued-on", fault.Args{"day": day(h.At.In(frame.ZoneOf(m.Standing)).Format("2006-01-02"))}), kit.Good
			}
		}
		out = append(out, t)
	}
	add(publication.Enforcement, 0, p.T("edition.kind.enforcement"))
	for _, o := range m.Holders {
		add(publication.Holder, o.Number, frame.Called(p, o))
	}
	add(publication.Public, 0, p.T("edition.kind.public"))
	return out
}

// held tells whether an embargo keeps the chosen version in the house.
func (m shelf) held() bool {
	return m.Embargo.Until != "" && len(m.Versions) > 0 && m.number == m.Versions[0].Number
}

// issuing is one edition on its page.
type issuing struct {
	edition.Reading
	base string
	form kit.Form // how to take it along, and what was wrong with giving it out
}

func (m issuing) href() string {
	return m.base + "versions/" + numbered(m.Number) + "/editions/" + slug(m.Kind, m.Holder)
}

func (s site) edition(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.editionPage(w, r, v, nil)
}

// editionPage shows an edition as it was, or would be, given out.
func (s site) editionPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	of, err := wanted(r)
	if err != nil {
		return err
	}
	got, err := s.Editions.Read(r.Context(), v.Actor(), frame.CodeOf(r), of, string(v.Printer.Lang()))
	if err != nil {
		return err
	}
	p := s.inside(r, v, got.Standing, v.Printer.T("edition.kind."+got.Kind))
	m := issuing{Reading: got, base: p.Operation.Href + "report/"}
	m.form = kit.FormOf(url.Values{"lang": {string(v.Printer.Lang())}, "format": {rendition.HTML}}, wrong)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), editionPage(p, m))
}

// lede says whether it was given out.
func (m issuing) lede(p *kit.Page) string {
	if m.Issued {
		return p.T("publicationpage.issued-on", fault.Args{"day": day(m.Given.At.In(frame.ZoneOf(m.Standing)).Format("2006-01-02"))})
	}
	return p.T("publicationpage.issue-hint")
}

// languages are those in which the edition can be taken along.
func (m issuing) languages(p *kit.Page) []kit.Option { return productLanguages(p) }

func formats(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, f := range rendition.Formats() {
		out = append(out, kit.Option{Value: f, Label: p.T("publicationpage.format." + f)})
	}
	return out
}

// editionFile is an edition as a file, in the language that is asked for.
func (s site) editionFile(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	of, err := wanted(r)
	if err != nil {
		return err
	}
	lang := r.URL.Query().Get("lang")
	if !i18n.Offered(i18n.Lang(lang)) {
		return fault.Missing()
	}
	got, err := s.Editions.Read(r.Context(), v.Actor(), frame.CodeOf(r), of, lang)
	if err != nil {
		return err
	}
	return send(w, r, got.Document, string(got.Standing.Operation.Code), "report", numbered(got.Number), got.Kind, lang)
}

// send gives a document as a file in the format that is asked for.
func send(w http.ResponseWriter, r *http.Request, d rendition.Document, name ...string) error {
	format := r.URL.Query().Get("format")
	if !slices.Contains(rendition.Formats(), format) {
		return fault.Missing()
	}
	var b bytes.Buffer
	if err := d.Write(&b, format); err != nil {
		return err
	}
	file := strings.Join(name, "-") + "." + format
	h := w.Header()
	h.Set("Content-Type", rendition.MediaType(format))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	_, _ = b.WriteTo(w) // the reader may have gone
	return nil
}

func (s site) issue(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	of, err := wanted(r)
	if err != nil {
		return err
	}
	var langs []string
	for _, l := range i18n.Languages() {
		langs = append(langs, string(l))
	}
	_, err = s.Editions.Issue(r.Context(), v.Actor(), frame.CodeOf(r), of, langs)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/versions/"+numbered(of.Number)+"/editions/"+slug(of.Kind, of.Holder), "edition-issued")
	case frame.Refused(err):
		return s.editionPage(w, r, v, err)
	}
	return err
}

// givenTitle heads what was given out: to all, for who coordinates.
func (m shelf) givenTitle(p *kit.Page) string {
	if m.Whole {
		return p.T("publicationpage.given-list")
	}
	return p.T("publicationpage.issued-list")
}
