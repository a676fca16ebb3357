package nilreport

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditRows = db.Statement(`select ` + columns + ` from nil_report where operation = $1 order by organisation, day`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "nil_report"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which reports should stand.
type Replay struct {
	rows  journal.Rows
	first map[string]int64 // key -> entry that first made it
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{rows: journal.Rows{Table: "nil_report", Columns: columns}, first: map[string]int64{}}
}

// Take takes the next entry; false: it is about no nil report.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.NilReportSend, access.NilReportWithdraw:
	default:
		return false
	}
	var n Report
	if act.Erased {
		r.rows.Unknown("")
	} else if err := json.Unmarshal(act.After, &n); err != nil {
		a.Bad(act, err)
	} else {
		key := journal.Key(n.Organisation, n.Day)
		if _, ok := r.first[key]; !ok {
			r.first[key] = act.Seq
		}
		n.Seq = r.first[key]
		r.rows.Put(act.Seq, key, n.args()...)
	}
	return true
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditRows, db.Raw(11), a.Operation)
	r.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0), row.Text(1)) })
	return err
}
