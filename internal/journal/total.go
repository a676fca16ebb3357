package journal

import "github.com/tidewaiter/tidewaiter/internal/db"

var selectTotal = db.Statement(`select cast(coalesce(sum(size), 0) as bigint) from journal_head`)

// Total is how many entries all journals of the instance hold.
func Total(tx *db.Tx) (int64, error) { return db.One(tx, selectTotal, db.Int64) }
