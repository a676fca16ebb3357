package spreadsheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// plan is a mapping that has met the headings of a sheet.
type plan struct {
	m         *Mapping
	headings  []sheet.Heading
	columns   map[*Field][]int
	numbers   map[*Quantity][3]int // column, column of units or -1, column of bases or -1
	money     map[*Amount][3]int   // column, column of currencies or -1, column of bases or -1
	marks     []int                // column of each of the mapping's marks
	used      []bool               // columns that feed something
	own       []bool               // columns that an earlier copy with refusals has: they say nothing
	key       []int
	remainder []int // columns that nobody mapped
	keepers   []int // how many fields keep the whole text of a column
	fields    []*Field
	memo      map[*Field]map[string]meaning
}

// meaning is what a cell of a coded field says; columns repeat few values.
type meaning struct {
	code    string
	whole   bool
	several string
}

// maxMemo bounds what a plan remembers of a column whose values never repeat.
const maxMemo = 5_000

func (p *plan) meaning(f *Field, text string) meaning {
	known := p.memo[f]
	if m, ok := known[text]; ok {
		return m
	}
	var m meaning
	m.code, m.whole, m.several = f.Code(text)
	if known == nil || len(known) >= maxMemo {
		known = map[string]meaning{}
		p.memo[f] = known
	}
	known[text] = m
	return m
}

// bind finds the mapping's columns in the sheet. A column that is not there, or
// that stands there twice under one name, is a fault.
func (m *Mapping) bind(cells []string) (*plan, error) {
	p := &plan{m: m, headings: sheet.Headings(cells), columns: map[*Field][]int{}, numbers: map[*Quantity][3]int{}, money: map[*Amount][3]int{},
		memo: map[*Field]map[string]meaning{}}
	p.keepers = make([]int, len(p.headings))
	if len(p.headings) > sheet.MaxColumns {
		return nil, fault.Of(fault.TooLarge, "spreadsheet.file.too-many-columns", fault.Args{"limit": int64(sheet.MaxColumns)})
	}
	var problems fault.Problems
	used := make([]bool, len(p.headings))
	p.used, p.own = used, make([]bool, len(p.headings))
	for i, h := range p.headings {
		p.own[i] = strings.HasPrefix(h.Typed, outcome.HeadingMark)
	}
	find := func(path, name string) int {
		i, key := p.find(name)
		if key != "" {
			problems.Add(path, key, fault.Args{"name": name, "path": path})
			return -1
		}
		used[i] = true
		return i
	}
	p.bindFields(m, find)
	p.bindMeasures(m, func(path, name string) int {
		if name == "" {
			return -1
		}
		return find(path, name)
	})
	for _, column := range m.Key.Columns {
		p.key = append(p.key, find("key.columns", column))
	}
	for _, column := range m.Sheet.Ignored {
		find("sheet.ignored", column)
	}
	for i := range p.headings {
		if !used[i] && !p.own[i] {
			p.remainder = append(p.remainder, i)
		}
	}
	if m.Sheet.Unused == "refuse" && len(p.remainder) > 0 {
		for _, i := range p.remainder {
			problems.Add("sheet.unused", "spreadsheet.file.unused-column", fault.Args{"name": p.headings[i].Typed})
		}
	}
	if err := problems.Fault(); err != nil {
		f := err.(*fault.Fault)
		f.Key = "spreadsheet.file.other-columns"
		return nil, f
	}
	return p, nil
}

func (p *plan) bindFields(m *Mapping, find func(path, name string) int) {
	for _, name := range m.order {
		f := m.Fields[name]
		p.fields = append(p.fields, f)
		for _, column := range f.sources() {
			if i := find("fields."+name, column); i >= 0 {
				p.columns[f] = append(p.columns[f], i)
				if f.kind.typed || f.kind.form == formText {
					p.keepers[i]++
				}
			}
		}
	}
}

func (p *plan) bindMeasures(m *Mapping, find func(path, name string) int) {
	for _, q := range m.allQuantities() {
		p.numbers[q] = [3]int{find("quantities", q.Column), find("quantities", q.UnitColumn), find("quantities", q.BasisFrom)}
	}
	for name, a := range m.amounts() {
		p.money[a] = [3]int{find(name, a.Column), find(name, a.CurrencyFrom), find(name, a.BasisFrom)}
	}
	for _, k := range m.Marks {
		p.marks = append(p.marks, find("marks", k.Column))
	}
}

func (f *Field) sources() []string {
	if f.Column != "" {
		return []string{f.Column}
	}
	return f.Columns
}

// find gives a column by its heading, or by "#4" for the fourth.
func (p *plan) find(name string) (int, string) {
	want := i18n.Fold(name)
	if i := slices.IndexFunc(p.headings, func(h sheet.Heading) bool { return h.Name == want }); i >= 0 {
		return i, ""
	}
	var n int
	if _, err := fmt.Sscanf(want, "#%d", &n); err == nil && n >= 1 && n <= len(p.headings) && fmt.Sprintf("#%d", n) == want {
		return n - 1, ""
	}
	if slices.ContainsFunc(p.headings, func(h sheet.Heading) bool { return strings.HasPrefix(h.Name, want+" [") }) {
		return -1, "spreadsheet.file.column-twice"
	}
	return -1, "spreadsheet.file.no-column"
}

// columnOf names the column behind a field path of a draft ("country",
// "goods.1.quantity"), for refusals that come from the seizure store.
func (p *plan) columnOf(path string) string {
	if at := p.columnAt(path); at >= 0 {
		return p.headings[at].Typed
	}
	return ""
}

func (p *plan) columnAt(path string) int {
	parts := strings.Split(path, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		part := parts[i]
		if strings.HasPrefix(part, "quantit") || part == "unit" || part == "micro" {
			if len(p.m.Quantities) == 1 {
				return p.numbers[p.m.Quantities[0]][0]
			}
			return -1
		}
		if a := p.m.Value; a != nil && strings.HasPrefix(part, "value") {
			return p.money[a][0]
		}
		if part == "marks" && len(p.marks) > 0 {
			return p.marks[0]
		}
		if f := p.m.Fields[part]; f != nil && len(p.columns[f]) > 0 {
			return p.columns[f][0]
		}
	}
	return -1
}
