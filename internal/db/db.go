package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Errors that a unit of work may meet or answer with.
var (
	// ErrNone: the row does not exist.
	ErrNone = errors.New("db: no such row")
	// ErrUnjournalled: a Write ended without an entry in a journal; nothing was stored.
	ErrUnjournalled = errors.New("db: a write must append to a journal")
	// Unchanged is returned by a unit that found its work already done: it is
	// rolled back and Write answers nil.
	Unchanged = errors.New("db: unchanged")
	// ErrClosed: the database is being shut down.
	ErrClosed = errors.New("db: closed")
)

// batchLimit bounds the units that share one flush: larger batches gain little
// and cost the slowest percentile (measured: 64 to 128 is the flat part).
const batchLimit = 96

// DB is one open database. Safe for concurrent use; close it once.
type DB struct {
	engine engine
	pool   *sql.DB
	read   *connPool
	write  *connPool
	held   *sql.Conn // see engine.hold; nil on PostgreSQL

	mu      sync.Mutex
	queues  map[string]*queue
	closed  bool
	trouble string // what keeps the database from working; see tell
	told    func(error)
	idle    sync.WaitGroup // running writers
	settled atomic.Bool    // the log that was found at the start is in the file
	dirty   atomic.Bool    // something was committed since the last checkpoint
	counts  counts

	stop chan struct{}
	done chan struct{}
}

// Open opens "sqlite:PATH" or "postgres://...". It creates a missing SQLite
// file, but no tables: see package migrate.
func Open(ctx context.Context, url string) (*DB, error) { return openAs(ctx, url, "full") }

// OpenScratch opens a database that may be lost in a power cut: for making one
// that can be made again. Close it, and Open it before anybody relies on it.
func OpenScratch(ctx context.Context, url string) (*DB, error) { return openAs(ctx, url, "off") }

func openAs(ctx context.Context, url, flush string) (*DB, error) {
	var e engine
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		e = sqlite{path: strings.TrimPrefix(url, "sqlite:"), flush: flush, driver: "sqlite", maxLog: maxLog}
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		e = postgres{url: url}
	default:
		scheme, _, _ := strings.Cut(url, ":") // the rest may hold a password
		return nil, fmt.Errorf("db: want sqlite:PATH or postgres://..., not %q", scheme)
	}
	return openEngine(ctx, e, checkpointEvery)
}

// checkpointEvery is how often what was committed moves from the log to the file.
const checkpointEvery = 250 * time.Millisecond

func openEngine(ctx context.Context, e engine, every time.Duration) (*DB, error) {
	d := &DB{engine: e, queues: map[string]*queue{}, stop: make(chan struct{}), done: make(chan struct{})}
	readers, writers, err := e.open(ctx)
	if err != nil {
		return nil, d.answered(fmt.Errorf("db: open %s: %w", e.name(), err))
	}
	if d.held, err = e.hold(ctx, writers); err != nil {
		return nil, errors.Join(d.answered(fmt.Errorf("db: open %s: %w", e.name(), err)), readers.Close(), writers.Close())
	}
	d.pool = writers
	n := max(4, 2*runtime.NumCPU())
	d.read = newConnPool(readers, n)
	d.write = newConnPool(writers, e.writers())
	_ = d.settle(ctx) // a disk that is full can still be read: the first write tries again
	go d.checkpoint(every)
	return d, nil
}

// Engine is "sqlite" or "postgres", for logs and reports.
func (d *DB) Engine() string { return d.engine.name() }

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.db.PingContext(ctx) }

// Close waits for running units and closes.
func (d *DB) Close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	d.mu.Unlock()
	d.idle.Wait()
	close(d.stop)
	<-d.done
	d.read.close()
	d.write.close()
	if d.held != nil {
		d.held.Close()
	}
	return errors.Join(d.read.db.Close(), d.pool.Close())
}

// Migrate brings the schema up to the newest of the numbered files. ErrUnfinished
// where a restore was broken off.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	if err := d.Whole(ctx); err != nil {
		return err
	}
	return d.answered(migrate(ctx, d.engine, d.pool, files, 0))
}

// checkpoint moves SQLite's log into the file now and then, PASSIVE and on its
// own connection: a checkpoint inside a COMMIT stalls everybody who waits for it.
func (d *DB) checkpoint(every time.Duration) {
	defer close(d.done)
	tick := time.NewTicker(every)
	defer tick.Stop()
	rest := 0 // ticks until the log may be restarted again
	for {
		select {
		case <-d.stop:
			d.engine.checkpoint(d.pool)
			return
		case <-tick.C:
		}
		rest = max(0, rest-1)
		if d.dirty.Swap(false) && d.engine.checkpoint(d.pool) && rest == 0 && !d.restart() {
			rest = 20 // a long reader: writers are not to wait for it again at once
		}
	}
}

// settle makes sure that nothing is built upon a log of which part may not be on
// disk; see engine.settle.
func (d *DB) settle(ctx context.Context) error {
	if d.settled.Load() {
		return nil
	}
	done, err := d.engine.settle(ctx, d.held)
	if err != nil {
		return fmt.Errorf("db: settle: %w", err)
	}
	d.settled.Store(done)
	return nil
}

// restart lets SQLite's log begin anew, between two batches of the one writer.
func (d *DB) restart() (done bool) {
	ctx := context.Background()
	c, err := d.write.get(ctx)
	if err != nil {
		return false
	}
	done = d.engine.restart(ctx, c)
	if c.broken {
		d.write.drop(c)
	} else {
		d.write.put(c)
	}
	return done
}

// Read runs fn on one snapshot. fn may be interrupted when ctx ends.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	return d.answered(d.readOn(ctx, fn))
}

func (d *DB) readOn(ctx context.Context, fn func(tx *Tx) error) error {
	c, err := begin(ctx, d.read, d.engine.beginRead())
	if err != nil {
		return fmt.Errorf("db: begin read: %w", err)
	}
	tx := &Tx{ctx: ctx, conn: c, engine: d.engine}
	ok := false
	defer func() {
		// Also on a panic: the connection must not go back inside a transaction.
		if err := c.exec(context.WithoutCancel(ctx), "rollback"); err != nil || !ok && c.broken {
			d.read.drop(c)
			return
		}
		d.read.put(c)
	}()
	err = fn(tx)
	ok = true
	d.counts.asked.Add(tx.asked)
	d.counts.got.Add(tx.got)
	return err
}

// Write runs fn as one change of the journal named by queue (an operation's
// code, or "" for the instance) and returns when it is on disk, or refused. A
// unit that appends nothing to a journal is not stored.
func (d *DB) Write(ctx context.Context, queue string, fn func(tx *Tx) error) error {
	return d.submit(ctx, d.engine.queue(queue), &unit{fn: fn})
}

// Keep runs fn as one housekeeping change, outside every journal.
func (d *DB) Keep(ctx context.Context, fn func(tx *Tx) error) error {
	return d.submit(ctx, d.engine.queue("housekeeping"), &unit{fn: fn, housekeeping: true})
}
