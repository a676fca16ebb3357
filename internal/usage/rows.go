package usage

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const columns = `operation, seq, organisation, body`

var (
	insert    = db.Statement(`insert into consent (` + columns + `) values ($1, $2, $3, $4)`)
	selectAll = db.Statement(`select body from consent where operation = $1 order by seq`)
	auditAll  = db.Statement(`select ` + columns + ` from consent where operation = $1 order by seq`)
)

func (c Consent) args(op int64) []any {
	return []any{op, c.Seq, c.Organisation, db.Encoded(c)}
}

// newReplay holds the table against the entries of the library.
func newReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Consent]{Table: "consent", Columns: columns, All: auditAll, Width: 4, Verbs: []string{string(access.ProductConsent)},
		Row: func(operation, seq int64, c Consent) (string, []any) {
			c.Seq = seq
			return journal.Key(operation, seq), c.args(operation)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(0), row.Number(1)) }}
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "consent"}}, Operation: newReplay}
}
