package roster

import (
	"encoding/json"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditRows = db.Statement(`select ` + columns + ` from shift where operation = $1 order by seq`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "shift"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which shifts should stand.
type Replay struct{ rows journal.Rows }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{journal.Rows{Table: "shift", Columns: columns}}
}

// Take takes the next entry; false: it is about no shift.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.RosterPlan, access.RosterWithdraw, access.RosterHandOver, access.RosterConfirm:
	default:
		return false
	}
	var s Shift
	if act.Erased {
		r.rows.Unknown("")
	} else if err := json.Unmarshal(act.After, &s); err != nil {
		a.Bad(act, err)
	} else {
		if s.Seq == 0 { // as it was planned: its number is this entry
			s.Seq = act.Seq
		}
		r.rows.Put(act.Seq, fmt.Sprint(s.Seq), s.args()...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditRows, db.Raw(18), a.Operation)
	r.rows.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(0)) })
	return err
}
