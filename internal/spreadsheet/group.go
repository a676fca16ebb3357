package spreadsheet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// group are the rows of one case: one key, directly below one another.
type group struct {
	row     Row
	digests []string
	wrong   []outcome.Refusal // of single rows; one is enough to refuse the case
	cells   []string          // of its first row
}

// gather puts one row into its case. Rows of another key end the case before.
func (r *run) gather(rec *sheet.Record) {
	cells := r.plan.cellsOf(rec)
	key := ""
	if look := (reading{p: r.plan, record: rec}); rec.Fault == "" && look.shape(rec.Cells) == "" {
		key = r.plan.keyOf(cells)
	}
	further := r.open != nil && key != "" && key == r.open.row.Key
	draft, notes, problems := r.plan.read(rec, further)
	if key == "" {
		if !misshapen(problems) {
			problems = append(problems, r.plan.aboutKey(cells, "spreadsheet.row.no-key", 0))
		} else { // it may belong to the case above or to the one below: neither is whole
			r.broken = rec.Line
			if r.open != nil {
				r.open.spoil(rec.Line, rec.Line)
			}
		}
		r.result.Refuse(outcome.Refusal{Row: rec.Line, Problems: problems})
		return
	}
	if !further {
		r.close()
		r.open = &group{row: Row{Line: rec.Line, Key: key, keyCell: r.plan.keyCell(cells)}, cells: cells}
		if r.broken > 0 {
			r.open.spoil(rec.Line, r.broken)
		}
	}
	r.broken = 0
	r.open.add(r.plan, rec.Line, cells, draft, notes, problems)
}

// misshapen tells whether a row could not be cut into the cells of the headings.
func misshapen(problems []outcome.Problem) bool { return len(problems) > 0 && problems[0].Column == "" }

// spoil refuses the case for a row that may belong to it.
func (g *group) spoil(line, by int) {
	if line == by {
		line = g.row.Line
	}
	g.wrong = append(g.wrong, outcome.Refusal{Row: line, Problems: []outcome.Problem{{Key: "spreadsheet.row.case-broken", Args: fault.Args{"row": int64(by)}}}})
}

func (g *group) add(p *plan, line int, cells []string, draft seizure.Draft, notes []outcome.Note, problems []outcome.Problem) {
	g.row.Lines = append(g.row.Lines, line)
	if len(g.row.Lines) > seizure.MaxLines {
		if len(g.wrong) == 0 {
			g.wrong = append(g.wrong, outcome.Refusal{Row: line, Problems: []outcome.Problem{{Key: "seizure.too-many-lines", Args: fault.Args{"max": int64(seizure.MaxLines)}}}})
		}
		return
	}
	if len(problems) == 0 && len(g.row.Lines) > 1 {
		problems = g.merge(p, draft)
	} else if len(problems) == 0 {
		g.row.Draft = draft
	}
	if len(problems) > 0 {
		g.wrong = append(g.wrong, outcome.Refusal{Row: line, Problems: problems})
		return
	}
	sum := p.digest(cells)
	g.digests = append(g.digests, string(sum[:]))
	g.row.Notes = append(g.row.Notes, notes...)
}

// merge adds a row to the case. What the case says stands in any of its rows; two
// rows that say different things are refused.
func (g *group) merge(p *plan, next seizure.Draft) (problems []outcome.Problem) {
	d, none := &g.row.Draft, goods.Line{}
	for _, f := range p.fields {
		if f.kind.goods || f.name == "remarks" || f.Constant != "" {
			continue
		}
		same := true
		if a, b := PlaceOf(d, &none, f.name), PlaceOf(&next, &none, f.name); a != nil {
			same = agree(a, *b, "")
		} else if a, b := CodedOf(d, &none, f.name), CodedOf(&next, &none, f.name); a != nil {
			same = agree(a, *b, goods.Coded{})
		} else {
			same = mergeList(d, next, f.name)
		}
		if !same {
			problems = append(problems, outcome.Problem{Column: p.headings[p.columns[f][0]].Typed, Key: "spreadsheet.row.case-differs",
				Args: fault.Args{"row": int64(g.row.Line)}})
		}
	}
	agree(&d.Time, next.Time, "")
	if f := p.m.Fields["marks"]; f == nil {
		addMarks(d, next)
	}
	for line := range strings.SplitSeq(next.Remarks, "\n") {
		if line != "" && !slices.Contains(strings.Split(d.Remarks, "\n"), line) {
			d.Remarks = strings.TrimPrefix(d.Remarks+"\n"+line, "\n")
		}
	}
	d.Goods = append(d.Goods, next.Goods...)
	return problems
}

