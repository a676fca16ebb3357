package api

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

// templateOut is the newest version of a template: what a message of it asks for.
type templateOut struct {
	Name    string     `json:"name"`
	Base    string     `json:"base"`    // what it behaves like: general, warning, feedback, request, situation-report
	Version int64      `json:"version"` // template_version of a message; 0: as built in
	Title   string     `json:"title"`   // in the caller's language, if there is one
	Help    string     `json:"help,omitempty"`
	Retired bool       `json:"retired,omitempty"` // not offered any more
	Fields  []fieldOut `json:"fields"`            // in order
}

// fieldOut is one thing that a template asks for.
type fieldOut struct {
	Key      string      `json:"key"`
	Kind     string      `json:"kind"`           // standing: a member of the message itself; text, long-text, code, choice, yes-no, number, quantity, date, moment, hs, imo
	List     string      `json:"list,omitempty"` // of code: the code list
	Choices  []choiceOut `json:"choices,omitempty"`
	Label    string      `json:"label"`
	Hint     string      `json:"hint,omitempty"`
	Required bool        `json:"required,omitempty"`
}

// choiceOut is a choice of a template's own list.
type choiceOut struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

func (d *Door) templates(w http.ResponseWriter, r *http.Request, c *call) error {
	_, all, err := d.Templates.List(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	out := list[templateOut]{Items: []templateOut{}}
	for _, t := range all {
		out.Items = append(out.Items, templateIn(c.printer, t))
	}
	return answer(w, http.StatusOK, out)
}

// templateIn is a template in a reader's language. What is hidden is not told.
func templateIn(p *i18n.Printer, t template.Definition) templateOut {
	lang := string(p.Lang())
	out := templateOut{Name: t.Name, Base: t.Base, Version: t.Version, Retired: t.Retired, Fields: []fieldOut{}}
	out.Title, _ = t.Title.In(lang)
	if !t.Own() {
		out.Title = p.T("message.template." + t.Base)
	}
	out.Help, _ = t.Help.In(lang)
	for _, f := range t.Fields {
		if f.Hidden {
			continue
		}
		o := fieldOut{Key: f.Key, Kind: string(f.Kind), List: f.List, Required: f.Required}
		if o.Label, _ = f.Label.In(lang); !f.Own() {
			o.Label = p.T("template.field." + f.Key)
		}
		o.Hint, _ = f.Hint.In(lang)
		for _, choice := range f.Choices {
			label, _ := choice.Label.In(lang)
			o.Choices = append(o.Choices, choiceOut{choice.Code, label})
		}
		out.Fields = append(out.Fields, o)
	}
	return out
}

// readersOut is who may read a message now, and why.
type readersOut struct {
	Organisations []readerOut `json:"organisations"`
}

// readerOut is an organisation that may read a message.
type readerOut struct {
	Organisation organisation.ID `json:"organisation"`
	Name         string          `json:"name"`
	Side         access.Side     `json:"side"`
	Why          string          `json:"why"`              // originator, named, region, side, along, answered
	Region       string          `json:"region,omitempty"` // of why region
	Joined       time.Time       `json:"joined,omitzero"`  // UTC; it became a member after the message was sent
	Words        string          `json:"words"`            // why, in the caller's language
	People       []readingOut    `json:"people"`           // who may read messages
}

// readingOut is somebody who may read a message.
type readingOut struct {
	Person string        `json:"person"`
	Name   string        `json:"name"`
	Roles  []access.Role `json:"roles"` // those that let them
}

func (d *Door) readers(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := message.Name{ID: message.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	why, err := d.Messages.WhyNamed(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	out := readersOut{Organisations: []readerOut{}}
	for _, reader := range why.Readers {
		o := readerOut{Organisation: reader.Organisation.ID, Name: reader.Organisation.Called(string(c.printer.Lang())), Side: reader.Side,
			Why: reader.Why, Region: reader.Region, Joined: reader.Joined, People: []readingOut{},
			Words: c.printer.T("why.reason."+reader.Why, reader.Args())}
		for _, p := range reader.People {
			o.People = append(o.People, readingOut{string(p.Person.ID), p.Person.Name, p.Roles})
		}
		out.Organisations = append(out.Organisations, o)
	}
	return answer(w, http.StatusOK, out)
}
