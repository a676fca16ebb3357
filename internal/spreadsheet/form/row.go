package form

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// Record is a case as its reader may see it.
type Record struct {
	seizure.Case
	Organisation string // that reported it, as it is called
}

// Row gives the cells of one goods line under the columns of names, with what the
// case says in each of its rows. No figure is a sum.
func Row(p *i18n.Printer, names []string, c Record, line goods.Line) []workbook.Cell {
	cells := make([]workbook.Cell, len(names))
	for i, name := range names {
		cells[i] = content(p, name, c, line)
	}
	return cells
}

func content(p *i18n.Printer, name string, c Record, line goods.Line) workbook.Cell {
	if base, ok := strings.CutSuffix(name, words); ok {
		return workbook.Text(meaning(p, base, c, line))
	}
	base, number, numbered := strings.Cut(name, ".")
	if numbered {
		n, _ := strconv.Atoi(number)
		return measure(base, n-1, line)
	}
	switch name {
	case Case:
		return workbook.Text(c.Reference)
	case "organisation":
		return workbook.Text(c.Organisation)
	case "state":
		return workbook.Text(c.State)
	case "class":
		return workbook.Text(c.Class)
	case "reported":
		if c.Reported.IsZero() {
			return workbook.Text("")
		}
		return workbook.Text(c.Reported.UTC().Format(time.RFC3339))
	case "further":
		return workbook.Text(further(line))
	}
	return field(name, c, line)
}

// field is a cell of what a case or a line says.
func field(name string, c Record, line goods.Line) workbook.Cell {
	switch name {
	case "day", "status_day":
		return workbook.Day(*spreadsheet.PlaceOf(&c.Draft, &line, name))
	case "legs":
		return workbook.Text(legsCell(c.Legs))
	case "custody":
		return workbook.Text(custodyCell(c.Custody))
	case "yields":
		return workbook.Text(yieldsCell(c.Yields))
	case "marks":
		return workbook.Text(marksCell(c.Marks))
	case "violations":
		return workbook.Text(strings.Join(line.Violations, "; "))
	case "hazard":
		if line.Hazard {
			return workbook.Text("yes")
		}
		return workbook.Text("")
	case "value":
		return amountOf(line.Value.Micro)
	case "currency":
		return workbook.Text(line.Value.Currency)
	case "value_basis":
		return workbook.Text(line.Value.Basis)
	case "declared_quantity":
		return amountOf(line.Declared.Quantity.Micro)
	case "declared_unit":
		return workbook.Text(line.Declared.Quantity.Unit)
	case "declared_value":
		return amountOf(line.Declared.Value.Micro)
	case "declared_currency":
		return workbook.Text(line.Declared.Value.Currency)
	}
	if place := spreadsheet.PlaceOf(&c.Draft, &line, name); place != nil {
		return workbook.Text(*place)
	}
	if coded := spreadsheet.CodedOf(&c.Draft, &line, name); coded != nil {
		return workbook.Text(codedCell(*coded))
	}
	return workbook.Text("")
}

// codedCell is a code with what was typed beside it behind a bar.
func codedCell(v goods.Coded) string {
	if v.Code == "" || v.Typed == "" {
		return v.Code + v.Typed
	}
	return v.Code + " | " + v.Typed
}

func amountOf(micro int64) workbook.Cell {
	if micro == 0 {
		return workbook.Text("")
	}
	return workbook.Number(i18n.Decimal(micro))
}

func measure(base string, n int, line goods.Line) workbook.Cell {
	if n >= len(line.Quantities) {
		return workbook.Text("")
	}
	switch q := line.Quantities[n]; base {
	case "quantity":
		return amountOf(q.Micro)
	case "unit":
		return workbook.Text(q.Unit)
	default:
		return workbook.Text(q.Basis)
	}
}

// further are the quantities that have no columns of their own.
func further(line goods.Line) string {
	var out []string
	for _, q := range line.Quantities[min(Quantities, len(line.Quantities)):] {
		out = append(out, i18n.Decimal(q.Micro)+" "+q.Unit)
	}
	return strings.Join(out, "; ")
}

// meaning says a code in the reader's language.
func meaning(p *i18n.Printer, name string, c Record, line goods.Line) string {
	switch name {
	case "state":
		return p.T("casepage.state." + c.State)
	case "class":
		return p.T("casepage.class." + c.Class)
	case "violations":
		var out []string
		for _, v := range line.Violations {
			out = append(out, p.Code(codelist.Violation.Name(), v))
		}
		return strings.Join(out, "; ")
	}
	list := spreadsheet.KindOf(name).List
	if coded := spreadsheet.CodedOf(&c.Draft, &line, name); coded != nil {
		if coded.Code == "" {
			return coded.Typed
		}
		return label(p, list, coded.Code)
	}
	if place := spreadsheet.PlaceOf(&c.Draft, &line, name); place != nil && *place != "" {
		return label(p, list, *place)
	}
	return ""
}

func label(p *i18n.Printer, list, code string) string {
	if list == "" {
		return p.Country(code)
	}
	return p.Code(list, code)
}
