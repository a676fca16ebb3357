package message

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var countWarnings = db.Statement(`select count(*), count(case when written >= $3 and written < $4 then 1 end) from message
	where operation = $1 and audience {in $2} and template = 'warning'`)

// SentCounts are the warnings that a reader may read.
type SentCounts struct {
	All    int64
	Within int64 // of them, sent in a stretch of time
}

// WarningsSent counts warnings, and those sent from one moment to before another.
func WarningsSent(tx *db.Tx, op int64, readable db.List, from, to time.Time) (SentCounts, error) {
	return db.One(tx, countWarnings, func(row db.Scanner) (SentCounts, error) {
		var c SentCounts
		err := row.Scan(&c.All, &c.Within)
		return c, err
	}, op, readable, from, to)
}
