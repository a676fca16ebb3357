package message

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

// Limits of a draft.
const (
	MaxSubject   = i18n.MaxName         // characters
	MaxBody      = i18n.MaxText         // characters
	MaxAddressed = 300                  // organisations named
	MaxDue       = 365 * 24 * time.Hour // from now to ReplyDue
)

// Draft is what is written to send a message.
type Draft struct {
	ID       ID // the same id again is the same message; empty: one is made
	Template string
	Subject  string
	Body     string
	Language string // BCP 47, of subject and body
	TLP      string // codelist.TLP
	// To says for whom it is. Empty in an answer: for whoever reads what it
	// answers. In an answer it can only narrow, but a feedback may add coordination.
	To       audience.Address
	ReplyDue time.Time // of a warning, or a request that names one: after now, within a year
	Expires  time.Time // of a warning: after now, within a year
	Arrival  Arrival   // of a warning: within a year from now, either way
	Source   string    // of a warning: codelist.WarningSource
	Urgent   bool
	Version  int64              // of the operation's template: then Template may also be the template's own name; 0: as built in
	Fields   Fields             // what that template asks beside, checked against that version
	Answers  int64              // Seq of the message it answers; a feedback: of the warning
	Outcome  string             // of a feedback: codelist.Feedback
	Reason   string             // of a feedback: codelist.NotChecked
	Profile  Profile            // of a warning
	Marks    []consignment.Mark // numbers by which the goods travel; those in the text are found
	// Attachments are the writer's own, uploaded before, in their order: at most
	// attachment.MaxOfRecord.
	Attachments []attachment.ID
}

// Check says what is wrong with a draft at a moment, field by field. Paths are
// id, template, subject, body, language, tlp, to, apart, reply_due, answers,
// outcome, reason, expires, arrival, arrival_place, arrival_zone, source, category,
// conveyance, provenance, destination, marks, attachments, template_version,
// fields.KEY. It is checked against the template as built in: see CheckIn.
func (d Draft) Check(now time.Time) error { return d.CheckIn(now, builtIn(d.Template)) }

// CheckIn is Check against the version of a template that the draft names.
func (d Draft) CheckIn(now time.Time, form template.Definition) error {
	_, err := d.clean(now, form)
	return err
}

// clean gives the draft as it is stored, and what is wrong with it.
func (d Draft) clean(now time.Time, form template.Definition) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.cleanTemplate(&p, form)
	d.cleanText(&p)
	if !codelist.TLP.Has(d.TLP) {
		p.Add("tlp", "message.tlp")
	}
	d.checkTo(&p)
	d.checkAnswers(&p)
	d.checkDue(&p, now)
	d.checkProfile(&p)
	d.checkArrival(&p, now)
	d.Fields = form.Check(d.Fields, d.says, &p)
	d.Marks = consignment.Clean(&p, "marks", d.Marks, d.Subject, d.Body)
	d.checkAttachments(&p)
	return d, p.Fault()
}

func (d *Draft) cleanText(p *fault.Problems) {
	var err error
	if strings.TrimSpace(d.Subject) == "" && d.Answers != 0 {
		d.Subject = ""
	} else if d.Subject, err = i18n.CleanName(d.Subject); err != nil {
		note(p, "subject", err)
	}
	if d.Body, err = i18n.CleanText(d.Body); err != nil {
		note(p, "body", err)
	} else if strings.TrimSpace(d.Body) == "" {
		switch {
		case d.Template == Feedback && d.Outcome == "not-checked" && (d.Reason == "" || d.Reason == "other"):
			p.Add("body", "message.reason")
		case d.Template != Feedback && len(d.Attachments) == 0: // a picture may say all
			p.Add("body", "fault.required")
		}
	}
	d.Language = i18n.CleanLanguage(p, "language", d.Language)
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}

func (d *Draft) checkTo(p *fault.Problems) {
	sides := slices.Clone(d.To.Sides)
	slices.Sort(sides)
	organisations := slices.Clone(d.To.Organisations)
	slices.Sort(organisations)
	d.To.Sides, d.To.Organisations = slices.Compact(sides), slices.Compact(organisations)
	regions := slices.Clone(d.To.Regions)
	slices.Sort(regions)
	d.To.Regions = slices.Compact(regions)
	switch {
	case len(d.To.Organisations) > MaxAddressed:
		p.Add("to", "fault.too-many-items", fault.Args{"max": int64(MaxAddressed)})
	case slices.ContainsFunc(d.To.Sides, func(s access.Side) bool { return !access.ValidSide(s) }):
		p.Add("to", "message.to-unknown")
	case slices.ContainsFunc(d.To.Regions, func(r string) bool { return !codelist.Region.Has(r) }):
		p.Add("to", "message.to-unknown")
	case d.To.Empty() && d.Answers == 0:
		p.Add("to", "message.to")
	}
	if d.To.Apart && (d.To.Empty() || slices.Contains(d.To.Sides, access.Coordination)) {
		p.Add("apart", "message.apart")
	}
}

