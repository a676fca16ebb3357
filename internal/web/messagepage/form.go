package messagepage

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// For whom a message is, as the form has it.
const (
	toEnforcement  = "enforcement"
	toObservers    = "observers"
	toAll          = "all"
	toCoordination = "coordination"
	toChosen       = "chosen"

	// of an answer
	toReaders = "readers"
	toSender  = "sender"
)

// along is the value of the ticked box "coordination reads along". The field has
// the name of the draft's path, apart, which says the opposite.
const along = "along"

// toOptions are the choices of a writer. Who may not know the members cannot
// choose among them.
func toOptions(p *kit.Page, template string, members []operation.Member) []kit.Option {
	names := []string{toEnforcement, toObservers, toAll, toCoordination, toChosen}
	switch {
	case len(members) == 0:
		names = []string{toCoordination, toEnforcement}
	case template == message.Warning:
		names = []string{toEnforcement, toCoordination, toChosen}
	}
	var out []kit.Option
	for _, name := range names {
		o := kit.Option{Value: name, Label: p.T("messagepage.to." + name)}
		if name == toChosen && len(regionOptions(p, members)) > 0 {
			o.Label = p.T("messagepage.to.chosen-or-regions")
		}
		if name == toAll {
			o.Hint = p.T("messagepage.to.all-hint")
		}
		out = append(out, o)
	}
	return out
}

// regionOptions are the regions in which a member enforces.
func regionOptions(p *kit.Page, members []operation.Member) []kit.Option {
	var out []kit.Option
	for _, region := range codelist.Region.Codes() {
		if slices.ContainsFunc(members, func(m operation.Member) bool {
			return m.Membership.State == operation.Accepted && m.Membership.Side == access.Enforcement &&
				codelist.RegionOf(m.Organisation.Country) == region
		}) {
			out = append(out, kit.Option{Value: region, Label: p.Printer.Code(codelist.Region.Name(), region)})
		}
	}
	return out
}

// addressOf reads for whom the message is. Boxes that were ticked before another
// choice was made do not count.
func addressOf(form url.Values, members []operation.Member) audience.Address {
	switch form.Get("to") {
	case toEnforcement:
		return audience.Address{Sides: []access.Side{access.Enforcement}}
	case toObservers:
		return audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide}}
	case toAll:
		return audience.Address{Sides: access.Sides()}
	case toCoordination:
		return audience.Address{Sides: []access.Side{access.Coordination}}
	case toChosen:
		to := audience.Address{Regions: form["region"]}
		for _, id := range form["organisation"] {
			to.Organisations = append(to.Organisations, memberNumber(members, id))
		}
		to.Apart = form.Get("apart") != along && !to.Empty()
		return to
	}
	return audience.Address{}
}

// newDraft reads the form of a message that begins a thread. The faults say what
// of the form could not be read at all.
func newDraft(form url.Values, t template.Definition, members []operation.Member, zone *time.Location) (message.Draft, []fault.Field) {
	d := message.Draft{ID: message.ID(form.Get("id")), Template: t.Name, Version: t.Version, Subject: form.Get("subject"),
		Body: lines(form.Get("body")), Language: form.Get("language"), TLP: form.Get("tlp"), To: addressOf(form, members),
		Attachments: frame.Attached(form), Marks: frame.ReadMarks(form.Get("marks")), Fields: readFields(form, t)}
	return d, readStanding(form, &d, t, zone)
}

// answerDraft reads the form of an answer to a message.
func answerDraft(form url.Values, t template.Definition, to message.Message) message.Draft {
	d := message.Draft{ID: message.ID(form.Get("id")), Template: t.Name, Version: t.Version, Body: lines(form.Get("body")),
		Language: form.Get("language"), TLP: form.Get("tlp"), Answers: to.Seq, Attachments: frame.Attached(form), Fields: readFields(form, t)}
	if t.Base == message.Feedback {
		d.Outcome = form.Get("outcome")
		// What was chosen under another outcome before does not count.
		switch d.Outcome {
		case "not-checked":
			d.Reason = form.Get("reason")
		case "moved-on":
			d.Profile.Destination = form.Get("moved_to")
		}
	}
	if form.Get("to") == toSender {
		d.To.Organisations = []int64{to.Organisation}
		if t.Base == message.Feedback {
			d.To.Sides = []access.Side{access.Coordination} // the ledger of outcomes stays complete
		}
	}
	return d
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// withField adds what the form could not read to what is wrong with the draft.
func withField(err error, unread []fault.Field) error {
	if len(unread) == 0 {
		return err
	}
	out := &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid"}
	if f, ok := frame.AsFault(err); ok {
		for _, field := range f.Fields {
			if !slices.ContainsFunc(unread, func(u fault.Field) bool { return u.Path == field.Path }) {
				out.Fields = append(out.Fields, field)
			}
		}
	}
	out.Fields = append(out.Fields, unread...)
	return out
}

// messageLabels names the fields for the summary of what is wrong.
func messageLabels(p *kit.Page) map[string]string {
	out := map[string]string{}
	for _, path := range []string{"subject", "body", "language", "tlp", "to", "apart", "reply_due", "outcome", "reason", "category", "conveyance",
		"provenance", "destination"} {
		out[path] = p.T("messagepage.field." + path)
	}
	out["marks"] = p.T("consignment.field")
	out["files"], out["attachments"] = p.T("attachment.field"), p.T("attachment.field")
	return out
}
