package contact

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const columns = `operation, seq, organisation, id, brand, dropped, body`

var (
	selectOne = db.Statement(`select ` + columns + ` from contact where operation = $1 and organisation = $2 and id = $3`)
	selectOf  = db.Statement(`select ` + columns + ` from contact where operation = $1 and organisation {in $2} and not dropped order by seq`)
	selectAll = db.Statement(`select ` + columns + ` from contact where operation = $1 and not dropped order by seq`)
	put       = db.Statement(`insert into contact (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, seq) do update set brand = excluded.brand, dropped = excluded.dropped, body = excluded.body`)

	auditRows = db.Statement(`select ` + columns + ` from contact where operation = $1 order by seq`)
	strayRows = db.Statement(`select operation, count(*) from contact where not (operation {in $1}) group by operation order by operation`)
)

func (c Contact) args(op int64) []any {
	return []any{op, c.Seq, c.Organisation, string(c.ID), string(c.Brand), c.Dropped, db.Encoded(c)}
}

// scan reads the body, which says all; the columns beside it are for finding.
func scan(row db.Scanner) (c Contact, err error) {
	var op, seq, organisation int64
	var id, brand string
	var dropped bool
	err = row.Scan(&op, &seq, &organisation, &id, &brand, &dropped, db.Decode(&c))
	return c, err
}

// StrayTables are this package's tables for journal.Strays.
func StrayTables() map[string]db.SQL { return map[string]db.SQL{"contact": strayRows} }

// NewReplay follows an operation's journal and knows which contacts should stand.
func NewReplay() *journal.Kept[Contact] {
	return &journal.Kept[Contact]{Table: "contact", Columns: columns, All: auditRows, Width: 7,
		Verbs: []string{string(access.ContactSet), string(access.ContactDrop), string(access.ContactTest)},
		Row: func(op, seq int64, c Contact) (string, []any) {
			if c.Seq == 0 {
				c.Seq = seq
			}
			return journal.Key(c.Seq), c.args(op)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(1)) }}
}
