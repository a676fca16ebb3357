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
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// compared is what one version says otherwise than an earlier one.
type compared struct {
	desk
	from, to publication.Version
	changes  []publication.Change
}

func (s site) compare(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.compare"))
	if err != nil {
		return err
	}
	from, to := chosen(r)
	if from < 1 {
		return fault.Missing()
	}
	m := compared{desk: d}
	if err := s.both(r, v, &m, from, to); err != nil {
		return err
	}
	if m.changes, err = s.Publications.Compare(r.Context(), v.Actor(), frame.CodeOf(r), from, to); err != nil {
		return err
	}
	m.form = kit.FormOf(url.Values{"from": {numbered(from)}, "to": {numbered(to)}}, nil)
	p.Title[0] = p.T("publicationpage.compared", fault.Args{"from": from, "to": to})
	return frame.Show(w, r, http.StatusOK, comparePage(p, m))
}

// both reads the two versions.
func (s site) both(r *http.Request, v *frame.Visit, m *compared, from, to int64) error {
	for _, of := range []struct {
		number int64
		into   *publication.Version
	}{{from, &m.from}, {to, &m.to}} {
		got, err := s.Publications.Version(r.Context(), v.Actor(), frame.CodeOf(r), of.number)
		if err != nil {
			return err
		}
		*of.into, m.Organisations = got.Version, got.Organisations
	}
	return nil
}

// chosen are the two versions that the address names, the earlier first; what is no
// number is no version.
func chosen(r *http.Request) (from, to int64) {
	q := r.URL.Query()
	from, _ = strconv.ParseInt(q.Get("from"), 10, 64)
	to, _ = strconv.ParseInt(q.Get("to"), 10, 64)
	return min(from, to), max(from, to)
}

// kinds are those of changes, the figures first.
func kinds() []string {
	return []string{publication.ChangedFigure, publication.ChangedCase, publication.ChangedText, publication.ChangedContribution}
}

// kind are the changes of one kind. Where the whole of a figure changed as the figure of
// all cases did, that one says it for all.
func (m compared) kind(kind string) []publication.Change {
	said := map[publication.Change]bool{}
	var out []publication.Change
	for _, c := range m.changes {
		if c.Kind != kind {
			continue
		}
		whole := c
		whole.Subject = ""
		if kind == publication.ChangedFigure && strings.HasPrefix(c.Value, "||") {
			if said[whole] {
				continue
			}
			said[whole] = true
		}
		out = append(out, c)
	}
	return out
}

// table are the changes of one kind in words.
func (m compared) table(p *kit.Page, kind string) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.changed." + kind), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.subject"), Lead: true},
		{Head: p.T("publicationpage.column.value")}, {Head: p.T("publicationpage.column.before")}, {Head: p.T("publicationpage.column.after")}}}
	if kind == publication.ChangedFigure {
		t.Columns[2].Numeric, t.Columns[3].Numeric = true, true
	}
	for _, c := range m.kind(kind) {
		cells := map[string]func(*kit.Page, publication.Change) []templ.Component{publication.ChangedFigure: m.figure, publication.ChangedCase: m.kase,
			publication.ChangedText: m.text, publication.ChangedContribution: m.contribution}[kind]
		if cells != nil {
			t.Rows = append(t.Rows, kit.TableRow{Cells: cells(p, c)})
		}
	}
	return t
}

// question finds a figure in either version.
func (m compared) question(id string) (publication.Figure, bool) {
	for _, sec := range slices.Concat(m.to.Sections, m.from.Sections) {
		for _, f := range sec.Figures {
			if f.ID == id {
				return f, true
			}
		}
	}
	return publication.Figure{}, false
}

// figure is a changed number: which figure, of what, before and after.
func (m compared) figure(p *kit.Page, c publication.Change) []templ.Component {
	words := p.T("publicationpage.asked.all")
	f, ok := m.question(c.Subject)
	if ok {
		words = shown{Figure: f, language: m.to.Language, organisations: m.Organisations}.caption(p)
	}
	return []templ.Component{kit.UserWords("", words), kit.UserWords("", m.cell(p, f, c.Value)), amount(p, c.Before), amount(p, c.After)}
}

