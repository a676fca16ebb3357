package operation

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
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Invite asks an organisation to take part on a side. The director does. A right
// holder stands on its own side only: it never reads a case, whatever a form says.
func (s *Store) Invite(ctx context.Context, who access.Actor, code Code, org organisation.ID, side access.Side) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.OperationInvite)
		if err != nil {
			return err
		}
		if !access.ValidSide(side) {
			return fault.At("side", "fault.unknown-code")
		}
		o, err := organisation.ByID(tx, org)
		if err != nil {
			return fault.At("organisation", "fault.unknown-code")
		}
		if o.Kind == "right-holder" && side != access.RightHolderSide {
			return fault.At("side", "operation.side-of-right-holder")
		}
		old, err := currentMembership(tx, st.Operation.Number, o.Number)
		if err == nil && old.State != Ended {
			if old.Side == side && old.State == Invited {
				return db.Unchanged
			}
			return fault.At("organisation", "operation.already-member")
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
	return fault.In("operation.invite", err)
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
		// It takes two people, also where one wears the hats of both bodies.
		asked, err := journal.One(tx, o.Number, m.Seq)
		if err != nil {
			return err
		}
		if asked.Actor == who.Name() {
			return fault.Of(fault.Conflict, "operation.two-people")
		}
		now, err := afterLast(tx, o.Number, who.Organisation, s.source.Now())
		if err != nil {
			return err
		}
		before := m
		m.State, m.Handling, m.AcceptedBy, m.Since = Accepted, handling, who.Person, now
		if err := updateMembership(tx, o.Number, m); err != nil {
			return err
		}
		role := access.ContactPoint
		if r := access.RolesOf(m.Side); len(r) == 1 {
			role = r[0]
		}
		if err := insertRole(tx, o.Number, who.Person, who.Organisation, role, now); err != nil {
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
			journal.Content{Before: before, After: m, With: map[string]string{"role": string(role)}})
		return err
	})
	return fault.In("operation.accept", err)
}

// afterLast is now, or the first moment after the organisation's last membership:
// epochs do not touch, also where a clock stands or was set back.
func afterLast(tx *db.Tx, op, org int64, now time.Time) (time.Time, error) {
	all, err := memberships(tx, op)
	for _, m := range all {
		if m.Organisation == org && !now.After(m.Until) {
			now = m.Until.Add(time.Microsecond)
		}
	}
	return now, err
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
		if own := o.Number == who.Organisation && who.ContactPoint; !own && !st.May(access.OperationEnd) {
			return fault.Missing()
		}
		m, err := currentMembership(tx, st.Operation.Number, o.Number)
		if err != nil || m.State == Ended {
			return fault.Missing()
		}
		if err := keepsDirector(tx, st, o.Number); err != nil {
			return err
		}
		return s.end(tx, st, o, m)
	})
	return fault.In("operation.end", err)
}

func (s *Store) end(tx *db.Tx, st Standing, o organisation.Organisation, m Membership) error {
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
	_, err := s.journal.Append(tx, st.Entry(access.OperationEnd, "organisation/"+string(o.ID), 0),
		journal.Content{Before: before, After: m})
	return err
}

// keepsDirector refuses to let the last body go that directs.
func keepsDirector(tx *db.Tx, st Standing, org int64) error {
	own, err := directors(tx, st, func(d personRole) bool { return d.organisation == org })
	if err != nil || own == 0 {
		return err
	}
	others, err := directors(tx, st, func(d personRole) bool { return d.organisation != org })
	if err == nil && others == 0 {
		err = fault.Of(fault.Conflict, "operation.last-director")
	}
	return err
}

// Assign sets the roles that one of the actor's own people holds here; none
// takes them all away. A contact point does; only a director makes a director.
func (s *Store) Assign(ctx context.Context, who access.Actor, code Code, p person.ID, roles []access.Role) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := Enter(tx, s.source.Now(), who, code, access.OperationAssign)
		if err != nil {
			return err
		}
		if !source.ValidID(string(p)) {
			return fault.Missing()
		}
		roles := slices.Sorted(slices.Values(roles)) // a unit may run twice: not the caller's
		roles = slices.Compact(roles)
		if _, err := person.HatOf(tx, p, who.Organisation, st.Now); err != nil {
			return missing(err)
		}
		_, before, err := rolesGiven(tx, st.Operation.Number, string(p), who.Organisation, st.Now)
		if err != nil {
			return err
		}
		if err := checkRoles(tx, st, p, before, roles); err != nil {
			return err
		}
		if slices.Equal(before, roles) {
			return db.Unchanged
		}
		if _, err := tx.Exec(deletePersonRoles, st.Operation.Number, p, who.Organisation); err != nil {
			return err
		}
		for _, r := range roles {
			if err := insertRole(tx, st.Operation.Number, string(p), who.Organisation, r, st.Now); err != nil {
				return err
			}
		}
		_, err = s.journal.Append(tx, st.Entry(access.OperationAssign, "person/"+string(p), 0),
			journal.Content{Before: before, After: roles})
		return err
	})
	return fault.In("operation.assign", err)
}

func checkRoles(tx *db.Tx, st Standing, p person.ID, before, after []access.Role) error {
	for _, r := range after {
		if !slices.Contains(access.RolesOf(st.Side()), r) {
			return fault.At("roles", "operation.role-not-on-side")
		}
	}
	changesDirector := slices.Contains(before, access.Director) != slices.Contains(after, access.Director)
	if changesDirector && !slices.Contains(st.Roles, access.Director) {
		return fault.At("roles", "operation.director-by-director")
	}
	if !changesDirector || slices.Contains(after, access.Director) {
		return nil
	}
	left, err := directors(tx, st, func(d personRole) bool {
		return d.person != string(p) || d.organisation != st.Who.Organisation
	})
	if err == nil && left == 0 {
		err = fault.At("roles", "operation.director-stays")
	}
	return err
}

// directors counts the directors among some who can still act: somebody whose
// hat has ended, or who is suspended, directs nothing.
func directors(tx *db.Tx, st Standing, among func(personRole) bool) (int, error) {
	all, err := db.All(tx, selectDirectors, scanPersonRole, st.Operation.Number)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, d := range all {
		if !among(d) {
			continue
		}
		hat, err := person.HatOf(tx, person.ID(d.person), d.organisation, st.Now)
		if err == nil && d.under(hat) {
			n++
		} else if err != nil && !errors.Is(err, db.ErrNone) {
			return 0, err
		}
	}
	return n, nil
}

// EverMembers lists the organisations that take part or once did.
func EverMembers(tx *db.Tx, op int64) (db.List, error) {
	all, err := memberships(tx, op)
	out := db.List{}
	for _, m := range all {
		if !slices.Contains(out, m.Organisation) {
			out = append(out, m.Organisation)
		}
	}
	return out, err
}

// Takes tells whether an organisation takes part in an operation now.
func Takes(tx *db.Tx, op, org int64) (bool, error) {
	_, err := activeMembership(tx, op, org)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return err == nil, err
}

// SideOf tells on which side an organisation takes part in an operation now; empty: on
// none.
func SideOf(tx *db.Tx, op, org int64) (access.Side, error) {
	m, err := activeMembership(tx, op, org)
	if errors.Is(err, db.ErrNone) {
		return "", nil
	}
	return m.Side, err
}
