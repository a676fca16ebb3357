package seizurepage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// cellColumns bounds the columns that stand side by side: what is chosen beside
// them shares a last cell, so that no choice makes the page wider than a screen.
const cellColumns = 6

// caseTable is the list as a table, with the columns that the reader chose; on
// phones each row is a card.
func caseTable(p *kit.Page, l caseListView) kit.Table {
	columns := l.Columns
	if len(columns) == 0 {
		columns = caselist.UsualColumns()
	}
	beside := columns
	if len(beside) > cellColumns {
		beside = columns[:cellColumns-1]
	}
	t := kit.Table{Caption: p.T("casepage.cases"), Hidden: true}
	t.Columns = append(t.Columns, kit.Column{Head: p.T("casepage.column.reference"), Lead: true})
	for _, name := range beside {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("casepage.column." + name)})
	}
	shared := columns[len(beside):]
	if len(shared) > 0 {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("casepage.column.more")})
	}
	for _, c := range l.Items {
		row := kit.TableRow{Tone: caseTone(c), Cells: []templ.Component{caseLink(l, c)}}
		for _, name := range beside {
			row.Cells = append(row.Cells, caseColumn(p, l, c, name))
		}
		if len(shared) > 0 {
			row.Cells = append(row.Cells, caseShared(p, l, c, shared))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// caseColumn is one cell of the list.
func caseColumn(p *kit.Page, l caseListView, c seizure.Case, name string) templ.Component {
	switch name {
	case "day":
		return dayOrNone(p, c.Day)
	case "country":
		return caseWhere(p, c, l.Organisations[c.Organisation])
	case "goods":
		return caseGoods(p, c)
	case "status":
		return orNone(p, p.Printer.Code("outcome", c.Status))
	case "counts":
		return caseStanding(p, c)
	case "conveyance":
		return orNone(p, casepart.CodedCell(p, name, c.Language, c.Conveyance).Text)
	case "direction":
		return orNone(p, casepart.CodedCell(p, name, c.Language, c.Direction).Text)
	case "detection":
		return orNone(p, casepart.CodedCell(p, name, c.Language, c.Detection).Text)
	case "route":
		return orNone(p, caseRoute(p, c))
	case "marks":
		return orNone(p, frame.MarkWords(p, c.Marks))
	case "reported":
		return kit.Day(p, c.Reported.Format(time.DateOnly))
	case "place":
		return ownOrNone(p, c.Language, c.Place)
	case "brand":
		return ownOrNone(p, c.Language, caseBrands(p, c))
	}
	return casepart.None(p)
}

// caseRoute is where the goods came from and where they went.
func caseRoute(p *kit.Page, c seizure.Case) string {
	from, to := casepart.CodedCell(p, "origin", c.Language, c.Origin).Text, casepart.CodedCell(p, "destination", c.Language, c.Destination).Text
	if from == "" && to == "" {
		return ""
	}
	unknown := p.T("component.not-given")
	return p.Printer.Isolate(cmp.Or(from, unknown)) + " " + casepart.Arrow(p) + " " + p.Printer.Isolate(cmp.Or(to, unknown))
}

// caseBrands are the brands of a case, each once.
func caseBrands(p *kit.Page, c seizure.Case) string {
	var out []string
	for _, l := range c.Goods {
		if l.Brand != "" && !slices.Contains(out, l.Brand) {
			out = append(out, l.Brand)
		}
	}
	return p.Printer.List(out)
}

func ownOrNone(p *kit.Page, lang, text string) templ.Component {
	if text == "" {
		return casepart.None(p)
	}
	return kit.UserWords(lang, text)
}

// caseTone is the edge of a row; the words stand in its last cell.
func caseTone(c seizure.Case) kit.Tone {
	switch {
	case c.State == seizure.Saved, c.State == seizure.Reported:
		return kit.Info
	case c.Class != seizure.Counted:
		return kit.Warn
	}
	return ""
}

func orNone(p *kit.Page, text string) templ.Component {
	if text == "" {
		return casepart.None(p)
	}
	return casepart.Text(text)
}

func dayOrNone(p *kit.Page, day string) templ.Component {
	if day == "" {
		return casepart.None(p)
	}
	return kit.Day(p, day)
}

// caseTasks lists what came back to be corrected, drafts to finish and reports
// that wait for release.
func caseTasks(p *kit.Page, l caseListView) []kit.Task {
	var out []kit.Task
	hint := func(c seizure.Case) string {
		parts := casepart.Categories(p, c.Draft)
		if c.Place != "" {
			parts = append(parts, c.Place)
		}
		if c.Day != "" {
			parts = append(parts, p.Printer.Day(c.Day))
		}
		for i := range parts {
			parts[i] = p.Printer.Isolate(parts[i])
		}
		return strings.Join(parts, " · ")
	}
	for _, b := range l.back {
		out = append(out, kit.Task{Label: p.T("casepage.task.returned", fault.Args{"reference": b.Case.Reference}), Hint: p.Printer.Isolate(b.Review.Reason),
			Href: l.base + b.Case.Reference, State: p.T("casepage.task.correct"), Tone: kit.Warn})
	}
	for _, c := range l.waiting {
		t := kit.Task{Label: p.T("casepage.task.waiting", fault.Args{"reference": c.Reference}), Hint: hint(c),
			Href: l.base + c.Reference, State: p.T("casepage.state.reported"), Tone: kit.Info}
		if l.Standing.May(access.SeizureRelease) {
			t.State, t.Tone = p.T("casepage.task.release"), kit.Warn
		}
		if !c.ReleaseDue.IsZero() {
			t.Hint += " · " + p.T("casepage.task.due", fault.Args{"at": p.Printer.Time(c.ReleaseDue, nil)})
		}
		out = append(out, t)
	}
	for _, c := range l.drafts {
		out = append(out, kit.Task{Label: p.T("casepage.task.draft", fault.Args{"reference": c.Reference}), Hint: hint(c),
			Href: l.base + "new?draft=" + c.Reference, State: p.T("casepage.state.draft"), Tone: kit.Neutral})
	}
	return out
}
