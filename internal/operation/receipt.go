package operation

import (
	"context"
	"io"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Receipt gives the signed receipt of an entry that was made under the actor's
// own organisation: whoever keeps it can show later that the entry was there. Of
// other organisations' entries there is none. A right holder's names no index,
// which would tell how much others do.
func (s *Store) Receipt(ctx context.Context, who access.Actor, code Code, seq int64) (string, error) {
	var e journal.Entry
	var m Membership
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		if !who.Known() || len(code) > maxCode || !codeForm.MatchString(string(code)) {
			return fault.Missing()
		}
		number, err := db.One(tx, selectNumber, db.Int64, code)
		if err != nil {
			return missing(err)
		}
		if e, err = journal.One(tx, number, seq); err != nil {
			return missing(err)
		}
		m, err = mayHave(tx, s.source.Now(), who, code, e)
		return err
	})
	if err != nil {
		return "", named("operation.receipt", err)
	}
	if s.Signer == nil {
		return "", named("operation.receipt", fault.Of(fault.Unavailable, "fault.unavailable"))
	}
	return s.Signer.Receipt(string(code), e, m.Side != access.RightHolderSide), nil
}

// mayHave tells whether the actor may have the receipt of an entry. Whoever made it
// under a membership that still holds has just been let in to make it; everybody
// else goes through the gate.
func mayHave(tx *db.Tx, now time.Time, who access.Actor, code Code, e journal.Entry) (Membership, error) {
	if e.Organisation != who.Organisation {
		return Membership{}, fault.Missing()
	}
	if e.Actor == who.Name() {
		m, err := activeMembership(tx, e.Operation, who.Organisation)
		return m, missing(err)
	}
	st, err := Enter(tx, now, who, code, access.OperationRead)
	return st.Membership, err
}

// Checkpoint gives the signed size and root of the operation's journal as it is
// now. The number of entries is no secret among its readers.
func (s *Store) Checkpoint(ctx context.Context, who access.Actor, code Code) (string, error) {
	var signed string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.JournalRead)
		if err != nil {
			return err
		}
		if s.Signer == nil {
			return fault.Of(fault.Unavailable, "fault.unavailable")
		}
		size, err := journal.Size(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		root, err := journal.Root(tx, st.Operation.Number, size)
		signed = s.Signer.Checkpoint(string(st.Operation.Code), size, root)
		return err
	})
	if err != nil {
		return "", named(string(access.JournalRead), err)
	}
	return signed, nil
}

// Export writes the operation's journal without its content, for who reads it
// whole: the coordination side, and with it the auditors there. What was written
// before an error is no export.
func (s *Store) Export(ctx context.Context, who access.Actor, code Code, out io.Writer) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := s.signing(tx, who, code)
		if err != nil {
			return err
		}
		return journal.Export(tx, s.Signer, st.Operation.Number, string(code), out)
	})
	return named("journal.export", err)
}

// signing is the gate for what is signed over a whole journal.
func (s *Store) signing(tx *db.Tx, who access.Actor, code Code) (Standing, error) {
	st, err := Enter(tx, s.source.Now(), who, code, access.JournalRead)
	switch {
	case err != nil:
		return st, err
	case !st.readsWhole():
		return st, fault.Missing()
	case s.Signer == nil:
		return st, fault.Of(fault.Unavailable, "fault.unavailable")
	}
	return st, nil
}
