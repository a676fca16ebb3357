package attachment

import "github.com/tidewaiter/tidewaiter/internal/db"

var (
	selectHaving = db.Statement(`select distinct record from attachment where operation = $1 and record {in $2} order by record`)
	selectSame   = db.Statement(`select a.seq, b.seq, b.record from attachment a
		join attachment b on b.operation = a.operation and b.came_sha256 = a.came_sha256 and b.audience {in $3}
		where a.operation = $1 and a.record = $2 and a.main_blob <> '' and b.record is not null and b.record <> $2 and b.main_blob <> ''
		order by b.record, b.seq, a.seq limit $4`)
)

// Having gives those of some records that have attachments, by number, whoever may read them.
func Having(tx *db.Tx, operation int64, records db.List) ([]int64, error) {
	if len(records) == 0 {
		return nil, nil
	}
	return db.All(tx, selectHaving, db.Int64, operation, records)
}

// Pair are two attachments that came as the same file, byte for byte: one of a record, and one of another.
type Pair struct{ Own, Other, Record int64 }

// Same gives what records of some audiences have, at most so many, that came as
// one of a record's did, and was not erased. The caller may read the record.
func Same(tx *db.Tx, operation int64, readable db.List, record, most int64) ([]Pair, error) {
	return db.All(tx, selectSame, scanPair, operation, record, readable, most)
}

func scanPair(row db.Scanner) (p Pair, err error) {
	err = row.Scan(&p.Own, &p.Other, &p.Record)
	return p, err
}
