package seizurepage

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseTable is the list as a table; on phones each row is a card.
func caseTable(p *kit.Page, l caseListView) kit.Table {
	t := kit.Table{Caption: p.T("casepage.cases"), Hidden: true}
	for i, name := range []string{"reference", "day", "country", "goods", "conveyance", "status", "counts"} {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("casepage.column." + name), Lead: i == 0})
	}
	for _, c := range l.Items {
		t.Rows = append(t.Rows, kit.TableRow{Tone: caseTone(c), Cells: []templ.Component{
			caseLink(l, c),
			dayOrNone(p, c.Day),
			caseWhere(p, c, l.Organisations[c.Organisation]),
			caseGoods(p, c),
			orNone(p, codedCell(p, "conveyance", c.Language, c.Conveyance).Text),
			orNone(p, p.Printer.Code("outcome", c.Status)),
			caseStanding(p, c),
		}})
	}
	return t
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
		return none(p)
	}
	return caseText(text)
}

func dayOrNone(p *kit.Page, day string) templ.Component {
	if day == "" {
		return none(p)
	}
	return kit.Day(p, day)
}

// caseTasks lists drafts to finish and reports that wait for release.
func caseTasks(p *kit.Page, l caseListView) []kit.Task {
	var out []kit.Task
	hint := func(c seizure.Case) string {
		parts := caseCategories(p, c.Draft)
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
