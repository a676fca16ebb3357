package notice

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// followAtOnce bounds how many entries are decided on at once.
const followAtOnce = 500

// behind is a journal that gained something.
type behind struct{ operation, next int64 }

// Follow tells people of what the journals gained since it was last called, on
// whichever node, and tells how many entries were looked at. The cursor, the
// notices and the jobs that mail them are stored together, so each entry is
// decided on once. It does not listen to live's hub: that keeps nothing over a
// restart, and its entries would be read here again with the cursor.
func (s *Store) Follow(ctx context.Context) (int, error) {
	var all []behind
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(tx, selectBehind, func(r db.Scanner) (behind, error) {
			var b behind
			err := r.Scan(&b.operation, &b.next)
			return b, err
		})
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("notice: follow: %w", err)
	}
	total := 0
	for _, b := range all {
		for {
			n, err := s.follow(ctx, b)
			if err != nil {
				return total, fmt.Errorf("notice: follow %d: %w", b.operation, err)
			}
			total += n
			if n < followAtOnce {
				break
			}
			b.next += int64(n)
		}
	}
	return total, nil
}

// follow deals with a part of one journal.
func (s *Store) follow(ctx context.Context, b behind) (int, error) {
	var entries []journal.Entry
	var told []row
	var reached []string
	now := s.source.Now()
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if entries, err = journal.From(tx, b.operation, b.next, followAtOnce); err != nil {
			return err
		}
		if told, err = decide(tx, now, b.operation, entries); err != nil || s.Post == nil || len(told) == 0 {
			return err
		}
		reached, err = db.All(tx, selectReached, db.Text)
		return err
	})
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(moveCursor, b.operation, b.next, b.next+int64(len(entries)))
		if err != nil || n == 0 { // another node was faster
			return err
		}
		return tell(tx, now, told, reached)
	})
	return len(entries), err
}

// tell keeps notices and asks for the mails of those who get mail.
func tell(tx *db.Tx, now time.Time, told []row, reached []string) error {
	people := map[string]bool{}
	for _, r := range told {
		if _, err := tx.Exec(insertNotice, r.person, r.organisation, r.operation, r.seq, r.reason, r.at); err != nil {
			return err
		}
		people[r.person] = true
	}
	for _, p := range slices.Sorted(maps.Keys(people)) {
		if slices.Contains(reached, p) {
			if err := job.Put(tx, MailJob, p, now); err != nil {
				return err
			}
		}
	}
	return nil
}