// cell names a value of a figure: "Japan · Pieces".
func (m compared) cell(p *kit.Page, f publication.Figure, at string) string {
	if at == publication.ChangedQuestion {
		return p.T("publicationpage.changed-question")
	}
	parts := append(strings.SplitN(at, "|", 3), "", "")
	unit := p.T("publicationpage.column.cases")
	if parts[2] != "" {
		unit = unitName(p, parts[2])
	}
	var words []string
	switch group := f.Question.Group; {
	case parts[0] == "" && parts[1] == "": // the whole figure
		words = append(words, p.T("publicationpage.whole"))
	case group != "" && group != analysis.ByAll:
		words = append(words, value(p, group, parts[0], m.Organisations))
	}
	if split := f.Question.Split; split != "" && parts[1] != "" {
		words = append(words, value(p, split, parts[1], m.Organisations))
	}
	return strings.Join(append(words, unit), " · ")
}

// kase is what was said of a case: in or out, a quantity, a value of a dimension.
func (m compared) kase(p *kit.Page, c publication.Change) []templ.Component {
	link := caseLink(p.Operation.Href+"c/"+c.Subject, c.Subject)
	parts := strings.Split(c.Value, "|")
	switch {
	case c.Value == "": // it came, or went
		return []templ.Component{link, kit.Text(dimension(p, analysis.ByClass)), m.values(p, analysis.ByClass, c.Before), m.values(p, analysis.ByClass, c.After)}
	case len(parts) == 3:
		of := value(p, parts[0], parts[1], m.Organisations) + " · " + unitName(p, parts[2])
		return []templ.Component{link, kit.UserWords("", of), amount(p, c.Before), amount(p, c.After)}
	case slices.Contains(analysis.Dimensions(), c.Value):
		return []templ.Component{link, kit.Text(dimension(p, c.Value)), m.values(p, c.Value, c.Before), m.values(p, c.Value, c.After)}
	}
	return []templ.Component{link, kit.Text(unitName(p, c.Value)), amount(p, c.Before), amount(p, c.After)}
}

// values are those of a dimension, joined by commas.
func (m compared) values(p *kit.Page, d, joined string) templ.Component {
	var out []string
	for _, v := range strings.Split(joined, ",") {
		if joined != "" {
			out = append(out, value(p, d, v, m.Organisations))
		}
	}
	return kit.UserWords("", p.Printer.List(out))
}

// text is a changed text, as it was and as it is.
func (m compared) text(p *kit.Page, c publication.Change) []templ.Component {
	find := func(v publication.Version) publication.Section {
		for _, sec := range v.Sections {
			if sec.ID == c.Subject {
				return sec
			}
		}
		return publication.Section{}
	}
	was, is := find(m.from), find(m.to)
	called := name(p, is, m.to.Language)
	if is.ID == "" {
		called = name(p, was, m.from.Language)
	}
	lead := kit.UserWords("", called)
	if c.Value == "editions" {
		return []templ.Component{lead, kit.Text(p.T("publicationpage.editions")), kit.Text(editionNames(p, was.Editions)), kit.Text(editionNames(p, is.Editions))}
	}
	if lang, ok := strings.CutPrefix(c.Value, "title."); ok {
		return []templ.Component{lead, kit.Text(inLanguage(p, "publicationpage.field.title", lang)), kit.UserText(lang, was.Title[lang]), kit.UserText(lang, is.Title[lang])}
	}
	return []templ.Component{lead, kit.Text(inLanguage(p, "publicationpage.field.text", c.Value)), kit.UserText(c.Value, was.Texts[c.Value]), kit.UserText(c.Value, is.Texts[c.Value])}
}

// contribution is that of an administration, by its length: its words stand in its chapters.
func (m compared) contribution(p *kit.Page, c publication.Change) []templ.Component {
	n, _ := strconv.ParseInt(c.Subject, 10, 64)
	return []templ.Component{kit.UserWords("", called(p, m.Organisations, n)), kit.Text(p.T("publicationpage.characters")), amount(p, c.Before), amount(p, c.After)}
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
