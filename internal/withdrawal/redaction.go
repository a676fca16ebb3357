package withdrawal

import (
	"context"
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// Open is how long a request waits for the second person.
const Open = 7 * 24 * time.Hour

// Asking is what a request to erase says.
type Asking struct {
	Kind   string
	Record int64
	Code   string // codelist.RedactionReason
	Reason string
}

func (a Asking) clean() (Asking, error) {
	var p fault.Problems
	if !codelist.RedactionReason.Has(a.Code) {
		p.Add("code", "withdrawal.code")
	}
	text, err := cleanReason(a.Reason, "reason", true)
	a.Reason = text
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, field := range f.Fields {
			p.Add(field.Path, field.Key, field.Args)
		}
	}
	return a, p.Fault()
}

// Ask asks to erase the content of a record of the actor's organisation for good.
// A contact point does. While a legal hold stands the request is refused, and
// that it was asked is in the journal.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, a Asking) error {
	a, wrong := a.clean()
	held := false
	err := s.write(ctx, who, code, access.RedactionAsk, func(tx *db.Tx, st operation.Standing) error {
		r, err := recordOf(tx, st, a.Kind, a.Record)
		switch {
		case err != nil:
			return err
		case !MayAsk(st, r.organisation):
			return fault.Missing()
		case wrong != nil:
			return wrong
		case r.state == message.Redacted:
			return conflict("message.was-redacted")
		}
		open, err := db.All(tx, selectOpenOf, scanRedaction, st.Operation.Number, a.Kind, a.Record, st.Now)
		if err != nil {
			return err
		}
		if len(open) > 0 {
			return conflict("withdrawal.asked-before")
		}
		if held, err = isHeld(tx, st, a.Kind, a.Record); err != nil {
			return err
		}
		return s.ask(tx, st, r, a, held)
	})
	if err == nil && held {
		return fault.In(access.RedactionAsk, conflict("withdrawal.held"))
	}
	return err
}

// MayAsk tells whether the actor may ask to erase a record of an organisation.
func MayAsk(st operation.Standing, originator int64) bool {
	return originator == st.Who.Organisation && contactPoint(st) && st.May(access.RedactionAsk)
}

// Askable tells whether the actor may ask for a record: Missing otherwise.
func (s *Store) Askable(ctx context.Context, who access.Actor, code operation.Code, kind string, record int64) (operation.Standing, error) {
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.RedactionAsk); err != nil {
			return err
		}
		r, err := recordOf(tx, st, kind, record)
		if err == nil && (!MayAsk(st, r.organisation) || r.state == message.Redacted) {
			err = fault.Missing()
		}
		return err
	})
	return st, fault.In(access.RedactionAsk, err)
}

func (s *Store) ask(tx *db.Tx, st operation.Standing, of record, a Asking, held bool) error {
	r := Redaction{Kind: a.Kind, Record: a.Record, Organisation: of.organisation, Author: st.Who.Person, Code: a.Code, Reason: a.Reason,
		At: st.Now, Until: st.Now.Add(Open), State: Asked}
	if held {
		r.State, r.Decider, r.Decided = Refused, ByHold, st.Now
	}
	value := deciders(of.organisation)
	aud, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return err
	}
	r.Seq, err = s.journal.Append(tx, st.Entry(access.RedactionAsk, "redaction/"+number(a.Record), aud),
		journal.Content{After: r, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertRedaction, append([]any{st.Operation.Number}, r.args()...)...)
	return err
}

// deciders is who sees requests: who asks, and coordination.
func deciders(organisation int64) audience.Value {
	return audience.Own(organisation).With(access.Coordination)
}

// waiting gives a request that can still be decided.
func waiting(tx *db.Tx, st operation.Standing, seq int64) (Redaction, error) {
	r, err := db.One(tx, selectRedaction, scanRedaction, st.Operation.Number, seq)
	switch {
	case errors.Is(err, db.ErrNone):
		return r, fault.Missing()
	case err != nil:
		return r, err
	case r.Organisation != st.Who.Organisation && st.Side() != access.Coordination:
		return r, fault.Missing()
	case r.State != Asked:
		return r, conflict("withdrawal.decided")
	case !st.Now.Before(r.Until):
		return r, conflict("withdrawal.too-late")
	}
	return r, nil
}

