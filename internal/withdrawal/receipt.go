package withdrawal

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Receipt is one organisation's line in the table of a record.
type Receipt struct {
	Organisation organisation.Organisation
	First        time.Time // when it first had the record's content
	Exported     bool
	Confirmation *Confirmation // nil: none yet, or nothing to confirm
}

// Receipts says who has had a record, and who has confirmed that it deleted it.
type Receipts struct {
	Standing operation.Standing
	Entry    int64 // that took the record back; 0: it stands
	All      []Receipt
}

// Missing counts the organisations that have not confirmed.
func (r Receipts) Missing() int64 {
	var n int64
	for _, one := range r.All {
		if r.Entry != 0 && one.Confirmation == nil {
			n++
		}
	}
	return n
}

// Receipts gives the table of a record to its originator's organisation, and to
// coordination for what that may read; to nobody who may not know the members.
// Missing: not for this reader. The people behind it are named to nobody.
func (s *Store) Receipts(ctx context.Context, who access.Actor, code operation.Code, kind string, record int64) (Receipts, error) {
	var out Receipts
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.WithdrawalRead)
		if err != nil {
			return err
		}
		out, err = receipts(tx, st, kind, record)
		out.Standing = st
		return err
	})
	return out, fault.In(access.WithdrawalRead, err)
}

// MaySeeReceipts tells whether the actor may know who has had a record of an
// organisation that it may read.
func MaySeeReceipts(st operation.Standing, originator int64) bool {
	return st.May(access.WithdrawalRead) && st.May(access.OperationPeople) && (originator == st.Who.Organisation || st.Side() == access.Coordination)
}

func receipts(tx *db.Tx, st operation.Standing, kind string, record int64) (Receipts, error) {
	var out Receipts
	r, err := recordOf(tx, st, kind, record)
	if err != nil {
		return out, err
	}
	if !MaySeeReceipts(st, r.organisation) {
		return out, fault.Missing()
	}
	out.Entry = r.taken
	had, err := reading.Holders(tx, st.Operation.Number, kind, db.List{record})
	if err != nil {
		return out, err
	}
	var numbers []int64
	for _, h := range had {
		numbers = append(numbers, h.Organisation)
	}
	names, err := organisation.These(tx, numbers)
	if err != nil {
		return out, err
	}
	confirmed, err := confirmationsOf(tx, st.Operation.Number, r.taken)
	if err != nil {
		return out, err
	}
	for _, h := range had {
		if h.Organisation == r.organisation {
			continue
		}
		one := Receipt{Organisation: names[h.Organisation], First: h.First, Exported: h.Exported}
		if c, ok := confirmed[h.Organisation]; ok && r.taken != 0 {
			one.Confirmation = &c
		}
		out.All = append(out.All, one)
	}
	return out, nil
}

// record is a message or a case that the reader may read.
type record struct {
	kind         string
	seq          int64
	organisation int64
	audience     int64
	id           string
	subject      string
	state        string
	taken        int64 // entry that took it back
}

// recordOf gives a record that the actor's organisation may read.
func recordOf(tx *db.Tx, st operation.Standing, kind string, seq int64) (record, error) {
	r, err := anyRecord(tx, st.Operation.Number, kind, seq)
	if err != nil {
		return r, err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return r, err
	}
	need := access.MessageRead
	if kind == reading.Case {
		need = access.SeizureRead
	}
	if !slices.Contains(readable, r.audience) || !st.May(need) {
		return r, fault.Missing()
	}
	return r, nil
}
