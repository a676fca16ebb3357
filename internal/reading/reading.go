package reading

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The kinds of record that are read.
const (
	Message  = "message"
	Case     = "case"
	Document = "document"
	Inquiry  = "inquiry" // of a right holder
	Product  = "product"
	Covert   = "covert" // covert features of a sheet
)

// What is done with a record.
const (
	Opened   = "opened"   // its page, or its text in a list
	Exported = "exported" // given to another system
)

// Bounds of the queue. Beyond either, what is not noted yet is not given.
const (
	maxWaiting = 20_000  // notes
	maxFailed  = 600     // flushes, one a second, that failed since one was written
	maxSeen    = 200_000 // notes of the day that are known to be written
	atOnce     = 500     // notes of one entry
)

// Journal is the number of the journal that holds an operation's reads.
func Journal(operation int64) int64 { return -operation }

// note is one read, as it is counted once a day.
type note struct {
	operation, record, organisation int64
	kind, person, act, day          string
}

// Read is one note as the journal keeps it.
type Read struct {
	Kind         string
	Record       int64 // number of the record in its operation
	Organisation int64
	Person       string
	Day          string // UTC
	Act          string
	At           time.Time
}

// Log is the queue of notes. The zero value and nil note nothing. Safe for
// concurrent use.
type Log struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source

	writing sync.Mutex // one flush at a time

	mu      sync.Mutex
	waiting map[note]time.Time
	failed  int // flushes since one was written
	seen    map[note]bool
}

// NewLog makes a log. The journal must be one that nobody listens to: reads are
// no news.
func NewLog(d *db.DB, j *journal.Journal, s *source.Source) *Log {
	return &Log{db: d, journal: j, source: s, waiting: map[note]time.Time{}, seen: map[note]bool{}}
}

// Note notes that a person of an organisation reads records of an operation. It waits for nothing.
// Unavailable: the queue cannot be written, and the records must not be given.
func (l *Log) Note(operation int64, person string, organisation int64, kind, act string, records ...int64) error {
	if l == nil || l.db == nil || person == "" {
		return nil
	}
	now := l.source.Now()
	n := note{operation: operation, organisation: organisation, kind: kind, person: person, act: act, day: now.Format(time.DateOnly)}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n.record = range records {
		if l.seen[n] {
			continue
		}
		if _, waits := l.waiting[n]; waits {
			continue
		}
		if len(l.waiting) >= maxWaiting || l.failed >= maxFailed {
			return fault.Of(fault.Unavailable, "reading.not-noted")
		}
		l.waiting[n] = now
	}
	return nil
}

// Flush writes what waits. What cannot be written goes on waiting.
func (l *Log) Flush(ctx context.Context) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.mu.Lock()
	batch := maps.Clone(l.waiting)
	l.mu.Unlock()
	of := map[int64][]note{}
	for n := range batch {
		of[n.operation] = append(of[n.operation], n)
	}
	var failed error
	for _, operation := range slices.Sorted(maps.Keys(of)) {
		for part := range slices.Chunk(of[operation], atOnce) {
			if err := l.write(ctx, operation, part, batch); err != nil {
				failed = errors.Join(failed, fmt.Errorf("reading.note: %w", err))
				break
			}
			l.written(part)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed++; failed == nil {
		l.failed = 0
	}
	return failed
}

// written takes notes out of the queue.
func (l *Log) written(part []note) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.seen) > maxSeen { // they are found again in the table
		clear(l.seen)
	}
	for _, n := range part {
		delete(l.waiting, n)
		l.seen[n] = true
	}
}

func (l *Log) write(ctx context.Context, operation int64, part []note, at map[note]time.Time) error {
	return l.db.Write(ctx, fmt.Sprintf("reading/%d", operation), func(tx *db.Tx) error {
		number := Journal(operation)
		if err := journal.Start(tx, number); err != nil {
			return err
		}
		if _, err := journal.Lock(tx, number); err != nil {
			return err
		}
		var fresh []Read
		for _, n := range part {
			had, err := db.One(tx, countRead, db.Int64, n.operation, n.kind, n.record, n.organisation, n.person, n.day, n.act)
			if err != nil {
				return err
			}
			if had == 0 {
				fresh = append(fresh, Read{n.kind, n.record, n.organisation, n.person, n.day, n.act, at[n]})
			}
		}
		if len(fresh) == 0 {
			return db.Unchanged
		}
		seq, err := l.journal.Append(tx, journal.Entry{Operation: number, At: l.source.Now(), Actor: access.Actor{System: "reading"}.Name(),
			Verb: verb, Subject: "reading"}, journal.Content{After: fresh})
		if err != nil {
			return err
		}
		for _, r := range fresh {
			if _, err := tx.Exec(insertRead, operation, r.Kind, r.Record, r.Organisation, r.Person, r.Day, r.Act, r.At, seq); err != nil {
				return err
			}
		}
		return nil
	})
}

// verb is what entries of the journal of reads are called.
const verb = "reading.note"
