package operation

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Own gives the actor's own organisation in an operation with its people, for a contact point who gives them their
// roles. People lists everybody, but not to right holders and observers, who may not know the other members.
func (s *Store) Own(ctx context.Context, who access.Actor, code Code) (Standing, Member, error) {
	var st Standing
	var own Member
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = Enter(tx, s.source.Now(), who, code, access.OperationAssign); err != nil {
			return err
		}
		own.Membership, own.Organisation = st.Membership, st.Organisation
		own.People, err = participants(tx, st, who.Organisation)
		return err
	})
	if err != nil {
		return Standing{}, Member{}, fault.In("operation.assign", err)
	}
	return st, own, nil
}
