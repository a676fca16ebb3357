package seizure

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Limits of numbers that are drawn beforehand.
const (
	MaxReserved = 50  // at once
	maxUnused   = 200 // of an organisation, drawn and not used
)

const numberColumns = `reference, seq, organisation, person, at`

var (
	insertNumber  = db.Statement(`insert into reserved_number (operation, ` + numberColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	countNumber   = db.Statement(`select count(*) from reserved_number where operation = $1 and reference = $2`)
	ownerOfNumber = db.Statement(`select organisation from reserved_number where operation = $1 and reference = $2`)
	selectUnused  = db.Statement(`select ` + numberColumns + ` from reserved_number n where operation = $1 and organisation = $2
		and not exists (select 1 from seizure s where s.operation = n.operation and s.reference = n.reference) order by seq, reference`)
	auditNumbers = db.Statement(`select operation, ` + numberColumns + ` from reserved_number where operation = $1 order by reference`)
)

// Number is the number of a case that does not exist yet.
type Number struct {
	Reference    string
	Seq          int64 // the journal index of the act that drew it
	Organisation int64
	Person       string
	At           time.Time
}

func scanNumber(row db.Scanner) (Number, error) {
	var n Number
	err := row.Scan(&n.Reference, &n.Seq, &n.Organisation, &n.Person, db.Time(&n.At))
	return n, err
}

func (n Number) args(op int64) []any {
	return []any{op, n.Reference, n.Seq, n.Organisation, n.Person, n.At}
}

// drawn is what the journal keeps of such an act.
type drawn struct {
	Organisation int64
	Numbers      []string
}

// Reserve draws numbers for cases that the actor's organisation will write where
// there is no line: as random as any, so they betray nothing when they are read
// out, and nobody else's case gets them. A Draft that names one is given it. At
// most MaxReserved at once; Invalid where too many are drawn and not used.
func (s *Store) Reserve(ctx context.Context, who access.Actor, code operation.Code, count int) ([]Number, error) {
	var made []Number
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		made = nil
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.NumberReserve)
		if err != nil {
			return err
		}
		unused, err := db.All(tx, selectUnused, scanNumber, st.Operation.Number, who.Organisation)
		if err != nil {
			return err
		}
		var p fault.Problems
		if count < 1 || count > MaxReserved || len(unused)+count > maxUnused {
			p.Add("count", "seizure.numbers-count", fault.Args{"max": int64(min(MaxReserved, maxUnused-len(unused))), "unused": int64(len(unused))})
			return p.Fault()
		}
		made, err = s.draw(tx, st, count)
		return err
	})
	if err != nil {
		return nil, fault.In(access.NumberReserve, err)
	}
	return made, nil
}

func (s *Store) draw(tx *db.Tx, st operation.Standing, count int) ([]Number, error) {
	act, seen := drawn{Organisation: st.Who.Organisation}, map[string]bool{}
	for len(act.Numbers) < count {
		ref, err := s.newReference(tx, st)
		if err != nil {
			return nil, err
		}
		if !seen[ref] {
			seen[ref] = true
			act.Numbers = append(act.Numbers, ref)
		}
	}
	value := audience.Own(st.Who.Organisation)
	own, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return nil, err
	}
	seq, err := s.journal.Append(tx, st.Entry(access.NumberReserve, "number", own), journal.Content{After: act, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return nil, err
	}
	var out []Number
	for _, ref := range act.Numbers {
		n := Number{Reference: ref, Seq: seq, Organisation: st.Who.Organisation, Person: st.Who.Person, At: st.Now}
		if _, err := tx.Exec(insertNumber, n.args(st.Operation.Number)...); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// Numbers gives those that the actor's organisation drew and has not used, oldest first.
func (s *Store) Numbers(ctx context.Context, who access.Actor, code operation.Code) (st operation.Standing, out []Number, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.NumberReserve); err != nil {
			return err
		}
		out, err = db.All(tx, selectUnused, scanNumber, st.Operation.Number, who.Organisation)
		return err
	})
	return st, out, fault.In(access.NumberReserve, err)
}

// numberFor is the number of a new case: the one that its writer wrote down, if
// the organisation drew it and no case has it, or a new one.
func (s *Store) numberFor(tx *db.Tx, st operation.Standing, d Draft) (string, error) {
	if d.Reserved == "" {
		return s.newReference(tx, st)
	}
	var p fault.Problems
	owner, err := db.One(tx, ownerOfNumber, db.Int64, st.Operation.Number, d.Reserved)
	switch {
	case errors.Is(err, db.ErrNone), err == nil && owner != st.Who.Organisation:
		p.Add("reserved", "seizure.number-not-drawn")
		return "", p.Fault()
	case err != nil:
		return "", err
	}
	used, err := db.One(tx, countOfRef, db.Int64, st.Operation.Number, d.Reserved)
	if err == nil && used > 0 {
		p.Add("reserved", "seizure.number-used")
		err = p.Fault()
	}
	return d.Reserved, err
}

// keepsNumber: a number is given when a case is first kept, and never changes.
func keepsNumber(old Case, d Draft) error {
	var p fault.Problems
	if d.Reserved != old.Reserved {
		p.Add("reserved", "seizure.number-late")
	}
	return p.Fault()
}

// numberReplay follows an operation's journal and knows which numbers were drawn.
type numberReplay struct{ rows journal.Rows }

// newNumberReplay begins at an empty operation.
func newNumberReplay() *numberReplay {
	return &numberReplay{rows: journal.Rows{Table: "reserved_number", Columns: "operation, " + numberColumns}}
}

// Take takes the next entry; false: it drew no numbers.
func (r *numberReplay) Take(a *journal.Audit, act journal.Act) bool {
	if access.Permission(act.Verb) != access.NumberReserve {
		return false
	}
	var d drawn
	if act.Erased {
		r.rows.Unknown("")
	} else if err := json.Unmarshal(act.After, &d); err != nil {
		a.Bad(act, err)
	}
	for _, ref := range d.Numbers {
		n := Number{Reference: ref, Seq: act.Seq, Organisation: d.Organisation, Person: act.Actor, At: act.At}
		r.rows.Put(act.Seq, ref, n.args(a.Operation)...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *numberReplay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditNumbers, db.Raw(6), a.Operation)
	r.rows.Check(a, rows, func(row db.Row) string { return row.Text(1) })
	return err
}
