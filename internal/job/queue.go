package job

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	// lookEvery is how late a job may begin.
	lookEvery = time.Second
	// atOnce bounds the jobs of one process that are done side by side.
	atOnce = 4
)

// Doer does a job of one kind. Its context ends before the lease does.
type Doer func(ctx context.Context, j Job) error

// Queue does what falls due. Give it its doers, then let Run do its work.
type Queue struct {
	db     *db.DB
	source *source.Source
	log    *slog.Logger
	doers  map[string]Doer

	done, failed atomic.Int64
}

// New makes a queue without doers.
func New(d *db.DB, s *source.Source, log *slog.Logger) *Queue {
	return &Queue{db: d, source: s, log: log, doers: map[string]Doer{}}
}

// Handle names who does the jobs of a kind. All are named before Run; jobs of
// other kinds are left to other processes.
func (q *Queue) Handle(kind string, do Doer) { q.doers[kind] = do }

// Counts tells how many attempts went well and how many failed since the process began.
func (q *Queue) Counts() (done, failed int64) { return q.done.Load(), q.failed.Load() }

// Run does what falls due until ctx ends, and waits for what it is at.
func (q *Queue) Run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	free := make(chan struct{}, atOnce)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		jobs, err := q.take(ctx, atOnce-len(free))
		if err != nil {
			continue // what the database refuses is logged where it is watched
		}
		for _, j := range jobs {
			free <- struct{}{}
			running.Go(func() {
				q.do(ctx, j)
				<-free
			})
		}
	}
}

// RunDue does everything that is due now, one after the other, and tells how many
// attempts that were.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		jobs, err := q.take(ctx, 1)
		if err != nil || len(jobs) == 0 {
			return n, err
		}
		q.do(ctx, jobs[0])
	}
}

// take leases up to n jobs that are due, or whose lease has ended.
func (q *Queue) take(ctx context.Context, n int) ([]Job, error) {
	if n <= 0 {
		return nil, nil
	}
	var found []Job
	now := q.source.Now()
	err := q.db.Read(ctx, func(tx *db.Tx) error {
		for _, kind := range slices.Sorted(maps.Keys(q.doers)) {
			for _, s := range []db.SQL{selectLapsed, selectDue} {
				jobs, err := db.All(tx, s, scan, kind, now, n-len(found))
				if err != nil {
					return err
				}
				if found = append(found, jobs...); len(found) >= n {
					return nil
				}
			}
		}
		return nil
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var taken []Job
	err = q.db.Keep(ctx, func(tx *db.Tx) error {
		taken = nil // a unit may run twice
		for _, j := range found {
			old := j.fence
			j.fence = int64(binary.BigEndian.Uint64(q.source.Bytes(8))>>2) + 1
			got, err := tx.Exec(take, j.Kind, j.Subject, old, now.Add(Lease), j.fence, never, j.puts, now)
			if err != nil {
				return err
			}
			if got == 1 {
				j.Attempts++
				taken = append(taken, j)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// do makes one attempt and stores what came of it.
func (q *Queue) do(ctx context.Context, j Job) {
	err := q.attempt(ctx, j)
	stopped := err != nil && ctx.Err() != nil
	var again later
	switch {
	case err == nil, errors.As(err, &again):
		q.done.Add(1)
	case errors.Is(err, ErrLost) || stopped:
	default:
		q.failed.Add(1)
		// The subject may be a person's: only the kind is logged.
		q.log.Warn("job failed", "kind", j.Kind, "attempt", j.Attempts, "error", err)
	}
	if errors.Is(err, ErrLost) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	now := q.source.Now()
	kept := q.db.Keep(ctx, func(tx *db.Tx) error {
		switch {
		case err == nil:
			n, err := tx.Exec(finish, j.Kind, j.Subject, j.fence, j.puts)
			if err == nil && n == 0 {
				_, err = tx.Exec(renew, j.Kind, j.Subject, j.fence)
			}
			return err
		case errors.As(err, &again):
			_, err := tx.Exec(postpone, j.Kind, j.Subject, j.fence, again.at)
			return err
		case stopped: // the process ends: whoever comes next may begin at once
			_, err := tx.Exec(rest, j.Kind, j.Subject, j.fence, now)
			return err
		}
		_, err := tx.Exec(rest, j.Kind, j.Subject, j.fence, now.Add(pause(j.Attempts)))
		return err
	})
	if kept != nil && ctx.Err() == nil {
		q.log.Warn("job: what came of it cannot be stored; it is done again", "kind", j.Kind, "error", kept)
	}
}

// attempt calls the doer; a panic is a failure.
func (q *Queue) attempt(ctx context.Context, j Job) (err error) {
	ctx, cancel := context.WithTimeout(ctx, Lease-15*time.Second)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job: panic: %v", p)
		}
	}()
	return q.doers[j.Kind](ctx, j)
}
