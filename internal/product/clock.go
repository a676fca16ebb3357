package product

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Clock is who reminds by time.
const Clock = "product-clock"

// The reasons for which a holder is reminded of a sheet; once for each.
const (
	Ending   = "ending"   // its validity ends soon
	Over     = "over"     // it has ended
	Unproved = "unproved" // nobody confirmed it for a year
	Doubts   = "doubts"   // it misled more than it helped
)

// owed is why a holder should be reminded of a sheet today, with what the reminder is
// about; empty: it need not be.
func (s Sheet) owed(now time.Time, day, soon string) string {
	switch {
	case s.Doubted:
		return Doubts + " " + s.Confirmed.UTC().Format(time.DateOnly)
	case s.IsExpired(day):
		return Over + " " + s.Until
	case s.IsStale(now, day):
		return Unproved + " " + s.Confirmed.UTC().Format(time.DateOnly)
	case s.Until <= soon:
		return Ending + " " + s.Until
	}
	return ""
}

// RemindDue reminds holders of sheets that end soon, have ended, or are stale, once
// each. The server calls it now and then; it tells how many reminders there were.
func (s *Store) RemindDue(ctx context.Context) (int, error) {
	var library operation.Operation
	var due []Sheet
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if library, err = operation.ByCode(tx, operation.Library); errors.Is(err, db.ErrNone) {
			return nil
		}
		if err == nil { // looked at before the journal is taken: mostly there is nothing to do
			due, err = ending(tx, library, s.source.Now())
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
			now, err := ending(tx, library, st.Now)
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
		return done, fmt.Errorf("%s: %w", access.ProductRemind, err)
	}
	return done, nil
}

// ending lists the sheets of which time owes a reminder.
func ending(tx *db.Tx, library operation.Operation, now time.Time) ([]Sheet, error) {
	local := now.In(library.Location())
	day, soon := local.Format(time.DateOnly), local.AddDate(0, 0, WarnBefore).Format(time.DateOnly)
	all, err := db.All(tx, selectEnding, db.Decoded[Sheet], library.Number, soon, now.AddDate(0, 0, -ConfirmedIn))
	var out []Sheet
	for _, s := range all {
		if why := s.owed(now, day, soon); why != "" && why != s.Reminded {
			out = append(out, s)
		}
	}
	return out, err
}

// remind notes the reminder where only the holder's own side reads.
func (s *Store) remind(tx *db.Tx, st operation.Standing, sheet Sheet) error {
	local := st.Now.In(st.Operation.Location())
	sheet.Reminded = sheet.owed(st.Now, local.Format(time.DateOnly), local.AddDate(0, 0, WarnBefore).Format(time.DateOnly))
	own, err := audience.Intern(tx, st.Operation.Number, holder.Own(sheet.Organisation))
	if err != nil {
		return err
	}
	if _, err := s.journal.Append(tx, st.Entry(access.ProductRemind, sheet.EntrySubject(), own), journal.Content{After: changed{sheet}}); err != nil {
		return err
	}
	return exec(tx, putSheet, sheet.args(st.Operation.Number))
}

// OfReminders gives the sheets of which some entries remind, by entry; what is no
// reminder is left out.
func OfReminders(tx *db.Tx, op int64, numbers db.List) (map[int64]Sheet, error) {
	out := map[int64]Sheet{}
	for _, seq := range numbers {
		e, err := journal.One(tx, op, seq)
		if err != nil {
			return out, err
		}
		id, is := strings.CutPrefix(e.Subject, "product/")
		if !is || e.Verb != string(access.ProductRemind) {
			continue
		}
		own, err := audience.Of(tx, op, e.Audience)
		if err != nil {
			return out, err
		}
		for _, of := range own.Organisations { // the holder alone
			if out[seq], err = db.One(tx, selectOwn, db.Decoded[Sheet], op, of, id); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}