// Refuse ends a request: who directs the operation does, or a contact point of
// the organisation that asked.
func (s *Store) Refuse(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	return s.write(ctx, who, code, access.RedactionRefuse, func(tx *db.Tx, st operation.Standing) error {
		r, err := waiting(tx, st, seq)
		if err != nil {
			return err
		}
		if !st.May(access.MessageRedact) && !(r.Organisation == st.Who.Organisation && contactPoint(st)) {
			return fault.Missing()
		}
		return s.refuse(tx, st, r, st.Who.Person)
	})
}

func (s *Store) refuse(tx *db.Tx, st operation.Standing, r Redaction, decider string) error {
	aud, err := audience.Intern(tx, st.Operation.Number, deciders(r.Organisation))
	if err != nil {
		return err
	}
	_, err = s.journal.Append(tx, st.Entry(access.RedactionRefuse, "redaction/"+number(r.Record), aud), journal.Content{With: map[string]string{
		"request": number(r.Seq), "decider": decider, "audience": deciders(r.Organisation).String()}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(decide, st.Operation.Number, r.Seq, Refused, decider, st.Now)
	return err
}

// Accept erases for good what somebody else asked to erase: the record's content
// in its row, in all its versions, in the journal and in quarantine. Who directs
// the operation does. A legal hold that has come since refuses the request.
func (s *Store) Accept(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	held := false
	err := s.write(ctx, who, code, access.MessageRedact, func(tx *db.Tx, st operation.Standing) error {
		r, err := waiting(tx, st, seq)
		switch {
		case err != nil:
			return err
		case r.Kind == reading.Case && !st.May(access.SeizureRedact):
			return fault.Missing()
		case r.Author == st.Who.Person:
			return conflict("withdrawal.second-person")
		}
		if held, err = isHeld(tx, st, r.Kind, r.Record); err != nil {
			return err
		}
		if held {
			return s.refuse(tx, st, r, ByHold)
		}
		return s.erase(tx, st, r)
	})
	if err == nil && held {
		return fault.In(access.MessageRedact, conflict("withdrawal.held"))
	}
	if err == nil {
		// What was erased is erased, whatever comes of this; the next erasure tries again.
		_ = textindex.Scrub(context.WithoutCancel(ctx), s.db)
		s.db.Scrub(ctx)
	}
	return err
}

func (s *Store) erase(tx *db.Tx, st operation.Standing, r Redaction) error {
	op := st.Operation.Number
	of, err := anyRecord(tx, op, r.Kind, r.Record)
	if err != nil {
		return err
	}
	kept, err := quarantine.Erase(tx, op, of.organisation, r.Kind, of.id)
	if err != nil {
		return err
	}
	for _, drop := range s.Drop {
		more, err := drop(tx, op, r.Kind, r.Record)
		if err != nil {
			return err
		}
		kept = append(kept, more...)
	}
	with := map[string]string{"record": number(r.Record), "originator": number(of.organisation), "request": number(r.Seq), "code": r.Code, "reason": r.Reason}
	switch r.Kind {
	case reading.Message:
		err = s.eraseMessage(tx, st, of, kept, with)
	case reading.Case:
		with["erased"] = journal.Numbers(kept)
		_, err = seizure.Redact(tx, s.journal, st, r.Record, r.Code, with)
	}
	if err != nil {
		return err
	}
	if err := journal.Erase(tx, op, kept); err != nil {
		return err
	}
	_, err = tx.Exec(decide, op, r.Seq, Done, st.Who.Person, st.Now)
	return err
}

func (s *Store) eraseMessage(tx *db.Tx, st operation.Standing, of record, kept []int64, with map[string]string) error {
	op := st.Operation.Number
	with["erased"] = journal.Numbers(append([]int64{of.seq}, kept...))
	entry, err := s.journal.Append(tx, st.Entry(access.MessageRedact, of.subject, of.audience), journal.Content{With: with})
	if err != nil {
		return err
	}
	if err := message.Erase(tx, op, of.seq); err != nil {
		return err
	}
	if err := journal.Erase(tx, op, []int64{of.seq}); err != nil {
		return err
	}
	return message.TakeBack(tx, op, of.seq, message.Taken{State: message.Redacted, At: st.Now, Entry: entry, Reason: with["reason"]})
}
