package journal

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

const checkpointColumns = `operation, size, root, note, at`

var (
	insertCheckpoint = db.Statement(`insert into checkpoint (` + checkpointColumns + `) values ($1, $2, $3, $4, $5)
		on conflict (operation, size) do nothing`)
	selectNewest      = db.Statement(`select size from checkpoint where operation = $1 order by size desc limit 1`)
	selectMarks       = db.Statement(`select size from checkpoint where operation = $1 order by size`)
	selectCheckpoints = db.Statement(`select ` + checkpointColumns + ` from checkpoint where operation = $1 and size >= $2 order by size limit $3`)
)

// Keep signs what a journal is now and stores it, if it has grown since the last
// time. code is the operation's, or InstanceName. It belongs to housekeeping.
func Keep(tx *db.Tx, s *Signer, operation int64, code string, at time.Time) error {
	size, err := Size(tx, operation)
	if err != nil || size == 0 {
		return err
	}
	newest, err := db.One(tx, selectNewest, db.Int64, operation)
	if errors.Is(err, db.ErrNone) {
		newest, err = -1, nil
	}
	if err != nil || newest >= size {
		return err
	}
	root, err := Root(tx, operation, size)
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertCheckpoint, operation, size, root.String(), s.Checkpoint(code, size, root), at)
	return err
}

// MarkStored sets Marks to the sizes of the stored checkpoints, beside those that
// are set.
func (a *Audit) MarkStored(tx *db.Tx) error {
	sizes, err := db.All(tx, selectMarks, db.Int64, a.Operation)
	if a.Marks == nil {
		a.Marks = map[int64]bool{}
	}
	for _, n := range sizes {
		a.Marks[n] = true
	}
	return err
}

// StoredCheckpoints is how many there are, and how many of them nobody
// vouches for: their keys were not given.
type StoredCheckpoints struct{ All, Unverified int64 }

// CheckStored holds the stored checkpoints against the tree that Walk made, and
// against the keys.
func (a *Audit) CheckStored(tx *db.Tx, verifiers []string) (StoredCheckpoints, error) {
	var n StoredCheckpoints
	for from := int64(0); ; {
		rows, err := db.All(tx, selectCheckpoints, db.Raw(5), a.Operation, from, AuditPage)
		if err != nil {
			return n, err
		}
		for _, r := range rows {
			n.All++
			from = r.Number(1) + 1
			c, err := OpenCheckpoint(r.Text(3), verifiers...)
			key := fmt.Sprintf("size %d", r.Number(1))
			switch {
			case errors.Is(err, ErrUnverified):
				n.Unverified++
			case err != nil:
				a.Found(NoEntry, "checkpoint", key, "%v", err)
				continue
			}
			if c.Size != r.Number(1) || c.Root.String() != r.Text(2) || CodeOf(c.Origin) != a.Code {
				a.Found(NoEntry, "checkpoint", key, "the columns are not what the note says")
				continue
			}
			a.Hold(c, "checkpoint", key)
		}
		if len(rows) < AuditPage {
			return n, nil
		}
	}
}

// Hold holds a checkpoint against the tree that Walk made; its size must have
// been among Marks. table and key say where it comes from.
func (a *Audit) Hold(c Checkpoint, table, key string) {
	root, there := a.Roots[c.Size]
	switch {
	case c.Size > a.walk.tree.Size():
		a.Found(a.walk.tree.Size(), table, key, "the checkpoint says that there were %d entries, there are %d: entries were dropped", c.Size, a.walk.tree.Size())
	case !there:
		a.Found(NoEntry, table, key, "too much is missing to compare the checkpoint of %d entries", c.Size)
	case root != c.Root:
		a.Found(max(c.Size-1, 0), table, key, "the entries 0 to %d are not those that were signed: at least one was changed, put in or left out", c.Size-1)
	}
}

// HoldReceipt holds a receipt against the entries that Walk saw; its index must
// have been among Points, or its leaf among Sought where it names no index.
func (a *Audit) HoldReceipt(r Receipt, key string) {
	leaf, there := a.Leaves[r.Index]
	switch {
	case r.Index == Unplaced && !a.Sought[r.Leaf]:
		a.Found(NoEntry, "receipt", key, "the entry that the receipt was given for is not there")
	case r.Index == Unplaced:
	case !there:
		a.Found(r.Index, "receipt", key, "the entry that the receipt was given for is not there")
	case leaf != r.Leaf:
		a.Found(r.Index, "receipt", key, "the entry is not the one that the receipt was given for")
	}
}

// Seek has Walk look for the entry of a receipt.
func (a *Audit) Seek(r Receipt) {
	if a.Points == nil {
		a.Points, a.Sought = map[int64]bool{}, map[tlog.Hash]bool{}
	}
	if r.Index == Unplaced {
		a.Sought[r.Leaf] = false
		return
	}
	a.Points[r.Index] = true
}

// seek notes that a leaf was seen which a receipt without an index speaks of.
func (a *Audit) seek(leaf tlog.Hash) {
	if _, sought := a.Sought[leaf]; sought {
		a.Sought[leaf] = true
	}
}
