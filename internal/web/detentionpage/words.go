package detentionpage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func tone(state string) kit.Tone {
	switch state {
	case legal.Overdue:
		return kit.Bad
	case legal.DueSoon:
		return kit.Warn
	case legal.Running:
		return kit.Info
	case legal.Met:
		return kit.Good
	}
	return kit.Neutral
}

// stepName is what has to be done: in the profile's own words, or by its code.
func stepName(p *kit.Page, law legal.Profile, s legal.Step) templ.Component {
	if s.Title != "" {
		return kit.UserWords(law.Language, s.Title)
	}
	return kit.Listed(p, codelist.ClockStep.Name(), s.Code)
}

// stepText is stepName within a sentence.
func stepText(p *kit.Page, s legal.Step) string {
	if s.Title != "" {
		return s.Title
	}
	return p.Printer.Code(codelist.ClockStep.Name(), s.Code)
}

// left says how far away the end of a deadline is.
func left(p *kit.Page, d legal.Deadline) string {
	switch {
	case d.Prompt():
		return p.T("clock.promptly")
	case d.State == legal.Overdue && d.Left < 0:
		return p.T("clock.since", fault.Args{"count": int64(-d.Left)})
	case d.State == legal.Overdue:
		return p.T("clock.just-over")
	case d.Left == 0:
		return p.T("clock.last-day")
	}
	return p.T("clock.left", fault.Args{"count": int64(d.Left)})
}

// lede says what has to be done next.
func (a view) lede(p *kit.Page) string {
	switch {
	case a.Clock == nil:
		return p.T("clock.none")
	case a.Over:
		return p.T("clock.over")
	}
	d, open := legal.Nearest(a.Deadlines)
	if !open {
		return p.T("clock.nothing-open")
	}
	if d.Prompt() {
		return p.T("clock.nearest-promptly", fault.Args{"step": stepText(p, d.Step)})
	}
	return p.T("clock.nearest", fault.Args{"step": stepText(p, d.Step), "day": i18n.Day(d.Due.String()), "left": left(p, d)})
}

// period says how long a deadline is: "10 working days".
func period(p *kit.Page, d legal.Period) string {
	if d.Days == 0 {
		return p.T("clock.promptly")
	}
	return p.T("clock.days-"+d.Unit, fault.Args{"count": int64(d.Days)})
}

// person is the name of somebody who did something.
func name(people map[string]person.Person, id string) string { return people[id].Name }

// rows are what is known of the clock itself.
func (a view) rows(p *kit.Page) []kit.Row {
	kind := kit.Listed(p, codelist.ClockKind.Name(), a.Clock.Kind)
	if a.Clock.Perishable {
		kind = kit.Join(kind, kit.Text("·"), kit.Text(p.T("clock.perishable")))
	}
	rows := []kit.Row{
		{Label: p.T("clock.case"), Value: link(a.base[:len(a.base)-len("/clock")], a.Case.Reference)},
		{Label: p.T("clock.field.kind-of"), Value: kind},
		{Label: p.T("clock.stage"), Value: kit.Listed(p, codelist.ClockStage.Name(), a.Stage)},
		{Label: p.T("clock.by"), Value: kit.Join(kit.UserWords("", frame.Called(p, a.Organisation)), kit.Text("·"), kit.UserWords("", name(a.People, a.Clock.Author)))},
	}
	return append(rows, lawRows(p, a.Law)[:4]...)
}

// lawRows say which law it is, and who vouches for it.
func lawRows(p *kit.Page, law legal.Profile) []kit.Row {
	checker := kit.Tag(kit.Warn, p.T("clock.unchecked"))
	if law.Checked() {
		checker = kit.UserWords("", law.Checker)
	}
	return []kit.Row{
		{Label: p.T("clock.law-name"), Value: kit.UserWords(law.Language, law.Name)},
		{Label: p.T("clock.field.source"), Value: kit.UserWords(law.Language, law.Source)},
		{Label: p.T("clock.author"), Value: kit.UserWords("", law.Author)},
		{Label: p.T("clock.checker"), Value: checker},
		{Label: p.T("clock.date"), Value: kit.Day(p, law.Date)},
		{Label: p.T("clock.payer"), Value: kit.Listed(p, codelist.ClockPayer.Name(), law.Payer)},
	}
}

// calendarRows are the days that an office works.
func calendarRows(p *kit.Page, c legal.Calendar) []kit.Row {
	var weekend, years []string
	for _, w := range c.Weekend {
		weekend = append(weekend, weekday(p, w))
	}
	for _, y := range c.Years {
		years = append(years, strconv.Itoa(y))
	}
	rows := []kit.Row{{Label: p.T("clock.field.zone"), Value: kit.Code(c.Zone)},
		{Label: p.T("clock.field.weekend"), Value: given(p.Printer.List(weekend))},
		{Label: p.T("clock.field.years"), Value: given(strings.Join(years, " "))},
		{Label: p.T("clock.field.holidays"), Value: holidays(p, c)}}
	if len(c.Worked) > 0 {
		rows = append(rows, kit.Row{Label: p.T("clock.field.worked"), Value: days(p, c.Worked)})
	}
	if c.Source != "" {
		rows = append(rows, kit.Row{Label: p.T("clock.field.source"), Value: kit.UserWords("", c.Source)})
	}
	return rows
}

