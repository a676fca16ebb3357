package powercut

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	countHeads = db.Statement(`select count(*) from journal_head where operation >= $1`)
	insertHead = db.Statement(`insert into journal_head (operation, size) values ($1, $2)`)
)

// TestCommitThatWasNotAnsweredIsNotRepeated: a flush that fails may have reached
// the disk all the same, so the units of that batch are refused and not run again.
func TestCommitThatWasNotAnsweredIsNotRepeated(t *testing.T) {
	w, dir := getWorld(t), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		ctx, d := context.Background(), NewDisk(1, fileName, w.image)
		tr := &trial{seed: 1, flush: "unanswered", dir: dir}
		path, vfs := tr.next()
		defer Mount(vfs, d)()
		p, err := boot(path, vfs, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		defer p.d.Close()
		time.Sleep(time.Second) // what the start wrote has been moved into the file
		var runs, refused atomic.Int64
		var wg sync.WaitGroup
		unit := func(n int) {
			err := p.d.Write(ctx, "", func(tx *db.Tx) error {
				runs.Add(1)
				tx.Journalled()
				_, err := tx.Exec(insertHead, 1000+n, 1)
				return err
			})
			if err != nil {
				refused.Add(1)
			}
		}
		held, queued := make(chan struct{}), make(chan struct{})
		wg.Go(func() { // holds the writer until the others stand in the queue
			_ = p.d.Write(ctx, "", func(*db.Tx) error { close(held); <-queued; return errors.New("refused") })
		})
		<-held
		for n := range 3 {
			wg.Go(func() { unit(n) })
		}
		synctest.Wait()
		d.FailFlushes(1)
		close(queued)
		wg.Wait()
		if runs.Load() != 3 || refused.Load() != 3 {
			t.Errorf("3 units ran %d times, %d were refused", runs.Load(), refused.Load())
		}
		unit(9) // the store goes on by itself
		if runs.Load() != 4 || refused.Load() != 3 {
			t.Errorf("afterwards %d runs, %d refused", runs.Load(), refused.Load())
		}
	})
}

// TestLogIsBounded: under readers that overlap without end a passive checkpoint
// never lets the log begin anew; beyond its bound the store sees to it.
func TestLogIsBounded(t *testing.T) {
	w, dir := getWorld(t), t.TempDir()
	grows := func(bound int64) (largest int) {
		synctest.Test(t, func(t *testing.T) {
			ctx, d := context.Background(), NewDisk(1, fileName, w.image)
			tr := &trial{seed: uint64(bound), flush: "bound", dir: dir}
			path, vfs := tr.next()
			defer Mount(vfs, d)()
			store, err := db.OpenDriver(ctx, path, db.Driver{Name: DriverName, VFS: vfs, Checkpoint: 5 * time.Millisecond, MaxLog: bound})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			var wg sync.WaitGroup
			done := make(chan struct{})
			for k := range 2 {
				wg.Go(func() {
					time.Sleep(time.Duration(k) * 10 * time.Millisecond)
					for {
						select {
						case <-done:
							return
						default:
						}
						err := store.Read(ctx, func(tx *db.Tx) error {
							_, err := db.One(tx, countHeads, db.Int64, 0)
							time.Sleep(20 * time.Millisecond)
							return err
						})
						if err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			for n := range 1500 {
				err := store.Write(ctx, "", func(tx *db.Tx) error {
					tx.Journalled()
					_, err := tx.Exec(insertHead, 1000+n, 1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				largest = max(largest, d.Size(fileName+"-wal"))
			}
			close(done)
			wg.Wait()
		})
		return largest
	}
	const bound = 60
	free, bounded := grows(1<<30), grows(bound)
	if free < 5*bound*page {
		t.Errorf("without a bound the log grew to %d bytes only: the trial proves nothing", free)
	}
	// A restart that readers did not let through is tried again after a rest.
	if bounded > free/2 {
		t.Errorf("the log grew to %d bytes, and to %d without a bound; the bound is %d pages", bounded, free, bound)
	}
	t.Logf("largest log: %d bytes unbounded, %d with a bound of %d pages", free, bounded, bound)
}

// TestFramesOfAFailedFlushAreNotBuiltUpon: frames whose flush failed are still seen
// by whoever opens the log anew, and would count as committed there, though no
// later flush saves them: what is acknowledged behind them must survive all the same.
func TestFramesOfAFailedFlushAreNotBuiltUpon(t *testing.T) {
	w, dir := getWorld(t), t.TempDir()
	for seed := uint64(1); seed <= 8; seed++ {
		for _, again := range []bool{false, true} { // in the same process, and in one started again
			synctest.Test(t, func(t *testing.T) {
				ctx, d := context.Background(), NewDisk(seed, fileName, w.image)
				tr := &trial{seed: seed, flush: fmt.Sprint("built", again), dir: dir}
				open := func() (*db.DB, func()) {
					path, vfs := tr.next()
					unmount := Mount(vfs, d)
					store, err := db.OpenDriver(ctx, path, db.Driver{Name: DriverName, VFS: vfs, Checkpoint: time.Hour})
					if err != nil {
						t.Fatal(err)
					}
					return store, unmount
				}
				write := func(store *db.DB, n int) error {
					return store.Write(ctx, "", func(tx *db.Tx) error {
						tx.Journalled()
						_, err := tx.Exec(insertHead, 2000+n, 1)
						return err
					})
				}
				store, unmount := open()
				if err := write(store, 0); err != nil {
					t.Fatal(err)
				}
				d.FailFlushes(3) // of the commit, and of every attempt to tidy up behind it
				if err := write(store, 1); err == nil {
					t.Fatal("a commit whose flush failed was acknowledged")
				}
				if again {
					_ = store.Close()
					unmount()
					d.FailFlushes(0)
					store, unmount = open()
				}
				d.FailFlushes(0)
				for n := 2; n < 5; n++ {
					if err := write(store, n); err != nil {
						t.Fatal(err)
					}
				}
				d.CutAt(1) // the power goes with the next change
				_ = write(store, 9)
				_ = store.Close()
				unmount()
				d = d.Reboot()
				store, unmount = open()
				var kept int64
				err := store.Read(ctx, func(tx *db.Tx) (err error) {
					kept, err = db.One(tx, countHeads, db.Int64, 2002)
					return err
				})
				if err != nil || kept < 3 {
					t.Errorf("seed %d, started again %v: %d of 3 acknowledged writes are there, %v", seed, again, kept, err)
				}
				_ = store.Close()
				unmount()
			})
		}
	}
}
