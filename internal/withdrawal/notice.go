package withdrawal

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Notice tells an organisation that a record which it had was taken back.
type Notice struct {
	Kind         string // reading.Message or reading.Case
	Record       int64
	Reference    string // of a case
	Entry        int64  // that took it back
	State        string // message.Recalled or message.Redacted
	First        time.Time
	Exported     bool
	Taken        time.Time
	Readable     bool   // the reader may still see its place
	Reason       string // empty unless Readable
	Confirmation *Confirmation
}

// taken is a record that was taken back, of either kind.
type taken struct {
	Notice
	originator int64
}

// allTaken gives what was taken back in the operation, newest first.
func allTaken(tx *db.Tx, st operation.Standing, readable db.List) ([]taken, error) {
	messages, err := message.AllTaken(tx, st.Operation.Number)
	if err != nil {
		return nil, err
	}
	cases, err := seizure.AllTaken(tx, st.Operation.Number)
	if err != nil {
		return nil, err
	}
	var out []taken
	for _, m := range messages {
		out = append(out, taken{Notice{Kind: reading.Message, Record: m.Seq, Entry: m.Taken.Entry, State: m.Taken.State, Taken: m.Taken.At,
			Readable: slices.Contains(readable, m.Audience), Reason: m.Taken.Reason}, m.Organisation})
	}
	for _, c := range cases {
		n := Notice{Kind: reading.Case, Record: c.Seq, Reference: c.Reference, Entry: c.Entry, State: message.Recalled, Taken: c.At,
			Readable: slices.Contains(readable, c.Audience), Reason: c.Reason}
		if c.Verb == string(access.SeizureRedact) {
			n.State = message.Redacted
		}
		out = append(out, taken{n, c.Organisation})
	}
	slices.SortStableFunc(out, func(a, b taken) int { return int(b.Entry - a.Entry) })
	return out, nil
}

// notices gives what the actor's organisation had of what was taken back.
func notices(tx *db.Tx, st operation.Standing) ([]Notice, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	all, err := allTaken(tx, st, readable)
	if err != nil {
		return nil, err
	}
	had, err := holders(tx, st.Operation.Number, all)
	if err != nil {
		return nil, err
	}
	confirmed, err := confirmations(tx, st.Operation.Number, st.Who.Organisation)
	if err != nil {
		return nil, err
	}
	var out []Notice
	for _, t := range all {
		h, ok := had[holding{t.Kind, t.Record, st.Who.Organisation}]
		if !ok || t.originator == st.Who.Organisation {
			continue
		}
		n := t.Notice
		n.First, n.Exported = h.First, h.Exported
		if !n.Readable {
			n.Reason = ""
		}
		if c, ok := confirmed[n.Entry]; ok {
			n.Confirmation = &c
		}
		out = append(out, n)
	}
	return out, nil
}

type holding struct {
	kind                 string
	record, organisation int64
}

// holders tells who had what was taken back.
func holders(tx *db.Tx, op int64, all []taken) (map[holding]reading.Holder, error) {
	records := map[string]db.List{}
	for _, t := range all {
		records[t.Kind] = append(records[t.Kind], t.Record)
	}
	out := map[holding]reading.Holder{}
	for kind, list := range records {
		for part := range slices.Chunk(list, 500) {
			had, err := reading.Holders(tx, op, kind, part)
			if err != nil {
				return nil, err
			}
			for _, h := range had {
				out[holding{kind, h.Record, h.Organisation}] = h
			}
		}
	}
	return out, nil
}

// Owed counts the confirmations that an actor's organisation owes.
func Owed(tx *db.Tx, st operation.Standing) (int64, error) {
	if !st.May(access.WithdrawalConfirm) {
		return 0, nil
	}
	all, err := notices(tx, st)
	var n int64
	for _, o := range all {
		if o.Confirmation == nil {
			n++
		}
	}
	return n, err
}

// List gives what the actor's organisation had of what was taken back, newest
// first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, []Notice, error) {
	var st operation.Standing
	var out []Notice
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.WithdrawalRead); err != nil {
			return err
		}
		out, err = notices(tx, st)
		return err
	})
	return st, out, fault.In(access.WithdrawalRead, err)
}

// Confirm says, for the actor's organisation, that it has deleted what it had of
// the record that an entry took back; kept: what it keeps, and why. The first
// answer stands; a second changes nothing.
func (s *Store) Confirm(ctx context.Context, who access.Actor, code operation.Code, entry int64, kept string) error {
	kept, wrong := cleanReason(kept, "kept", false)
	return s.write(ctx, who, code, access.WithdrawalConfirm, func(tx *db.Tx, st operation.Standing) error {
		all, err := notices(tx, st)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(n Notice) bool { return n.Entry == entry })
		switch {
		case at < 0:
			return fault.Missing()
		case all[at].Confirmation != nil:
			return db.Unchanged
		case wrong != nil:
			return wrong
		}
		return s.confirm(tx, st, all[at], kept)
	})
}

func (s *Store) confirm(tx *db.Tx, st operation.Standing, n Notice, kept string) error {
	op, value := st.Operation.Number, audience.Own(st.Who.Organisation).With(access.Coordination)
	aud, err := audience.Intern(tx, op, value)
	if err != nil {
		return err
	}
	c := Confirmation{Entry: n.Entry, Kind: n.Kind, Record: n.Record, Organisation: st.Who.Organisation, Author: st.Who.Person, Kept: kept, At: st.Now}
	c.Seq, err = s.journal.Append(tx, st.Entry(access.WithdrawalConfirm, "withdrawal/"+number(n.Entry), aud),
		journal.Content{After: c, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertConfirmation, append([]any{op}, c.args()...)...)
	return err
}
