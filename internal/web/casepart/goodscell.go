package casepart

import (
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// goodsCells are the fields of one line of goods, numbered from 1.
func goodsCells(p *kit.Page, d seizure.Draft, n int) []Cell {
	l, at := d.Goods[n-1], "goods."+strconv.Itoa(n)+"."
	label := func(key string) string { return p.T("casepage.field." + key) }
	own := func(key, text string) Cell {
		return Cell{Key: at + key, Label: label(key), Text: text, Lang: d.Language, Own: true}
	}
	code := func(key, text string) Cell {
		return Cell{Key: at + key, Label: label(key), Text: text, Code: true}
	}
	said := func(key, text string) Cell { return Cell{Key: at + key, Label: label(key), Text: text} }
	hazard := ""
	if l.Hazard {
		hazard = p.T("casepage.yes")
	}
	cells := []Cell{
		CodedCell(p, "category", d.Language, goods.Coded{Code: l.Category}),
		own("sub", l.Sub),
		said("quantity", quantities(p, l.Quantities)),
		own("description", l.Description),
		own("brand", l.Brand),
		own("holder", l.Holder),
		CodedCell(p, "verdict", d.Language, goods.Coded{Code: l.Verdict}),
		CodedCell(p, "verdict_by", d.Language, goods.Coded{Code: l.By}),
		said("hazard", hazard),
		said("violations", labels(p, codelist.Violation, l.Violations)),
		CodedCell(p, "ipr", d.Language, l.IPR),
		own("right", l.Right),
		code("gtin", l.GTIN),
		code("hs", editioned(l.HS, l.HSEdition)),
		own("batch", l.Batch),
		said("value", money(p, l.Value)),
		own("declared_description", l.Declared.Description),
		code("declared_hs", l.Declared.HS),
		said("declared_quantity", declaredQuantity(p, l.Declared.Quantity)),
		said("declared_value", money(p, l.Declared.Value)),
	}
	for i := range cells {
		if !strings.HasPrefix(cells[i].Key, at) {
			cells[i].Key = at + cells[i].Key
		}
	}
	return cells
}

// editioned is an HS code with the year of its edition.
func editioned(hs, edition string) string {
	if hs != "" && edition != "" {
		return hs + " (" + edition + ")"
	}
	return hs
}

// labels are codes of a list in the reader's words.
func labels(p *kit.Page, list codelist.List, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, p.Printer.Code(list.Name(), code))
	}
	return p.Printer.List(out)
}

// money is an amount and what it means.
func money(p *kit.Page, v goods.Value) string {
	if !v.Stated() {
		return ""
	}
	return aside(p, p.Printer.Money(v.Micro, v.Currency), codelist.ValueBasis, v.Basis)
}

// aside puts a code's words in brackets behind a text.
func aside(p *kit.Page, text string, list codelist.List, code string) string {
	if code == "" {
		return text
	}
	return text + " (" + p.Printer.Isolate(p.Printer.Code(list.Name(), code)) + ")"
}

// quantities lists what one line measures: units stand side by side, never added.
func quantities(p *kit.Page, list []goods.Quantity) string {
	units, by := []string{}, map[string]goods.Quantity{}
	for _, q := range list {
		units, by[q.Unit] = append(units, q.Unit), q
	}
	i18n.SortUnits(units)
	var out []string
	for _, unit := range units {
		q := by[unit]
		out = append(out, aside(p, p.Printer.Isolate(p.Printer.Quantity(q.Micro, q.Unit)), codelist.QuantityBasis, q.Basis))
	}
	return strings.Join(out, " + ")
}

func declaredQuantity(p *kit.Page, q goods.Quantity) string {
	if q == (goods.Quantity{}) {
		return ""
	}
	return p.Printer.Quantity(q.Micro, q.Unit)
}

// longDay prints a day, or nothing.
func longDay(p *kit.Page, day string) string {
	if day == "" {
		return ""
	}
	return p.Printer.DayLong(day)
}

// several is a cell of lines below each other.
func several(p *kit.Page, key string, lines []string) Cell {
	c := Cell{Key: key, Label: p.T("casepage.field." + key), Text: strings.Join(lines, "\n")}
	if len(lines) > 0 {
		c.shown = cellLines(lines)
	}
	return c
}

// joined puts the parts that say something beside each other.
func joined(p *kit.Page, parts ...string) string {
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, p.Printer.Isolate(part))
		}
	}
	return strings.Join(out, " · ")
}

func listed(p *kit.Page, list codelist.List, code string) string {
	if code == "" {
		return ""
	}
	return p.Printer.Code(list.Name(), code)
}

func legTexts(p *kit.Page, d seizure.Draft) (out []string) {
	for _, l := range d.Legs {
		out = append(out, joined(p, listed(p, codelist.Leg, l.Kind), l.Place, l.Location, listed(p, codelist.Country, l.Country),
			longDay(p, l.Day), listed(p, codelist.Conveyance, l.Mode), l.Carrier))
	}
	return out
}

func custodyTexts(p *kit.Page, d seizure.Draft) (out []string) {
	for _, s := range d.Custody {
		out = append(out, joined(p, listed(p, codelist.Custody, s.Kind), longDay(p, s.Day), s.Place, s.Note))
	}
	return out
}

func yieldTexts(p *kit.Page, d seizure.Draft) (out []string) {
	for _, y := range d.Yields {
		n := money(p, y.Value)
		if y.Kind != "cash" {
			n = p.Printer.Number(y.Count)
		}
		out = append(out, joined(p, listed(p, codelist.Yield, y.Kind), n))
	}
	return out
}
