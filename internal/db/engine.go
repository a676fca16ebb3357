package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"

	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx", as modernc.org/sqlite does "sqlite"
)

var errBadConn = driver.ErrBadConn

// engine is what differs between SQLite and PostgreSQL.
type engine interface {
	name() string
	open(ctx context.Context) (readers, writers *sql.DB, err error)
	writers() int
	queue(name string) string
	beginRead() string
	beginWrite() string
	list(l List) any
	schema(text string) string
	checkpoint(db *sql.DB) (grown bool)
	restart(ctx context.Context, c *conn) (done bool)
	hold(ctx context.Context, writers *sql.DB) (*sql.Conn, error)
	settle(ctx context.Context, held *sql.Conn) (done bool, err error)
	scrub(ctx context.Context, writers *sql.DB)
}

// sqlite is the file at path. The other fields are what a Driver may change.
type sqlite struct {
	path, flush string
	driver, vfs string // empty vfs: the operating system's files
	maxLog      int64  // pages of the write-ahead log after which it begins anew
}

func (sqlite) name() string { return "sqlite" }

// writers: one holds the file, one more checkpoints and migrates.
func (sqlite) writers() int { return 1 }

// queue: SQLite has one writer, so there is one queue.
func (sqlite) queue(string) string { return "" }

func (sqlite) beginRead() string  { return "begin" }
func (sqlite) beginWrite() string { return "begin immediate" }
func (sqlite) list(l List) any    { return jsonList(l) }

// maxLog bounds the write-ahead log, in pages of 4 KiB.
const maxLog = 65_536

// checkpoint: PASSIVE never makes anybody wait, but under readers that overlap it
// never lets the log begin anew either; restart does, once the log has grown.
func (s sqlite) checkpoint(db *sql.DB) (grown bool) {
	var busy, pages, done int64
	err := db.QueryRow("pragma wal_checkpoint(passive)").Scan(&busy, &pages, &done)
	return err == nil && pages > s.maxLog
}

// restart lets the log begin anew. It runs on the writer's own connection: beside a
// writer that never rests it would never get the lock. It waits for readers that
// are under way, and writers wait with it, so not for long.
func (sqlite) restart(ctx context.Context, c *conn) (done bool) {
	var busy, pages, moved int64
	if c.exec(ctx, "pragma busy_timeout(300)") != nil {
		return false
	}
	err := c.c.QueryRowContext(ctx, "pragma wal_checkpoint(restart)").Scan(&busy, &pages, &moved)
	return c.exec(ctx, "pragma busy_timeout(10000)") == nil && err == nil && busy == 0
}

// hold keeps one connection open as long as the database: then nobody who opens
// it reads the log anew. Frames whose flush failed would count as committed there,
// since they are still seen, and no later flush would save them.
func (sqlite) hold(ctx context.Context, writers *sql.DB) (*sql.Conn, error) {
	c, err := writers.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var n int64
	if err = c.QueryRowContext(ctx, "select count(*) from sqlite_schema").Scan(&n); err == nil {
		_, err = c.ExecContext(ctx, "pragma busy_timeout(0)")
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// settle moves the log that was found at the start into the file, with a flush, and
// lets it begin anew, for the same reason: nobody knows which of its frames an
// earlier process could not flush. While somebody else has the database open it is
// tried again.
func (sqlite) settle(ctx context.Context, held *sql.Conn) (done bool, err error) {
	var busy, pages, moved int64
	err = held.QueryRowContext(ctx, "pragma wal_checkpoint(restart)").Scan(&busy, &pages, &moved)
	return busy == 0, err
}

func (s sqlite) dsn(pragmas ...string) string {
	q := url.Values{}
	for _, p := range append([]string{"busy_timeout(10000)", "foreign_keys(1)", "temp_store(memory)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	if s.vfs != "" {
		q.Set("vfs", s.vfs)
	}
	return "file:" + (&url.URL{Path: s.path}).EscapedPath() + "?" + q.Encode()
}

// minSQLite is the first release without the WAL-reset corruption bug.
const minSQLite = "3.51.3"

func (s sqlite) open(ctx context.Context) (readers, writers *sql.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return nil, nil, err
	}
	writers, err = sql.Open(s.driver, s.dsn("journal_mode(wal)", "synchronous("+s.flush+")", "wal_autocheckpoint(0)", "cache_size(-65536)",
		"secure_delete(1)")) // erased content is overwritten: see Scrub
	if err != nil {
		return nil, nil, err
	}
	var version string
	if err := writers.QueryRowContext(ctx, "select sqlite_version()").Scan(&version); err != nil {
		writers.Close()
		return nil, nil, err
	}
	if olderThan(version, minSQLite) {
		writers.Close()
		return nil, nil, fmt.Errorf("SQLite %s is too old: want %s or newer", version, minSQLite)
	}
	// A mapped file lets several readers work at once: the driver's page cache has one lock.
	readers, err = sql.Open(s.driver, s.dsn("query_only(1)", "mmap_size(1073741824)"))
	if err != nil {
		writers.Close()
		return nil, nil, err
	}
	return readers, writers, nil
}

func olderThan(version, least string) bool {
	var a, b [3]int
	_, _ = fmt.Sscanf(version, "%d.%d.%d", &a[0], &a[1], &a[2])
	_, _ = fmt.Sscanf(least, "%d.%d.%d", &b[0], &b[1], &b[2])
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// bareLimit: a parameter that stands alone as a limit makes SQLite prepare the
// statement again whenever it is bound, to plan by its value (since 3.47).
var bareLimit = regexp.MustCompile(`(?i)\blimit (\$\d+)`)

func (sqlite) rewrite(text string) string {
	text = bareLimit.ReplaceAllString(text, "limit 0 + $1")
	return inMacro.ReplaceAllString(text, "in (select value from json_each($$$1))")
}

type postgres struct{ url string }

func (postgres) name() string { return "postgres" }

func (postgres) writers() int { return 16 }

// queue: one a journal, so that operations do not wait for each other.
func (postgres) queue(name string) string { return name }

func (postgres) beginRead() string {
	return "begin isolation level repeatable read read only"
}
func (postgres) beginWrite() string      { return "begin" }
func (postgres) list(l List) any         { return arrayList(l) }
func (postgres) checkpoint(*sql.DB) bool { return false }

func (postgres) restart(context.Context, *conn) bool { return true }

func (postgres) hold(context.Context, *sql.DB) (*sql.Conn, error)         { return nil, nil }
func (postgres) settle(context.Context, *sql.Conn) (done bool, err error) { return true, nil }

func (p postgres) open(ctx context.Context) (readers, writers *sql.DB, err error) {
	db, err := sql.Open("pgx", p.url)
	if err != nil {
		return nil, nil, err
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, db, nil
}

func (postgres) rewrite(text string) string {
	return inMacro.ReplaceAllString(text, "= any(cast(cast($$$1 as text) as bigint[]))")
}
