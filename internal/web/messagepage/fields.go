package messagepage

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// What follows a field's name where it takes two inputs.
const (
	unitOf = ".unit"
	timeOf = ".time"
)

// yes is the value of a ticked box.
const yes = "yes"

// inputsOf are the names of a field's inputs in a form.
func inputsOf(f template.Field) []string {
	if f.Kind != template.Standing {
		name := "fields." + f.Key
		switch f.Kind {
		case template.Quantity:
			return []string{name, name + unitOf}
		case template.Moment:
			return []string{name, name + timeOf}
		}
		return []string{name}
	}
	switch f.Key {
	case "reply_due":
		return []string{"reply_due", "due_time"}
	case "expires":
		return []string{"expires", "expires_time"}
	case "arrival":
		return []string{"arrival", "arrival_time", "arrival_place", "arrival_zone"}
	}
	return []string{f.Key}
}

// readFields reads what the operation's form asks beside.
func readFields(form url.Values, d template.Definition) message.Fields {
	out := message.Fields{}
	for _, f := range d.Fields {
		if f.Kind == template.Standing {
			continue
		}
		names := inputsOf(f)
		value := strings.TrimSpace(lines(form.Get(names[0])))
		switch f.Kind {
		case template.Quantity:
			if value != "" {
				value += " " + form.Get(names[1])
			}
		case template.Moment:
			if clock := strings.TrimSpace(form.Get(names[1])); value != "" || clock != "" {
				value = frame.ClockDigits(value) + "T" + frame.ClockDigits(clock) + "Z"
			}
		}
		if value != "" {
			out[f.Key] = value
		}
	}
	return out
}

// readStanding reads what the template's base brings along into a draft, and tells
// what of it could not be read. What the form does not ask for stays unsaid.
func readStanding(form url.Values, d *message.Draft, t template.Definition, zone *time.Location) (unread []fault.Field) {
	moment := func(key, day, clock string, in *time.Location) time.Time {
		at, ok := time.Time{}, true
		if t.Shown(key) {
			at, ok = frame.ReadMoment(form.Get(day), form.Get(clock), in)
		}
		if !ok {
			unread = append(unread, fault.Field{Path: day, Key: "messagepage.due-unreadable"})
		}
		return at
	}
	said := func(key, name string) string {
		if t.Shown(key) {
			return form.Get(name)
		}
		return ""
	}
	d.ReplyDue = moment("reply_due", "reply_due", "due_time", zone)
	d.Expires = moment("expires", "expires", "expires_time", zone)
	d.Arrival.Place, d.Arrival.Zone = said("arrival", "arrival_place"), said("arrival", "arrival_zone")
	port := zone
	if l, err := time.LoadLocation(d.Arrival.Zone); err == nil && d.Arrival.Zone != "" {
		port = l
	}
	d.Arrival.At = moment("arrival", "arrival", "arrival_time", port)
	if d.Arrival.At.IsZero() && strings.TrimSpace(d.Arrival.Place) == "" {
		d.Arrival.Zone = "" // chosen beforehand by the form
	}
	d.Source = said("source", "source")
	d.Profile = message.Profile{Category: said("category", "category"), Conveyance: said("conveyance", "conveyance"),
		Provenance: said("provenance", "provenance"), Destination: said("destination", "destination")}
	d.Urgent = said("urgent", "urgent") == yes
	d.Outcome = said("outcome", "outcome")
	return unread
}

// fieldLabel names a field in the reader's language, as far as somebody has
// written it in that.
func fieldLabel(p *kit.Page, f template.Field) string {
	if f.Own() {
		words, _ := f.Label.In(string(p.Printer.Lang()))
		return words
	}
	return p.T("template.field." + f.Key)
}

func fieldHint(p *kit.Page, f template.Field) string {
	words, _ := f.Hint.In(string(p.Printer.Lang()))
	return words
}

// fieldLabels names the fields of a form for the summary of what is wrong.
func fieldLabels(p *kit.Page, d template.Definition) map[string]string {
	out := messageLabels(p)
	for _, f := range d.Fields {
		if f.Kind == template.Standing {
			out[f.Key] = p.T("template.field." + f.Key)
			continue
		}
		out["fields."+f.Key] = fieldLabel(p, f)
	}
	for _, part := range []string{"arrival", "arrival_place", "arrival_zone"} {
		out[part] = p.T("messagepage.field." + part)
	}
	return out
}

