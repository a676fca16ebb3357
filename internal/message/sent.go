package message

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
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

var (
	countSince = db.Statement(`select count(*), count(case when template = 'warning' then 1 end) from message
	where operation = $1 and audience {in $2} and written >= $3`)
	selectUnanswered = db.Statement(`select seq, written from message where operation = $1 and ` + openWarning + ` order by seq`)
)

// Since counts the messages written since a moment, and the warnings among them.
func Since(tx *db.Tx, op int64, readable db.List, at time.Time) (messages, warnings int64, err error) {
	_, err = db.One(tx, countSince, func(row db.Scanner) (struct{}, error) {
		return struct{}{}, row.Scan(&messages, &warnings)
	}, op, readable, at)
	return messages, warnings, err
}

// Unanswered is a warning that is open for a reader, and since when.
type Unanswered struct {
	Seq     int64
	Written time.Time
}

// OpenSince lists the warnings that OpenWarnings counts, the oldest first.
func OpenSince(tx *db.Tx, st operation.Standing, readable db.List) ([]Unanswered, error) {
	own, err := toOwn(tx, st)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectUnanswered, func(row db.Scanner) (Unanswered, error) {
		var u Unanswered
		err := row.Scan(&u.Seq, db.Time(&u.Written))
		return u, err
	}, st.Operation.Number, readable, st.Who.Organisation, st.Now, own)
}
