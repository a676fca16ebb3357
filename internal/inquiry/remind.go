package inquiry

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// ClockActor is who reminds by time.
const ClockActor = "inquiry-clock"

// Before is how long before the end of the day a right holder is reminded.
const Before = 48 * time.Hour

// RemindDue reminds right holders of answers that are due soon, and who asked of those
// that did not come, once each. The server calls it now and then; it tells how many
// reminders there were.
func (s *Store) RemindDue(ctx context.Context) (int, error) {
	var busy []operation.Operation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		now := s.source.Now()
		numbers, err := db.All(tx, selectBusy, db.Int64, now.Add(Before))
		if err != nil {
			return err
		}
		for _, n := range numbers {
			o, err := operation.ByNumber(tx, n)
			if err != nil {
				return err
			}
			// Looked at before the journal is taken: mostly there is nothing to do.
			if all, err := owed(tx, n, now); err != nil {
				return err
			} else if len(all) > 0 {
				busy = append(busy, o)
			}
		}
		return nil
	})
	done := 0
	for _, o := range busy {
		n, failed := s.remindIn(ctx, o)
		done += n
		err = errors.Join(err, failed) // the other operations are reminded all the same
	}
	return done, fault.In(access.InquiryRemind, err)
}

func (s *Store) remindIn(ctx context.Context, o operation.Operation) (int, error) {
	n := 0
	err := s.db.Write(ctx, string(o.Code), func(tx *db.Tx) error {
		n = 0
		st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: ClockActor}, o.Number)
		if err != nil {
			return err
		}
		all, err := owed(tx, o.Number, st.Now)
		if err != nil {
			return err
		}
		for _, i := range all {
			st.Who.Organisation = i.Organisation
			if i.Request != 0 { // its asker is not to know of it
				st.Who.Organisation = i.Holder
			}
			if _, err := s.store(tx, st, access.InquiryRemind, i); err != nil {
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

// owed are the inquiries of which somebody has to be reminded now, with the reminder.
func owed(tx *db.Tx, op int64, now time.Time) ([]Inquiry, error) {
	waiting, err := db.All(tx, selectWaiting, scan, op, now.Add(Before))
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	members, err := operation.Members(tx, op)
	if err != nil {
		return nil, err
	}
	takes := func(organisation int64) bool {
		return slices.ContainsFunc(members, func(m operation.Member) bool { return m.Membership.Organisation == organisation })
	}
	var out []Inquiry
	for _, i := range waiting {
		r := Reminder{Kind: Soon, At: now}
		to := i.Holder
		if now.After(i.Due) {
			r.Kind, to = Over, i.Organisation
		}
		switch {
		case !takes(to), slices.ContainsFunc(i.Reminders, func(was Reminder) bool { return was.Kind == r.Kind }):
			continue
		case r.Kind == Over && i.Request != 0: // how many did not answer is not for the asker
			continue
		}
		if i.Seizure != 0 {
			c, err := seizure.Numbered(tx, op, i.Seizure)
			if err != nil {
				return nil, err
			}
			if c.State == seizure.Withdrawn { // nobody waits for it any more
				continue
			}
		}
		i.Reminders = append(slices.Clone(i.Reminders), r)
		out = append(out, i)
	}
	return out, nil
}
