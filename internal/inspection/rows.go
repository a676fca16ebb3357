package inspection

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const columns = `operation, seq, organisation, id, person, product, until, body`

var (
	selectByID    = db.Statement(`select ` + columns + ` from inspection where operation = $1 and organisation = $2 and id = $3`)
	selectRunning = db.Statement(`select ` + columns + ` from inspection where operation = $1 and person = $2 and product = $3 and organisation = $4 and until > $5
		order by seq desc limit 1`)
	selectOf = db.Statement(`select ` + columns + ` from inspection where operation = $1 and product {in $2} order by seq`)
	auditAll = db.Statement(`select ` + columns + ` from inspection where operation = $1 order by seq`)
	insert   = db.Statement(`insert into inspection (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
)

func (i Inspection) args(op int64) []any {
	return []any{op, i.Seq, i.Organisation, string(i.ID), i.Person, i.Product, i.Until, db.Encoded(i)}
}

// The body says all; the columns beside it are for finding.
func scan(row db.Scanner) (i Inspection, err error) {
	var op, seq, organisation, product int64
	var id, person string
	var until time.Time
	err = row.Scan(&op, &seq, &organisation, &id, &person, &product, db.Time(&until), db.Decode(&i))
	return i, err
}

// Days counts, for sheets of the library, how often their covert features were opened
// on each day and by which organisation, the oldest day first. It shows nothing to
// anybody: its caller says who may know what.
func Days(tx *db.Tx, library int64, sheets db.List) ([]Day, error) {
	if len(sheets) == 0 {
		return nil, nil
	}
	all, err := db.All(tx, selectOf, scan, library, sheets)
	var out []Day
	at := map[Day]int{}
	for _, i := range all {
		d := Day{Product: i.Product, Organisation: i.Organisation, Day: i.At.UTC().Format(time.DateOnly)}
		n, ok := at[d]
		if !ok {
			n, out = len(out), append(out, d)
			at[d] = n
		}
		out[n].Openings++
	}
	return out, err
}

// newReplay holds the table against the entries of the library.
func newReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Inspection]{Table: "inspection", Columns: columns, All: auditAll, Width: 8, Verbs: []string{verb},
		Row: func(operation, seq int64, i Inspection) (string, []any) {
			i.Seq = seq
			return journal.Key(operation, seq), i.args(operation)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(0), row.Number(1)) }}
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "inspection"}}, Operation: newReplay}
}
