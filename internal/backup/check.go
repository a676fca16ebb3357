package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

func unequal(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrUnequal}, args...)...)
}

// check wants a database that was loaded to be what the backup's first line says:
// the engine finds it sound, each journal has the size and the root that it had,
// made anew from its entries and from its stored hashes, and every content that
// is still there is what its entry promised.
//
// Then every row is held against the entry that made it, as verify does.
func check(ctx context.Context, d *db.DB, h Header) error {
	err := d.Read(ctx, func(tx *db.Tx) error {
		if err := db.Sound(tx); err != nil {
			return err
		}
		stored, err := journal.Heads(tx)
		if err != nil {
			return unequal("%v", err)
		}
		if !slices.Equal(stored, h.Journals) {
			return unequal("its first line names %d journals, with other sizes or roots than its rows have", len(h.Journals))
		}
		for _, t := range stored {
			made, err := journal.Rebuild(tx, t.Operation)
			if err != nil {
				return unequal("%v", err)
			}
			if made != t {
				return unequal("journal %d: the entries make a tree of size %d and root %s, its first line says %d and %s",
					t.Operation, made.Size, made.Root, t.Size, t.Root)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r, err := verify.Database(ctx, d, verify.Options{})
	if err == nil && !r.Fine() {
		err = unequal("%d findings in what was backed up, the first: %s", int64(len(r.Findings))+r.More, r.Findings[0])
	}
	return err
}

// compare wants the journals of a backup to be the beginning of those of the live
// instance. ahead is how many entries the live one has more.
func compare(ctx context.Context, live Place, h Header) (ahead int64, err error) {
	if err := live.exists(); err != nil {
		return 0, err
	}
	d, err := db.Open(ctx, live.url())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	err = d.Read(ctx, func(tx *db.Tx) error {
		for _, t := range h.Journals {
			size, err := journal.Size(tx, t.Operation)
			if errors.Is(err, db.ErrNone) || err == nil && size < t.Size {
				return unequal("journal %d has %d entries in the backup and %d in the live instance: that one was restored from an older backup, or is another instance",
					t.Operation, t.Size, size)
			}
			if err != nil {
				return err
			}
			then, err := journal.HeadAt(tx, t.Operation, t.Size)
			if err != nil {
				return err
			}
			if then != t {
				return unequal("journal %d, at size %d: root %s in the backup, %s in the live instance: one of them was changed, or they are two instances",
					t.Operation, t.Size, t.Root, then.Root)
			}
			ahead += size - t.Size
		}
		return nil
	})
	return ahead, err
}
