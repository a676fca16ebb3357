package task

import (
	"encoding/json"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditRows = db.Statement(`select ` + columns + ` from task where operation = $1 order by seq`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "task"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which tasks should stand.
type Replay struct{ rows journal.Rows }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{journal.Rows{Table: "task", Columns: columns}}
}

// Take takes the next entry; false: it is about no task.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.TaskGive, access.TaskAssign, access.TaskFinish, access.TaskDrop:
	default:
		return false
	}
	var t Task
	if act.Erased {
		r.rows.Unknown("")
	} else if err := json.Unmarshal(act.After, &t); err != nil {
		a.Bad(act, err)
	} else {
		if t.Seq == 0 { // as it was given: its number is this entry
			t.Seq = act.Seq
		}
		r.rows.Put(act.Seq, fmt.Sprint(t.Seq), t.args()...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditRows, db.Raw(17), a.Operation)
	r.rows.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(0)) })
	return err
}
