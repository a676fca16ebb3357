package operation

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const (
	phaseColumns = `operation, line, kind, name, starts, ends`
	roleColumns  = `operation, person, organisation, role, since`
)

var (
	auditOperations  = db.Statement(`select ` + operationColumns + ` from operation order by number`)
	auditPhases      = db.Statement(`select ` + phaseColumns + ` from operation_phase order by operation, line`)
	auditMemberships = db.Statement(`select operation, ` + membershipColumns + ` from membership where operation = $1 order by seq`)
	auditRoles       = db.Statement(`select ` + roleColumns + ` from operation_role where operation = $1 order by person, organisation, role`)
	selectCodes      = db.Statement(`select number, code from operation order by number`)
)

// Numbered is an operation's number with its code.
type Numbered struct {
	Number int64
	Code   Code
}

// Codes lists every operation of the instance, for housekeeping and audits.
func Codes(tx *db.Tx) ([]Numbered, error) {
	return db.All(tx, selectCodes, func(row db.Scanner) (n Numbered, err error) {
		return n, row.Scan(&n.Number, &n.Code)
	})
}

// Tables are what this package keeps. Its replay holds the rows of audiences, too: it
// knows who is a member when.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "membership"},
			{Name: "operation_role"},
			{Name: "operation", Instance: true, Of: "number"},
			{Name: "operation_phase", Instance: true},
		},
		Last: true, Instance: newOpenedReplay, Operation: newReplay,
	}
}

// OpenedReplay follows the instance's journal and knows which operations should
// stand, with their calendars.
type OpenedReplay struct{ operations, phases journal.Rows }

// newOpenedReplay begins at an empty instance.
func newOpenedReplay(*journal.Audit) journal.Replay {
	return &OpenedReplay{journal.Rows{Table: "operation", Columns: operationColumns},
		journal.Rows{Table: "operation_phase", Columns: phaseColumns}}
}

// Take takes the next entry; false: it opened no operation.
func (r *OpenedReplay) Take(a *journal.Audit, act journal.Act) bool {
	if act.Verb == string(access.OperationImport) { // what came in has entries of its own
		return true
	}
	if act.Verb != string(access.OperationOpen) {
		return false
	}
	if act.Erased {
		r.operations.Unknown("")
		r.phases.Unknown("")
		return true
	}
	var o Operation
	if err := json.Unmarshal(act.After, &o); err != nil {
		a.Bad(act, err)
		return true
	}
	r.operations.Put(act.Seq, fmt.Sprint(o.Number), o.args()...)
	for i, p := range o.Phases {
		r.phases.Put(act.Seq, journal.Key(o.Number, i), p.args(o.Number, i)...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *OpenedReplay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditOperations, db.Raw(16))
	if err != nil {
		return err
	}
	r.operations.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(0)) })
	rows, err = db.All(tx, auditPhases, db.Raw(6))
	r.phases.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0), row.Number(1)) })
	return err
}

// Replay follows an operation's journal and knows which memberships and roles
// should stand; it tells audience who joined and left.
type Replay struct {
	memberships, roles journal.Rows
	audience           *audience.Replay
	op                 int64
}

// newReplay begins at an operation that is not opened yet.
func newReplay(a *journal.Audit) journal.Replay {
	return &Replay{op: a.Operation, audience: audience.NewReplay(a), memberships: journal.Rows{Table: "membership", Columns: "operation, " + membershipColumns},
		roles: journal.Rows{Table: "operation_role", Columns: roleColumns}}
}

// Look notes the audience of every entry.
func (r *Replay) Look(a *journal.Audit, act journal.Act) {
	a.Used(act.Seq, act.Audience, act.With["audience"])
}

// Take takes the next entry; false: it changed no membership and no role.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	if act.Verb == string(access.OperationExport) { // leaves no row
		return true
	}
	read := map[access.Permission]func(journal.Act) error{access.OperationOpen: r.open, access.OperationInvite: r.invite,
		access.OperationAccept: r.accept, access.OperationEnd: r.end, access.OperationAssign: r.assign}[access.Permission(act.Verb)]
	if read == nil {
		return false
	}
	if act.Erased {
		r.memberships.Unknown("")
		r.roles.Unknown("")
		r.audience.Unknown()
		return true
	}
	if err := read(act); err != nil {
		a.Bad(act, err)
	}
	return true
}

func (r *Replay) open(act journal.Act) error {
	var o Operation
	if err := json.Unmarshal(act.After, &o); err != nil {
		return err
	}
	org, err := strconv.ParseInt(act.With["organisation"], 10, 64)
	if err != nil {
		return err
	}
	side := access.Coordination
	if s := access.Side(act.With["side"]); s != "" {
		side = s
	}
	m := Membership{Seq: act.Seq, Organisation: org, Side: side, State: Accepted, Handling: o.Handling.Version,
		AcceptedBy: act.With["director"], Since: act.At}
	r.member(act.Seq, m)
	r.role(act.Seq, m.AcceptedBy, org, access.Director, m.Since)
	r.audience.Joined(act.Seq, org, m.Side, m.Since)
	return nil
}

func (r *Replay) invite(act journal.Act) error {
	var m Membership
	if err := json.Unmarshal(act.After, &m); err != nil {
		return err
	}
	m.Seq = act.Seq
	r.member(act.Seq, m)
	return nil
}

func (r *Replay) accept(act journal.Act) error {
	var m Membership
	if err := json.Unmarshal(act.After, &m); err != nil {
		return err
	}
	r.member(act.Seq, m)
	r.role(act.Seq, m.AcceptedBy, m.Organisation, access.Role(act.With["role"]), m.Since)
	r.audience.Joined(act.Seq, m.Organisation, m.Side, m.Since)
	return nil
}

func (r *Replay) end(act journal.Act) error {
	var m Membership
	if err := json.Unmarshal(act.After, &m); err != nil {
		return err
	}
	r.member(act.Seq, m)
	r.roles.Remove(fmt.Sprint(m.Organisation))
	r.audience.Left(act.Seq, m.Organisation, m.Until)
	return nil
}

func (r *Replay) assign(act journal.Act) error {
	var roles []access.Role
	if err := json.Unmarshal(act.After, &roles); err != nil && len(act.After) > 0 {
		return err
	}
	person := strings.TrimPrefix(act.Subject, "person/")
	r.roles.Remove(journal.Key(act.Organisation, person))
	for _, role := range roles {
		r.role(act.Seq, person, act.Organisation, role, act.At)
	}
	return nil
}

func (r *Replay) member(seq int64, m Membership) {
	r.memberships.Put(seq, fmt.Sprint(m.Seq), m.args(r.op)...)
}

func (r *Replay) role(seq int64, person string, org int64, role access.Role, since any) {
	r.roles.Put(seq, journal.Key(org, person, string(role)), r.op, person, org, string(role), since)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditMemberships, db.Raw(9), r.op)
	if err != nil {
		return err
	}
	r.memberships.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(1)) })
	if rows, err = db.All(tx, auditRoles, db.Raw(5), r.op); err != nil {
		return err
	}
	r.roles.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(2), row.Text(1), row.Text(3)) })
	return r.audience.Check(tx, a)
}
