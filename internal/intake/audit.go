package intake

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditMappings = db.Statement(`select ` + mappingColumns + ` from import_mapping where operation = $1 order by organisation, name`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "import_mapping"},
			{Name: "import_sheet",
				Unsaid:  "housekeeping: a sheet that somebody handed in, for a day; what came of it are cases",
				Stays:   "a sheet that somebody handed in, for a day; what came of it are cases",
				Unsaved: "kept for a day, for one person; its bytes are not in a backup either"},
		},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which mappings should stand.
type Replay struct{ rows journal.Rows }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{rows: journal.Rows{Table: "import_mapping", Columns: mappingColumns}}
}

// Take takes the next entry; false: it is about no mapping.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.MappingSave:
		r.saved(a, act)
	case access.MappingDrop:
		r.dropped(a, act)
	default:
		return false
	}
	return true
}

func (r *Replay) saved(a *journal.Audit, act journal.Act) {
	if act.Erased {
		r.rows.Unknown("")
		return
	}
	var m Mapping
	if err := json.Unmarshal(act.After, &m); err != nil {
		a.Bad(act, err)
		return
	}
	m.Seq = act.Seq
	r.rows.Put(act.Seq, journal.Key(m.Organisation, m.Name), m.args()...)
}

func (r *Replay) dropped(a *journal.Audit, act journal.Act) {
	if act.Erased {
		r.rows.Unknown("")
		return
	}
	var m Mapping
	if err := json.Unmarshal(act.Before, &m); err != nil {
		a.Bad(act, err)
		return
	}
	r.rows.Remove(journal.Key(m.Organisation, m.Name))
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditMappings, db.Raw(8), a.Operation)
	if err != nil {
		return err
	}
	r.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0), row.Text(1)) })
	return nil
}
