package operation

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// summaries lists the actor's operations of some kinds and its open invitations.
func summaries(tx *db.Tx, who access.Actor, now time.Time, kinds []string) ([]Summary, error) {
	numbers, err := db.All(tx, selectOfOrganisation, db.Int64, who.Organisation)
	if err != nil {
		return nil, err
	}
	var out []Summary
	for _, n := range slices.Compact(numbers) {
		o, err := ByNumber(tx, n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(kinds, o.Kind) {
			continue
		}
		s := Summary{Operation: o}
		if s.Membership, err = currentMembership(tx, n, who.Organisation); err != nil {
			return nil, err
		}
		if s.Roles, err = rolesOf(tx, o, who.Person, who.Organisation, now); err != nil {
			return nil, err
		}
		_, err = activeMembership(tx, n, who.Organisation)
		active := err == nil
		if err != nil && !errors.Is(err, db.ErrNone) {
			return nil, err
		}
		if active && (len(s.Roles) > 0 || who.ContactPoint) || s.Membership.State == Invited && who.ContactPoint {
			out = append(out, s)
		}
	}
	return out, nil
}

// Invitation is what a contact point reads before it accepts.
type Invitation struct {
	Operation  Operation
	Membership Membership
}

// Invited gives the invitation that waits for the actor's organisation. A
// standing contact point of it may read it.
func (s *Store) Invited(ctx context.Context, who access.Actor, code Code) (Invitation, error) {
	var out Invitation
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if !access.May(who, access.OperationAccept) {
			return fault.Missing()
		}
		if out.Operation, err = ByCode(tx, code); err != nil {
			return missing(err)
		}
		out.Membership, err = currentMembership(tx, out.Operation.Number, who.Organisation)
		if err != nil || out.Membership.State != Invited {
			return fault.Missing()
		}
		return nil
	})
	if err != nil {
		return Invitation{}, fault.In("operation.accept", err)
	}
	return out, nil
}
