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
	strays    = db.Statement(`select operation, count(*) from consent where not (operation {in $1}) group by operation order by operation`)
)

func (c Consent) args(op int64) []any {
	return []any{op, c.Seq, c.Organisation, db.Encoded(c)}
}

// NewReplay holds the table against the entries of the library.
func NewReplay() *journal.Kept[Consent] {
	return &journal.Kept[Consent]{Table: "consent", Columns: columns, All: auditAll, Width: 4, Verbs: []string{string(access.ProductConsent)},
		Row: func(operation, seq int64, c Consent) (string, []any) {
			c.Seq = seq
			return journal.Key(operation, seq), c.args(operation)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(0), row.Number(1)) }}
}

// StrayTables are this package's tables for journal.Strays.
func StrayTables() map[string]db.SQL { return map[string]db.SQL{"consent": strays} }
