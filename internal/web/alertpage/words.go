package alertpage

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// tone is the colour of a level; its words say the same.
func tone(i alert.Item) kit.Tone {
	switch {
	case !i.InForce:
		return kit.Neutral
	case i.Level == alert.Urgent:
		return kit.Bad
	case i.Level == "important":
		return kit.Warn
	}
	return kit.Info
}

// state says in a word how an alert stands for its reader.
func state(p *kit.Page, i alert.Item) (kit.Tone, string) {
	switch {
	case !i.Withdrawn.At.IsZero():
		return kit.Bad, p.T("alertpage.withdrawn")
	case !i.InForce:
		return kit.Neutral, p.T("alertpage.over")
	case i.MayAcknowledge:
		return kit.Warn, p.T("alertpage.waits")
	case !i.Acknowledged.IsZero():
		return kit.Good, p.T("alertpage.acknowledged")
	}
	return kit.Neutral, ""
}

// brands are the choices of in whose name, and about what brand, an alert is.
func (m writing) brands(p *kit.Page) []kit.Option {
	var out []kit.Option
	if m.Own {
		out = append(out, kit.Option{Value: "/", Label: p.T("alertpage.no-brand")})
	}
	for _, c := range m.Holders {
		of := frame.Called(p, c.Of)
		if c.Any {
			out = append(out, kit.Option{Value: string(c.Of.ID) + "/", Label: p.T("alertpage.no-brand"), Group: of})
		}
		for _, b := range c.Brands {
			out = append(out, kit.Option{Value: string(c.Of.ID) + "/" + string(b.ID), Label: b.Name, Group: of})
		}
	}
	return out
}

// unvetted tells whether the writer may issue for nobody yet.
func (m writing) unvetted() bool {
	for _, c := range m.Holders {
		if c.Vetted {
			return false
		}
	}
	return !m.Own
}

func (m writing) places() []kit.Option {
	var out []kit.Option
	for _, o := range m.Places {
		out = append(out, kit.Option{Value: string(o.Code), Label: o.Name})
	}
	return out
}

// countryWords are names of countries, in a row.
func countryWords(p *kit.Page, all []string) templ.Component {
	var names []string
	for _, c := range all {
		names = append(names, p.Printer.Code(codelist.Country.Name(), c))
	}
	return kit.Text(strings.Join(names, p.T("alertpage.between")))
}

// rows are what is known beside the texts.
func rows(p *kit.Page, o alert.Opened) []kit.Row {
	var out []kit.Row
	add := func(label string, value templ.Component) {
		out = append(out, kit.Row{Label: p.T("alertpage.field." + label), Value: value})
	}
	if o.BrandName != "" {
		add("brand", kit.UserWords("", o.BrandName))
	}
	if o.Category != "" {
		add("category", kit.Listed(p, codelist.Category.Name(), o.Category))
	}
	if o.HS != "" {
		add("hs", kit.Code(o.HS))
	}
	for _, part := range []struct {
		label string
		codes []string
	}{{"from", o.From}, {"via", o.Via}, {"into", o.Into}} {
		if len(part.codes) > 0 {
			add(part.label, countryWords(p, part.codes))
		}
	}
	add("to", addressed(p, o))
	add("until", kit.Day(p, o.Until))
	add("language", kit.Listed(p, codelist.Language.Name(), frame.BaseLanguage(o.Language)))
	by := kit.UserWords("", frame.Called(p, o.Of))
	if o.By != "" {
		by = kit.Join(by, kit.Text("·"), kit.UserWords("", o.By))
	}
	add("by", by)
	add("at", kit.When(p, o.At))
	return out
}

// addressed says for whom an alert is, as far as its reader may know.
func addressed(p *kit.Page, o alert.Opened) templ.Component {
	if o.To.All {
		return kit.Text(p.T("alertpage.to.all"))
	}
	var parts []templ.Component
	if len(o.To.Countries) > 0 {
		parts = append(parts, countryWords(p, o.To.Countries))
	}
	for _, n := range o.Named {
		parts = append(parts, kit.UserWords("", n.Name))
	}
	if len(parts) == 0 {
		return kit.Text(p.T("alertpage.to.others"))
	}
	var out []templ.Component
	for i, part := range parts {
		if i > 0 {
			out = append(out, kit.Text("·"))
		}
		out = append(out, part)
	}
	return kit.Join(out...)
}

// warnHref is where an alert becomes a warning of an operation.
func warnHref(o alert.Opened, at alert.Place) string {
	to := "/o/" + string(at.Code) + "/m/new/warning?alert=" + string(o.ID)
	if !o.Mine {
		to += "&of=" + string(o.Of.ID)
	}
	return to
}

func accountWords(p *kit.Page, a *alert.Account) string {
	return p.T("alertpage.account", fault.Args{"done": int64(len(a.Done)), "count": int64(a.Told)})
}
