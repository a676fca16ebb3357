package operation

import (
	"context"
	"io"

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
	var st Standing
	var e journal.Entry
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = Enter(tx, s.source.Now(), who, code, access.OperationRead); err != nil {
			return err
		}
		if e, err = journal.One(tx, st.Operation.Number, seq); err != nil {
			return missing(err)
		}
		if e.Organisation != who.Organisation {
			return fault.Missing()
		}
		return nil
	})
	if err != nil {
		return "", fault.In("operation.receipt", err)
	}
	if s.Signer == nil {
		return "", fault.In("operation.receipt", fault.Of(fault.Unavailable, "fault.unavailable"))
	}
	return s.Signer.Receipt(string(code), e, st.Side() != access.RightHolderSide), nil
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
		return "", fault.In(string(access.JournalRead), err)
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
	return fault.In("journal.export", err)
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
