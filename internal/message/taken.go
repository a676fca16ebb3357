package message

import (
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// How a message can have been taken back.
const (
	Recalled = "recalled" // withdrawn, do not use; its originator's organisation still reads it
	Redacted = "redacted" // what it said was erased for good
)

// Taken says that a message was taken back: it is still in its place, with who
// wrote it, when and for whom, but without what it said.
type Taken struct {
	State  string // Recalled, Redacted; empty: it stands
	At     time.Time
	Entry  int64  // index of the journal's entry that did it
	Reason string // in the words of who took it back
}

// veiled is a message without what it said, if it was taken back.
func (m Message) veiled() Message {
	if m.Taken.State == "" {
		return m
	}
	return m.without()
}

// without takes out of a message everything that it said. Who wrote it, for whom,
// when, in which thread and of which template stays.
func (m Message) without() Message {
	m.Outcome, m.Reason, m.Subject, m.Body, m.Profile, m.Source, m.Fields, m.Urgent = "", "", "", "", Profile{}, "", nil, false
	m.Marks, m.Attachments = nil, nil
	m.ReplyDue, m.Expires, m.Arrival = time.Time{}, time.Time{}, Arrival{}
	return m
}

// hidden tells whether a reader is not given what a message said, nor what hangs
// on it.
func hidden(st operation.Standing, m Message) bool {
	return m.Taken.State == Redacted || m.Taken.State == Recalled && m.Organisation != st.Who.Organisation
}

// Hidden is that for a message by its number: what hangs on it is not given.
func Hidden(tx *db.Tx, st operation.Standing, seq int64) (bool, error) {
	m, err := Numbered(tx, st.Operation.Number, seq)
	return err != nil || hidden(st, m), err
}

// ownWhole puts what they said back into recalled messages of the reader's own
// organisation: it reads what it took back.
func ownWhole(tx *db.Tx, st operation.Standing, messages []Message) ([]Message, error) {
	var own db.List
	for _, m := range messages {
		if m.Taken.State == Recalled && m.Organisation == st.Who.Organisation {
			own = append(own, m.Seq)
		}
	}
	if len(own) == 0 {
		return messages, nil
	}
	whole, err := db.All(tx, selectOwnWhole, scanWhole, st.Operation.Number, st.Who.Organisation, own)
	if err != nil {
		return nil, err
	}
	if err := markAll(tx, st.Operation.Number, whole); err != nil {
		return nil, err
	}
	messages = slices.Clone(messages)
	for _, w := range whole {
		messages[slices.IndexFunc(messages, func(m Message) bool { return m.Seq == w.Seq })] = w
	}
	return messages, nil
}

// noteItems notes that people read these, as far as they say anything.
func (s *Store) noteItems(st operation.Standing, items []Item) error {
	var seqs []int64
	for _, i := range items {
		if i.Taken.State == "" {
			seqs = append(seqs, i.Seq)
		}
	}
	return s.Readings.Note(st.Operation.Number, st.Who.Person, st.Who.Organisation, reading.Message, reading.Opened, seqs...)
}

func (s *Store) noteSent(st operation.Standing, act string, items ...Sent) error {
	var seqs []int64
	for _, i := range items {
		if i.Taken.State == "" {
			seqs = append(seqs, i.Seq)
		}
	}
	return s.Readings.Note(st.Operation.Number, st.Who.Person, st.Who.Organisation, reading.Message, act, seqs...)
}

var (
	selectOwnWhole = db.Statement(`select ` + columns + ` from message
		where operation = $1 and organisation = $2 and seq {in $3} and state = 'recalled'`)
	selectWhole = db.Statement(`select ` + columns + ` from message where operation = $1 and seq = $2`)
	selectTaken = db.Statement(`select ` + columns + ` from message where operation = $1 and state <> '' order by seq desc limit 1000`)
	takeBack    = db.Statement(`update message set state = $3, state_at = $4, state_entry = $5, state_reason = $6 where operation = $1 and seq = $2`)
	eraseRow    = db.Statement(`update message set outcome = '', reason = '', subject = '', body = '', category = '', conveyance = '', provenance = '',
		destination = '', reply_due = null, urgent = false, expires = null, arrival = null, arrival_place = '', arrival_zone = '',
		source = '', fields = '' where operation = $1 and seq = $2`)
)

// Readable gives a message that the actor's organisation may read, without what
// it said if it was taken back. Missing: not for this reader.
func Readable(tx *db.Tx, st operation.Standing, seq int64) (Message, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return Message{}, err
	}
	m, err := one(tx, st.Operation.Number, readable, seq)
	if err != nil {
		return m, absent(err)
	}
	return m, nil
}

// Numbered gives a message by its number, whoever may read it, without what it
// said if it was taken back.
func Numbered(tx *db.Tx, operation, seq int64) (Message, error) {
	m, err := db.One(tx, selectWhole, scan, operation, seq)
	return m, absent(err)
}

// Named gives a message as Find does.
func Named(tx *db.Tx, st operation.Standing, n Name) (Message, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return Message{}, err
	}
	m, err := find(tx, st, readable, n)
	return m.Message, err
}

// AllTaken gives the messages of an operation that were taken back, newest first,
// at most 1,000, whoever may read them, without what they said.
func AllTaken(tx *db.Tx, operation int64) ([]Message, error) {
	return db.All(tx, selectTaken, scan, operation)
}

// TakeBack marks a message as taken back. What it said stays in the row, for its
// originator, until Erase. Nobody finds it by its words any more.
func TakeBack(tx *db.Tx, operation, seq int64, t Taken) error {
	unindex(tx, operation, seq)
	_, err := tx.Exec(takeBack, operation, seq, t.State, t.At, t.Entry, t.Reason)
	return err
}

// Erase takes what a message said out of its row for good.
func Erase(tx *db.Tx, operation, seq int64) error {
	_, err := tx.Exec(eraseRow, operation, seq)
	return err
}

// EntrySubject is how the journal calls a message.
func (m Message) EntrySubject() string { return "message/" + string(m.ID) }

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}
