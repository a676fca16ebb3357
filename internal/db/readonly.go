package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// ErrMoved: somebody wrote while the database was read as a file at rest.
var ErrMoved = errors.New("db: the database was opened and changed meanwhile: run it again")

// OpenReadOnly opens a database that must not be changed by whoever looks:
// nothing is made and no schema is brought up to date. Only Read is for use;
// SQLite refuses the rest. An SQLite file may be served at the same time, or be a
// copy; one at rest, without a log beside it, leaves no file behind.
func OpenReadOnly(ctx context.Context, url string) (*DB, error) {
	path, ok := strings.CutPrefix(url, "sqlite:")
	if !ok {
		return Open(ctx, url)
	}
	e := &atRest{sqlite: sqlite{path: path, flush: "off", driver: "sqlite", maxLog: maxLog}}
	if err := e.look(); err != nil {
		return nil, fmt.Errorf("db: open: %w", err)
	}
	return openEngine(ctx, e, checkpointEvery)
}

// Still tells whether a file that was read as one at rest was at rest all the
// while; ErrMoved when it was not. What was read then says nothing.
func (d *DB) Still() error {
	if e, ok := d.engine.(*atRest); ok {
		return e.still()
	}
	return nil
}

// atRest is SQLite for who only reads.
type atRest struct {
	sqlite
	served bool        // a log stands beside the file: it is in use, or was left by a crash
	seen   os.FileInfo // of the file, when it was opened
}

func (e *atRest) look() (err error) {
	if e.seen, err = os.Stat(e.path); err != nil {
		return err
	}
	if i, err := os.Stat(e.path + "-wal"); err == nil && i.Size() > 0 {
		e.served = true
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(e.path + "-shm"); err == nil { // the log's index
		e.served = true
	}
	return nil
}

func (e *atRest) still() error {
	if e.served {
		return nil
	}
	now := &atRest{sqlite: e.sqlite}
	if err := now.look(); err != nil {
		return err
	}
	if now.served || !os.SameFile(now.seen, e.seen) || now.seen.Size() != e.seen.Size() || !now.seen.ModTime().Equal(e.seen.ModTime()) {
		return ErrMoved
	}
	return nil
}

func (e *atRest) open(ctx context.Context) (readers, writers *sql.DB, err error) {
	dsn := e.dsn("query_only(1)", "mmap_size(1073741824)") + "&mode=ro"
	if !e.served {
		dsn += "&immutable=1"
	}
	if readers, err = sql.Open("sqlite", dsn); err != nil {
		return nil, nil, err
	}
	if err := readers.PingContext(ctx); err != nil {
		readers.Close()
		return nil, nil, err
	}
	return readers, readers, nil
}

// checkpoint: whoever only reads moves nothing.
func (*atRest) checkpoint(*sql.DB) bool { return false }

func (*atRest) hold(context.Context, *sql.DB) (*sql.Conn, error)         { return nil, nil }
func (*atRest) settle(context.Context, *sql.Conn) (done bool, err error) { return true, nil }

var selectVersion = Statement(`select max(version_id) from goose_db_version where is_applied`)

// Version is the number of the newest migration that the schema has.
func Version(tx *Tx) (int64, error) { return One(tx, selectVersion, Int64) }
