package usagepage

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func table(p *kit.Page, caption string, heads ...string) kit.Table {
	t := kit.Table{Caption: p.T(caption), Hidden: true}
	for i, h := range heads {
		t.Columns = append(t.Columns, kit.Column{Head: p.T(h), Lead: i == 0})
	}
	return t
}

func figureTable(p *kit.Page, u usage.View) kit.Table {
	t := table(p, "usage.figures", "usage.brand", "usage.month", "usage.cases", "usage.quantities")
	for _, f := range u.Figures {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{user(f.Brand), kit.Code(f.Month), kit.Num(p, f.Cases), quantities(p, f)}})
	}
	return t
}

func openingTable(p *kit.Page, u usage.View) kit.Table {
	t := table(p, "usage.openings", "usage.sheet", "usage.week", "usage.administration", "usage.times")
	for _, o := range u.Openings {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{sheetLink(p, u, o.Sheet), kit.Day(p, o.Week), user(called(p, u, o.Organisation)), kit.Num(p, o.Times)}})
	}
	return t
}

func called(p *kit.Page, u usage.View, organisation int64) string {
	if o, ok := u.Organisations[organisation]; ok {
		return o.Called(string(p.Printer.Lang()))
	}
	return p.T("usage.not-said")
}

func covertTable(p *kit.Page, u usage.View) kit.Table {
	t := table(p, "usage.covert", "usage.sheet", "usage.day", "usage.administration", "usage.times")
	for _, c := range u.Covert {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{sheetLink(p, u, c.Sheet), kit.Day(p, c.Day), user(called(p, u, c.Organisation)), kit.Num(p, c.Times)}})
	}
	return t
}

func sheetTable(p *kit.Page, u usage.View) kit.Table {
	t := table(p, "usage.sheets", "usage.sheet", "usage.helped", "usage.misleading", "usage.used")
	for _, s := range u.Sheets {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{sheetLink(p, u, s.Seq), kit.Num(p, s.Marks.Helped), kit.Num(p, s.Marks.Misleading), kit.Num(p, s.Marks.Used)}})
	}
	return t
}

func historyTable(p *kit.Page, m consentView) kit.Table {
	t := table(p, "usage.consent.history", "usage.consent.when", "usage.consent.short.openings", "usage.consent.short.figures", "usage.consent.who")
	yes := map[bool]string{true: p.T("usage.consent.yes"), false: p.T("usage.consent.no")}
	for _, h := range m.History {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.When(p, h.At), kit.Text(yes[h.Openings]), kit.Text(yes[h.Figures]), user(h.Name)}})
	}
	return t
}

// mostRows is how many rows of a file a page shows; those with something wrong first.
const mostRows = 300

func rowTable(p *kit.Page, rows []massupload.Row) kit.Table {
	t := table(p, "massupload.rows", "massupload.column.number", "massupload.row", "massupload.column.name", "massupload.state", "massupload.lacks")
	for _, wrong := range []bool{true, false} {
		for _, r := range rows {
			if (r.State == massupload.Wrong) != wrong || len(t.Rows) >= mostRows {
				continue
			}
			row := kit.TableRow{Cells: []templ.Component{kit.Code(r.Number), kit.Num(p, int64(r.Line)), user(r.Name), state(p, r), problems(p, r.Lacks)}}
			if wrong {
				row.Tone = kit.Bad
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func stateLabel(p *kit.Page, r massupload.Row) string {
	return p.Printer.Code(codelist.UploadRow.Name(), r.State)
}

// columnName is what the column of a problem is called.
func columnName(p *kit.Page, column string) string {
	if column == "" {
		return p.T("massupload.whole")
	}
	return massupload.Heading(p.Printer, strings.TrimSpace(column))
}
