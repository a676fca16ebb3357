package api

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// address says for whom a message is.
type address struct {
	Sides         []access.Side     `json:"sides,omitempty"`         // every organisation on them
	Organisations []organisation.ID `json:"organisations,omitempty"` // chosen ones
	Regions       []string          `json:"regions,omitempty"`       // who enforces there when it is sent
	Apart         bool              `json:"apart,omitempty"`         // coordination does not read along
}

// profile is what a warning says of the shipment.
type profile struct {
	Category    string `json:"category,omitempty"`
	Conveyance  string `json:"conveyance,omitempty"`
	Provenance  string `json:"provenance,omitempty"`
	Destination string `json:"destination,omitempty"`
}

// arrival is when and where a warned shipment is expected.
type arrival struct {
	At    time.Time `json:"at,omitzero"`     // UTC
	Place string    `json:"place,omitempty"` // as its people call it
	Zone  string    `json:"zone,omitempty"`  // IANA name of the place's time zone
}

// MessageIn is a message as it is written.
type MessageIn struct {
	Template    string             `json:"template"`                   // general, warning, feedback, request, situation-report; with a version also a template's own name
	Version     int64              `json:"template_version,omitempty"` // of the operation's template, as GET templates has it; left out: as built in
	Fields      message.Fields     `json:"fields,omitempty"`           // what that version asks for beside, by key
	Subject     string             `json:"subject,omitempty"`
	Body        string             `json:"body,omitempty"`
	Language    string             `json:"language"` // BCP 47, of subject and body
	TLP         string             `json:"tlp"`
	To          address            `json:"to,omitzero"`           // empty in an answer: whoever reads what it answers
	ReplyDue    time.Time          `json:"reply_due,omitzero"`    // of a warning, or of a request that names one
	Expires     time.Time          `json:"expires,omitzero"`      // of a warning: after it nobody needs to look any more
	Arrival     arrival            `json:"arrival,omitzero"`      // of a warning
	Source      string             `json:"source,omitempty"`      // of a warning: what led to it
	Urgent      bool               `json:"urgent,omitempty"`      // every reader is asked to acknowledge it
	Answers     message.ID         `json:"answers,omitempty"`     // id of the message it answers
	AnswersFrom organisation.ID    `json:"answers_from,omitzero"` // whose message that is, where the id alone does not say
	Outcome     string             `json:"outcome,omitempty"`     // of a feedback
	Reason      string             `json:"reason,omitempty"`      // of a feedback that says not-checked
	Profile     profile            `json:"profile,omitzero"`      // of a warning; of a feedback that says moved-on its destination
	Marks       []consignment.Mark `json:"marks,omitempty"`       // containers, waybills, postal items, vehicles, seals
	// Attachments are the writer's own finished uploads, at most 40.
	Attachments []attachment.ID `json:"attachments,omitempty"`
}

func (m MessageIn) outgoing(id string) message.Outgoing {
	o := message.Outgoing{Addressed: m.To.Organisations, Draft: message.Draft{
		ID: message.ID(id), Template: m.Template, Subject: m.Subject, Body: m.Body, Language: m.Language, TLP: m.TLP,
		To: audience.Address{Sides: m.To.Sides, Regions: m.To.Regions, Apart: m.To.Apart}, ReplyDue: m.ReplyDue, Outcome: m.Outcome, Profile: message.Profile(m.Profile),
		Expires: m.Expires, Arrival: message.Arrival(m.Arrival), Source: m.Source, Urgent: m.Urgent, Marks: m.Marks,
		Attachments: m.Attachments, Reason: m.Reason, Version: m.Version, Fields: m.Fields,
	}}
	if m.Answers != "" {
		o.Replies = &message.Name{ID: m.Answers, Organisation: m.AnswersFrom}
	}
	return o
}

func (m *MessageIn) read(r *http.Request) (body []byte, err error) {
	if body, err = read(r, m); err == nil {
		err = m.check()
	}
	return body, err
}

// check looks at the names of what is answered: the draft has only its number.
func (m MessageIn) check() error {
	var p fault.Problems
	if m.Answers != "" && !source.ValidID(string(m.Answers)) {
		p.Add("answers", "fault.not-an-id")
	}
	if m.AnswersFrom != "" && !source.ValidID(string(m.AnswersFrom)) {
		p.Add("answers_from", "fault.not-an-id")
	}
	return p.Fault()
}

