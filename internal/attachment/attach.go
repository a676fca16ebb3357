package attachment

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Ready gives what a record's entry says of attachments that it will take: each
// is the actor's, finished, and no other record's. What is not is refused at the
// field attachments, in the words for what does not exist.
func Ready(tx *db.Tx, st operation.Standing, ids []ID) ([]Ref, error) {
	var out []Ref
	for i, id := range ids {
		switch {
		case i >= MaxOfRecord:
			var p fault.Problems
			p.Add("attachments", "fault.too-many-items", fault.Args{"max": int64(MaxOfRecord)})
			return nil, p.Fault()
		case slices.Contains(ids[:i], id):
			return nil, fault.At("attachments", "attachment.twice")
		}
		a, err := loose(tx, st, id)
		if fault.Is(err, fault.NotFound) {
			return nil, fault.At("attachments", "attachment.unknown")
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Ref{a.Seq, a.ID, a.Main.SHA256})
	}
	return out, nil
}

// Attach gives to a record what Ready has said in the same unit of work. From
// then on the record's audience may read it.
func Attach(tx *db.Tx, st operation.Standing, refs []Ref, record, audience int64) error {
	return AttachAfter(tx, st, refs, record, audience, 0)
}

// AttachAfter is Attach for a record that has so many already.
func AttachAfter(tx *db.Tx, st operation.Standing, refs []Ref, record, audience, place int64) error {
	for i, r := range refs {
		n, err := tx.Exec(updateRecord, st.Operation.Number, r.Seq, record, audience, place+int64(i+1))
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.At("attachments", "attachment.unknown")
		}
		if err := likeness.Give(tx, st.Operation.Number, r.Seq, record, audience); err != nil {
			return err
		}
	}
	return nil
}

// Of gives the attachments of records that some audiences may read, in their
// order, by record.
func Of(tx *db.Tx, operation int64, readable, records db.List) (map[int64][]Attachment, error) {
	out := map[int64][]Attachment{}
	if len(records) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectOf, scan, operation, readable, records)
	for _, a := range all {
		out[a.Record] = append(out[a.Record], a)
	}
	return out, err
}

// Refs gives what the entry of a record said of its attachments, in their order.
func Refs(tx *db.Tx, operation, record, audience int64) ([]Ref, error) {
	by, err := Of(tx, operation, db.List{audience}, db.List{record})
	var out []Ref
	for _, a := range by[record] {
		out = append(out, Ref{a.Seq, a.ID, a.Main.SHA256})
	}
	return out, err
}

func refused(key string) error { return fault.At("file", key) }
