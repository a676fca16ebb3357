package textindex

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// done is a number behind every record: the index is whole.
const done = -1

var (
	selectUpto = db.Statement(`select upto from textword_progress where operation = $1 and version = $2`)
	keepUpto   = db.Statement(`insert into textword_progress (operation, version, upto) values ($1, $2, $3)
		on conflict (operation) do update set version = excluded.version, upto = excluded.upto`)
	forgetUpto = db.Statement(`delete from textword_progress`)
)

// Tables are what this package keeps, beside the index itself.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "textword_progress",
		Unsaid:  "derived: how far the index of words is made; what search shows is read from the records (decision 29)",
		Stays:   "how far the index of words is made: it is made again from the records",
		Unsaved: "how far the index of words is made: it is made again from the records"}}}
}

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

// scrubPages is how many pages of FTS5 a step of Scrub writes; scrubSteps bounds it.
const (
	scrubPages = 2000
	scrubSteps = 10_000
)

// Scrub has the words of dropped records leave the index for good. PostgreSQL drops
// them with their rows; FTS5 keeps them, marked as deleted, in its segments until
// these are joined: so all are, in steps between which others write.
func Scrub(ctx context.Context, d *db.DB) error {
	pages := int64(-scrubPages) // the first step gathers all segments for the next ones
	for range scrubSteps {
		more := false
		err := d.Keep(ctx, func(tx *db.Tx) error {
			if tx.Engine() != "sqlite" {
				return nil
			}
			before, err := db.One(tx, changed, db.Int64)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(mergeSome, pages); err != nil {
				return err
			}
			after, err := db.One(tx, changed, db.Int64)
			more = after-before >= 2 // as FTS5 says that it did something
			return err
		})
		if err != nil || !more {
			return err
		}
		pages = scrubPages
	}
	return nil
}