// agree takes what is said where nothing was; false: it says something else.
func agree[T comparable](a *T, b, nothing T) bool {
	switch {
	case b == nothing || *a == b:
		return true
	case *a == nothing:
		*a = b
		return true
	}
	return false
}

func mergeList(d *seizure.Draft, next seizure.Draft, name string) bool {
	switch name {
	case "legs":
		return agreeList(&d.Legs, next.Legs)
	case "custody":
		return agreeList(&d.Custody, next.Custody)
	case "yields":
		return agreeList(&d.Yields, next.Yields)
	case "marks":
		addMarks(d, next)
	}
	return true
}

func agreeList[T comparable](a *[]T, b []T) bool {
	if len(*a) == 0 {
		*a = b
	}
	return len(b) == 0 || slices.Equal(*a, b)
}

func addMarks(d *seizure.Draft, next seizure.Draft) {
	for _, m := range next.Marks {
		if !slices.Contains(d.Marks, m) {
			d.Marks = append(d.Marks, m)
		}
	}
}

// close ends a case: it goes into the batch, or all its rows are refused.
func (r *run) close() {
	g := r.open
	if r.open = nil; g == nil {
		return
	}
	if before := r.seen.claim(g.row.Key, g.row.Line); before != 0 {
		g.wrong = []outcome.Refusal{{Row: g.row.Line, Problems: []outcome.Problem{r.plan.aboutKey(g.cells, "spreadsheet.row.key-apart", before)}}}
	}
	if len(g.wrong) > 0 {
		for _, ref := range spread(g.row.Lines, g.wrong) {
			r.result.Refuse(ref)
		}
		return
	}
	g.row.Digest = joined(g.digests)
	r.put(g.row)
}

// spread refuses all rows of a case: those that are wrong for what is wrong, the
// others because of them.
func spread(lines []int, wrong []outcome.Refusal) []outcome.Refusal {
	by := map[int][]outcome.Problem{}
	for _, ref := range wrong {
		by[ref.Row] = append(by[ref.Row], ref.Problems...)
	}
	out := make([]outcome.Refusal, 0, len(lines))
	for _, line := range lines {
		problems := by[line]
		if problems == nil {
			problems = []outcome.Problem{{Key: "spreadsheet.row.case-refused", Args: fault.Args{"row": int64(wrong[0].Row)}}}
		}
		out = append(out, outcome.Refusal{Row: line, Problems: problems})
	}
	return out
}

// refusals say a fault of the store in terms of the sheet.
func (r *run) refusals(row *Row, f *fault.Fault) []outcome.Refusal {
	if f == nil {
		f = fault.Of(fault.Invalid, "fault.invalid")
	}
	var wrong []outcome.Refusal
	for _, field := range f.Fields {
		p := outcome.Problem{Column: r.plan.columnOf(field.Path), Value: valueAt(row, field.Path), Key: field.Key, Args: field.Args}
		wrong = append(wrong, outcome.Refusal{Row: row.lineOf(field.Path), Problems: []outcome.Problem{p}})
	}
	if len(wrong) == 0 {
		p := outcome.Problem{Key: f.Key, Args: f.Args}
		if len(r.plan.key) > 0 {
			p.Column, p.Value = r.plan.headings[r.plan.key[0]].Typed, sheet.Beginning(row.keyCell)
		}
		wrong = []outcome.Refusal{{Row: row.Line, Problems: []outcome.Problem{p}}}
	}
	lines := row.Lines
	if lines == nil {
		lines = []int{row.Line}
	}
	return spread(lines, wrong)
}

// lineOf is the line of the sheet behind a field path of a draft.
func (row *Row) lineOf(path string) int {
	if n := goodsAt(path); n > 0 && n <= len(row.Lines) {
		return row.Lines[n-1]
	}
	return row.Line
}

// goodsAt is the number of the goods line in a path such as goods.2.brand.
func goodsAt(path string) int {
	parts := strings.SplitN(path, ".", 3)
	if len(parts) < 2 || parts[0] != "goods" {
		return 0
	}
	n, _ := strconv.Atoi(parts[1])
	return n
}

// valueAt is what the draft says at a field path, where it is plain text.
func valueAt(row *Row, path string) string {
	line := &goods.Line{}
	if n := goodsAt(path); n > 0 && n <= len(row.Draft.Goods) {
		line = &row.Draft.Goods[n-1]
	}
	if place := PlaceOf(&row.Draft, line, path[strings.LastIndexByte(path, '.')+1:]); place != nil {
		return sheet.Beginning(*place)
	}
	return ""
}