func (d *Draft) checkAnswers(p *fault.Problems) {
	switch {
	case d.Answers < 0:
		p.Add("answers", "fault.not-an-id")
	case d.Template == Warning && d.Answers != 0:
		p.Add("answers", "message.warning-begins")
	case d.Template == Feedback && d.Answers == 0:
		p.Add("answers", "message.feedback-of-warning")
	}
	switch {
	case d.Template == Feedback && !codelist.Feedback.Has(d.Outcome):
		p.Add("outcome", "message.outcome")
	case d.Template != Feedback && d.Outcome != "":
		p.Add("outcome", "message.outcome-of-feedback")
	}
	switch {
	case d.Reason != "" && d.Outcome != "not-checked":
		p.Add("reason", "message.reason-of-not-checked")
	case d.Reason != "" && !codelist.NotChecked.Has(d.Reason):
		p.Add("reason", "fault.unknown-code")
	}
}

func (d *Draft) checkDue(p *fault.Problems, now time.Time) {
	d.ReplyDue = stored(d.ReplyDue)
	switch {
	case d.Template != Warning && d.Template != Request && !d.ReplyDue.IsZero():
		p.Add("reply_due", "message.due-of-warning")
	case d.Template != Warning && d.ReplyDue.IsZero():
	case d.ReplyDue.IsZero():
		p.Add("reply_due", "message.due")
	case !d.ReplyDue.After(now):
		p.Add("reply_due", "message.due-past")
	case d.ReplyDue.After(now.Add(MaxDue)):
		p.Add("reply_due", "message.due-far")
	}
}

// movedOn: a feedback may say whither the goods moved on.
func (d *Draft) movedOn() bool { return d.Template == Feedback && d.Outcome == "moved-on" }

func (d *Draft) checkProfile(p *fault.Problems) {
	described := d.Profile
	if d.movedOn() {
		described.Destination = ""
	}
	if d.Template != Warning && (described != (Profile{}) || d.Arrival != (Arrival{}) || d.Source != "" || !d.Expires.IsZero()) {
		p.Add("category", "message.profile-of-warning")
		return
	}
	for _, c := range []struct {
		path, code string
		list       codelist.List
	}{
		{"category", d.Profile.Category, codelist.Category},
		{"conveyance", d.Profile.Conveyance, codelist.Conveyance},
		{"provenance", d.Profile.Provenance, codelist.Country},
		{"destination", d.Profile.Destination, codelist.Country},
		{"source", d.Source, codelist.WarningSource},
	} {
		if c.code != "" && !c.list.Has(c.code) {
			p.Add(c.path, "fault.unknown-code")
		}
	}
}

// checkArrival looks at when a shipment comes and until when its warning holds.
// A place without a zone is good: the reader then sees UTC only.
func (d *Draft) checkArrival(p *fault.Problems, now time.Time) {
	d.Expires, d.Arrival.At = stored(d.Expires), stored(d.Arrival.At)
	switch {
	case d.Expires.IsZero():
	case !d.Expires.After(now):
		p.Add("expires", "message.expires-past")
	case d.Expires.After(now.Add(MaxDue)):
		p.Add("expires", "message.moment-far")
	}
	if at := d.Arrival.At; !at.IsZero() && (at.After(now.Add(MaxDue)) || at.Before(now.Add(-MaxDue))) {
		p.Add("arrival", "message.moment-far")
	}
	if strings.TrimSpace(d.Arrival.Place) == "" {
		d.Arrival.Place = ""
	} else if place, err := i18n.CleanName(d.Arrival.Place); err != nil {
		note(p, "arrival_place", err)
	} else {
		d.Arrival.Place = place
	}
	if zone := d.Arrival.Zone; zone != "" {
		if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
			p.Add("arrival_zone", "message.zone")
		}
	}
}

// stored is a moment as the database keeps it: whole microseconds, UTC.
func stored(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
