package operation

import (
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

const operationColumns = `number, id, code, kind, name, purpose, language, sponsor, time_zone, scope, counting, handling, names, banner, state, version`

const membershipColumns = `seq, organisation, side, state, handling, accepted_by, since, until`

var (
	selectNextNumber   = db.Statement(`select coalesce(max(number), 0) + 1 from operation`)
	selectByCode       = db.Statement(`select ` + operationColumns + ` from operation where code = $1`)
	selectByID         = db.Statement(`select ` + operationColumns + ` from operation where id = $1`)
	selectByNumber     = db.Statement(`select ` + operationColumns + ` from operation where number = $1`)
	selectPhases       = db.Statement(`select kind, name, starts, ends from operation_phase where operation = $1 order by line`)
	insertOperationRow = db.Statement(`insert into operation (` + operationColumns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`)
	insertPhase = db.Statement(`insert into operation_phase (operation, line, kind, name, starts, ends) values ($1, $2, $3, $4, $5, $6)`)

	insertMembershipRow = db.Statement(`insert into membership (operation, ` + membershipColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	updateMembershipRow = db.Statement(`update membership set state = $3, handling = $4, accepted_by = $5, since = $6, until = $7
		where operation = $1 and seq = $2`)
	// Its state says whether a membership holds now; its moments are for the record. A
	// clock that was wrong when it began must not shut anybody out until then.
	selectActive = db.Statement(`select ` + membershipColumns + ` from membership
		where operation = $1 and organisation = $2 and state = 'accepted'`)
	selectCurrent = db.Statement(`select ` + membershipColumns + ` from membership
		where operation = $1 and organisation = $2 order by seq desc limit 1`)
	selectMemberships = db.Statement(`select ` + membershipColumns + ` from membership where operation = $1 order by seq`)
	selectDirecting   = db.Statement(`select organisation from membership
		where operation = $1 and side = 'coordination' and state = 'accepted' order by seq limit 1`)
	selectOfOrganisation = db.Statement(`select m.operation from membership m join operation o on o.number = m.operation
		where m.organisation = $1 and m.state <> 'ended' order by m.operation`)

	insertRoleRow = db.Statement(`insert into operation_role (operation, person, organisation, role, since) values ($1, $2, $3, $4, $5)
		on conflict (operation, person, organisation, role) do nothing`)
	deleteRoles             = db.Statement(`delete from operation_role where operation = $1 and organisation = $2`)
	deletePersonRoles       = db.Statement(`delete from operation_role where operation = $1 and person = $2 and organisation = $3`)
	selectRoles             = db.Statement(`select person, organisation, role, since from operation_role where operation = $1 and person = $2 and organisation = $3 order by role`)
	selectOrganisationRoles = db.Statement(`select person, organisation, role, since from operation_role where operation = $1 and organisation = $2 order by person, role`)
	selectDirectors         = db.Statement(`select person, organisation, role, since from operation_role where operation = $1 and role = 'director' order by person, organisation`)
)

// What operations say in texts. Every page and every command begins with one.
var (
	scopes    db.Known[Scope]
	countings db.Known[Counting]
	handlings db.Known[Handling]
	names     db.Known[map[string]map[string]string]
)

func scanOperation(row db.Scanner) (Operation, error) {
	var o Operation
	var id, code string
	err := row.Scan(&o.Number, &id, &code, &o.Kind, &o.Name, &o.Purpose, &o.Language, &o.Sponsor, &o.TimeZone,
		scopes.Decode(&o.Scope), countings.Decode(&o.Counting), handlings.Decode(&o.Handling), names.Decode(&o.Names), &o.Banner, &o.State, &o.Version)
	o.ID, o.Code = ID(id), Code(code)
	return o, err
}

func withPhases(tx *db.Tx, o Operation, err error) (Operation, error) {
	if err != nil {
		return o, err
	}
	o.Phases, err = db.All(tx, selectPhases, func(row db.Scanner) (Phase, error) {
		var p Phase
		err := row.Scan(&p.Kind, &p.Name, &p.Starts, &p.Ends)
		return p, err
	}, o.Number)
	return o, err
}

// ByCode gives an operation; db.ErrNone when there is none. It decides nothing:
// commands go through Enter. What is not written as a code is no operation's:
// it comes from an address, and not every engine takes every byte. Units that
// share a commit read it once: no command changes an operation that is open.
func ByCode(tx *db.Tx, code Code) (Operation, error) {
	if len(code) > maxCode || !codeForm.MatchString(string(code)) {
		return Operation{}, db.ErrNone
	}
	return db.Memo(tx, "operation/"+string(code), func() (Operation, error) {
		o, err := db.One(tx, selectByCode, scanOperation, code)
		return withPhases(tx, o, err)
	})
}

// ByNumber gives an operation by its number.
func ByNumber(tx *db.Tx, number int64) (Operation, error) {
	o, err := db.One(tx, selectByNumber, scanOperation, number)
	return withPhases(tx, o, err)
}

// ByID gives an operation by its UUID.
func ByID(tx *db.Tx, id ID) (Operation, error) {
	o, err := db.One(tx, selectByID, scanOperation, id)
	return withPhases(tx, o, err)
}

// args are the values of operationColumns.
func (o Operation) args() []any {
	return []any{o.Number, o.ID, o.Code, o.Kind, o.Name, o.Purpose, o.Language, o.Sponsor, o.TimeZone,
		db.Encoded(o.Scope), db.Encoded(o.Counting), db.Encoded(o.Handling), db.Encoded(o.Names), o.Banner, o.State, o.Version}
}

// args are the values of the row of one phase of an operation.
func (p Phase) args(operation int64, line int) []any {
	return []any{operation, line, p.Kind, p.Name, p.Starts, p.Ends}
}

func insertOperation(tx *db.Tx, o Operation) error {
	_, err := tx.Exec(insertOperationRow, o.args()...)
	for i, p := range o.Phases {
		if err == nil {
			_, err = tx.Exec(insertPhase, p.args(o.Number, i)...)
		}
	}
	if err == nil {
		err = textindex.Begin(tx, o.Number)
	}
	return err
}

func (d Draft) operation(number int64) Operation {
	return Operation{Number: number, ID: d.ID, Code: d.Code, Kind: d.Kind, Name: d.Name, Purpose: d.Purpose, Language: d.Language,
		Sponsor: d.Sponsor, TimeZone: d.TimeZone, Scope: d.Scope, Counting: d.Counting,
		Handling: Handling{Version: 1, Text: d.Handling, Language: d.Language}, Names: d.Names, Banner: d.Banner,
		State: "open", Version: 1, Phases: d.Phases}
}

func scanMembership(row db.Scanner) (Membership, error) {
	var m Membership
	var side string
	err := row.Scan(&m.Seq, &m.Organisation, &side, &m.State, &m.Handling, &m.AcceptedBy, db.Time(&m.Since), db.Time(&m.Until))
	m.Side = access.Side(side)
	return m, err
}

func (m Membership) args(op int64) []any {
	return []any{op, m.Seq, m.Organisation, string(m.Side), m.State, m.Handling, m.AcceptedBy, db.Null(m.Since), db.Null(m.Until)}
}

func insertMembership(tx *db.Tx, op int64, m Membership) error {
	_, err := tx.Exec(insertMembershipRow, m.args(op)...)
	return err
}

func updateMembership(tx *db.Tx, op int64, m Membership) error {
	_, err := tx.Exec(updateMembershipRow, op, m.Seq, m.State, m.Handling, m.AcceptedBy, db.Null(m.Since), db.Null(m.Until))
	return err
}

func activeMembership(tx *db.Tx, op, org int64) (Membership, error) {
	return db.One(tx, selectActive, scanMembership, op, org)
}

func currentMembership(tx *db.Tx, op, org int64) (Membership, error) {
	return db.One(tx, selectCurrent, scanMembership, op, org)
}

func memberships(tx *db.Tx, op int64) ([]Membership, error) {
	return db.All(tx, selectMemberships, scanMembership, op)
}

func insertRole(tx *db.Tx, op int64, person string, org int64, r access.Role, at time.Time) error {
	_, err := tx.Exec(insertRoleRow, op, person, org, string(r), at)
	return err
}

// rolesOf lists the roles that a person holds under a hat. In the library what its
// members' people have there comes beside those given; whoever was made an auditor
// keeps to that.
func rolesOf(tx *db.Tx, o Operation, id string, org int64, at time.Time) ([]access.Role, error) {
	hat, given, err := rolesGiven(tx, o.Number, id, org, at)
	if err != nil || o.Kind != KindLibrary || hat.Person == "" {
		return given, err
	}
	m, err := activeMembership(tx, o.Number, org)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p, err := person.One(tx, person.ID(id))
	return inLibrary(m, p, hat, given), err
}

// rolesGiven lists the roles given since a hat was put on, with the hat; a zero hat:
// there is none. Whoever comes back to an organisation begins without any.
func rolesGiven(tx *db.Tx, op int64, id string, org int64, at time.Time) (person.Hat, []access.Role, error) {
	hat, err := person.HatOf(tx, person.ID(id), org, at)
	if errors.Is(err, db.ErrNone) {
		return person.Hat{}, nil, nil
	}
	if err != nil {
		return hat, nil, err
	}
	given, err := db.All(tx, selectRoles, scanPersonRole, op, id, org)
	var out []access.Role
	for _, g := range given {
		if g.under(hat) {
			out = append(out, g.role)
		}
	}
	return hat, out, err
}

// inLibrary are the roles that somebody has there beside those given: whoever
// administers the instance has none but these.
func inLibrary(m Membership, p person.Person, hat person.Hat, given []access.Role) []access.Role {
	if p.Administrator || slices.Contains(given, access.Auditor) {
		return given
	}
	out := slices.Concat(given, access.InLibrary(m.Side, hat.Contact()))
	slices.Sort(out)
	return slices.Compact(out)
}

type personRole struct {
	person       string
	organisation int64
	role         access.Role
	since        time.Time
}

// under tells whether the role was given since the hat was put on.
func (r personRole) under(h person.Hat) bool { return !r.since.Before(h.Since) }

func scanPersonRole(row db.Scanner) (personRole, error) {
	var p personRole
	var role string
	err := row.Scan(&p.person, &p.organisation, &role, db.Time(&p.since))
	p.role = access.Role(role)
	return p, err
}
