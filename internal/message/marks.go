package message

import (
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

var selectSome = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2} and seq {in $3} order by seq`)

// Some gives those of the messages with these numbers that some audiences allow
// to read, oldest first.
func Some(tx *db.Tx, operation int64, readable, seqs db.List) ([]Message, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	return db.All(tx, selectSome, scan, operation, readable, seqs)
}

// mark adds to messages that their reader may read the marks that they carry;
// those that were taken back show none (see ownWhole).
func mark(tx *db.Tx, operation int64, messages []Message) error {
	if err := markAll(tx, operation, messages); err != nil {
		return err
	}
	for i := range messages {
		if messages[i].Taken.State != "" {
			messages[i].Marks = nil
		}
	}
	return nil
}

func markAll(tx *db.Tx, operation int64, messages []Message) error {
	var seqs db.List
	for _, m := range messages {
		seqs = append(seqs, m.Seq)
	}
	marks, err := consignment.Of(tx, operation, seqs)
	for i := range messages {
		messages[i].Marks = marks[messages[i].Seq]
	}
	return err
}

// marked is a message with its marks, if it was found at all.
func marked(tx *db.Tx, operation int64) func(m Message, err error) (Message, error) {
	return func(m Message, err error) (Message, error) {
		if err != nil {
			return m, err
		}
		one := []Message{m}
		err = markAll(tx, operation, one)
		return one[0], err
	}
}

// Marked is the draft with its marks as they will be stored: checked, and with
// those that stand in its text.
func (d Draft) Marked() Draft {
	var p fault.Problems
	d.Marks = consignment.Clean(&p, "marks", d.Marks, d.Subject, d.Body)
	return d
}