// messageOut is a message as it was sent.
type messageOut struct {
	ID           message.ID      `json:"id"`
	Organisation organisation.ID `json:"organisation"`     // its originator
	Number       int64           `json:"number,omitempty"` // index in the journal; not for right holders
	Written      time.Time       `json:"written"`          // UTC
	MessageIn
	Attachments []attachmentOut `json:"attachments,omitempty"`
	State       string          `json:"state,omitempty"`   // recalled, redacted: what it said is not given
	TakenAt     time.Time       `json:"taken_at,omitzero"` // UTC, when it was taken back
	Why         string          `json:"why,omitempty"`     // it was taken back
	Receipt     string          `json:"receipt,omitempty"` // of a write: a signed note
}

func sentOut(st operation.Standing, m message.Sent) messageOut {
	out := messageOut{ID: m.ID, Organisation: m.From, Number: m.Seq, Written: m.Written, MessageIn: MessageIn{
		Template: m.Template, Subject: m.Subject, Body: m.Body, Language: m.Language, TLP: m.TLP,
		To:       address{m.To.Sides, m.Addressed, m.To.Regions, m.To.Apart},
		ReplyDue: m.ReplyDue, Outcome: m.Outcome, Profile: profile(m.Profile),
		Expires: m.Expires, Arrival: arrival(m.Arrival), Source: m.Source, Urgent: m.Urgent, Marks: m.Marks, Reason: m.Reason, Version: m.Version, Fields: m.Fields,
	}}
	out.Attachments = attachmentsOut(m.Files)
	out.State, out.TakenAt, out.Why = m.Taken.State, m.Taken.At, m.Taken.Reason
	if m.Replies != nil {
		out.Answers, out.AnswersFrom = m.Replies.ID, m.Replies.Organisation
	}
	if sealed(st) {
		out.Number = 0
	}
	return out
}

func (d *Door) messages(w http.ResponseWriter, r *http.Request, c *call) error {
	f, err := d.messageFilter(r, c)
	if err != nil {
		return err
	}
	p, err := d.Messages.Feed(r.Context(), c.who(), code(r), f)
	if err != nil {
		return err
	}
	out := list[messageOut]{Items: []messageOut{}, Next: d.next(p.Standing, p.Next)}
	for _, m := range p.Items {
		out.Items = append(out.Items, sentOut(p.Standing, m))
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) messageFilter(r *http.Request, c *call) (message.Filter, error) {
	q := r.URL.Query()
	f := message.Filter{Template: q.Get("template"), Open: q.Get("open") == "true"}
	var err error
	f.Limit, f.Before, err = d.page(r, c)
	return f, err
}

func (d *Door) message(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := message.Name{ID: message.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	st, m, err := d.Messages.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, sentOut(st, m))
}

func (d *Door) putMessage(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	var in MessageIn
	body, err := in.read(r)
	if err != nil {
		return err
	}
	st, m, fresh, err := d.Messages.Deliver(r.Context(), c.who(), code(r), in.outgoing(id))
	if fault.Is(err, fault.Conflict) {
		return d.keep(r, c, quarantine.Message, id, body, err)
	}
	if err != nil {
		return inBody(err)
	}
	out := sentOut(st, m)
	out.Receipt = d.Signer.Receipt(string(code(r)), m.Entry, !sealed(st))
	return answer(w, created(fresh), out)
}

// placeOf is where a field of a draft stands in the body.
var placeOf = map[string]string{"apart": "to.apart", "category": "profile.category", "conveyance": "profile.conveyance",
	"provenance": "profile.provenance", "arrival": "arrival.at", "arrival_place": "arrival.place", "arrival_zone": "arrival.zone", "destination": "profile.destination"}

// inBody names fields as the body does.
func inBody(err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err
	}
	out := *f
	out.Fields = slices.Clone(f.Fields)
	for i, field := range out.Fields {
		if at, moved := placeOf[field.Path]; moved {
			out.Fields[i].Path = at
		}
	}
	return &out
}

// created is 201 for what is new and 200 for the same again.
func created(fresh bool) int {
	if fresh {
		return http.StatusCreated
	}
	return http.StatusOK
}
