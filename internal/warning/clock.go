package warning

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Clock is who reminds and escalates by time.
const Clock = "warning-clock"

// old is how long after its time a warning is still reminded of: a server that
// stood still for longer does not bring back what everybody has forgotten.
const old = 30 * 24 * time.Hour

// RemindDue reminds whoever has not answered a warning, when half of the time has
// passed and when it is over; then it also escalates the warning to coordination,
// where that reads it. Each happens once. The server calls it now and then; it
// tells how many acts there were.
func (s *Store) RemindDue(ctx context.Context) (int, error) {
	now := s.source.Now()
	waiting := map[int64]operation.Code{}
	var numbers []int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := message.Awaiting(tx, now, now.Add(-old))
		if err != nil {
			return err
		}
		for _, op := range all {
			o, err := operation.ByNumber(tx, op)
			if err != nil {
				return err
			}
			// Looked at before the journal is taken: mostly there is nothing to do.
			due, err := owed(tx, op, now)
			if err != nil {
				return err
			}
			if len(due) > 0 {
				waiting[op] = o.Code
				numbers = append(numbers, op)
			}
		}
		return nil
	})
	done := 0
	for _, op := range numbers {
		n, failed := s.remindIn(ctx, waiting[op], op)
		done += n
		err = errors.Join(err, failed) // the other operations are reminded all the same
	}
	if err != nil {
		return done, fmt.Errorf("%s: %w", access.WarningRemind, err)
	}
	return done, nil
}

func (s *Store) remindIn(ctx context.Context, code operation.Code, op int64) (int, error) {
	n := 0
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		n = 0
		st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: Clock}, op)
		if err != nil {
			return err
		}
		due, err := owed(tx, op, st.Now)
		if err != nil {
			return err
		}
		for _, d := range due {
			st.Who.Organisation = d.message.Organisation
			if err := keep(tx, s.journal, st, d.message, Act{Kind: d.kind, Organisation: d.organisation}); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return db.Unchanged
		}
		return nil
	})
	return n, err
}

// owing is one act that time owes.
type owing struct {
	message      message.Message
	kind         string
	organisation int64
}

// owed lists what time owes in an operation: never what was done already, and
// nothing once everybody has answered.
func owed(tx *db.Tx, op int64, now time.Time) ([]owing, error) {
	warnings, err := message.Awaited(tx, op, now, now.Add(-old))
	if err != nil {
		return nil, err
	}
	var out []owing
	for _, m := range warnings {
		asked, err := message.Owing(tx, op, m, now)
		if err != nil {
			return nil, err
		}
		feedbacks, err := message.FeedbacksTo(tx, op, db.List{m.Seq})
		if err != nil {
			return nil, err
		}
		v := view{message: m, asked: asked, feedbacks: feedbacks}
		if v.acts, err = acts(tx, op, m.Seq); err != nil {
			return nil, err
		}
		of, err := audience.Of(tx, op, m.Audience)
		if err != nil {
			return nil, err
		}
		out = append(out, v.owed(now, slices.Contains(of.Sides, access.Coordination))...)
	}
	return out, nil
}

// owed lists what time owes to one warning.
func (v view) owed(now time.Time, toCoordination bool) []owing {
	var out []owing
	kind := Half
	if v.message.Overdue(now) {
		kind = Due
	}
	quiet := false
	for _, n := range v.asked {
		if v.answered(n) {
			continue
		}
		quiet = true
		if !v.did(kind, n) {
			out = append(out, owing{v.message, kind, n})
		}
	}
	if quiet && kind == Due && toCoordination && v.newest(Escalate) == nil {
		out = append(out, owing{v.message, Escalate, v.message.Organisation})
	}
	return out
}
