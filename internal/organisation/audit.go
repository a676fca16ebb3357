package organisation

import (
	"encoding/json"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "organisation", Instance: true, Leaves: journal.InPart}}, Instance: newReplay}
}

// Replay follows the instance's journal and knows which organisations should
// stand.
type Replay struct{ rows journal.Rows }

// newReplay begins at an empty instance.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{journal.Rows{Table: "organisation", Columns: columns}}
}

// Take takes the next entry; false: it is none of an organisation.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	if act.Verb != "organisation.register" && act.Verb != "organisation.amend" {
		return false
	}
	if act.Erased {
		r.rows.Unknown(strings.TrimPrefix(act.Subject, "organisation/"))
		return true
	}
	var o Organisation
	if err := json.Unmarshal(act.After, &o); err != nil {
		a.Bad(act, err)
		return true
	}
	r.rows.Put(act.Seq, string(o.ID), o.args()...)
	return true
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, selectAll, db.Raw(12))
	r.rows.Check(a, rows, func(row db.Row) string { return row.Text(1) })
	return err
}
