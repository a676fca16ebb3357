package withdrawal

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// maxReason is the longest reason, in characters.
const maxReason = 1000

// Store does what people do with records that are taken back.
type Store struct {
	// Drop is the one place where other packages forget what they hold of a record
	// whose content is erased: search words, attachments, marks. Each is called in
	// the transaction that erases it, once for each record, and gives the entries
	// of the journal whose contents must go, too.
	Drop []func(tx *db.Tx, operation int64, kind string, record int64) ([]int64, error)

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	return fault.In(need, err)
}

func conflict(key string) error { return fault.Of(fault.Conflict, key) }

// cleanReason is a reason as it is stored.
func cleanReason(reason, path string, required bool) (string, error) {
	var p fault.Problems
	text, err := i18n.CleanText(reason)
	text = strings.TrimSpace(text)
	switch {
	case err != nil:
		p.Add(path, "fault.malformed")
	case text == "" && required:
		p.Add(path, "fault.required")
	case len([]rune(text)) > maxReason:
		p.Add(path, "fault.too-long", fault.Args{"max": int64(maxReason)})
	}
	return text, p.Fault()
}

// Recall takes a message back, with a reason that every reader sees in its place.
// Its author may, a contact point of its organisation, and, for what they may
// read, who direct or coordinate the operation: a wrong warning must stop at
// three in the morning too, when its originator cannot be reached. The same again
// changes nothing.
func (s *Store) Recall(ctx context.Context, who access.Actor, code operation.Code, seq int64, reason string) error {
	reason, wrong := cleanReason(reason, "reason", true)
	return s.write(ctx, who, code, access.MessageRecall, func(tx *db.Tx, st operation.Standing) error {
		m, err := message.Readable(tx, st, seq)
		if err != nil {
			return err
		}
		return s.recall(tx, st, m, reason, wrong)
	})
}

// RecallNamed is Recall for a message by the name that it has outside.
func (s *Store) RecallNamed(ctx context.Context, who access.Actor, code operation.Code, n message.Name, reason string) (seq int64, err error) {
	reason, wrong := cleanReason(reason, "reason", true)
	err = s.write(ctx, who, code, access.MessageRecall, func(tx *db.Tx, st operation.Standing) error {
		m, err := message.Named(tx, st, n)
		if err != nil {
			return err
		}
		seq = m.Seq
		return s.recall(tx, st, m, reason, wrong)
	})
	return seq, err
}

func (s *Store) recall(tx *db.Tx, st operation.Standing, m message.Message, reason string, wrong error) error {
	switch {
	case !MayRecall(st, m):
		return fault.Missing()
	case wrong != nil:
		return wrong
	case m.Taken.State == message.Recalled:
		return db.Unchanged
	case m.Taken.State != "":
		return conflict("message.was-redacted")
	}
	op := st.Operation.Number
	seq, err := s.journal.Append(tx, st.Entry(access.MessageRecall, m.EntrySubject(), m.Audience),
		journal.Content{With: map[string]string{"record": number(m.Seq), "originator": number(m.Organisation), "reason": reason}})
	if err != nil {
		return err
	}
	return message.TakeBack(tx, op, m.Seq, message.Taken{State: message.Recalled, At: st.Now, Entry: seq, Reason: reason})
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// MayRecall tells whether the actor may take back a message that it can read.
func MayRecall(st operation.Standing, m message.Message) bool {
	switch {
	case !st.May(access.MessageRecall):
		return false
	case m.Organisation == st.Who.Organisation:
		return m.Author == st.Who.Person || contactPoint(st)
	}
	return coordinates(st)
}

// contactPoint: of the actor's own organisation, here or standing.
func contactPoint(st operation.Standing) bool {
	return st.Who.ContactPoint || slices.Contains(st.Roles, access.ContactPoint)
}

func coordinates(st operation.Standing) bool {
	return st.Side() == access.Coordination && (slices.Contains(st.Roles, access.Director) || slices.Contains(st.Roles, access.Coordinator))
}
