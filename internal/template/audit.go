package template

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditPage = db.Statement(`select ` + columns + ` from template where operation = $1 and version >= $2 order by version limit $3`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "template"}}, Operation: newReplay}
}

// replay holds rows against their entries, one by one.
type replay struct{}

func newReplay(*journal.Audit) journal.Replay { return replay{} }

// Take takes the next entry of an operation's journal; false: it amended no
// template.
func (replay) Take(a *journal.Audit, act journal.Act) bool {
	if access.Permission(act.Verb) != access.TemplateAmend {
		return false
	}
	a.Owe(act.Seq, "template")
	return true
}

// Check holds every version of an operation's templates against the entry that
// made it.
func (replay) Check(tx *db.Tx, a *journal.Audit) error {
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditPage, db.Raw(6), a.Operation, from, journal.AuditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			if seq := row.Number(1); !slices.Contains(seqs, seq) {
				seqs = append(seqs, seq)
			}
		}
		acts, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("template")
			check(a, acts[row.Number(1)], row)
		}
		if len(rows) < journal.AuditPage {
			return nil
		}
		from = rows[len(rows)-1].Number(0) + 1
	}
}

func check(a *journal.Audit, act journal.Act, row db.Row) {
	seq, key := row.Number(1), fmt.Sprint(row.Number(0))
	switch {
	case !a.Pay(seq, "template"):
		a.Found(seq, "template", key, "invented: the entry amended no template")
		return
	case act.Erased:
		return
	}
	var d Definition
	if err := json.Unmarshal(act.After, &d); err != nil {
		a.Bad(act, err)
		return
	}
	a.Differs(seq, "template", key, row.Differs(db.RowOf(d.args(seq)...), columns))
}
