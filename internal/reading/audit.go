package reading

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditReads = db.Statement(`select operation, ` + columns + ` from reading where operation = $1 and seq >= $2 and seq < $3
		order by kind, record, organisation, person, day, act`)
	auditStray = db.Statement(`select operation, ` + columns + ` from reading where operation = $1 and (seq < 0 or seq >= $2)
		order by kind, record, organisation, person, day, act limit 1000`)
)

// Tables are what this package keeps; journals of who read what have a Replay of
// their own.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "reading"},
		},
	}
}

// Replay follows the journal of an operation's reads.
type Replay struct {
	operation int64
}

// NewReplay begins at an empty journal of who read what in an operation.
func NewReplay(operation int64) journal.Replay { return &Replay{operation} }

// Take takes the next entry; false: it noted no reads.
func (r *Replay) Take(_ *journal.Audit, act journal.Act) bool { return act.Verb == verb }

// span is how many entries are compared at once.
const span = 100

// Check holds every read against the entry that noted it.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for from := int64(0); from < a.Size; from += span {
		if err := r.part(tx, a, from, min(from+span, a.Size)); err != nil {
			return err
		}
	}
	rows, err := db.All(tx, auditStray, db.Raw(9), r.operation, a.Size)
	for _, row := range rows {
		a.Compared("reading")
		a.Found(journal.NoEntry, "reading", key(row), "invented: no entry noted it")
	}
	return err
}

func (r *Replay) part(tx *db.Tx, a *journal.Audit, from, to int64) error {
	rows, err := db.All(tx, auditReads, db.Raw(9), r.operation, from, to)
	if err != nil {
		return err
	}
	var seqs []int64
	for seq := from; seq < to; seq++ {
		seqs = append(seqs, seq)
	}
	acts, err := a.Acts(tx, seqs)
	if err != nil {
		return err
	}
	want := journal.Rows{Table: "reading", Columns: `operation, ` + columns}
	for _, seq := range seqs {
		act, there := acts[seq]
		if !there || act.Erased {
			continue
		}
		var all []Read
		if err := json.Unmarshal(act.After, &all); err != nil {
			a.Bad(act, err)
			continue
		}
		for _, n := range all {
			args := []any{r.operation, n.Kind, n.Record, n.Organisation, n.Person, n.Day, n.Act, n.At, seq}
			want.Put(seq, key(db.RowOf(args...)), args...)
		}
	}
	want.Check(a, rows, key)
	return nil
}

func key(row db.Row) string {
	return journal.Key(row.Text(1), row.Number(2), row.Number(3), row.Text(4), row.Text(5), row.Text(6))
}
