package message

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with messages.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// Send writes a message. Beginning a thread takes message.send, answering takes
// message.answer and that one may read what is answered. The same draft again is
// the same message and the same answer; its id with other content is a Conflict.
func (s *Store) Send(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Message, error) {
	_, made, _, err := s.Deliver(ctx, who, code, Outgoing{Draft: d})
	return made.Message, err
}

// Deliver is Send for a draft that calls organisations and messages by their
// names, and also tells whether the message is new: false when it was there.
func (s *Store) Deliver(ctx context.Context, who access.Actor, code operation.Code, o Outgoing) (st operation.Standing, made Sent, fresh bool, err error) {
	if o.ID == "" {
		o.ID = ID(s.source.ID())
	}
	need := permission(o.Answers)
	if o.Replies != nil {
		need = access.MessageAnswer
	}
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, need); err != nil {
			return err
		}
		made, fresh, err = s.deliver(tx, st, need, o)
		return err
	})
	if err != nil {
		return st, Sent{}, false, fmt.Errorf("%s: %w", need, err)
	}
	return st, made, fresh, nil
}

// deliver sends, or finds that it was sent: then the error is db.Unchanged.
func (s *Store) deliver(tx *db.Tx, st operation.Standing, need access.Permission, o Outgoing) (made Sent, fresh bool, err error) {
	if o, err = o.resolved(tx, st); err != nil {
		return made, false, err
	}
	form, err := formOf(tx, st.Operation.Number, o.Draft)
	if err != nil {
		return made, false, err
	}
	d, wrong := o.Draft.clean(st.Now, form)
	draft := d.message(st.Who)
	// Looked up first: a warning sent again when its time has passed is still the same warning.
	old, err := marked(tx, st.Operation.Number)(byID(tx, st.Operation.Number, st.Who.Organisation, d.ID))
	if err == nil {
		old.Attachments, err = attachment.Refs(tx, st.Operation.Number, old.Seq, old.Audience)
	}
	switch {
	case err == nil && old.Taken.State == Redacted: // what it said is gone: nothing tells whether this is the same
		return made, false, fault.Of(fault.Conflict, "message.was-redacted")
	case err == nil && old.same(draft):
		made = o.sent(st, old)
		if made.Entry, err = journal.One(tx, st.Operation.Number, old.Seq); err != nil {
			return made, false, err
		}
		if made.Files, err = filesOf(tx, st, old); err != nil {
			return made, false, err
		}
		return made, false, db.Unchanged
	case err != nil && !errors.Is(err, db.ErrNone):
		return made, false, err
	case wrong != nil:
		return made, false, wrong
	case err == nil:
		return made, false, fault.Of(fault.Conflict, "message.id-taken")
	}
	m, entry, err := s.send(tx, st, need, d, draft)
	if err != nil {
		return made, true, err
	}
	made = o.sent(st, m)
	made.Entry = entry
	made.Files, err = filesOf(tx, st, m)
	return made, true, err
}

func (s *Store) send(tx *db.Tx, st operation.Standing, verb access.Permission, d Draft, m Message) (Message, journal.Entry, error) {
	var e journal.Entry
	r, err := place(tx, st, d)
	if err != nil {
		return m, e, err
	}
	op := st.Operation.Number
	if m.Audience, err = audience.Intern(tx, op, r.audience); err != nil {
		return m, e, err
	}
	if m.Template == Warning {
		if m.Asked, err = audience.Intern(tx, op, r.asked); err != nil {
			return m, e, err
		}
	}
	m.Thread, m.Written = r.parent.Thread, st.Now
	if m.Attachments, err = attachment.Ready(tx, st, d.Attachments); err != nil {
		return m, e, err
	}
	e, err = s.journal.Record(tx, st.Entry(verb, "message/"+string(m.ID), m.Audience), journal.Content{After: m, With: r.values(m)})
	if err != nil {
		return m, e, err
	}
	if m.Seq = e.Seq; m.Thread == 0 {
		m.Thread = m.Seq
	}
	if err := index(tx, op, m); err != nil {
		return m, e, err
	}
	if err := insert(tx, op, m); err != nil {
		return m, e, err
	}
	if err := consignment.Put(tx, op, consignment.Message, m.Seq, m.Audience, m.Marks); err != nil {
		return m, e, err
	}
	if err := attachment.Attach(tx, st, m.Attachments, m.Seq, m.Audience); err != nil {
		return m, e, err
	}
	return m, e, s.moveOn(tx, st, r.parent, m)
}

// message is a clean draft as its author's message, without what the operation
// decides.
func (d Draft) message(who access.Actor) Message {
	return Message{ID: d.ID, Organisation: who.Organisation, Author: who.Person, To: d.To, Template: d.Template, Answers: d.Answers,
		Outcome: d.Outcome, Subject: d.Subject, Body: d.Body, Language: d.Language, TLP: d.TLP, Profile: d.Profile, ReplyDue: d.ReplyDue,
		Expires: d.Expires, Arrival: d.Arrival, Source: d.Source, Urgent: d.Urgent, Version: d.Version, Fields: d.Fields, Marks: d.Marks,
		Attachments: refsTo(d.Attachments),
		Reason:      d.Reason}
}

// same tells whether a stored message is what a draft says.
func (m Message) same(draft Message) bool {
	if m.To.String() != draft.To.String() {
		return false
	}
	m.Seq, m.Audience, m.Asked, m.Thread, m.Written = 0, 0, 0, 0, draft.Written
	m.To, m.Attachments, m.Taken = draft.To, refsTo(idsOf(m.Attachments)), Taken{}
	// What was found in the text follows from the text.
	m.Marks, draft.Marks = consignment.Listed(m.Marks), consignment.Listed(draft.Marks)
	return reflect.DeepEqual(m, draft)
}

// Preview is whom a draft would reach. Known is false, and Reach empty, for
// writers who may not know the operation's members (right holders, observers).
type Preview struct {
	Known bool
	Reach operation.Reach
}

// Preview tells whom a draft would reach if it were sent now: its address, its
// template and what it answers matter, its text does not. It takes what sending
// takes.
func (s *Store) Preview(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Preview, error) {
	var out Preview
	need := permission(d.Answers)
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		var p fault.Problems
		if d.checkTo(&p); p.Fault() != nil {
			return p.Fault()
		}
		form, err := formOf(tx, st.Operation.Number, d)
		if err != nil {
			return err
		}
		if d.cleanTemplate(&p, form); p.Fault() != nil {
			return p.Fault()
		}
		r, err := place(tx, st, d)
		if err != nil {
			return err
		}
		if out.Known = known(st); !out.Known {
			return nil
		}
		readers, err := audience.Preview(tx, st.Operation.Number, r.audience, st.Now)
		if err != nil {
			return err
		}
		out.Reach, err = operation.ReachOf(tx, st.Operation.Number, readers, access.MessageRead, st.Now)
		return err
	})
	if err != nil {
		return Preview{}, fmt.Errorf("%s: %w", need, err)
	}
	return out, nil
}
