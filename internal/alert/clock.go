package alert

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Clock is who reminds by time.
const Clock = "alert-clock"

// RemindAfter is how long after its issue time reminds of an urgent alert: once.
const RemindAfter = 4 * time.Hour

// RemindDue reminds those who have not acknowledged an urgent alert. The server
// calls it now and then; it tells how many reminders there were.
func (s *Store) RemindDue(ctx context.Context) (int, error) {
	var library operation.Operation
	var due []Alert
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if library, err = operation.ByCode(tx, operation.Library); errors.Is(err, db.ErrNone) {
			return nil
		}
		if err == nil { // looked at before the journal is taken: mostly there is nothing to do
			due, err = owed(tx, library, s.source.Now())
		}
		return err
	})
	done := 0
	for range due {
		n := 0
		if err != nil {
			break
		}
		err = s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
			n = 0
			st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: Clock}, library.Number)
			if err != nil {
				return err
			}
			now, err := owed(tx, library, st.Now)
			if err != nil {
				return err
			}
			if len(now) == 0 {
				return db.Unchanged
			}
			n = 1
			return s.remind(tx, st, now[0])
		})
		done += n
	}
	if err != nil {
		return done, fmt.Errorf("%s: %w", access.AlertRemind, err)
	}
	return done, nil
}

// owed lists the alerts of which time owes a reminder to somebody.
func owed(tx *db.Tx, library operation.Operation, now time.Time) ([]Alert, error) {
	day := now.In(library.Location()).Format(time.DateOnly)
	all, err := db.All(tx, selectUrgent, scan, library.Number, day)
	if err != nil {
		return nil, err
	}
	var out []Alert
	for _, a := range all {
		if now.Sub(a.At) < RemindAfter {
			continue
		}
		missing, _, err := Missing(tx, library.Number, a, now)
		if err != nil {
			return nil, err
		}
		if len(missing) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}