// given is a value of a row; nil where there is none.
func given(s string) templ.Component {
	if s == "" {
		return nil
	}
	return kit.UserWords("", s)
}

// weekday is the name of a day of the week: that of one such day.
func weekday(p *kit.Page, w time.Weekday) string {
	sunday := legal.DateOf(2017, time.January, 1)
	return p.Printer.Weekday((sunday + legal.Day(w)).String())
}

// unknownYears are those on the way of open deadlines for which nobody entered
// holidays.
func (a view) unknownYears() string {
	var all []int
	for _, d := range a.Deadlines {
		if d.Open() {
			all = append(all, d.Unknown...)
		}
	}
	slices.Sort(all)
	var out []string
	for _, y := range slices.Compact(all) {
		out = append(out, strconv.Itoa(y))
	}
	return strings.Join(out, ", ")
}

// events is the history of the clock, the newest first.
func (a view) history(p *kit.Page) []kit.Event {
	began := detention.Event{Kind: legal.Detained, Day: a.Clock.Day, Time: a.Clock.Time, Author: a.Clock.Author, At: a.Clock.At}
	var out []kit.Event
	for _, e := range append([]detention.Event{began}, a.Events...) {
		event := kit.Event{At: e.At, Who: name(a.People, e.Author), Tone: kit.Info, Body: eventBody(p, a, e),
			Title: p.T("clock.happened", fault.Args{"event": i18n.Code{List: codelist.ClockEvent.Name(), Code: e.Kind}, "day": i18n.Day(e.Day.String())})}
		if !a.Counts(e) {
			event.Tone = kit.Neutral
		}
		out = append(out, event)
	}
	for _, w := range a.Warnings {
		out = append(out, kit.Event{At: w.At, Who: p.T("clock.time"), Tone: map[string]kit.Tone{detention.Soon: kit.Warn, detention.Over: kit.Bad}[w.Kind],
			Title: p.T("clock.warned-"+w.Kind, fault.Args{"step": i18n.Code{List: codelist.ClockStep.Name(), Code: w.Step}, "day": i18n.Day(w.Due.String())})})
	}
	slices.SortStableFunc(out, func(x, y kit.Event) int { return y.At.Compare(x.At) })
	return out
}

// recipient is to whom something was told.
func (a view) recipient(p *kit.Page, d detention.Disclosure) string {
	if d.Recipient != 0 {
		return frame.Called(p, a.Recipients[d.Recipient])
	}
	return d.Addressee
}

// fieldNames are the fields of an act in words.
func fieldNames(p *kit.Page, fields []string) string {
	var out []string
	for _, f := range fields {
		out = append(out, p.Printer.Code(codelist.DisclosureField.Name(), f))
	}
	return p.Printer.List(out)
}

// fieldOptions are the fields that may be told now, each with its basis.
func (a view) fieldOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range frame.ListOptions(p, codelist.DisclosureField) {
		if basis, ok := a.MayTell[o.Value]; ok {
			o.Hint = p.Printer.Isolate(basis)
			out = append(out, o)
		}
	}
	return out
}

// kinds are the procedures to choose from; one that the law does not have is shown
// and cannot be chosen.
func (a view) kinds(p *kit.Page) []kit.Option {
	out := frame.ListOptions(p, codelist.ClockKind)
	for i, o := range out {
		out[i].Hint = p.T("clock.hint.kind-" + o.Value)
		if key := a.Law.Refuses(o.Value, false); key != "" {
			out[i].Hint, out[i].Disabled = p.T(key), true
		}
	}
	return out
}

func (a view) officers(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, c := range a.Colleagues {
		out = append(out, kit.Option{Value: string(c.ID), Label: c.Name})
	}
	slices.SortStableFunc(out, func(x, y kit.Option) int { return p.Printer.Compare(x.Label, y.Label) })
	return out
}

func (a view) holderOptions(p *kit.Page) []kit.Option {
	return frame.OrganisationOptions(p, a.Holders, func(o organisation.Organisation) string { return string(o.ID) })
}

// stepOptions are the deadlines that can be extended.
func (a view) stepOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, d := range a.extendable() {
		out = append(out, kit.Option{Value: d.Step.Code, Label: stepText(p, d.Step)})
	}
	return out
}

func profileOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, law := range legal.Builtin() {
		out = append(out, kit.Option{Value: law.Code, Label: p.T("legal.profile." + law.Code)})
	}
	return append(out, kit.Option{Value: ownProfile, Label: p.T("clock.own-profile"), Hint: p.T("clock.hint.own-profile")})
}

// profileName is a profile's name in the reader's language, or its own.
func profileName(p *kit.Page, law legal.Profile) templ.Component {
	if key := "legal.profile." + law.Code; p.Printer.Has(key) {
		return kit.Text(p.T(key))
	}
	return kit.UserWords(law.Language, law.Name)
}

func weekdayOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, w := range []time.Weekday{1, 2, 3, 4, 5, 6, 0} {
		out = append(out, kit.Option{Value: strconv.Itoa(int(w)), Label: weekday(p, w)})
	}
	return out
}
