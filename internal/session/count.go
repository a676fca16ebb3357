package session

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var countOpen = db.Statement(`select count(*) from session where ends > $1`)

// Count is how many sessions have not reached their end; some of them are idle
// for too long, and go with the next cleaning.
func Count(tx *db.Tx, now time.Time) (int64, error) { return db.One(tx, countOpen, db.Int64, now) }
