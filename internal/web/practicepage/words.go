package practicepage

import (
	"strconv"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

type listView struct{ practice.Desk }

func (l listView) base() string { return frame.ExerciseHref(l.Workshop.ID) }

// done counts the tasks that are done.
func (l listView) done() (n int64) {
	for _, it := range l.Items {
		if it.Done {
			n++
		}
	}
	return n
}

// next is the task that comes next; 0: all are done.
func (l listView) next() int64 {
	for _, it := range l.Items {
		if !it.Done {
			return it.Task.Number
		}
	}
	return 0
}

func (l listView) tasks(p *kit.Page) []kit.Task {
	var out []kit.Task
	for _, it := range l.Items {
		title, _, _ := frame.TaskWords(p, it.Task)
		state, tone := frame.TaskState(p, it)
		t := kit.Task{Label: p.T("practice.numbered", fault.Args{"number": it.Task.Number, "title": title}), Hint: p.Printer.Code("practice-task", it.Task.Kind), State: state, Tone: tone}
		if l.Learns {
			t.Href = l.base() + strconv.FormatInt(it.Task.Number, 10)
		}
		out = append(out, t)
	}
	return out
}

type taskView struct {
	practice.Desk
	item practice.Item
}

func (t taskView) base() string { return frame.ExerciseHref(t.Workshop.ID) }

func (t taskView) number() string { return strconv.FormatInt(t.item.Task.Number, 10) }

// screen is the real screen on which the task is done.
func (t taskView) screen() string {
	o := "/o/" + string(t.Practice.Code) + "/"
	switch t.item.Task.Kind {
	case practice.Acknowledge, practice.Answer:
		if t.item.Message != 0 {
			return o + "m/" + strconv.FormatInt(t.item.Message, 10)
		}
		return o + "m/"
	case practice.NilReport:
		return o + "coverage/"
	case practice.Double:
		return o + "c/"
	}
	return o + "c/new"
}

// after is the number of the next task; empty: this is the last.
func (t taskView) after() string {
	if n := t.item.Task.Number; n < int64(len(t.Items)) {
		return strconv.FormatInt(n+1, 10)
	}
	return ""
}

// remarks are what is said, field by field.
func (t taskView) remarks(p *kit.Page) kit.Table {
	out := kit.Table{Caption: p.T("practicepage.feedback"), Hidden: true, Columns: []kit.Column{{Head: p.T("practicepage.column.field"), Lead: true}, {Head: p.T("practicepage.column.grade")},
		{Head: p.T("practicepage.column.got")}, {Head: p.T("practicepage.column.why")}}}
	for _, r := range t.item.Remarks {
		out.Rows = append(out.Rows, kit.TableRow{Tone: gradeTone(r.Grade), Cells: []templ.Component{frame.Words(p.T("practice.field." + r.Path)), gradeTag(p, r), gotCell(p, r), whyCell(p, t.item, r)}})
	}
	return out
}

func gradeTone(grade string) kit.Tone {
	switch grade {
	case practice.Right:
		return kit.Good
	case practice.Near:
		return kit.Warn
	}
	return kit.Bad
}

// lists are the lists of codes that fields come from.
var lists = map[string]string{"direction": "direction", "conveyance": "conveyance", "detection": "detection", "concealment": "concealment", "status": "outcome",
	"country": "country", "origin": "country", "destination": "country", "goods.category": "category", "goods.verdict": "verdict", "outcome": "feedback"}

// valueWords says what was written in a field.
func valueWords(p *kit.Page, path string, v practice.Value) string {
	switch list := lists[path]; {
	case v.Text == "" && v.Micro == 0, path == "saved", path == "acknowledged", path == "nil", path == "reference":
		return ""
	case path == "goods.quantity":
		return p.Printer.Quantity(v.Micro, v.Unit)
	case path == "day":
		return p.Printer.Day(v.Text)
	case list == "country":
		return p.Printer.Country(v.Text)
	case list != "":
		return p.Printer.Code(list, v.Text)
	}
	return v.Text
}

// hint is what helps with a field: of a ready-made task from the catalogue, else the
// trainer's own words.
func hint(p *kit.Page, it practice.Item, r practice.Remark) string {
	if r.Hint == "" || it.Task.Ready == "" {
		return r.Hint
	}
	return p.T(r.Hint)
}

type openView struct {
	practice.Desk
	form kit.Form
}

func fields(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, f := range practice.Fields() {
		out = append(out, kit.Option{Value: f, Label: p.T("practice.field." + f)})
	}
	return out
}

func languages() []kit.Option {
	var out []kit.Option
	for _, l := range i18n.Languages() {
		out = append(out, kit.Option{Value: string(l), Label: l.Name()})
	}
	return out
}

func units(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, u := range []string{"H87", "PR", "KGM", "LTR", "STK", "XBX"} {
		out = append(out, kit.Option{Value: u, Label: p.Printer.Code("unit", u)})
	}
	return out
}

type replayView struct {
	practice.Desk
	form kit.Form
	from []kit.Option
}

func (m replayView) base() string { return frame.ExerciseHref(m.Workshop.ID) }

// played is the day that was played last; the zero Day: none was.
func (m replayView) played() (d practice.Day) {
	for _, one := range m.Days {
		if !one.Played.IsZero() {
			d = one
		}
	}
	return d
}

// when is the text that tells when day 1 can be seen.
func (m replayView) when() string {
	if m.MayOpen {
		return "practicepage.ready-lead"
	}
	return "practicepage.ready-when"
}

// upcoming is the number of the next day; 0: there is none, or it is not for this reader.
func (m replayView) upcoming() int64 {
	for _, one := range m.Days {
		if one.Played.IsZero() && m.MayOpen {
			return one.Number
		}
	}
	return 0
}

func knownRows(p *kit.Page, d practice.Day) []kit.Row {
	return []kit.Row{{Label: p.T("practicepage.known.today"), Value: kit.Num(p, d.Known.Today)}, {Label: p.T("practicepage.known.cases"), Value: kit.Num(p, d.Known.Cases)},
		{Label: p.T("practicepage.known.warnings"), Value: kit.Num(p, d.Known.Warnings)}}
}

// counted is a table of counts by code.
func counted(p *kit.Page, caption, list string, all map[string]int64, order []string) kit.Table {
	t := kit.Table{Caption: caption, Plain: true, Columns: []kit.Column{{Head: caption, Lead: true}, {Head: p.T("practicepage.column.count"), Numeric: true}}}
	for _, code := range order {
		if n := all[code]; n > 0 {
			t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.Listed(p, list, code), kit.Num(p, n)}})
		}
	}
	return t
}

