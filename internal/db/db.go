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

	mu     sync.Mutex
	queues map[string]*queue
	closed bool
	idle   sync.WaitGroup // running writers
	dirty  atomic.Bool    // something was committed since the last checkpoint
	counts counts

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
		e = sqlite{path: strings.TrimPrefix(url, "sqlite:"), flush: flush}
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		e = postgres{url: url}
	default:
		scheme, _, _ := strings.Cut(url, ":") // the rest may hold a password
		return nil, fmt.Errorf("db: want sqlite:PATH or postgres://..., not %q", scheme)
	}
	return openEngine(ctx, e)
}

func openEngine(ctx context.Context, e engine) (*DB, error) {
	d := &DB{engine: e, queues: map[string]*queue{}, stop: make(chan struct{}), done: make(chan struct{})}
	readers, writers, err := e.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("db: open %s: %w", e.name(), err)
	}
	d.pool = writers
	n := max(4, 2*runtime.NumCPU())
	d.read = newConnPool(readers, n)
	d.write = newConnPool(writers, e.writers())
	go d.checkpoint()
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
	return errors.Join(d.read.db.Close(), d.pool.Close())
}

// Migrate brings the schema up to the newest of the numbered files. ErrUnfinished
// where a restore was broken off.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	if err := d.Whole(ctx); err != nil {
		return err
	}
	return migrate(ctx, d.engine, d.pool, files, 0)
}

// checkpoint moves SQLite's log into the file now and then, PASSIVE and on its
// own connection: a checkpoint inside a COMMIT stalls everybody who waits for it.
func (d *DB) checkpoint() {
	defer close(d.done)
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-d.stop:
			d.engine.checkpoint(d.pool)
			return
		case <-tick.C:
			if d.dirty.Swap(false) {
				d.engine.checkpoint(d.pool)
			}
		}
	}
}

// Read runs fn on one snapshot. fn may be interrupted when ctx ends.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	c, err := d.read.get(ctx)
	if err != nil {
		return err
	}
	tx := &Tx{ctx: ctx, conn: c, engine: d.engine}
	if err := c.exec(ctx, d.engine.beginRead()); err != nil {
		d.read.drop(c)
		return fmt.Errorf("db: begin read: %w", err)
	}
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
