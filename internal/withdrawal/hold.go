package withdrawal

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// MaxHold is the longest that a hold may stand before somebody decides anew.
const MaxHold = 10 * 365 * 24 * time.Hour

// Hold sets a legal hold on a record that the actor may read, or, with an empty
// kind, on the whole operation: until then nothing of it is erased.
func (s *Store) Hold(ctx context.Context, who access.Actor, code operation.Code, kind string, record int64, reason string, until time.Time) error {
	reason, wrong := cleanReason(reason, "reason", true)
	return s.write(ctx, who, code, access.HoldSet, func(tx *db.Tx, st operation.Standing) error {
		value := audience.Value{Sides: []access.Side{access.Coordination}}
		if kind != "" {
			of, err := recordOf(tx, st, kind, record)
			if err != nil {
				return err
			}
			value = deciders(of.organisation)
		}
		var p fault.Problems
		if !until.After(st.Now) || until.After(st.Now.Add(MaxHold)) {
			p.Add("until", "withdrawal.until")
		}
		if wrong != nil || p.Fault() != nil {
			return both(wrong, p)
		}
		aud, err := audience.Intern(tx, st.Operation.Number, value)
		if err != nil {
			return err
		}
		h := Hold{Kind: kind, Record: record, Reason: reason, Until: until.UTC().Truncate(time.Microsecond), Author: st.Who.Person, At: st.Now}
		h.Seq, err = s.journal.Append(tx, st.Entry(access.HoldSet, "hold/"+number(record), aud),
			journal.Content{After: h, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(insertHold, append([]any{st.Operation.Number}, h.args()...)...)
		return err
	})
}

// both says in one fault what is wrong with a text and with the rest.
func both(wrong error, p fault.Problems) error {
	if f, ok := errors.AsType[*fault.Fault](wrong); ok {
		for _, field := range f.Fields {
			p.Add(field.Path, field.Key, field.Args)
		}
	}
	return p.Fault()
}

// Lift ends a hold before its time.
func (s *Store) Lift(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	return s.write(ctx, who, code, access.HoldLift, func(tx *db.Tx, st operation.Standing) error {
		h, err := db.One(tx, selectHold, scanHold, st.Operation.Number, seq)
		switch {
		case errors.Is(err, db.ErrNone):
			return fault.Missing()
		case err != nil:
			return err
		case !h.Stands(st.Now):
			return db.Unchanged
		}
		value := audience.Value{Sides: []access.Side{access.Coordination}}
		aud, err := audience.Intern(tx, st.Operation.Number, value)
		if err != nil {
			return err
		}
		_, err = s.journal.Append(tx, st.Entry(access.HoldLift, "hold/"+number(h.Record), aud),
			journal.Content{With: map[string]string{"hold": number(seq), "audience": value.String()}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(liftHold, st.Operation.Number, seq, st.Now)
		return err
	})
}

// isHeld tells whether a hold stands on a record, or on its operation.
func isHeld(tx *db.Tx, st operation.Standing, kind string, record int64) (bool, error) {
	all, err := db.All(tx, selectHolds, scanHold, st.Operation.Number, st.Now)
	return slices.ContainsFunc(all, func(h Hold) bool { return h.Kind == "" || h.Kind == kind && h.Record == record }), err
}

// Desk is what waits for a decision, and what holds.
type Desk struct {
	Standing operation.Standing
	Requests []Redaction // that can still be decided, newest first
	Holds    []Hold      // that stand, newest first
}

// Desk gives the requests and holds that the actor may know: coordination all,
// others the requests of their own organisation and the holds on the whole
// operation and on their own records.
func (s *Store) Desk(ctx context.Context, who access.Actor, code operation.Code) (Desk, error) {
	var d Desk
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if d.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.RedactionRead); err != nil {
			return err
		}
		d.Requests, d.Holds, err = desk(tx, d.Standing)
		return err
	})
	return d, fault.In(access.RedactionRead, err)
}

func desk(tx *db.Tx, st operation.Standing) ([]Redaction, []Hold, error) {
	requests, err := db.All(tx, selectOpen, scanRedaction, st.Operation.Number, st.Now)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range requests {
		if r.Kind == reading.Case {
			c, err := seizure.Numbered(tx, st.Operation.Number, r.Record)
			if err != nil {
				return nil, nil, err
			}
			requests[i].Reference = c.Reference
		}
	}
	holds, err := db.All(tx, selectHolds, scanHold, st.Operation.Number, st.Now)
	if err != nil || st.Side() == access.Coordination {
		return requests, holds, err
	}
	own := st.Who.Organisation
	requests = slices.DeleteFunc(requests, func(r Redaction) bool { return r.Organisation != own })
	holds = slices.DeleteFunc(holds, func(h Hold) bool {
		if h.Kind == "" {
			return false
		}
		of, e := anyRecord(tx, st.Operation.Number, h.Kind, h.Record)
		err = errors.Join(err, e)
		return of.organisation != own
	})
	return requests, holds, err
}

// Waiting counts the requests that the actor can accept.
func Waiting(tx *db.Tx, st operation.Standing) (int64, error) {
	if !st.May(access.MessageRedact) {
		return 0, nil
	}
	all, err := db.All(tx, selectOpen, scanRedaction, st.Operation.Number, st.Now)
	var n int64
	for _, r := range all {
		if r.Author != st.Who.Person {
			n++
		}
	}
	return n, err
}
