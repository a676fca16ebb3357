package learntpage

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// tone is the colour of a state; its words say the same.
func tone(i learnt.Item) kit.Tone {
	switch {
	case i.Late:
		return kit.Bad
	case i.State == learnt.Recorded:
		return kit.Warn
	case i.State == learnt.Done:
		return kit.Good
	case i.Open():
		return kit.Info
	}
	return kit.Neutral
}

func (l listView) form() kit.Form { return kit.Form{Values: l.query} }

func (l listView) mayFollow() bool { return l.Standing.May(access.OperationFollow) }

func counted(p *kit.Page, label string, n int64) string {
	return p.T("learnt.counted", fault.Args{"label": label, "count": n})
}

// states are what the list may be narrowed to, with how many there are.
func (l listView) states(p *kit.Page) []kit.Option {
	out := []kit.Option{{Value: learnt.StillOpen, Label: counted(p, p.T("learnt.still-open"), l.States[learnt.StillOpen])},
		{Value: learnt.Late, Label: counted(p, p.T("learnt.overdue"), l.States[learnt.Late])}}
	for _, o := range frame.ListOptions(p, codelist.LearntState) {
		o.Label = counted(p, o.Label, l.States[o.Value])
		out = append(out, o)
	}
	return out
}

func (l listView) topics(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range frame.ListOptions(p, codelist.LearntTopic) {
		o.Label = counted(p, o.Label, l.Topics[o.Value])
		out = append(out, o)
	}
	return out
}

func (l listView) owners(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range l.Owners {
		out = append(out, kit.Option{Value: string(o.Organisation.ID), Label: counted(p, frame.Called(p, o.Organisation), o.Count)})
	}
	return out
}

// chips are what the list is narrowed to.
func (l listView) chips(p *kit.Page) []kit.Chip {
	var out []kit.Chip
	for _, f := range []struct {
		name, label string
		options     []kit.Option
	}{{"state", p.T("learnt.field.state"), l.states(p)}, {"topic", p.T("learnt.field.topic"), l.topics(p)}, {"owner", p.T("learnt.field.owner"), l.owners(p)},
		{"from", p.T("learnt.origin"), []kit.Option{{Value: "earlier", Label: p.T("learnt.from-earlier")}}}} {
		for _, o := range f.options {
			if o.Value == l.query.Get(f.name) {
				rest := url.Values{}
				for name, values := range l.query {
					if name != f.name {
						rest[name] = values
					}
				}
				out = append(out, kit.Chip{Label: f.label, Value: o.Label, Remove: strings.TrimSuffix(p.Operation.Href+"learnt/?"+rest.Encode(), "?")})
			}
		}
	}
	return out
}

func (l listView) table(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("learnt.title"), Hidden: true, Columns: []kit.Column{{Head: p.T("learnt.field.title"), Lead: true}, {Head: p.T("learnt.field.topic")},
		{Head: p.T("learnt.field.owner")}, {Head: p.T("learnt.field.due")}, {Head: p.T("learnt.field.state")}}}
	for _, i := range l.Items {
		edge := kit.Tone("")
		if i.Late {
			edge = kit.Bad
		}
		t.Rows = append(t.Rows, kit.TableRow{Tone: edge, Cells: []templ.Component{titleCell(p, i), kit.Listed(p, codelist.LearntTopic.Name(), i.Topic),
			kit.UserWords("", owner(p, i)), dueCell(p, i), kit.Tag(tone(i), p.Printer.Code(codelist.LearntState.Name(), i.State))}})
	}
	return t
}

// owner says who sees to a lesson.
func owner(p *kit.Page, i learnt.Item) string {
	switch {
	case i.Owner.Number == 0:
		return p.T("learnt.nobody")
	case !i.Member:
		return p.T("learnt.no-member", fault.Args{"name": frame.Called(p, i.Owner)})
	}
	return frame.Called(p, i.Owner)
}