// fieldOptions are the choices of a coded field, in the reader's language.
func fieldOptions(p *kit.Page, f template.Field, chosen string) []kit.Option {
	var out []kit.Option
	switch f.Kind {
	case template.Code:
		list, _ := codelist.Named(f.List)
		return frame.NamedOptions(p, list, chosen)
	case template.YesNo:
		return []kit.Option{{Value: "yes", Label: p.T("kit.yes")}, {Value: "no", Label: p.T("kit.no")}}
	case template.Choice:
		for _, o := range f.Choices {
			label, _ := o.Label.In(string(p.Printer.Lang()))
			out = append(out, kit.Option{Value: o.Code, Label: label})
		}
	}
	return out
}

// fieldValue shows a value to a reader: codes, numbers and times in the reader's
// language, words as they were written.
func fieldValue(p *kit.Page, f template.Field, value, lang string) templ.Component {
	switch f.Kind {
	case template.Code:
		return kit.Listed(p, f.List, value)
	case template.Choice:
		for _, o := range f.Choices {
			if o.Code == value {
				words, written := o.Label.In(string(p.Printer.Lang()))
				return kit.UserWords(written, words)
			}
		}
	case template.YesNo:
		return kit.Text(p.T("kit." + value))
	case template.Quantity:
		if micro, unit, ok := template.SplitQuantity(value); ok {
			return kit.Quantity(p, micro, unit)
		}
	case template.Date:
		return kit.Day(p, value)
	case template.Moment:
		if at, ok := template.ReadMoment(value); ok {
			return kit.When(p, at)
		}
	case template.Number, template.HS, template.IMO:
		return kit.Code(value)
	case template.Long:
		return kit.UserText(lang, value)
	}
	return kit.UserWords(lang, value)
}

// formRows are what a message says beside its text, in the order of its form and
// in the reader's language.
func formRows(p *kit.Page, m message.Message, d template.Definition, zone *time.Location) []kit.Row {
	var rows []kit.Row
	for _, f := range d.Fields {
		if f.Kind == template.Standing {
			rows = append(rows, standingRows(p, m, f.Key, zone)...)
		} else if v := m.Fields[f.Key]; v != "" {
			rows = append(rows, kit.Row{Label: fieldLabel(p, f), Value: fieldValue(p, f, v, m.Language)})
		}
	}
	return rows
}

func standingRows(p *kit.Page, m message.Message, key string, zone *time.Location) []kit.Row {
	row := func(v templ.Component) []kit.Row { return []kit.Row{{Label: p.T("template.field." + key), Value: v}} }
	coded := func(list, code string) []kit.Row {
		if code == "" {
			return nil
		}
		return row(kit.Listed(p, list, code))
	}
	switch key {
	case "expires":
		if !m.Expires.IsZero() {
			return row(kit.Join(expiryLine(p, m), kit.Text("·"), localTime(p, m.Expires, zone)))
		}
	case "arrival":
		if !m.Arrival.At.IsZero() {
			return row(frame.ArrivalLine(p, m))
		} else if m.Arrival.Place != "" {
			return row(kit.UserWords(m.Language, m.Arrival.Place))
		}
	case "urgent":
		if m.Urgent {
			return row(kit.Tag(kit.Bad, p.T("template.field.urgent")))
		}
	case "source":
		return coded("warning-source", m.Source)
	case "category":
		return coded("category", m.Profile.Category)
	case "conveyance":
		return coded("conveyance", m.Profile.Conveyance)
	case "provenance":
		return coded("country", m.Profile.Provenance)
	case "destination":
		return coded("country", m.Profile.Destination)
	}
	return nil
}

// zoneOptions are the time zones of a place of arrival: those of the members in
// the country of destination first, then those of the others.
func zoneOptions(members []operation.Member, own, destination, chosen string) []kit.Option {
	var first, rest []string
	for _, m := range members {
		if m.Membership.State != operation.Accepted {
			continue
		}
		if o := m.Organisation; destination != "" && o.Country == destination {
			first = append(first, o.TimeZone)
		} else {
			rest = append(rest, o.TimeZone)
		}
	}
	slices.Sort(first)
	rest = append(rest, own, "UTC", chosen)
	slices.Sort(rest)
	var out []kit.Option
	seen := map[string]bool{"": true}
	for _, z := range append(first, rest...) {
		if !seen[z] {
			out = append(out, kit.Option{Value: z, Label: z})
		}
		seen[z] = true
	}
	return out
}
