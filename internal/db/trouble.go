package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	modernc "modernc.org/sqlite"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// What keeps a database from working: catalogue keys of faults that are
// Unavailable. All but the last mean that nothing was stored.
const (
	diskFull    = "fault.disk-full"
	diskFailing = "fault.disk-failing"
	readOnly    = "fault.read-only"
	unreachable = "fault.unavailable"
	unanswered  = "fault.unanswered" // the commit may be durable or not
)

// errCommit: the commit was sent and not answered with success.
var errCommit = errors.New("db: commit")

// Watch has told called when the database begins to refuse work (with a fault
// that is Unavailable), when the reason changes, and with nil when it takes writes
// again: once each, however many requests suffer. It must not wait for anybody;
// set it before the first unit of work.
func (d *DB) Watch(told func(trouble error)) { d.told = told }

// answered makes of an error what a door can show, if it is the database's
// trouble and not the unit's, and tells who watches.
func (d *DB) answered(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, known := errors.AsType[*fault.Fault](err); known {
		return err
	}
	key, refused := trouble(err)
	if key == "" {
		return err
	}
	if errors.Is(err, errCommit) && !refused {
		key = unanswered
	}
	f := fault.Of(fault.Unavailable, key).Because(err)
	d.tell(key, f)
	return f
}

// tell notes how the database is: key "" when it takes writes.
func (d *DB) tell(key string, f error) {
	d.mu.Lock()
	changed := d.trouble != key
	d.trouble = key
	d.mu.Unlock()
	if changed && d.told != nil {
		d.told(f)
	}
}

// trouble tells what an error of either driver says about the database: "" for
// what is not its fault. refused: even as the answer to a commit it means that
// nothing was stored.
func trouble(err error) (key string, refused bool) {
	if e, ok := errors.AsType[*modernc.Error](err); ok {
		return troubleOfSQLite(e.Code())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return troubleOfPostgres(e.Code), !strings.HasPrefix(e.Code, "08")
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return unreachable, true
	}
	if _, ok := errors.AsType[net.Error](err); ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) {
		return unreachable, pgconn.SafeToRetry(err)
	}
	return "", false
}

// Primary result codes of SQLite, https://www.sqlite.org/rescode.html.
const (
	sqliteBusy     = 5
	sqliteNoMemory = 7
	sqliteReadOnly = 8
	sqliteIOError  = 10
	sqliteFull     = 13
	sqliteCantOpen = 14

	sqliteNoRoomForIndex = 10 | 19<<8 // IOERR_SHMSIZE: the log's index cannot grow
)

// troubleOfSQLite: a commit that ends with "full" or "read-only" has not written
// its last frame. After an I/O error the frame may be there, only not flushed.
func troubleOfSQLite(code int) (key string, refused bool) {
	if code == sqliteNoRoomForIndex {
		return diskFull, true
	}
	switch code & 0xff {
	case sqliteFull:
		return diskFull, true
	case sqliteReadOnly:
		return readOnly, true
	case sqliteIOError:
		return diskFailing, false
	case sqliteCantOpen:
		return diskFailing, true
	case sqliteBusy, sqliteNoMemory: // another process has held the file for ten seconds
		return unreachable, true
	}
	return "", false
}

// troubleOfPostgres: https://www.postgresql.org/docs/current/errcodes-appendix.html.
func troubleOfPostgres(code string) string {
	switch {
	case code == "53100":
		return diskFull
	case code == "25006":
		return readOnly
	case code == "58030":
		return diskFailing
	case strings.HasPrefix(code, "53"), strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"):
		return unreachable
	}
	return ""
}
