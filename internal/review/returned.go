package review

import "github.com/tidewaiter/tidewaiter/internal/db"

var selectReturned = db.Statement(`select distinct seizure from review where operation = $1 and verdict = 'returned' and audience {in $2} order by seizure`)

// EverReturned gives the numbers of the cases that were asked to be corrected at least
// once, as far as the reader of some audiences knows.
func EverReturned(tx *db.Tx, op int64, readable db.List) (db.List, error) {
	return db.All(tx, selectReturned, db.Int64, op, readable)
}
