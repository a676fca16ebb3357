package warning

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditActs = db.Statement(`select ` + columns + ` from warning_act where operation = $1 and seq >= $2 order by seq limit $3`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "warning_act"}}, Operation: newReplay}
}

// replay holds rows against their entries, one by one.
type replay struct{}

func newReplay(*journal.Audit) journal.Replay { return replay{} }

// Take takes the next entry of an operation's journal; false: it made no act here.
func (replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.WarningAcknowledge, access.WarningAssign, access.WarningRemind, access.WarningEscalate:
		a.Owe(act.Seq, "warning_act")
		return true
	}
	return false
}

// Check holds every act of an operation against the entry that made it.
func (replay) Check(tx *db.Tx, a *journal.Audit) error {
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditActs, db.Raw(8), a.Operation, from, journal.AuditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			seqs = append(seqs, row.Number(0))
		}
		entries, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("warning_act")
			check(a, entries[row.Number(0)], row)
		}
		if len(rows) < journal.AuditPage {
			return nil
		}
		from = seqs[len(seqs)-1] + 1
	}
}

func check(a *journal.Audit, entry journal.Act, row db.Row) {
	seq := row.Number(0)
	key := fmt.Sprint(seq)
	if !a.Pay(seq, "warning_act") {
		a.Found(seq, "warning_act", key, "invented: the entry did nothing about a warning")
		return
	}
	if entry.Erased {
		return
	}
	var act Act
	if err := json.Unmarshal(entry.After, &act); err != nil {
		a.Bad(entry, err)
		return
	}
	act.Seq = seq
	a.Differs(seq, "warning_act", key, row.Differs(db.RowOf(act.args()...), columns))
}