func rows(p *kit.Page, m opened) []kit.Row {
	out := []kit.Row{{Label: p.T("learnt.field.owner"), Value: kit.UserWords("", owner(p, m.Item))}}
	if m.Person != "" {
		out = append(out, kit.Row{Label: p.T("learnt.field.person"), Value: kit.UserWords("", m.People[string(m.Person)].Name)})
	}
	out = append(out, kit.Row{Label: p.T("learnt.field.due"), Value: dueCell(p, m.Item)}, kit.Row{Label: p.T("learnt.field.workshop"), Value: kit.Text(source(p, m))})
	if m.MayOpen {
		at := &out[len(out)-1]
		at.Href, at.Action = "/t/"+string(m.Source.Workshop), p.T("learnt.to-workshop")
	}
	if m.From.Operation != 0 {
		out = append(out, kit.Row{Label: p.T("learnt.origin"), Value: kit.UserWords("", m.From.Name)})
	}
	return append(out, kit.Row{Label: p.T("learnt.field.for"), Value: kit.Text(p.T("learnt.for." + m.For))})
}

// source says where a lesson comes from.
func source(p *kit.Page, m opened) string {
	switch {
	case m.Source.Title != "":
		return p.Printer.Isolate(m.Source.Title)
	case m.Source.Report:
		return p.T("learnt.from-report")
	}
	return p.T("learnt.daily-work")
}

func steps(p *kit.Page, m opened) []kit.Option {
	var out []kit.Option
	for _, s := range m.Steps {
		out = append(out, kit.Option{Value: s, Label: p.Printer.Code(codelist.LearntState.Name(), s)})
	}
	return out
}

func history(p *kit.Page, m opened) []kit.Event {
	var out []kit.Event
	for i, a := range m.History {
		e := kit.Event{At: a.At, Zone: frame.ZoneOf(m.Standing), Who: m.People[a.Author].Name + " · " + frame.Called(p, m.Bodies[a.Organisation]), Title: p.Printer.Code(codelist.LearntState.Name(), a.State)}
		if i == 0 && m.From.Operation != 0 {
			e.Title = p.T("learnt.came", fault.Args{"operation": m.From.Name})
		}
		if a.Reason != "" {
			e.Body = kit.UserText("", a.Reason)
		}
		out = append(out, e)
	}
	return out
}

// sources are where a lesson may come from, beside daily work.
func (m writing) sources(p *kit.Page) []kit.Option {
	out := []kit.Option{{Value: fromReport, Label: p.T("learnt.from-report")}}
	for _, w := range m.Workshops {
		id := string(w.Workshop.ID)
		out = append(out, kit.Option{Value: id, Label: p.T("learnt.whole-workshop"), Group: w.Workshop.Title})
		for _, s := range w.Sessions {
			out = append(out, kit.Option{Value: id + "/" + string(s.ID), Label: s.Title, Group: w.Workshop.Title})
		}
	}
	return out
}

func (m writing) owners(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range m.Owners {
		out = append(out, kit.Option{Value: string(o.Organisation.ID), Label: frame.Called(p, o.Organisation), Group: p.Printer.Code(codelist.Side.Name(), string(o.Membership.Side))})
	}
	return out
}

func (m writing) people(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range m.Owners {
		for _, c := range m.People {
			if c.Organisation == o.Organisation.Number {
				out = append(out, kit.Option{Value: string(o.Organisation.ID) + "/" + string(c.Person.ID), Label: c.Person.Name, Group: frame.Called(p, o.Organisation)})
			}
		}
	}
	return out
}

func audiences(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, a := range []string{learnt.ForAll, learnt.ForCoordination} {
		out = append(out, kit.Option{Value: a, Label: p.T("learnt.for." + a)})
	}
	return out
}

// day is a local day as an argument of a text.
func day(d string) i18n.Day { return i18n.Day(d) }
