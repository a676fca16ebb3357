package messagepage

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// For whom an answer is, as the form has it.
const (
	toReaders = "readers"
	toSender  = "sender"
)

// newDraft reads the form of a message that begins a thread. The faults say what
// of the form could not be read at all.
func newDraft(form url.Values, t template.Definition, members []operation.Member, zone *time.Location) (message.Draft, []fault.Field) {
	d := message.Draft{ID: message.ID(form.Get("id")), Template: t.Name, Version: t.Version, Subject: form.Get("subject"),
		Body: lines(form.Get("body")), Language: form.Get("language"), TLP: form.Get("tlp"), To: frame.AddressOf(form, members),
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
