package protection

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditMeasures     = db.Statement(`select ` + measureColumns + ` from measure where operation = $1 order by seq`)
	auditApplications = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "measure"}, {Name: "application"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	measures     journal.Kept[Measure]
	applications journal.Kept[Application]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	seq := func(row db.Row) string { return journal.Key(row.Number(1)) }
	return &Replay{
		measures: journal.Kept[Measure]{Table: "measure", Columns: measureColumns, All: auditMeasures, Width: 6,
			Verbs: []string{string(access.MeasureSet)}, Of: seq,
			Row: func(op, seq int64, m Measure) (string, []any) {
				m.Seq = seq
				return journal.Key(seq), m.args(op)
			}},
		applications: journal.Kept[Application]{Table: "application", Columns: applicationColumns, All: auditApplications, Width: 8,
			Verbs: []string{string(access.ApplicationFile), string(access.ApplicationAmend)}, Of: seq,
			Row: func(op, seq int64, a Application) (string, []any) {
				if a.Seq == 0 {
					a.Seq = seq
				}
				return journal.Key(a.Seq), a.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about neither.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.measures.Take(a, act) || r.applications.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.measures.Check(tx, a); err != nil {
		return err
	}
	return r.applications.Check(tx, a)
}
