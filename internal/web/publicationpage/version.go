package publicationpage

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// versions lists what was frozen.
func (s site) versions(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.versions"))
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, versionsPage(p, d))
}

// versionTable are the heads, the newest first.
func (d desk) versionTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.versions"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.version"), Lead: true},
		{Head: p.T("publicationpage.column.frozen")}, {Head: p.T("publicationpage.column.note")}, {Head: p.T("publicationpage.column.cases"), Numeric: true}}}
	for _, h := range d.Versions {
		row := kit.TableRow{Cells: []templ.Component{anchor(d.versionHref(h.Number), p.T("publicationpage.version", fault.Args{"number": h.Number})), kit.When(p, h.At), nil, kit.Num(p, h.Cases)}}
		if h.Note != "" {
			row.Cells[2] = kit.UserWords(h.Language, h.Note)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// numbers are the versions to choose from.
func (d desk) numbers(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, h := range d.Versions {
		out = append(out, kit.Option{Value: numbered(h.Number), Label: p.T("publicationpage.version", fault.Args{"number": h.Number}) + " · " + p.Printer.Day(dayOf(d.Standing, h))})
	}
	return out
}

// reading is a version on its pages.
type reading struct {
	publication.Reading
	base string // of the report
	form kit.Form
}

func (m reading) href() string { return m.base + "versions/" + numbered(m.Version.Number) }

// reading finds the version that the address names.
func (s site) reading(r *http.Request, v *frame.Visit) (reading, *kit.Page, error) {
	n, err := number(r)
	if err != nil {
		return reading{}, nil, err
	}
	got, err := s.Publications.Version(r.Context(), v.Actor(), frame.CodeOf(r), n)
	if err != nil {
		return reading{}, nil, err
	}
	p := s.inside(r, v, got.Standing, v.Printer.T("publicationpage.version", fault.Args{"number": n}))
	return reading{Reading: got, base: p.Operation.Href + "report/"}, p, nil
}

func (s site) version(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.reading(r, v)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, versionPage(p, m))
}

// day is the day on which it was frozen, where the operation is.
func (m reading) day() i18n.Day {
	return day(m.Version.At.In(frame.ZoneOf(m.Standing)).Format("2006-01-02"))
}

// links lead to what is done with a version.
func (m reading) links(p *kit.Page) []kit.Link {
	out := []kit.Link{{Label: p.T("publicationpage.version", fault.Args{"number": m.Version.Number}), Href: m.href()}}
	if m.Whole {
		out = append(out, kit.Link{Label: p.T("publicationpage.clearances"), Href: m.href() + "/clearances"})
	}
	if m.Whole {
		out = append(out, kit.Link{Label: p.T("publicationpage.editions"), Href: m.href() + "/editions/"})
	}
	if m.Standing.May(access.PressWrite) {
		out = append(out, kit.Link{Label: p.T("publicationpage.press"), Href: m.base + "press/" + string(p.Printer.Lang())})
	}
	return out
}

// figure is a frozen figure, each line of which opens the cases behind it.
func (m reading) figure(p *kit.Page, f publication.Figure) shown {
	a, ok := m.Version.Answers[f.ID]
	return shown{Figure: f, language: m.Version.Language, answer: a, known: ok, organisations: m.Organisations, frozen: true, cut: shortTable, whole: m.href() + "/figures/" + f.ID,
		lede: p.T("publicationpage.frozen", fault.Args{"index": m.Version.AsOf, "day": m.day()}),
		link: func(g analysis.Group) string { return cellHref(m.href()+"/cases", f.ID, g) }}
}

// blocks are a chapter's text with its frozen figures in it.
func (m reading) blocks(p *kit.Page, text, lang string) []rendition.Block {
	return written(p, text, lang, m.Version.Answers, m.Version.Official)
}

// whole is one figure on a page of its own, with all its lines.
func (s site) whole(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.reading(r, v)
	if err != nil {
		return err
	}
	for _, sec := range m.Version.Sections {
		for _, f := range sec.Figures {
			if f.ID == r.PathValue("figure") {
				one := m.figure(p, f)
				one.cut = 0
				p.Title[0] = one.caption(p)
				return frame.Show(w, r, http.StatusOK, wholePage(p, m, one))
			}
		}
	}
	return fault.Missing()
}

// contributed are what administrations say in one chapter.
func (m reading) contributed(p *kit.Page, kind string) []kit.Event {
	var out []kit.Event
	for _, c := range m.Version.Contributions {
		text := map[string]string{publication.Challenges: c.Challenges, publication.Lessons: c.Lessons, publication.Interest: c.Interest}[kind]
		if text != "" {
			out = append(out, kit.Event{At: c.At, Title: called(p, m.Organisations, c.Organisation), Body: prose(p, c.Language, text)})
		}
	}
	return out
}

// mine is what the reader's administration says of the version.
func (m reading) mine() (publication.Clearing, bool) {
	for _, c := range m.Clearings {
		if c.Organisation == m.Standing.Who.Organisation {
			return c, true
		}
	}
	return publication.Clearing{}, false
}

// rows are what is known of the version itself.
func (m reading) rows(p *kit.Page) []kit.Row {
	rows := []kit.Row{{Label: p.T("publicationpage.frozen.cases"), Value: anchor(cellHref(m.href()+"/cases", publication.Official, analysis.Group{}), p.Printer.Number(m.Version.Official.Cases))},
		{Label: p.T("publicationpage.frozen.totals"), Value: sentence(p, p.Printer.Totals(m.Version.Official.Totals))}}
	if m.Version.Note != "" {
		rows = append(rows, kit.Row{Label: p.T("publicationpage.field.note"), Value: kit.UserText(m.Version.Language, m.Version.Note)})
	}
	if m.Version.ClearBy != "" {
		rows = append(rows, kit.Row{Label: p.T("publicationpage.field.clear-by"), Value: kit.Day(p, m.Version.ClearBy)})
	}
	return rows
}

// behind are the cases behind one cell of a frozen figure.
type behind struct {
	publication.Behind
	base, back string
}

func (s site) behind(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	n, err := number(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	place := publication.Place{Figure: q.Get("figure"), Value: q.Get("value"), Split: q.Get("split")}
	place.Cell = q.Has("value") && place.Figure != publication.Official
	got, err := s.Publications.Behind(r.Context(), v.Actor(), frame.CodeOf(r), n, place)
	if err != nil {
		return err
	}
	p := s.inside(r, v, got.Standing, v.Printer.T("publicationpage.behind"))
	m := behind{Behind: got, base: p.Operation.Href + "report/", back: p.Operation.Href + "report/versions/" + numbered(n)}
	return frame.Show(w, r, http.StatusOK, behindPage(p, m))
}

// of says which cell it is.
func (m behind) of(p *kit.Page) string {
	f := shown{Figure: m.Figure, language: m.Head.Language, organisations: m.Organisations}
	words := f.caption(p)
	if q := m.Figure.Question; q.Group != "" && q.Group != analysis.ByAll && m.Group.Value != "" {
		words += " · " + value(p, q.Group, m.Group.Value, m.Organisations)
	}
	if m.Group.Split != "" {
		words += " · " + value(p, m.Figure.Question.Split, m.Group.Split, m.Organisations)
	}
	return words
}

// unseen counts the cases that the reader may not read.
func (m behind) unseen() int64 { return max(0, m.Group.Cases-int64(len(m.Cases))) }

func (m behind) table(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.behind"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.reference"), Lead: true},
		{Head: p.T("edition.by.day")}, {Head: p.T("edition.by.country")}, {Head: p.T("publicationpage.column.reported")}, {Head: p.T("publicationpage.column.class")}}}
	for _, c := range m.Cases {
		row := kit.TableRow{Cells: []templ.Component{kit.Code(c.Case.Reference), kit.Day(p, c.Case.Day), kit.Country(p, c.Case.Country),
			kit.UserWords("", called(p, m.Organisations, c.Case.Organisation)), kit.Listed(p, codelist.Counted.Name(), c.Class)}}
		row.Cells[0] = caseLink(p.Operation.Href+"c/"+c.Case.Reference, c.Case.Reference)
		if c.Now != c.Case.Version {
			row.Cells[4] = kit.Join(row.Cells[4], kit.Tag(kit.Info, p.T("publicationpage.corrected-since")))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
