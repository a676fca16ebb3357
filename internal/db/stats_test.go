package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

// What was stored is counted once, what was refused once, and what waits while
// the writer is busy.
func TestStats(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		before := d.Stats()
		busy, free := make(chan bool), make(chan bool)
		var wg sync.WaitGroup
		write := func(i int, fn func() error) {
			wg.Go(func() {
				_ = d.Write(context.Background(), "", func(tx *db.Tx) error {
					tx.Journalled()
					if _, err := tx.Exec(insertHead, 2000+i, i); err != nil {
						return err
					}
					return fn()
				})
			})
		}
		write(0, func() error { busy <- true; <-free; return nil })
		<-busy
		for i := range 10 {
			write(1+i, func() error {
				switch i {
				case 1, 2:
					return errRefused
				case 3:
					return db.Unchanged
				}
				return nil
			})
		}
		for d.Stats().Waiting < 10 { // each comes as soon as its goroutine runs
		}
		close(free)
		wg.Wait()
		s := d.Stats()
		if s.Units-before.Units != 8 || s.Refused-before.Refused != 2 || s.Waiting != 0 {
			t.Errorf("%+v after %+v: want 8 stored, 2 refused, none waiting", s, before)
		}
		if n := s.Commits - before.Commits; n < 2 || n > 8 {
			t.Errorf("%d commits", n)
		}
	})
}

// A batch that fails as a whole is run again one by one: only that counts.
func TestStatsOfABatchRunAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		before := d.Stats()
		busy, free := make(chan bool), make(chan bool)
		var wg sync.WaitGroup
		wg.Go(func() {
			_ = d.Write(context.Background(), "", func(tx *db.Tx) error { tx.Journalled(); busy <- true; <-free; return nil })
		})
		<-busy
		for i := range 4 {
			wg.Go(func() {
				_ = d.Write(context.Background(), "", func(tx *db.Tx) error {
					tx.Journalled()
					db.Batched(tx, "check", i, func(_ *db.Tx, items []int) error {
						for _, n := range items {
							if n == 2 {
								return errors.New("the batch cannot be stored")
							}
						}
						return nil
					})
					return nil
				})
			})
		}
		for d.Stats().Waiting < 4 {
		}
		close(free)
		wg.Wait()
		if s := d.Stats(); s.Units-before.Units != 4 || s.Refused-before.Refused != 1 {
			t.Errorf("%+v after %+v: want 4 stored, 1 refused", s, before)
		}
	})
}
