package operation

import (
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
)

// errReal is for whoever would use on a real operation what is for practices alone.
var errReal = errors.New("operation: this is for practices alone")

// Begin opens a practice that hangs on a real operation, directed by who stands
// there. Their organisation stands in it on the side on which it stands in that
// operation. Whether they may is for the caller to decide.
func Begin(tx *db.Tx, j *journal.Journal, st Standing, d Draft) (Operation, error) {
	if d.Kind != KindPractice {
		return Operation{}, errReal
	}
	d.Organisation, d.Director = st.Organisation.ID, person.ID(st.Who.Person)
	d, err := d.clean()
	if err != nil {
		return Operation{}, err
	}
	if _, err := journal.Lock(tx, journal.Instance); err != nil {
		return Operation{}, err
	}
	if _, err := ByCode(tx, d.Code); err == nil {
		return Operation{}, fault.At("code", "operation.code-taken")
	}
	number, err := db.One(tx, selectNextNumber, db.Int64)
	if err != nil {
		return Operation{}, err
	}
	o := d.operation(number)
	if err := insertOperation(tx, o); err != nil {
		return o, err
	}
	return o, begin(tx, j, st.Now, st.Who, o, founder{st.Who.Organisation, st.Who.Person, st.Side()})
}

// Enrol makes somebody's organisation a member of a practice, and gives them roles
// there. Nothing real stands there, so that one person is enough; the journal tells it
// with the words that it has for that. Enrolled again, they keep what they have.
func Enrol(tx *db.Tx, j *journal.Journal, now time.Time, o Operation, who access.Actor, side access.Side, roles ...access.Role) error {
	if o.Kind != KindPractice {
		return errReal
	}
	if _, err := journal.Lock(tx, o.Number); err != nil {
		return err
	}
	st := Standing{Operation: o, Who: who, Now: now}
	m, err := currentMembership(tx, o.Number, who.Organisation)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	if err != nil || m.State != Accepted {
		if m, err = taken(tx, j, st, side, roles[0]); err != nil {
			return err
		}
	}
	_, before, err := rolesGiven(tx, o.Number, who.Person, who.Organisation, now)
	if err != nil {
		return err
	}
	after := slices.Concat(before, roles)
	slices.Sort(after)
	after = slices.Compact(after)
	if slices.ContainsFunc(after, func(r access.Role) bool { return !slices.Contains(access.RolesOf(sideOf(o, m, after)), r) }) {
		return fault.Missing()
	}
	if slices.Equal(before, after) {
		return nil
	}
	if _, err := tx.Exec(deletePersonRoles, o.Number, who.Person, who.Organisation); err != nil {
		return err
	}
	for _, r := range after {
		if err := insertRole(tx, o.Number, who.Person, who.Organisation, r, now); err != nil {
			return err
		}
	}
	_, err = j.Append(tx, st.Entry(access.OperationAssign, "person/"+who.Person, 0), journal.Content{Before: before, After: after})
	return err
}

// taken takes an organisation in: asked and accepted at once.
func taken(tx *db.Tx, j *journal.Journal, st Standing, side access.Side, role access.Role) (Membership, error) {
	op, own := st.Operation.Number, st.Who.Organisation
	m := Membership{Organisation: own, Side: side, State: Invited}
	org, err := organisation.One(tx, own)
	if err != nil {
		return m, err
	}
	subject := "organisation/" + string(org.ID)
	if m.Seq, err = j.Append(tx, st.Entry(access.OperationInvite, subject, 0), journal.Content{After: m}); err != nil {
		return m, err
	}
	before := m
	m.State, m.Handling, m.AcceptedBy = Accepted, st.Operation.Handling.Version, st.Who.Person
	if m.Since, err = afterLast(tx, op, own, st.Now); err != nil {
		return m, err
	}
	if err := insertMembership(tx, op, m); err != nil {
		return m, err
	}
	if err := insertRole(tx, op, st.Who.Person, own, role, m.Since); err != nil {
		return m, err
	}
	if err := audience.Joined(tx, op, own, side, m.Since); err != nil {
		return m, err
	}
	_, err = j.Append(tx, st.Entry(access.OperationAccept, subject, 0),
		journal.Content{Before: before, After: m, With: map[string]string{"role": string(role)}})
	return m, err
}

// Practising tells whether somebody was enrolled in a practice, under the organisation
// that they act for now.
func Practising(tx *db.Tx, o Operation, who access.Actor, now time.Time) (bool, error) {
	_, roles, err := rolesGiven(tx, o.Number, who.Person, who.Organisation, now)
	return len(roles) > 0, err
}
