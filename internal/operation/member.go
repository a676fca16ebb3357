package operation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Invite asks an organisation to take part on a side. The director does.
func (s *Store) Invite(ctx context.Context, who access.Actor, code Code, org organisation.ID, side access.Side) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.OperationInvite)
		if err != nil {
			return err
		}
		if !access.ValidSide(side) {
			return fieldFault("side", "fault.unknown-code")
		}
		o, err := organisation.ByID(tx, org)
		if err != nil {
			return fieldFault("organisation", "fault.unknown-code")
		}
		old, err := currentMembership(tx, st.Operation.Number, o.Number)
		if err == nil && old.State != Ended {
			if old.Side == side && old.State == Invited {
				return db.Unchanged
			}
			return fieldFault("organisation", "operation.already-member")
		} else if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		m := Membership{Organisation: o.Number, Side: side, State: Invited}
		m.Seq, err = s.journal.Append(tx, st.Entry(access.OperationInvite, "organisation/"+string(o.ID), 0), journal.Content{After: m})
		if err != nil {
			return err
		}
		return insertMembership(tx, st.Operation.Number, m)
	})
	return named("operation.invite", err)
}

// Accept makes the actor's organisation a member, with the handling conditions
// in the version that was read. A standing contact point of the invited
// organisation does, never the one who invited.
func (s *Store) Accept(ctx context.Context, who access.Actor, code Code, handling int64) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		if !access.May(who, access.OperationAccept) {
			return fault.Missing()
		}
		o, err := ByCode(tx, code)
		if err != nil {
			return missing(err)
		}
		if _, err := journal.Lock(tx, o.Number); err != nil {
			return err
		}
		m, err := currentMembership(tx, o.Number, who.Organisation)
		if err != nil || m.State == Ended {
			return fault.Missing()
		}
		if m.State == Accepted {
			return db.Unchanged
		}
		if handling != o.Handling.Version {
			return fault.Of(fault.Conflict, "operation.handling-changed")
		}
		now := s.source.Now()
		before := m
		m.State, m.Handling, m.AcceptedBy, m.Since = Accepted, handling, who.Person, now
		if err := updateMembership(tx, o.Number, m); err != nil {
			return err
		}
		role := access.ContactPoint
		if r := access.RolesOf(m.Side); len(r) == 1 {
			role = r[0]
		}
		if err := insertRole(tx, o.Number, who.Person, who.Organisation, role); err != nil {
			return err
		}
		if err := audience.Joined(tx, o.Number, who.Organisation, m.Side, now); err != nil {
			return err
		}
		org, err := organisation.One(tx, who.Organisation)
		if err != nil {
			return err
		}
		st := Standing{Operation: o, Who: who, Now: now}
		_, err = s.journal.Append(tx, st.Entry(access.OperationAccept, "organisation/"+string(org.ID), 0),
			journal.Content{Before: before, After: m})
		return err
	})
	return named("operation.accept", err)
}

// End ends a membership at this moment: the director any, a contact point its
// own. The next request of that organisation sees nothing.
func (s *Store) End(ctx context.Context, who access.Actor, code Code, org organisation.ID) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.OperationRead)
		if err != nil {
			return err
		}
		o, err := organisation.ByID(tx, org)
		if err != nil {
			return missing(err)
		}
		own := o.Number == who.Organisation && who.ContactPoint
		if !own && !st.May(access.OperationEnd) {
			return fault.Missing()
		}
		m, err := currentMembership(tx, st.Operation.Number, o.Number)
		if err != nil || m.State == Ended {
			return fault.Missing()
		}
		if last, err := lastDirector(tx, st.Operation.Number, o.Number); err != nil || last {
			return errors.Join(err, fault.Of(fault.Conflict, "operation.last-director"))
		}
		before := m
		m.State, m.Until = Ended, st.Now
		if err := updateMembership(tx, st.Operation.Number, m); err != nil {
			return err
		}
		if _, err := tx.Exec(deleteRoles, st.Operation.Number, o.Number); err != nil {
			return err
		}
		if err := audience.Left(tx, st.Operation.Number, o.Number, st.Now); err != nil {
			return err
		}
		_, err = s.journal.Append(tx, st.Entry(access.OperationEnd, "organisation/"+string(o.ID), 0),
			journal.Content{Before: before, After: m})
		return err
	})
	return named("operation.end", err)
}

// Assign sets the roles that one of the actor's own people holds here; none
// takes them all away. A contact point does; only a director makes a director.
func (s *Store) Assign(ctx context.Context, who access.Actor, code Code, p person.ID, roles []access.Role) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.OperationAssign)
		if err != nil {
			return err
		}
		if _, err := person.HatOf(tx, p, who.Organisation, st.Now); err != nil {
			return missing(err)
		}
		slices.Sort(roles)
		roles = slices.Compact(roles)
		before, err := rolesOf(tx, st.Operation.Number, string(p), who.Organisation)
		if err != nil {
			return err
		}
		if err := checkRoles(st, before, roles); err != nil {
			return err
		}
		if slices.Equal(before, roles) {
			return db.Unchanged
		}
		if _, err := tx.Exec(deletePersonRoles, st.Operation.Number, p, who.Organisation); err != nil {
			return err
		}
		for _, r := range roles {
			if err := insertRole(tx, st.Operation.Number, string(p), who.Organisation, r); err != nil {
				return err
			}
		}
		_, err = s.journal.Append(tx, st.Entry(access.OperationAssign, "person/"+string(p), 0),
			journal.Content{Before: before, After: roles})
		return err
	})
	return named("operation.assign", err)
}

func checkRoles(st Standing, before, after []access.Role) error {
	for _, r := range after {
		if !slices.Contains(access.RolesOf(st.Side()), r) {
			return fieldFault("roles", "operation.role-not-on-side")
		}
	}
	changesDirector := slices.Contains(before, access.Director) != slices.Contains(after, access.Director)
	if changesDirector && !slices.Contains(st.Roles, access.Director) {
		return fieldFault("roles", "operation.director-by-director")
	}
	return nil
}

func named(verb string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}