// progressTable is every learner with every task; nobody is ranked.
func progressTable(p *kit.Page, all practice.Progress) kit.Table {
	t := kit.Table{Caption: p.T("practicepage.progress"), Hidden: true, Columns: []kit.Column{{Head: p.T("practicepage.column.who"), Lead: true}}}
	if len(all.Learners) == 0 {
		return t
	}
	for _, it := range all.Learners[0].Items {
		title, _, _ := frame.TaskWords(p, it.Task)
		t.Columns = append(t.Columns, kit.Column{Head: p.T("practice.numbered", fault.Args{"number": it.Task.Number, "title": title})})
	}
	for _, l := range all.Learners {
		row := kit.TableRow{Cells: []templ.Component{whoCell(p, l)}}
		for _, it := range l.Items {
			row.Cells = append(row.Cells, stateCell(p, it))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// step is how many are at a task.
func stepRows(p *kit.Page, all practice.Progress) kit.Table {
	t := kit.Table{Caption: p.T("practicepage.by-task"), Columns: []kit.Column{{Head: p.T("practicepage.column.task"), Lead: true}, {Head: p.T("practicepage.column.begun"), Numeric: true},
		{Head: p.T("practicepage.column.done"), Numeric: true}}}
	if len(all.Learners) == 0 {
		return t
	}
	for i, of := range all.Learners[0].Items {
		var begun, done int64
		for _, l := range all.Learners {
			if !l.Items[i].Begun.IsZero() {
				begun++
			}
			if l.Items[i].Done {
				done++
			}
		}
		title, _, _ := frame.TaskWords(p, of.Task)
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{frame.Words(p.T("practice.numbered", fault.Args{"number": of.Task.Number, "title": title})), kit.Num(p, begun), kit.Num(p, done)}})
	}
	return t
}
