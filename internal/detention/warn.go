package detention

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// ClockActor is who warns by time.
const ClockActor = "legal-clock"

// WarnDue warns of deadlines that end soon and of those that have ended, once
// each, for organisations that still take part. It does nothing else: nothing is
// released, and no clock ends. The server calls it now and then; it tells how many
// warnings there were.
func (s *Store) WarnDue(ctx context.Context) (int, error) {
	var busy []operation.Operation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		numbers, err := db.All(tx, selectBusy, db.Int64)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			o, err := operation.ByNumber(tx, n)
			if err != nil {
				return err
			}
			// Looked at before the journal is taken: mostly there is nothing to do.
			owed, err := owed(tx, operation.Standing{Operation: o, Now: s.source.Now()})
			if err != nil {
				return err
			}
			if len(owed) > 0 {
				busy = append(busy, o)
			}
		}
		return nil
	})
	done := 0
	for _, o := range busy {
		n, failed := s.warnIn(ctx, o)
		done += n
		err = errors.Join(err, failed) // the other operations are warned all the same
	}
	return done, fault.In(access.DetentionWarn, err)
}

func (s *Store) warnIn(ctx context.Context, o operation.Operation) (int, error) {
	n := 0
	err := s.db.Write(ctx, string(o.Code), func(tx *db.Tx) error {
		n = 0
		st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: ClockActor}, o.Number)
		if err != nil {
			return err
		}
		all, err := owed(tx, st)
		if err != nil {
			return err
		}
		for _, w := range all {
			of, err := seizure.Numbered(tx, o.Number, w.clock.Seizure)
			if err != nil {
				return err
			}
			if of.State == seizure.Withdrawn { // nobody waits for it any more
				continue
			}
			st.Who.Organisation = w.clock.Organisation
			row := Warned{Clock: w.clock.Seq, Step: w.step, Kind: w.kind, Due: w.due, At: st.Now}
			if row.Seq, _, err = s.record(tx, st, access.DetentionWarn, subject(of), w.clock.Organisation, row); err != nil {
				return err
			}
			if err := put(tx, o.Number, insertWarning, row.args()); err != nil {
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

// owing is a warning that time owes.
type owing struct {
	clock      Clock
	step, kind string
	due        legal.Day
}

// owed lists the warnings that are due in an operation and were not given.
func owed(tx *db.Tx, st operation.Standing) ([]owing, error) {
	op := st.Operation.Number
	members, err := operation.Members(tx, op)
	if err != nil {
		return nil, err
	}
	clocks, err := db.All(tx, selectAllRunning, scanClock, op)
	if err != nil {
		return nil, err
	}
	clocks = slices.DeleteFunc(clocks, func(c Clock) bool {
		return !slices.ContainsFunc(members, func(m operation.Member) bool { return m.Membership.Organisation == c.Organisation })
	})
	all, err := counted(tx, st, clocks)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var seqs db.List
	for _, c := range clocks {
		seqs = append(seqs, c.Seq)
	}
	given, err := db.All(tx, selectWarnings, scanWarning, op, seqs)
	var out []owing
	for _, t := range all {
		for _, d := range t.deadlines {
			w := owing{t.clock, d.Step.Code, kindOf(d, t.today), d.Due}
			if w.kind != "" && !slices.ContainsFunc(given, w.was) {
				out = append(out, w)
			}
		}
	}
	return out, err
}

// kindOf tells of what a deadline has to be warned; empty: of nothing. What has to
// be done promptly is warned of when its day is over.
func kindOf(d legal.Deadline, today legal.Day) string {
	switch {
	case d.State == legal.Overdue:
		return Over
	case d.State == legal.DueSoon && (!d.Prompt() || today > d.Due):
		return Soon
	}
	return ""
}

func (o owing) was(w Warned) bool {
	return w.Clock == o.clock.Seq && w.Step == o.step && w.Kind == o.kind && w.Due == o.due
}
