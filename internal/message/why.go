package message

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Why is who may read a message, and why.
type Why struct {
	Standing operation.Standing
	Message  Message
	Readers  []operation.ReadingOrganisation
}

// Why tells who may read a message now, and why. It takes operation.people beside
// message.read: right holders and observers learn nothing of members.
func (s *Store) Why(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Why, error) {
	return s.why(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) (Message, error) {
		return one(tx, st.Operation.Number, readable, seq)
	})
}

// WhyNamed is Why for a message that its originator calls by a name, as in Find.
func (s *Store) WhyNamed(ctx context.Context, who access.Actor, code operation.Code, n Name) (Why, error) {
	return s.why(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) (Message, error) {
		m, err := find(tx, st, readable, n)
		return m.Message, err
	})
}

func (s *Store) why(ctx context.Context, who access.Actor, code operation.Code,
	pick func(*db.Tx, operation.Standing, db.List) (Message, error)) (Why, error) {
	var w Why
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, readable, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		if !known(st) {
			return fault.Missing()
		}
		w.Standing = st
		if w.Message, err = pick(tx, st, readable); errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		w.Readers, err = operation.WhoReads(tx, st.Operation.Number, w.Message.asRead(), st.Now)
		return err
	})
	if err != nil {
		return Why{}, fmt.Errorf("message.why: %w", err)
	}
	return w, nil
}

// asRead is a message as a thing that somebody may read.
func (m Message) asRead() operation.Readable {
	return operation.Readable{Audience: m.Audience, Originator: m.Organisation, To: m.To, Answers: m.Answers != 0,
		Written: m.Written, Need: access.MessageRead}
}
