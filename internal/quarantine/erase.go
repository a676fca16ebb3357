package quarantine

import "github.com/tidewaiter/tidewaiter/internal/db"

var (
	selectOf  = db.Statement(`select seq from quarantine where operation = $1 and organisation = $2 and kind = $3 and record = $4 order by seq`)
	eraseKept = db.Statement(`update quarantine set content = '' where operation = $1 and organisation = $2 and kind = $3 and record = $4`)
)

// Erase takes away for good what was kept under the id of a record, and gives the
// entries that kept it: their contents must be erased too.
func Erase(tx *db.Tx, operation, organisation int64, kind, record string) ([]int64, error) {
	seqs, err := db.All(tx, selectOf, db.Int64, operation, organisation, kind, record)
	if err != nil || len(seqs) == 0 {
		return nil, err
	}
	_, err = tx.Exec(eraseKept, operation, organisation, kind, record)
	return seqs, err
}
