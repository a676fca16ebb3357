package situation

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Clock is who issues by time.
const Clock = "situation-clock"

// due is one report that time owes.
type due struct {
	operation operation.Operation
	on        string // local day whose plan it is of
	report    Report
}

// IssueDue issues the reports that their plans owe now. The server calls it now and
// then; it tells how many were issued.
func (s *Store) IssueDue(ctx context.Context) (int, error) {
	var owed []due
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		owed, err = s.owed(tx)
		return err
	})
	done := 0
	for _, d := range owed {
		made, failed := s.issueDue(ctx, d)
		err = errors.Join(err, failed)
		if made {
			done++
		}
	}
	return done, fault.In(access.SituationIssue, err)
}

// owed lists what is owed, with its figures: see Issue for why they are read before
// they are written.
func (s *Store) owed(tx *db.Tx) ([]due, error) {
	all, err := db.All(tx, selectPlans, scanPlan)
	if err != nil {
		return nil, err
	}
	now := s.source.Now()
	var out []due
	for i, p := range all {
		if !p.On || i+1 < len(all) && all[i+1].operation == p.operation { // a newer plan holds
			continue
		}
		o, err := operation.ByNumber(tx, p.operation)
		if err != nil {
			return nil, err
		}
		on, day, ok := p.owed(o, nilreport.Phase, now)
		if !ok {
			continue
		}
		d := due{operation: o, on: on, report: Report{Due: on, Author: Clock}}
		n, err := db.One(tx, countDue, db.Int64, o.Number, on)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			continue
		}
		if d.report.Organisation, err = operation.Directing(tx, o.Number); errors.Is(err, db.ErrNone) {
			continue // nobody directs it any more, so nobody speaks
		}
		if err == nil {
			err = s.figures(tx, operation.Standing{Operation: o, Now: now}, day, &d.report)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// issueDue writes one of them, unless somebody was faster or took the plan back.
func (s *Store) issueDue(ctx context.Context, d due) (made bool, err error) {
	err = s.db.Write(ctx, string(d.operation.Code), func(tx *db.Tx) error {
		made = false
		st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: Clock}, d.operation.Number)
		if err != nil {
			return err
		}
		plan, err := planNow(tx, d.operation.Number)
		if err != nil {
			return err
		}
		n, err := db.One(tx, countDue, db.Int64, d.operation.Number, d.on)
		if err != nil {
			return err
		}
		if !plan.On || n > 0 {
			return db.Unchanged
		}
		d.report.At = st.Now
		made = true
		return s.record(tx, st, &d.report)
	})
	return made && err == nil, err
}
