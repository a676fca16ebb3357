package casepart

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// Cell is one field of a case, as text in the reader's language. Key is the
// field's name in the form; the cells of two versions are compared by it.
type Cell struct {
	Key, Label, Text string
	Lang             string          // of somebody's own words
	Own              bool            // somebody's own words
	Code             bool            // a code that is always left to right
	shown            templ.Component // instead of Text
}

// Value is the cell as a component.
func (c Cell) Value() templ.Component {
	switch {
	case c.Text == "":
		return nil
	case c.shown != nil:
		return c.shown
	case c.Own && strings.Contains(c.Text, "\n"):
		return kit.UserText(c.Lang, c.Text)
	case c.Own:
		return kit.UserWords(c.Lang, c.Text)
	case c.Code:
		return kit.Code(c.Text)
	}
	return Text(c.Text)
}

// groups are the parts of a case page and the fields in each.
var groups = []struct {
	name string
	keys []string
}{
	{"where", []string{"day", "time", "country", "place", "location"}},
	{"carried", []string{"conveyance", "carrier", "marks", "concealment", "hidden", "cover", "loading"}},
	{"route", []string{"direction", "origin", "transit", "destination", "legs"}},
	{"goods", nil},
	{"control", []string{"detection", "status", "status_day", "yields", "custody"}},
	{"remarks", []string{"remarks", "language"}},
}

// lists are the code lists behind the coded fields.
var lists = map[string]codelist.List{
	"direction": codelist.Direction, "conveyance": codelist.Conveyance, "detection": codelist.Detection,
	"concealment": codelist.Concealment, "origin": codelist.Country, "transit": codelist.Country,
	"destination": codelist.Country, "status": codelist.Outcome, "country": codelist.Country,
	"loading": codelist.LoadingStatus, "verdict_by": codelist.VerdictBy, "category": codelist.Category, "ipr": codelist.IPRType, "verdict": codelist.Verdict,
}

// caseCells are the fields of a case apart from its goods.
func caseCells(p *kit.Page, d seizure.Draft) []Cell {
	coded := func(key string, c goods.Coded) Cell { return CodedCell(p, key, d.Language, c) }
	own := func(key, text string) Cell {
		return Cell{Key: key, Label: p.T("casepage.field." + key), Text: text, Lang: d.Language, Own: true}
	}
	return []Cell{
		{Key: "day", Label: p.T("casepage.field.day"), Text: longDay(p, d.Day)},
		{Key: "time", Label: p.T("casepage.field.time"), Text: d.Time, Code: true},
		coded("country", goods.Coded{Code: d.Country}),
		own("place", d.Place),
		{Key: "location", Label: p.T("casepage.field.location"), Text: d.Location, Code: true},
		coded("conveyance", d.Conveyance),
		own("carrier", d.Carrier),
		{Key: "marks", Label: p.T("casepage.field.marks"), Text: frame.MarkWords(p, d.Marks), shown: frame.MarkList(p, d.Marks)},
		coded("concealment", d.Concealment),
		own("hidden", d.Hidden),
		own("cover", d.Cover),
		coded("loading", goods.Coded{Code: d.Loading}),
		coded("direction", d.Direction),
		coded("origin", d.Origin),
		coded("transit", d.Transit),
		coded("destination", d.Destination),
		several(p, "legs", legTexts(p, d)),
		coded("detection", d.Detection),
		coded("status", goods.Coded{Code: d.Status}),
		{Key: "status_day", Label: p.T("casepage.field.status_day"), Text: longDay(p, d.StatusDay)},
		several(p, "yields", yieldTexts(p, d)),
		several(p, "custody", custodyTexts(p, d)),
		own("remarks", d.Remarks),
		{Key: "language", Label: p.T("casepage.field.language"), Text: p.Printer.Language(d.Language)},
	}
}

// CodedCell shows a code's label, what was typed instead, or both.
func CodedCell(p *kit.Page, key, lang string, c goods.Coded) Cell {
	cell := Cell{Key: key, Label: p.T("casepage.field." + key), Lang: lang}
	if c.Code != "" {
		cell.Text = p.Printer.Code(lists[key].Name(), c.Code)
	}
	if c.Typed != "" {
		cell.Text = strings.TrimSpace(p.Printer.Isolate(cell.Text) + " “" + p.Printer.Isolate(c.Typed) + "”")
	}
	return cell
}

// Totals adds up a case by unit.
func Totals(d seizure.Draft) map[string]int64 {
	totals := map[string]int64{}
	for _, l := range d.Goods {
		for _, q := range l.Quantities {
			totals[q.Unit] += q.Micro
		}
	}
	return totals
}

// Categories names the categories of a case, each once, in their order.
func Categories(p *kit.Page, d seizure.Draft) []string {
	var out []string
	seen := map[string]bool{}
	for _, l := range d.Goods {
		if !seen[l.Category] && l.Category != "" {
			seen[l.Category] = true
			out = append(out, p.Printer.Code("category", l.Category))
		}
	}
	return out
}

// Change is one field that differs between two versions.
type Change struct {
	Label    string
	Old, New Cell
}

// Changes compares two versions field by field.
func Changes(p *kit.Page, old, now seizure.Draft) []Change {
	a, b := Cells(p, old), Cells(p, now)
	before := map[string]Cell{}
	for _, c := range a {
		before[c.Key] = c
	}
	var out []Change
	for _, c := range b {
		if o := before[c.Key]; o.Text != c.Text {
			out = append(out, Change{c.Label, o, c})
		}
		delete(before, c.Key)
	}
	for _, c := range a {
		if _, left := before[c.Key]; left && c.Text != "" {
			out = append(out, Change{c.Label, c, Cell{}})
		}
	}
	return out
}

// Cells are the fields of a case with those of every line of goods, whose
// labels tell the line where there are several.
func Cells(p *kit.Page, d seizure.Draft) []Cell {
	out := caseCells(p, d)
	for n := 1; n <= len(d.Goods); n++ {
		for _, c := range goodsCells(p, d, n) {
			if len(d.Goods) > 1 {
				c.Label = p.T("casepage.line-field", map[string]any{"line": int64(n), "field": c.Label})
			}
			out = append(out, c)
		}
	}
	return out
}
