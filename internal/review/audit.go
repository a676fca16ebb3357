package review

import (
	"encoding/json"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditRows = db.Statement(`select operation, ` + columns + ` from review where operation = $1 order by seq`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "review"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which reviews should stand.
type Replay struct{ rows journal.Rows }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{rows: journal.Rows{Table: "review", Columns: "operation, " + columns}}
}

// Take takes the next entry; false: it is no review.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.ReviewCheck, access.ReviewReturn:
	default:
		return false
	}
	var said Review
	if act.Erased {
		r.rows.Unknown(fmt.Sprint(act.Seq))
	} else if err := json.Unmarshal(act.After, &said); err != nil {
		a.Bad(act, err)
	} else {
		said.Seq = act.Seq
		r.rows.Put(act.Seq, fmt.Sprint(act.Seq), said.args(a.Operation)...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditRows, db.Raw(11), a.Operation)
	r.rows.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(1)) })
	return err
}
