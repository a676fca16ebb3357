package seizure

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Why is who may read a case, and why.
type Why struct {
	Standing operation.Standing
	Case     Case
	Readers  []operation.ReadingOrganisation
}

// Why tells who may read a case now, and why. It takes operation.people beside
// seizure.read.
func (s *Store) Why(ctx context.Context, who access.Actor, code operation.Code, ref string) (Why, error) {
	var w Why
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead)
		if err != nil {
			return err
		}
		if !st.May(access.OperationPeople) {
			return fault.Missing()
		}
		w.Standing = st
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		if w.Case, err = db.One(tx, selectByRef, scanCase, st.Operation.Number, ref, list); err != nil {
			return missing(err)
		}
		w.Readers, err = operation.WhoReads(tx, st.Operation.Number, operation.Readable{Audience: w.Case.Audience,
			Originator: w.Case.Organisation, Written: w.Case.Changed, Need: access.SeizureRead}, st.Now)
		return err
	})
	if err != nil {
		return Why{}, fault.In(access.SeizureRead, err)
	}
	return w, nil
}
