package publicationpage

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// clearances are what administrations say of a version.
func (s site) clearances(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.reading(r, v)
	if err != nil {
		return err
	}
	if !m.Whole {
		return fault.Missing()
	}
	p.Title[0] = p.T("publicationpage.clearances-of", fault.Args{"number": m.Version.Number})
	return frame.Show(w, r, http.StatusOK, clearancesPage(p, m))
}

func (m reading) clearancesLede(p *kit.Page) string {
	args := fault.Args{"part": answered(m.Clearings), "whole": int64(len(m.Clearings)), "day": day(m.Version.ClearBy)}
	if m.Version.ClearBy == "" {
		return p.T("publicationpage.clearances-lede-open", args)
	}
	return p.T("publicationpage.clearances-lede", args)
}

// clearanceTable has those who object first, then by name.
func (m reading) clearanceTable(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.clearances"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.administration"), Lead: true},
		{Head: p.T("publicationpage.column.state")}, {Head: p.T("publicationpage.column.words")}, {Head: p.T("publicationpage.column.when")}}}
	rank := func(c publication.Clearing) int {
		switch {
		case c.Word == nil:
			return 2
		case c.Word.State == publication.Cleared:
			return 3
		case c.Word.State == publication.Embargoes:
			return 0
		}
		return 1
	}
	all := slices.Clone(m.Clearings)
	slices.SortStableFunc(all, func(a, b publication.Clearing) int {
		if by := rank(a) - rank(b); by != 0 {
			return by
		}
		return p.Printer.Compare(called(p, m.Organisations, a.Organisation), called(p, m.Organisations, b.Organisation))
	})
	for _, c := range all {
		words, tone := word(p, c)
		row := kit.TableRow{Cells: []templ.Component{kit.UserWords("", called(p, m.Organisations, c.Organisation)), tag(words, tone), nil, nil}}
		if tone == kit.Bad {
			row.Tone = kit.Bad
		}
		if c.Word != nil {
			row.Cells[3] = kit.When(p, c.Word.At)
			if c.Word.Words != "" {
				row.Cells[2] = kit.UserText(c.Word.Language, c.Word.Words)
			}
			if c.Word.Until != "" {
				row.Cells[1] = kit.Join(row.Cells[1], kit.Text(p.T("publicationpage.until", fault.Args{"day": day(c.Word.Until)})))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s site) clearAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.clearPage(w, r, v, nil, nil)
}

// clearPage asks an administration for its word on a version.
func (s site) clearPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	m, p, err := s.reading(r, v)
	if err != nil {
		return err
	}
	if !m.Standing.May(access.ReportClear) {
		return fault.Missing()
	}
	if typed == nil {
		typed = url.Values{"language": {frame.WrittenIn(v)}}
		if c, ok := m.mine(); ok && c.Word != nil {
			typed = url.Values{"state": {c.Word.State}, "until": {c.Word.Until}, "words": {c.Word.Words}, "language": {c.Word.Language}}
		}
	}
	m.form = kit.FormOf(typed, wrong)
	m.form.Labels = frame.Labels(p, "publicationpage.field.", "state", "until", "words", "language")
	p.Title[0], p.Error = p.T("publicationpage.clear", fault.Args{"number": m.Version.Number}), wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), clearPage(p, m))
}

func (m reading) clearLede(p *kit.Page) string {
	if m.Version.ClearBy == "" {
		return p.T("publicationpage.clear-lede-open")
	}
	return p.T("publicationpage.clear-lede", fault.Args{"day": day(m.Version.ClearBy)})
}

func clearOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, state := range []string{publication.Cleared, publication.Dissents, publication.Embargoes} {
		out = append(out, kit.Option{Value: state, Label: p.T("publicationpage.clearance." + state), Hint: p.T("publicationpage.hint.state." + state)})
	}
	return out
}

func (s site) clear(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	n, err := number(r)
	if err != nil {
		return err
	}
	f := r.PostForm
	d := publication.ClearanceDraft{State: f.Get("state"), Until: frame.ClockDigits(f.Get("until")), Words: lines(f.Get("words")), Language: f.Get("language")}
	if d.State != publication.Embargoes {
		d.Until = ""
	}
	_, err = s.Publications.Clear(r.Context(), v.Actor(), frame.CodeOf(r), n, d)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/report/versions/"+numbered(n), "report-cleared")
	case frame.Refused(err):
		return s.clearPage(w, r, v, frame.Keep(f), err)
	}
	return err
}
