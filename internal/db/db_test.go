package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

var (
	insertHead = db.Statement(`insert into journal_head (operation, size) values ($1, $2)`)
	countHeads = db.Statement(`select count(*) from journal_head where operation >= $1`)
	headsIn    = db.Statement(`select size from journal_head where operation {in $1} order by operation`)
	upsertHead = db.Statement(`insert into journal_head as h (operation, size) values ($1, $2)
		on conflict (operation) do update set size = h.size + excluded.size`)
)

var errRefused = errors.New("refused")

func count(t *testing.T, d *db.DB, from int64) int64 {
	t.Helper()
	var n int64
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.One(tx, countHeads, db.Int64, from)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Of many units at once, of which some fail, panic, append nothing or are given
// up, exactly the good ones are stored.
func TestGroupCommitStoresExactlyTheGoodOnes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		var good atomic.Int64
		for i := range 400 {
			wg.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if i%7 == 6 {
					cancel()
				}
				defer func() {
					if r := recover(); (r != nil) != (i%7 == 3) {
						t.Errorf("unit %d: recovered %v", i, r)
					}
				}()
				err := d.Write(ctx, "", func(tx *db.Tx) error {
					if _, err := tx.Exec(insertHead, 1000+i, i); err != nil {
						return err
					}
					switch i % 7 {
					case 2:
						return errRefused
					case 3:
						panic("bug")
					case 4: // not journalled
						return nil
					case 5:
						tx.Journalled()
						return db.Unchanged
					}
					tx.Journalled()
					return nil
				})
				want := map[int]error{2: errRefused, 4: db.ErrUnjournalled, 6: context.Canceled}[i%7]
				if !errors.Is(err, want) {
					t.Errorf("unit %d: %v, want %v", i, err, want)
				}
				if i%7 < 2 {
					good.Add(1)
				}
			})
		}
		wg.Wait()
		if n := count(t, d, 1000); n != good.Load() || n == 0 {
			t.Errorf("stored %d, want %d", n, good.Load())
		}
	})
}

// A statement that failed fails its unit, on both engines, even when the
// function swallows the error; its neighbours are stored.
func TestSwallowedErrorFailsTheUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Write(ctx, "", func(tx *db.Tx) error {
			tx.Journalled()
			if _, err := tx.Exec(insertHead, 5, 1); err != nil {
				return err
			}
			_, _ = tx.Exec(insertHead, 5, 2)
			return nil
		})
		if err == nil || count(t, d, 5) != 0 {
			t.Errorf("err %v, stored %d", err, count(t, d, 5))
		}
	})
}

// Batched work sees the items of the units that succeeded, in order; if it
// fails, each unit runs again alone.
func TestBatchedWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := d.Write(ctx, "", func(tx *db.Tx) error {
					tx.Journalled()
					base, err := db.Memo(tx, "base", func() (int64, error) { return db.One(tx, countHeads, db.Int64, 100) })
					if err != nil {
						return err
					}
					at := base + int64(db.Batched(tx, "heads", int64(i), func(tx *db.Tx, items []int64) error {
						for k, it := range items {
							if it == 13 && len(items) > 1 {
								return fmt.Errorf("one bad item spoils the batch")
							}
							if _, err := tx.Exec(insertHead, 100+base+int64(k), it); err != nil {
								return err
							}
						}
						return nil
					}))
					_ = at
					if i%5 == 4 {
						return errRefused
					}
					return nil
				})
				if i%5 == 4 != errors.Is(err, errRefused) || i%5 != 4 && err != nil {
					t.Errorf("unit %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := count(t, d, 100); n != 48 {
			t.Errorf("stored %d items, want 48", n)
		}
	})
}

func TestKeepNeedsNoJournalAndListsAreBound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for range 2 {
			err := d.Keep(ctx, func(tx *db.Tx) error {
				for i := range 4 {
					if _, err := tx.Exec(upsertHead, 10+i, 1); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		var got []int64
		err := d.Read(ctx, func(tx *db.Tx) (err error) {
			got, err = db.All(tx, headsIn, db.Int64, db.List{10, 12, 99})
			return err
		})
		if err != nil || len(got) != 2 || got[0] != 2 {
			t.Errorf("got %v, %v", got, err)
		}
	})
}

// A read is one snapshot and cannot write.
func TestReadCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(insertHead, 1, 1)
			return err
		})
		if err == nil || count(t, d, 1) != 0 {
			t.Errorf("a read wrote: %v", err)
		}
	})
}

// A unit that panicked is not run again when the work of its batch fails: nobody
// would take its Tx, and the writer would wait for ever.
func TestPanicInAFailingBatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		blocked, queued := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() { // holds the writer until the others stand in the queue, so that they share a batch
			_ = d.Write(ctx, "", func(tx *db.Tx) error { close(blocked); <-queued; return errRefused })
		})
		<-blocked
		spoils := func(tx *db.Tx, items []int64) error {
			if len(items) > 1 {
				return errors.New("together they fail")
			}
			_, err := tx.Exec(insertHead, 500+items[0], 1)
			return err
		}
		var waiting atomic.Int64
		for i := range 6 {
			wg.Go(func() {
				defer func() {
					if r := recover(); (r != nil) != (i == 2) {
						t.Errorf("unit %d: recovered %v", i, r)
					}
				}()
				if waiting.Add(1) == 6 {
					time.AfterFunc(50*time.Millisecond, func() { close(queued) })
				}
				err := d.Write(ctx, "", func(tx *db.Tx) error {
					tx.Journalled()
					db.Batched(tx, "spoils", int64(i), spoils)
					if i == 2 {
						panic("bug")
					}
					return nil
				})
				if err != nil {
					t.Errorf("unit %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := count(t, d, 500); n != 5 {
			t.Errorf("stored %d, want 5", n)
		}
	})
}

// A unit that swallowed a failed statement is not answered as done.
func TestUnchangedDoesNotHideAFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), "", func(tx *db.Tx) error {
			_, _ = tx.Exec(insertHead, 0, 1) // the instance's own head is there already
			return db.Unchanged
		})
		if err == nil {
			t.Error("answered as done")
		}
	})
}
