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
)

// Standing is where an actor stands in an operation at a moment.
type Standing struct {
	Operation    Operation
	Organisation organisation.Organisation // whose hat is worn
	Membership   Membership
	Roles        []access.Role
	Who          access.Actor
	Now          time.Time
	AsOf         int64 // index of the newest entry of the journal; in a write that of before it
}

// Side is the side on which the actor stands: that of its organisation. Whoever leads a
// practice stands on coordination's side there: in one of a national workshop apart from
// the own administration, whose people practise what officers do.
func (s Standing) Side() access.Side { return sideOf(s.Operation, s.Membership, s.Roles) }

// Apart tells whether the actor stands on another side than its organisation, as nobody
// does in a real operation.
func (s Standing) Apart() bool { return s.Side() != s.Membership.Side }

func sideOf(o Operation, m Membership, roles []access.Role) access.Side {
	if o.Kind == KindPractice && m.Side == access.Enforcement && access.Leads(roles) {
		return access.Coordination
	}
	return m.Side
}

// ofContactPoint is what a standing contact point may do for its organisation in
// every operation that the organisation takes part in.
var ofContactPoint = []access.Permission{access.OperationRead, access.OperationAssign, access.QuarantineRead, access.QuarantineClose,
	access.RedactionAsk, access.RedactionRefuse}

// May tells whether the actor may do it here. A standing contact point manages its own organisation's people, and
// deals with what was refused of them, whatever role it holds.
func (s Standing) May(p access.Permission) bool {
	if !access.Holds(s.Operation.Kind == KindLibrary, p) || s.Operation.Kind == KindPractice && !access.InPractice(p) {
		return false
	}
	if s.Operation.Kind == KindPractice && access.Shows(s.Side(), s.Roles, p) {
		return true
	}
	if s.Who.ContactPoint && slices.Contains(ofContactPoint, p) {
		return true
	}
	return access.Within(s.Side(), s.Roles, p)
}

// Enter is the gate of every command on an operation. For whoever is no member now, or holds no role that allows it,
// the operation does not exist: the two look the same. In a write it first takes the operation's journal, so that
// membership and roles are still what they were at the commit. Hats and suspensions are under the instance's
// journal: their end holds from the next unit.
func Enter(tx *db.Tx, now time.Time, who access.Actor, code Code, need access.Permission) (Standing, error) {
	st := Standing{Who: who, Now: now}
	if !who.Known() {
		return st, fault.Missing()
	}
	var err error
	if st.Operation, err = ByCode(tx, code); err != nil {
		return st, missing(err)
	}
	size := journal.Size
	if tx.Writing() {
		size = journal.Lock
	}
	if st.AsOf, err = size(tx, st.Operation.Number); err != nil {
		return st, err
	}
	st.AsOf--
	if st.Membership, err = activeMembership(tx, st.Operation.Number, who.Organisation); err != nil {
		return st, missing(err)
	}
	if st.Roles, err = rolesOf(tx, st.Operation, who.Person, who.Organisation, now); err != nil {
		return st, err
	}
	if !st.May(need) {
		return st, fault.Missing()
	}
	st.Organisation, err = organisation.One(tx, who.Organisation)
	return st, err
}

func missing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}

// Readable lists the audiences that the actor's organisation may read now.
func (s Standing) Readable(tx *db.Tx) (db.List, error) {
	return audience.Open(tx, s.Operation.Number, s.Who.Organisation)
}

// Keys lists the keys under which the index of words holds what stands in some
// audiences that the actor's organisation may read.
func (s Standing) Keys(tx *db.Tx, readable db.List) ([]string, error) {
	return audience.KeysOf(tx, s.Operation.Number, s.Who.Organisation, s.Side(), readable)
}

// Entry is the frame of a journal entry of this actor here and now.
func (s Standing) Entry(verb access.Permission, subject string, aud int64) journal.Entry {
	return journal.Entry{Operation: s.Operation.Number, At: s.Now, Actor: s.Who.Name(), Organisation: s.Who.Organisation,
		Verb: string(verb), Subject: subject, Audience: aud}
}

// Today is the local day in the operation's zone.
func (s Standing) Today() string { return s.Now.In(s.Operation.Location()).Format(time.DateOnly) }

// EnterAs is the gate for housekeeping, which acts under a name and holds no role: it decides nothing about people.
func EnterAs(tx *db.Tx, now time.Time, system access.Actor, number int64) (Standing, error) {
	if system.System == "" {
		return Standing{}, fault.Missing()
	}
	if _, err := journal.Lock(tx, number); err != nil {
		return Standing{}, err
	}
	o, err := ByNumber(tx, number)
	return Standing{Operation: o, Who: system, Now: now}, err
}
