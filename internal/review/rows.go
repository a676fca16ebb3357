package review

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const columns = `seq, seizure, organisation, verdict, side, author, at, version, reason, audience`

var (
	insertReview = db.Statement(`insert into review (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	selectOf     = db.Statement(`select ` + columns + ` from review where operation = $1 and seizure = $2 and audience {in $3} order by seq`)
	selectAll    = db.Statement(`select ` + columns + ` from review where operation = $1 and seizure = $2 order by seq`)
	selectBack   = db.Statement(`select ` + columns + ` from review where operation = $1 and organisation = $2 and verdict = 'returned'
		and audience {in $3} order by seq desc limit $4`)
	selectSeizure = db.Statement(`select seizure from review where operation = $1 and seq = $2`)
	eraseReasons  = db.Statement(`update review set reason = '' where operation = $1 and seizure = $2`)
)

func (r Review) args(op int64) []any {
	return []any{op, r.Seq, r.Seizure, r.Organisation, r.Verdict, r.Side, r.Author, r.At, r.Version, r.Reason, r.Audience}
}

func scan(row db.Scanner) (Review, error) {
	var r Review
	err := row.Scan(&r.Seq, &r.Seizure, &r.Organisation, &r.Verdict, &r.Side, &r.Author, db.Time(&r.At), &r.Version, &r.Reason, &r.Audience)
	return r, err
}

// Of gives the case that a review is about, by the number of the review, whoever
// may read it: for housekeeping.
func Of(tx *db.Tx, op, seq int64) (seizure.Case, error) {
	number, err := db.One(tx, selectSeizure, db.Int64, op, seq)
	if err != nil {
		return seizure.Case{}, err
	}
	return seizure.Numbered(tx, op, number)
}

// Erase takes the reasons away that stand at a case whose content is erased, and
// gives the entries that hold them, for the caller to erase. Of other records it
// knows nothing.
func Erase(tx *db.Tx, op int64, kind string, record int64) ([]int64, error) {
	if kind != reading.Case {
		return nil, nil
	}
	all, err := db.All(tx, selectAll, scan, op, record)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var entries []int64
	for _, r := range all {
		entries = append(entries, r.Seq)
	}
	_, err = tx.Exec(eraseReasons, op, record)
	return entries, err
}
