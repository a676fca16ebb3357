package spreadsheet

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// quantities fills the amounts of the one line of goods.
func (r *reading) quantities() {
	g := &r.draft.Goods[0]
	for _, q := range r.p.m.Quantities {
		found, ok := r.quantity(q)
		if !ok {
			continue
		}
		for _, before := range g.Quantities {
			if before.Unit == found.Unit {
				r.refuse(r.p.numbers[q][0], "spreadsheet.cell.unit-twice", fault.Args{"code": found.Unit})
				ok = false
			}
		}
		if ok {
			g.Quantities = append(g.Quantities, found)
		}
	}
	if len(g.Quantities) == 0 && len(r.problems) == 0 {
		r.note(-1, "", "spreadsheet.note.no-quantity")
	}
	if q := r.p.m.Declared.Quantity; q != nil {
		if found, ok := r.quantity(q); ok {
			found.Basis = ""
			g.Declared.Quantity = found
		}
	}
}

// quantity reads one number with its unit; not ok: there is none, or it was refused.
func (r *reading) quantity(q *Quantity) (found goods.Quantity, ok bool) {
	at := r.p.numbers[q]
	text, ok := r.stated(at[0], q.blank)
	if !ok {
		if q.Required {
			r.refuse(at[0], "spreadsheet.cell.missing")
		}
		return found, false
	}
	number, unit, ok := r.unit(q, at, text)
	if !ok {
		return found, false
	}
	if found.Micro, ok = r.number(at[0], number); !ok {
		return found, false
	}
	found.Unit = unit
	found.Basis = r.basis(at[2], q.Basis, codelist.QuantityBasis)
	return found, true
}

// stated gives the text of a cell that says something.
func (r *reading) stated(column int, blank map[string]bool) (string, bool) {
	text := sheet.Trim(r.cells[column])
	if text != "" && len(blank) > 0 && blank[i18n.Fold(text)] {
		r.note(column, text, "spreadsheet.note.not-stated")
		text = ""
	}
	return text, text != ""
}

// number reads millionths. The numbers of a workbook say themselves what their
// signs mean.
func (r *reading) number(column int, text string) (int64, bool) {
	decimal, group := r.p.m.Sheet.Decimal, r.p.m.Sheet.Group
	if kind, _ := r.record.Kind(column); kind == sheet.Number {
		decimal, group = ".", ""
	}
	micro, key := typed.Number(text, decimal, group)
	if key != "" {
		r.refuse(column, key)
	}
	return micro, key == ""
}

// basis says how a number is known: as the mapping says, or a column. What is no
// code there goes to the remarks.
func (r *reading) basis(column int, constant string, list codelist.List) string {
	if column < 0 {
		return constant
	}
	text := sheet.Trim(r.cells[column])
	if text == "" {
		return constant
	}
	code := strings.ToLower(text)
	if !list.Has(code) {
		code = typed.Labels(list.Name())[sheet.Plain(text)]
	}
	if code == "" {
		r.keep(column)
		r.note(column, text, "spreadsheet.note.in-remarks")
	}
	return code
}

// values fills the amounts of money.
func (r *reading) values() {
	g := &r.draft.Goods[0]
	if a := r.p.m.Value; a != nil {
		g.Value = r.amount(a)
	}
	if a := r.p.m.Declared.Value; a != nil {
		g.Declared.Value = r.amount(a)
		g.Declared.Value.Basis = ""
	}
}

func (r *reading) amount(a *Amount) goods.Value {
	at := r.p.money[a]
	text, ok := r.stated(at[0], a.blank)
	if !ok {
		return goods.Value{}
	}
	currency := a.Currency
	if at[1] >= 0 {
		word := sheet.Trim(r.cells[at[1]])
		if currency = strings.ToUpper(word); !codelist.Currency.Has(currency) {
			r.refuse(at[1], "spreadsheet.cell.currency")
			return goods.Value{}
		}
	}
	micro, ok := r.number(at[0], text)
	if !ok {
		return goods.Value{}
	}
	return goods.Value{Micro: micro, Currency: currency, Basis: r.basis(at[2], a.Basis, codelist.ValueBasis)}
}

// marks takes the numbers of columns that hold nothing else.
func (r *reading) marks() {
	for i, k := range r.p.m.Marks {
		for _, value := range sheet.Split(r.cells[r.p.marks[i]], k.Separators) {
			r.draft.Marks = append(r.draft.Marks, consignment.Mark{Kind: k.Kind, Value: value})
		}
	}
}

// unitNamed knows units by their codes and by their names.
func unitNamed(word string) string {
	if code := strings.ToUpper(word); codelist.Unit.Has(code) {
		return code
	}
	return typed.Labels("unit")[sheet.Plain(word)]
}

// unit finds the number and its unit: fixed, in a column of its own, or behind
// the number in the cell.
func (r *reading) unit(q *Quantity, at [3]int, text string) (number, unit string, ok bool) {
	if q.Unit != "" {
		return text, q.Unit, true
	}
	number, word, column := text, "", at[1]
	if column >= 0 {
		word = sheet.Trim(r.cells[column])
	} else {
		number, word = typed.CutUnit(text)
		column = at[0]
	}
	if unit = q.units[i18n.Fold(word)]; unit == "" {
		unit = q.units[i18n.Fold(strings.TrimSuffix(word, "."))]
	}
	if unit == "" {
		unit = unitNamed(word)
	}
	if unit == "" {
		r.refuse(column, "spreadsheet.cell.no-unit", fault.Args{"unit": sheet.Beginning(word)})
		return "", "", false
	}
	return number, unit, true
}
