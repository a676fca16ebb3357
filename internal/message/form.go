package message

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

// builtIn is a template as it stands from the beginning; of no name, nothing.
func builtIn(name string) template.Definition {
	d, _ := template.BuiltIn(name)
	return d
}

// formOf gives the version of a template that a draft names. What does not exist
// has no name: cleanTemplate says so.
func formOf(tx *db.Tx, op int64, d Draft) (template.Definition, error) {
	form, err := template.At(tx, op, d.Template, d.Version)
	if errors.Is(err, db.ErrNone) {
		return template.Definition{}, nil
	}
	return form, err
}

// cleanTemplate makes of a template's own name the one that it behaves like: the
// version alone still says which form was filled in.
func (d *Draft) cleanTemplate(p *fault.Problems, form template.Definition) {
	switch {
	case form.Base != "":
		d.Template = form.Base
	case d.Version != 0:
		p.Add("template_version", "template.unknown")
	case slices.Contains(Templates(), d.Template):
		p.Add("template", "template.unknown") // another template's form was given
	default:
		p.Add("template", "fault.unknown-code")
	}
}

// says tells of a field that the template's base brings along whether the draft
// fills it in.
func (d Draft) says(key string) bool {
	switch key {
	case "reply_due":
		return !d.ReplyDue.IsZero()
	case "arrival":
		return !d.Arrival.At.IsZero() || d.Arrival.Place != ""
	case "expires":
		return !d.Expires.IsZero()
	case "source":
		return d.Source != ""
	case "category":
		return d.Profile.Category != ""
	case "conveyance":
		return d.Profile.Conveyance != ""
	case "provenance":
		return d.Profile.Provenance != ""
	case "destination":
		return d.Profile.Destination != ""
	case "urgent":
		return d.Urgent
	case "outcome":
		return d.Outcome != ""
	}
	return false
}

// formsOf gives the versions that messages were written in, by number; those as
// built in are not among them.
func formsOf(tx *db.Tx, op int64, messages []Message) (map[int64]template.Definition, error) {
	var versions db.List
	for _, m := range messages {
		if m.Version != 0 && !slices.Contains(versions, m.Version) {
			versions = append(versions, m.Version)
		}
	}
	return template.These(tx, op, versions)
}

// formIn is the form in which a message was written.
func (m Message) formIn(forms map[int64]template.Definition) template.Definition {
	if form, ok := forms[m.Version]; ok {
		return form
	}
	return builtIn(m.Template)
}
