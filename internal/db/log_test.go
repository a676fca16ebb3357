package db_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

// The log of the shipped driver stays bounded under a writer that never rests and
// readers that overlap without end. A restart that readers did not let through is
// tried again after a rest, so the bound is not held to the page.
func TestLogBeginsAnew(t *testing.T) {
	const bound, writes = 60, 1500
	held, free := logAfter(t, bound, writes), logAfter(t, 1<<30, writes)
	if held > free*3/4 {
		t.Errorf("the log grew to %d pages, and to %d without a bound; the bound is %d, of %d writes", held, free, bound, 2*writes)
	}
	t.Logf("%d pages at most, %d without a bound", held, free)
}

// logAfter tells how many pages the log has grown to after so many writes of each
// of two writers.
func logAfter(t *testing.T, bound int64, writes int) int64 {
	t.Helper()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "test.db")
	d, err := db.OpenDriver(ctx, path, db.Driver{Name: "sqlite", Checkpoint: 10 * time.Millisecond, MaxLog: bound})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := migrate.Up(ctx, d); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				err := d.Read(ctx, func(tx *db.Tx) error {
					_, err := db.One(tx, countHeads, db.Int64, 0)
					<-time.After(3 * time.Millisecond)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for k := range 2 {
		writers.Go(func() {
			for n := range writes {
				err := d.Write(ctx, "", func(tx *db.Tx) error {
					tx.Journalled()
					_, err := tx.Exec(insertHead, 1000+k*writes+n, 1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return log.Size() / 4096 // the file keeps the size it once had: what it had to hold at most
}
