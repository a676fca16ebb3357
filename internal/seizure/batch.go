package seizure

import (
	"context"
	"errors"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// MaxBatch is how many cases are reported at once.
const MaxBatch = 200

// ReportBatch reports several cases as one act: all of them, or none. Each is what
// Report would make of it; the same batch again gives the same cases. Problems of
// the third draft stand under items.3.
func (s *Store) ReportBatch(ctx context.Context, who access.Actor, code operation.Code, drafts []Draft) ([]Case, error) {
	checked, err := s.checkBatch(drafts)
	if err != nil {
		return nil, fault.In(access.SeizureReport, err)
	}
	var made []Case
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		made = make([]Case, 0, len(checked))
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureReport)
		if err != nil {
			return err
		}
		changed := false
		for _, d := range checked {
			c, fresh, err := s.reportIn(tx, st, d, anyVersion)
			if err != nil && !errors.Is(err, db.Unchanged) {
				return err
			}
			changed = changed || fresh
			made = append(made, c)
		}
		if !changed {
			return db.Unchanged
		}
		return nil
	})
	if err != nil {
		return nil, fault.In(access.SeizureReport, err)
	}
	return made, nil
}

// checkBatch gives the drafts in normal form.
func (s *Store) checkBatch(drafts []Draft) ([]Draft, error) {
	var p fault.Problems
	switch {
	case len(drafts) == 0:
		p.Add("items", "fault.required")
	case len(drafts) > MaxBatch:
		p.Add("items", "seizure.batch-too-large", fault.Args{"max": int64(MaxBatch)})
	}
	if err := p.Fault(); err != nil {
		return nil, err
	}
	out := make([]Draft, len(drafts))
	for i, d := range drafts {
		var err error
		out[i], err = d.Check(s.latest())
		f, ok := errors.AsType[*fault.Fault](err)
		if err != nil && !ok {
			return nil, err
		}
		for _, field := range fieldsOf(f) {
			p.Add("items."+strconv.Itoa(i+1)+"."+field.Path, field.Key, field.Args)
		}
	}
	return out, p.Fault()
}

func fieldsOf(f *fault.Fault) []fault.Field {
	if f == nil {
		return nil
	}
	return f.Fields
}
