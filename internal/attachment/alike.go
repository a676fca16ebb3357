package attachment

import "github.com/tidewaiter/tidewaiter/internal/db"

var (
	selectHaving = db.Statement(`select distinct record from attachment where operation = $1 and record {in $2} order by record`)
	selectSame   = db.Statement(`select distinct b.record from attachment a
		join attachment b on b.operation = a.operation and b.came_sha256 = a.came_sha256 and b.audience {in $3}
		where a.operation = $1 and a.record = $2 and b.record is not null and b.record <> $2 limit $4`)
)

// Having gives those of some records that have attachments, by number, whoever
// may read them.
func Having(tx *db.Tx, operation int64, records db.List) ([]int64, error) {
	if len(records) == 0 {
		return nil, nil
	}
	return db.All(tx, selectHaving, db.Int64, operation, records)
}

// Same gives records of some audiences, at most so many, that have a file which
// came as one of a record's did, byte for byte. The caller may read the record.
func Same(tx *db.Tx, operation int64, readable db.List, record, most int64) ([]int64, error) {
	return db.All(tx, selectSame, db.Int64, operation, record, readable, most)
}
