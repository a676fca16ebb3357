package message

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Read gives a message and its thread.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Thread, error) {
	var t Thread
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, readable, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		t, err = read(tx, st, readable, seq)
		return err
	})
	if err == nil {
		err = s.noteItems(t.Standing, t.Items)
	}
	if err != nil {
		return Thread{}, fmt.Errorf("message.read: %w", err)
	}
	return t, nil
}

func read(tx *db.Tx, st operation.Standing, readable db.List, seq int64) (Thread, error) {
	t := Thread{Standing: st, Known: known(st), MayReply: st.May(access.MessageAnswer)}
	m, err := one(tx, st.Operation.Number, readable, seq)
	if errors.Is(err, db.ErrNone) {
		return t, fault.Missing()
	}
	if err != nil {
		return t, err
	}
	messages, err := db.All(tx, selectThread, scan, st.Operation.Number, readable, m.Thread)
	if err != nil {
		return t, err
	}
	if err := mark(tx, st.Operation.Number, messages); err != nil {
		return t, err
	}
	if t.Items, err = items(tx, st, readable, messages); err != nil {
		return t, err
	}
	t.Root = t.Items[0]
	t.Whole = t.Root.Seq == m.Thread
	t.Message = t.Items[slices.IndexFunc(t.Items, func(i Item) bool { return i.Seq == seq })]
	if t.Known {
		readers, err := audience.Readers(tx, st.Operation.Number, m.Audience, st.Now)
		if err != nil {
			return t, err
		}
		if t.Reach, err = operation.ReachOf(tx, st.Operation.Number, readers, access.MessageRead, st.Now); err != nil {
			return t, err
		}
	}
	// Only a message that begins a thread can be a warning.
	if t.Whole && t.Root.Template == Warning {
		err = t.account(tx, messages)
	}
	return t, err
}

// account says how a warning stands: who has answered it, and how.
func (t *Thread) account(tx *db.Tx, messages []Message) error {
	st := t.Standing
	t.Warning = &t.Root
	t.Outcome = Outcome(messages)
	t.Left = t.Root.ReplyDue.Sub(st.Now)
	if !t.Known {
		return nil
	}
	asked, err := Owing(tx, st.Operation.Number, t.Root.Message, st.Now)
	if err != nil {
		return err
	}
	organisations, err := organisation.These(tx, asked)
	if err != nil {
		return err
	}
	newest := newestOf(messages)
	for _, n := range asked {
		a := Asked{Organisation: organisations[n]}
		if m, ok := newest[n]; ok {
			a.Feedback = &m
		}
		t.Asked = append(t.Asked, a)
	}
	return nil
}
