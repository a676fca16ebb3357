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

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "contact"}}, Operation: newReplay}
}

// newReplay follows an operation's journal and knows which contacts should stand.
func newReplay(*journal.Audit) journal.Replay {
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
