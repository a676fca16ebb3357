package edition

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const (
	issuedColumns = `operation, seq, number, kind, holder, body`
	pressColumns  = `operation, seq, language, edit, body`
)

var (
	insertIssued = db.Statement(`insert into edition (` + issuedColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	selectIssued = db.Statement(`select seq, body from edition where operation = $1 order by seq`)
	selectOne    = db.Statement(`select seq, body from edition where operation = $1 and number = $2 and kind = $3 and holder = $4`)
	auditIssued  = db.Statement(`select ` + issuedColumns + ` from edition where operation = $1 order by seq`)

	insertPress = db.Statement(`insert into press_release (` + pressColumns + `) values ($1, $2, $3, $4, $5)`)
	selectPress = db.Statement(`select seq, body from press_release where operation = $1 and language = $2 order by edit desc limit 1`)
	auditPress  = db.Statement(`select ` + pressColumns + ` from press_release where operation = $1 order by seq`)
)

func (i Issued) args(op int64) []any {
	return []any{op, i.Seq, i.Number, i.Kind, i.Holder, db.Encoded(i)}
}

func (r Press) args(op int64) []any { return []any{op, r.Seq, r.Language, r.Edit, db.Encoded(r)} }

func scanIssued(row db.Scanner) (i Issued, err error) {
	var seq int64
	err = row.Scan(&seq, db.Decode(&i))
	i.Seq = seq
	return i, err
}

func scanPress(row db.Scanner) (r Press, err error) {
	var seq int64
	err = row.Scan(&seq, db.Decode(&r))
	r.Seq = seq
	return r, err
}

// IssuedOf gives all editions that were given out in an operation, oldest first.
func IssuedOf(tx *db.Tx, op int64) ([]Issued, error) {
	return db.All(tx, selectIssued, scanIssued, op)
}

// issuedOne gives one; false: it was not given out.
func issuedOne(tx *db.Tx, op, number int64, kind string, holder int64) (Issued, bool, error) {
	i, err := db.One(tx, selectOne, scanIssued, op, number, kind, holder)
	if errors.Is(err, db.ErrNone) {
		return i, false, nil
	}
	return i, err == nil, err
}

// Replay holds the tables against the entries.
type Replay struct {
	issued journal.Kept[Issued]
	press  journal.Kept[Press]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		issued: journal.Kept[Issued]{Table: "edition", Columns: issuedColumns, All: auditIssued, Width: 6, Verbs: []string{string(access.EditionIssue)},
			Of:  func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, i Issued) (string, []any) { i.Seq = seq; return journal.Key(seq), i.args(op) }},
		press: journal.Kept[Press]{Table: "press_release", Columns: pressColumns, All: auditPress, Width: 5, Verbs: []string{string(access.PressWrite)},
			Of:  func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, r Press) (string, []any) { r.Seq = seq; return journal.Key(seq), r.args(op) }},
	}
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "edition"}, {Name: "press_release"}}, Operation: newReplay}
}

// Take takes the next entry; false: it is about no edition.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.issued.Take(a, act) || r.press.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	return errors.Join(r.issued.Check(tx, a), r.press.Check(tx, a))
}
