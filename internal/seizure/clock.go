package seizure

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// clockActor is who releases by time.
const clockActor = "release-clock"

// ReleaseDue releases what its administration wanted released by now although no
// contact point has acted. The server calls it now and then; it tells how many.
func (s *Store) ReleaseDue(ctx context.Context) (int, error) {
	now := s.source.Now()
	var operations []int64
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		operations, err = db.All(tx, selectDue, db.Int64, now)
		return err
	})
	released := 0
	for _, op := range operations {
		n, failed := s.releaseDueIn(ctx, op)
		released += n
		err = errors.Join(err, failed) // the other operations are released all the same
	}
	if err != nil {
		return released, fmt.Errorf("%s: %w", access.SeizureRelease, err)
	}
	return released, nil
}

func (s *Store) releaseDueIn(ctx context.Context, number int64) (int, error) {
	var code operation.Code
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := operation.ByNumber(tx, number)
		code = o.Code
		return err
	})
	if err != nil {
		return 0, err
	}
	n := 0
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		n = 0
		st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: clockActor}, number)
		if err != nil {
			return err
		}
		members, err := memberNumbers(tx, st)
		if err != nil {
			return err
		}
		due, err := db.All(tx, selectDueIn, scanCase, number, st.Now, members)
		if err != nil {
			return err
		}
		if len(due) == 0 {
			return db.Unchanged
		}
		for _, old := range due {
			if st.Organisation, err = organisation.One(tx, old.Organisation); err != nil {
				return err
			}
			st.Who.Organisation = old.Organisation
			next := old
			next.State = Released
			if _, err := s.store(tx, st, access.SeizureRelease, &old, next, ""); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// memberNumbers lists who takes part now: the clock lets nothing out for an
// administration that has left and could not take it back.
func memberNumbers(tx *db.Tx, st operation.Standing) (db.List, error) {
	members, err := operation.Members(tx, st.Operation.Number)
	out := db.List{}
	for _, m := range members {
		out = append(out, m.Membership.Organisation)
	}
	return out, err
}
