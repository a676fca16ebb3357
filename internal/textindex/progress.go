package textindex

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// done is a number behind every record: the index is whole.
const done = -1

var (
	selectUpto = db.Statement(`select upto from textword_progress where operation = $1 and version = $2`)
	keepUpto   = db.Statement(`insert into textword_progress (operation, version, upto) values ($1, $2, $3)
		on conflict (operation) do update set version = excluded.version, upto = excluded.upto`)
	forgetUpto = db.Statement(`delete from textword_progress`)
)

// Upto tells before which number the records of an operation are in the index, as
// this segmenter cuts them.
func Upto(tx *db.Tx, operation int64) (int64, error) {
	n, err := db.One(tx, selectUpto, db.Int64, operation, Version)
	if errors.Is(err, db.ErrNone) {
		return 0, nil
	}
	return n, err
}

// Whole tells whether an operation's index holds every record.
func Whole(tx *db.Tx, operation int64) (bool, error) {
	n, err := Upto(tx, operation)
	return n == done, err
}

// Begin says that the index is whole: from now on whoever writes a record puts it
// in. An operation begins so.
func Begin(tx *db.Tx, operation int64) error { return Reached(tx, operation, done) }

// Reached says that the records before a number are in the index.
func Reached(tx *db.Tx, operation, upto int64) error {
	_, err := tx.Exec(keepUpto, operation, Version, upto)
	return err
}

// Forget has the index of every operation be made again.
func Forget(tx *db.Tx) error {
	_, err := tx.Exec(forgetUpto)
	return err
}

// Merge does a part of what keeps the index fast after many writes, on SQLite:
// FTS5 joins some of its segments. PostgreSQL keeps its own house.
func Merge(tx *db.Tx) error {
	if tx.Engine() != "sqlite" {
		return nil
	}
	_, err := tx.Exec(mergeSome, mergePages)
	return err
}

// mergePages bounds one Merge: about 4 KiB each.
const mergePages = 500
