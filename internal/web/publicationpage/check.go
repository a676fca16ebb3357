package publicationpage

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// checks are remarks about the report as it stands.
func (s site) checks(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, p, err := s.may(r, v, access.ReportRead, v.Printer.T("publicationpage.tab.checks"))
	if err != nil {
		return err
	}
	if !d.Whole {
		return fault.Missing()
	}
	return frame.Show(w, r, http.StatusOK, checksPage(p, d, d.Remarks()))
}

// remarks are in the order of their kinds, each with where it leads.
func (d desk) remarks(p *kit.Page, all []publication.Remark) kit.Table {
	t := kit.Table{Caption: p.T("publicationpage.tab.checks"), Hidden: true, Columns: []kit.Column{{Head: p.T("publicationpage.column.remark"), Lead: true},
		{Head: p.T("publicationpage.column.words")}, {Head: p.T("publicationpage.column.where")}}}
	for _, m := range all {
		row := kit.TableRow{Cells: []templ.Component{kit.Text(p.T("report.remark." + m.Kind)), nil, anchor(d.where(p, m))}}
		if m.Words != "" {
			row.Cells[1] = kit.UserWords(m.Lang, m.Words)
		}
		if m.Kind == publication.RemarkPlaceholder || m.Kind == publication.RemarkLate {
			row.Tone = kit.Bad
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// where leads to what a remark is about: a text in its form, a figure, an
// administration.
func (d desk) where(p *kit.Page, m publication.Remark) (href, words string) {
	if sec, _, ok := d.at(m.Section); ok {
		words = name(p, sec.Section, d.Report.Language)
		href = d.sectionHref(sec.ID)
		switch {
		case m.Kind == publication.RemarkFigure:
			return href + "#figure-" + m.Words, words
		case d.Standing.May(access.ReportWrite):
			lang := m.Lang
			if lang == "" {
				lang = d.Report.Language
			} else {
				words = p.T("publicationpage.in-language", fault.Args{"name": words, "language": p.Printer.Language(lang)})
			}
			return href + "/edit#" + kit.FieldID("texts."+lang), words
		}
		return href, words
	}
	words = called(p, d.Organisations, m.Organisation)
	if m.Kind == publication.RemarkUncleared && len(d.Versions) > 0 {
		return d.versionHref(d.Versions[0].Number) + "/clearances", words
	}
	if m.Kind == publication.RemarkMissing || m.Kind == publication.RemarkLate {
		return d.base + "contributions/", words
	}
	return d.contributionHref(m.Organisation), words
}
