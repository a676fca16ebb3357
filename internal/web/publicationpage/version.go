package publicationpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

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
	if m.Standing.May(access.EditionIssue) || m.Standing.May(access.EditionRead) {
		out = append(out, kit.Link{Label: p.T("publicationpage.editions"), Href: m.href() + "/editions/"})
	}
	if m.Standing.May(access.PressWrite) {
		out = append(out, kit.Link{Label: p.T("publicationpage.press"), Href: m.href() + "/press/" + string(p.Printer.Lang())})
	}
	return out
}

// figure is a frozen figure, each line of which opens the cases behind it.
func (m reading) figure(p *kit.Page, f publication.Figure) shown {
	a, ok := m.Version.Answers[f.ID]
	return shown{Figure: f, language: m.Version.Language, answer: a, known: ok, organisations: m.Organisations, frozen: true,
		lede: p.T("publicationpage.frozen", fault.Args{"index": m.Version.AsOf, "day": m.day()}),
		link: func(g analysis.Group) string { return cellHref(m.href()+"/cases", f.ID, g) }}
}

// blocks are a chapter's text with its frozen figures in it.
func (m reading) blocks(p *kit.Page, text, lang string) []rendition.Block {
	return written(p, text, lang, m.Version.Answers, m.Version.Official)
}

// contributed are what administrations say in one chapter.
func (m reading) contributed(p *kit.Page, kind string) []kit.Event {
	var out []kit.Event
	for _, c := range m.Version.Contributions {
		text := map[string]string{publication.Challenges: c.Challenges, publication.Lessons: c.Lessons, publication.Interest: c.Interest}[kind]
		if text != "" {
			out = append(out, kit.Event{At: c.At, Title: called(p, m.Organisations, c.Organisation), Body: prose(c.Language, text)})
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
		{Label: p.T("publicationpage.frozen.totals"), Value: kit.Text(p.Printer.Totals(m.Version.Official.Totals))}}
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
		{Head: p.T("publicationpage.by.day")}, {Head: p.T("publicationpage.by.country")}, {Head: p.T("publicationpage.column.reported")}, {Head: p.T("publicationpage.column.class")}}}
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

// compared is what one version says otherwise than an earlier one.
type compared struct {
	desk
	from, to int64
	changes  []publication.Change
	texts    map[string]string // names of sections and figures
}

func (s site) compare(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.compare"))
	if err != nil {
		return err
	}
	m := compared{desk: d}
	q := r.URL.Query()
	m.from, _ = strconv.ParseInt(q.Get("from"), 10, 64) // what is no number is no version
	m.to, _ = strconv.ParseInt(q.Get("to"), 10, 64)
	if m.from > m.to {
		m.from, m.to = m.to, m.from
	}
	if m.changes, err = s.Publications.Compare(r.Context(), v.Actor(), frame.CodeOf(r), m.from, m.to); err != nil {
		return err
	}
	if err := s.nameAll(r, v, p, &m); err != nil {
		return err
	}
	m.form = kit.FormOf(url.Values{"from": {numbered(m.from)}, "to": {numbered(m.to)}}, nil)
	p.Title[0] = p.T("publicationpage.compared", fault.Args{"from": m.from, "to": m.to})
	return frame.Show(w, r, http.StatusOK, comparePage(p, m))
}

// nameAll finds the words for sections and figures in the later version.
func (s site) nameAll(r *http.Request, v *frame.Visit, p *kit.Page, m *compared) error {
	got, err := s.Publications.Version(r.Context(), v.Actor(), frame.CodeOf(r), m.to)
	if err != nil {
		return err
	}
	m.texts = map[string]string{publication.Official: p.T("publicationpage.asked.all")}
	m.Organisations = got.Organisations
	for _, sec := range got.Version.Sections {
		m.texts[sec.ID] = name(p, sec, got.Version.Language)
		for _, f := range sec.Figures {
			m.texts[f.ID] = shown{Figure: f, language: got.Version.Language, organisations: got.Organisations}.caption(p)
			m.questions(f)
		}
	}
	return nil
}

// questions keeps what a figure groups by, for the words of its values.
func (m *compared) questions(f publication.Figure) {
	m.texts["group "+f.ID], m.texts["split "+f.ID] = f.Question.Group, f.Question.Split
}

// kind are the changes of one kind.
func (m compared) kind(kind string) []publication.Change {
	var out []publication.Change
	for _, c := range m.changes {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	return out
}

// table are the changes of one kind in words.
func (m compared) table(p *kit.Page, kind string) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.changed." + kind), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.subject"), Lead: true}}}
	if kind != publication.ChangedCase {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("publicationpage.column.value")})
	}
	t.Columns = append(t.Columns, kit.Column{Head: p.T("publicationpage.column.before"), Numeric: kind == publication.ChangedFigure}, kit.Column{Head: p.T("publicationpage.column.after"), Numeric: kind == publication.ChangedFigure})
	for _, c := range m.kind(kind) {
		t.Rows = append(t.Rows, kit.TableRow{Cells: m.row(p, c)})
	}
	return t
}

func (m compared) row(p *kit.Page, c publication.Change) []templ.Component {
	switch c.Kind {
	case publication.ChangedCase:
		return []templ.Component{caseLink(p.Operation.Href+"c/"+c.Subject, c.Subject), m.class(p, c.Before), m.class(p, c.After)}
	case publication.ChangedText:
		lang := strings.TrimPrefix(c.Value, "texts.")
		return []templ.Component{kit.UserWords("", m.called(c.Subject)), kit.Text(p.Printer.Language(lang)), kit.UserText(lang, c.Before), kit.UserText(lang, c.After)}
	}
	return []templ.Component{kit.UserWords("", m.called(c.Subject)), kit.Text(m.cell(p, c)), amount(p, c.Before), amount(p, c.After)}
}

// class is what was said of a case: whether it counted; as it is where that is no code.
func (m compared) class(p *kit.Page, said string) templ.Component {
	if said == "" {
		return nil
	}
	if slices.Contains(codelist.Counted.Codes(), said) {
		return kit.Listed(p, codelist.Counted.Name(), said)
	}
	return kit.UserWords("", said)
}

func (m compared) called(id string) string {
	if words := m.texts[id]; words != "" {
		return words
	}
	return id
}

// cell names a value of a figure: "Japan · Pieces".
func (m compared) cell(p *kit.Page, c publication.Change) string {
	parts := strings.SplitN(c.Value, "|", 3)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	unit := p.T("publicationpage.column.cases")
	if parts[2] != "" {
		unit = unitName(p, parts[2])
	}
	var words []string
	if group := m.texts["group "+c.Subject]; group != "" && group != analysis.ByAll {
		words = append(words, value(p, group, parts[0], m.Organisations))
	}
	if split := m.texts["split "+c.Subject]; split != "" {
		words = append(words, value(p, split, parts[1], m.Organisations))
	}
	return strings.Join(append(words, unit), " · ")
}

// amount is a decimal as its reader's language prints it.
func amount(p *kit.Page, decimal string) templ.Component {
	if decimal == "" {
		return nil
	}
	micro, err := i18n.ParseDecimal(decimal)
	if err != nil {
		return kit.UserWords("", decimal)
	}
	return figures(p.Printer.Micro(micro))
}
