package journal

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	selectFrom = db.Statement(`select ` + entryColumns + ` from journal where operation = $1 and seq >= $2 order by seq limit $3`)
	// selectBetween: what a listener missed, of what it may read.
	selectBetween = db.Statement(`select ` + entryColumns + ` from journal
		where operation = $1 and seq > $2 and seq < $3 and audience {in $4} order by seq limit $5`)
	selectNewestReadable = db.Statement(`select seq from journal where operation = $1 and seq <= $2 and audience {in $3} order by seq desc limit 1`)
	selectSizes          = db.Statement(`select operation, size from journal_head where operation {in $1}`)
)

// From gives entries from an index on, oldest first.
func From(tx *db.Tx, operation, seq, limit int64) ([]Entry, error) {
	return db.All(tx, selectFrom, scanEntry, operation, seq, limit)
}

// Between gives the entries of some audiences after one index and before
// another, oldest first.
func Between(tx *db.Tx, operation, after, before int64, audiences db.List, limit int64) ([]Entry, error) {
	return db.All(tx, selectBetween, scanEntry, operation, after, before, audiences, limit)
}

// Newest gives the index of the newest entry of some audiences up to an index; 0
// when there is none.
func Newest(tx *db.Tx, operation, upTo int64, audiences db.List) (int64, error) {
	seq, err := db.One(tx, selectNewestReadable, db.Int64, operation, upTo, audiences)
	if errors.Is(err, db.ErrNone) {
		return 0, nil
	}
	return seq, err
}

// Sizes gives the number of entries of several journals.
func Sizes(tx *db.Tx, operations db.List) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := db.All(tx, selectSizes, func(row db.Scanner) (int64, error) {
		var op, size int64
		err := row.Scan(&op, &size)
		out[op] = size
		return op, err
	}, operations)
	return out, err
}
