package operation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Member is an organisation in an operation, with its people.
type Member struct {
	Membership   Membership
	Organisation organisation.Organisation
	People       []Participant
}

// Participant is a person with the roles held in this operation. Somebody of
// one's own organisation without a role is listed too, so that one can be given.
type Participant struct {
	Person person.Person
	Hat    person.Hat
	Roles  []access.Role
}

// People lists who takes part: every membership, the ended ones too, and the
// people behind those that have not ended.
func (s *Store) People(ctx context.Context, who access.Actor, code Code) (Standing, []Member, error) {
	var st Standing
	var out []Member
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = Enter(tx, s.source.Now(), who, code, access.OperationPeople); err != nil {
			return err
		}
		all, err := memberships(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		for _, m := range all {
			member := Member{Membership: m}
			if member.Organisation, err = organisation.One(tx, m.Organisation); err != nil {
				return err
			}
			if m.State != Ended {
				if member.People, err = participants(tx, st, m.Organisation); err != nil {
					return err
				}
			}
			out = append(out, member)
		}
		return nil
	})
	if err != nil {
		return Standing{}, nil, fmt.Errorf("operation.people: %w", err)
	}
	return st, out, nil
}

func participants(tx *db.Tx, st Standing, org int64) ([]Participant, error) {
	people, err := person.OfOrganisation(tx, org, st.Now)
	if err != nil {
		return nil, err
	}
	var out []Participant
	for _, p := range people {
		roles, err := rolesOf(tx, st.Operation, string(p.Person.ID), org, st.Now)
		if err != nil {
			return nil, err
		}
		if len(roles) > 0 || org == st.Who.Organisation && p.Person.State == "active" {
			out = append(out, Participant{Person: p.Person, Hat: p.Hat, Roles: roles})
		}
	}
	return out, nil
}

// Reach is whom something will reach, or reaches.
type Reach struct {
	Organisations []organisation.Organisation
	People        int // who hold a role that reads it
}

// ReachOf counts the people of some organisations whose roles allow reading: a
// person once, however many hats; nobody whose hat has ended or who is suspended.
func ReachOf(tx *db.Tx, op int64, orgs []int64, need access.Permission, at time.Time) (Reach, error) {
	var r Reach
	readers := map[string]bool{}
	for _, n := range orgs {
		o, err := organisation.One(tx, n)
		if err != nil {
			return r, err
		}
		m, err := activeMembership(tx, op, n)
		if errors.Is(err, db.ErrNone) {
			continue // has left; the clock was ahead then
		}
		if err != nil {
			return r, err
		}
		r.Organisations = append(r.Organisations, o)
		if err := readersOf(tx, op, m, need, at, readers); err != nil {
			return r, err
		}
	}
	r.People = len(readers)
	return r, nil
}

// readersOf puts in the people of one member who may read.
func readersOf(tx *db.Tx, op int64, m Membership, need access.Permission, at time.Time, into map[string]bool) error {
	all, err := ReadersOf(tx, op, m.Organisation, at)
	for _, r := range all {
		if access.Within(m.Side, r.Roles, need) {
			into[string(r.Person)] = true
		}
	}
	return err
}

// Members lists the organisations that take part now, by side, for forms that
// choose among them.
func Members(tx *db.Tx, op int64) ([]Member, error) {
	all, err := memberships(tx, op)
	if err != nil {
		return nil, err
	}
	var out []Member
	var numbers []int64
	for _, m := range all {
		if m.State == Accepted {
			out = append(out, Member{Membership: m})
			numbers = append(numbers, m.Organisation)
		}
	}
	organisations, err := organisation.These(tx, numbers)
	for i, m := range out {
		out[i].Organisation = organisations[m.Membership.Organisation]
	}
	return out, err
}

// Directing is the organisation whose view of the operation is the official one:
// of those on the coordinating side, the first that became a member. db.ErrNone
// when there is none.
func Directing(tx *db.Tx, op int64) (int64, error) {
	return db.One(tx, selectDirecting, db.Int64, op)
}
