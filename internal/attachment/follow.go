package attachment

import (
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Move gives the attachments of a record the audience that the record has now.
func Move(tx *db.Tx, op, record, audience int64) error {
	return MoveBut(tx, op, record, audience, nil)
}

// MoveBut is Move that leaves some where they are. Nothing is like these: Unlike.
func MoveBut(tx *db.Tx, op, record, audience int64, stay db.List) error {
	if _, err := tx.Exec(moveRows, op, record, audience, stay); err != nil {
		return err
	}
	return likeness.Move(tx, op, record, audience)
}

// Unlike forgets what an attachment looks like.
func Unlike(tx *db.Tx, op, seq int64) error { return likeness.Put(tx, op, seq, 0) }

const erased = "attachment/erased"

// Erase takes the names and, once that is durable, the bytes of a
// record's attachments away for good; their rows and digests stay. It gives the
// journal's entries whose contents speak of them: the caller erases these, too.
func (s *Store) Erase(tx *db.Tx, op, record int64) ([]int64, error) {
	all, err := db.All(tx, selectErased, scan, op, record)
	if err != nil {
		return nil, err
	}
	var entries []int64
	for _, a := range all {
		told, err := journal.List(tx, op, journal.Filter{Subject: a.subject(), Organisation: a.Organisation, Limit: journal.AuditPage})
		if err != nil {
			return nil, err
		}
		for _, e := range told {
			entries = append(entries, e.Seq)
		}
		db.Batched(tx, erased, a.blobs(), s.removeAfter)
	}
	if _, err = tx.Exec(eraseRows, op, record); err == nil {
		err = likeness.Drop(tx, op, record)
	}
	return entries, err
}

// removeAfter removes bytes once nothing names them durably; what a crash leaves
// behind is swept as a stray.
func (s *Store) removeAfter(tx *db.Tx, all [][]blob.Name) error {
	tx.After(func() {
		for _, names := range all {
			s.remove(names...)
		}
	})
	return nil
}

// withheld tells whether a record is not given to a reader any more, nor what
// hangs on it.
func (s *Store) withheld(tx *db.Tx, st operation.Standing, a Attachment) (bool, error) {
	if s.Withheld == nil || a.Record == 0 {
		return false, nil
	}
	return s.Withheld(tx, st, a)
}

// read is what somebody reads who opens an attachment of a record.
type read struct {
	kind   string
	record int64 // 0: nothing that is noted
}

func (s *Store) readAs(tx *db.Tx, operation int64, a Attachment) (read, error) {
	r := read{reading.Message, a.Record}
	if s.ReadAs == nil || a.Record == 0 {
		return r, nil
	}
	var err error
	r.kind, r.record, err = s.ReadAs(tx, operation, a)
	return r, err
}

// note notes that somebody opens an attachment of a record; the whole of it is a
// copy that leaves.
func (s *Store) note(st operation.Standing, r read, v Variant) error {
	if r.record == 0 {
		return nil
	}
	act := reading.Opened
	if v != Small && v != Mid {
		act = reading.Exported
	}
	return s.Readings.Note(st.Operation.Number, st.Who.Person, st.Who.Organisation, r.kind, act, r.record)
}
