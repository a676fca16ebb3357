package spreadsheet

import (
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// allQuantities are those of the goods and the declared one, which comes last.
func (m *Mapping) allQuantities() []*Quantity {
	all := slices.Clone(m.Quantities)
	if m.Declared.Quantity != nil {
		all = append(all, m.Declared.Quantity)
	}
	return all
}

func (m *Mapping) checkQuantities(p *fault.Problems) {
	seen := map[string]bool{}
	for _, q := range m.allQuantities() {
		name := "quantities"
		if q == m.Declared.Quantity {
			name, seen = "declared.quantity", map[string]bool{}
		}
		if q.Column == "" {
			p.Add(name, "spreadsheet.mapping.missing", fault.Args{"name": "quantities.column"})
		}
		if (q.Unit == "") == (len(q.Units) == 0 && q.UnitColumn == "") || (q.UnitColumn != "" && q.Unit != "") {
			p.Add(name, "spreadsheet.mapping.one-unit", fault.Args{"value": q.Column})
		}
		checkBasis(name, q.Basis, codelist.QuantityBasis, p)
		if q.Unit != "" {
			if !codelist.Unit.Has(q.Unit) {
				p.Add(name, "spreadsheet.mapping.no-code", fault.Args{"name": name, "value": q.Column, "code": q.Unit})
			}
			if seen[q.Unit] {
				p.Add(name, "spreadsheet.mapping.same-unit", fault.Args{"code": q.Unit})
			}
			seen[q.Unit] = true
		}
		q.units = map[string]string{}
		for _, typed := range slices.Sorted(maps.Keys(q.Units)) {
			if !codelist.Unit.Has(q.Units[typed]) {
				p.Add(name, "spreadsheet.mapping.no-code", fault.Args{"name": name, "value": typed, "code": q.Units[typed]})
			}
			q.units[i18n.Fold(typed)] = q.Units[typed]
		}
		q.blank = folded(q.NotStated)
	}
}

func checkBasis(name, basis string, list codelist.List, p *fault.Problems) {
	if basis != "" && !list.Has(basis) {
		p.Add(name+".basis", "spreadsheet.mapping.no-code", fault.Args{"name": name, "value": "basis", "code": basis})
	}
}

// amounts are the columns of money by the name of their table.
func (m *Mapping) amounts() map[string]*Amount {
	out := map[string]*Amount{}
	for name, a := range map[string]*Amount{"value": m.Value, "declared.value": m.Declared.Value} {
		if a != nil {
			out[name] = a
		}
	}
	return out
}

func (m *Mapping) checkAmounts(p *fault.Problems) {
	all := m.amounts()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a := all[name]
		if a.Column == "" {
			p.Add(name, "spreadsheet.mapping.missing", fault.Args{"name": name + ".column"})
		}
		if (a.Currency == "") == (a.CurrencyFrom == "") {
			p.Add(name, "spreadsheet.mapping.one-currency", fault.Args{"name": name})
		}
		if a.Currency != "" && !codelist.Currency.Has(a.Currency) {
			p.Add(name, "spreadsheet.mapping.no-code", fault.Args{"name": name, "value": "currency", "code": a.Currency})
		}
		checkBasis(name, a.Basis, codelist.ValueBasis, p)
		a.blank = folded(a.NotStated)
	}
	for _, k := range m.Marks {
		if k.Column == "" {
			p.Add("marks", "spreadsheet.mapping.missing", fault.Args{"name": "marks.column"})
		}
		if !codelist.Consignment.Has(k.Kind) {
			p.Add("marks", "spreadsheet.mapping.no-code", fault.Args{"name": "marks", "value": k.Column, "code": k.Kind})
		}
		if k.Separators == nil {
			k.Separators = []string{";", ",", "\n"}
		}
	}
}
