package nilreport

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store keeps nil reports.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// enter is the gate: only who controls goods reports.
func enter(tx *db.Tx, s *source.Source, who access.Actor, code operation.Code, need access.Permission) (operation.Standing, error) {
	st, err := operation.Enter(tx, s.Now(), who, code, need)
	if err == nil && st.Side() != access.Enforcement {
		err = fault.Missing()
	}
	return st, err
}

// Send says for a local day of the actor's organisation that there is nothing to
// report. The same again is the same report; another one amends it. Conflict:
// somebody was faster.
func (s *Store) Send(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Report, error) {
	var out Report
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := enter(tx, s.source, who, code, access.NilReportSend)
		if err != nil {
			return err
		}
		out, err = s.send(tx, st, d)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", access.NilReportSend, err)
	}
	return out, nil
}

func (s *Store) send(tx *db.Tx, st operation.Standing, d Draft) (Report, error) {
	d, err := d.clean(st.Operation, st.Organisation, st.Now)
	if err != nil {
		return Report{}, err
	}
	old, err := One(tx, st.Operation.Number, st.Who.Organisation, d.Day)
	switch {
	case errors.Is(err, db.ErrNone):
	case err != nil:
		return Report{}, err
	case old.says(d):
		return old, db.Unchanged
	}
	if old.Version != d.Version && (old.State == Stands || d.Version != 0) {
		return Report{}, fault.Of(fault.Conflict, "nilreport.changed")
	}
	r := old
	r.Organisation, r.Day, r.Controls, r.Remark, r.Language, r.State = st.Who.Organisation, d.Day, d.Controls, d.Remark, d.Language, Stands
	return s.write(tx, st, access.NilReportSend, old, r)
}

// Withdraw takes a nil report of the actor's organisation back: the day is as if
// there had been none. Conflict: somebody was faster.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, day string, version int64) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := enter(tx, s.source, who, code, access.NilReportWithdraw)
		if err != nil {
			return err
		}
		old, err := One(tx, st.Operation.Number, who.Organisation, day)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		if old.State == Withdrawn && version == old.Version-1 {
			return db.Unchanged
		}
		if old.Version != version || old.State == Withdrawn {
			return fault.Of(fault.Conflict, "nilreport.changed")
		}
		r := old
		r.State = Withdrawn
		_, err = s.write(tx, st, access.NilReportWithdraw, old, r)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.NilReportWithdraw, err)
	}
	return nil
}

// write stores the next version of a report, with its entry.
func (s *Store) write(tx *db.Tx, st operation.Standing, verb access.Permission, old, r Report) (Report, error) {
	op := st.Operation.Number
	value := audience.Address{Sides: []access.Side{access.Coordination}}.Value(r.Organisation)
	var err error
	if r.Audience, err = audience.Intern(tx, op, value); err != nil {
		return r, err
	}
	r.Author, r.At = st.Who.Person, st.Now
	r.Version++
	c := journal.Content{After: r, With: map[string]string{"audience": value.String()}}
	if old.Version > 0 {
		c.Before = old
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, "nil-report/"+string(st.Organisation.ID)+"/"+r.Day, r.Audience), c)
	if err != nil {
		return r, err
	}
	if r.Version == 1 {
		r.Seq = seq
	}
	_, err = tx.Exec(upsert, append([]any{op}, r.args()...)...)
	return r, err
}

// Own gives the report of the actor's organisation for a day, the zero Report when
// there is none, for whoever may write one.
func (s *Store) Own(ctx context.Context, who access.Actor, code operation.Code, day string) (operation.Standing, Report, error) {
	var st operation.Standing
	var r Report
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = enter(tx, s.source, who, code, access.NilReportSend); err != nil {
			return err
		}
		if r, err = One(tx, st.Operation.Number, who.Organisation, day); errors.Is(err, db.ErrNone) {
			r, err = Report{}, nil
		}
		return err
	})
	if err != nil {
		return st, r, fmt.Errorf("%s: %w", access.NilReportSend, err)
	}
	return st, r, nil
}
