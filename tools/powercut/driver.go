package powercut

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"time"

	sqlite "github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// DriverName is the driver of this module, for database/sql.
const DriverName = "powercut"

func init() { sql.Register(DriverName, numbered{}) }

// numbered is the ncruces driver for our SQL: it would bind a $2 that stands
// before $1 as the first argument, and silently. Its ?2 means the second.
type numbered struct{ sqlite.SQLite }

// Open opens a connection.
func (n numbered) Open(name string) (driver.Conn, error) {
	c, err := n.SQLite.Open(name)
	if err != nil {
		return nil, err
	}
	conn := &numberedConn{Conn: c.(sqlite.Conn), patience: 10 * time.Second}
	if err := fts5.Register(conn.Raw()); err != nil { // the word index; the shipped driver has it built in
		return nil, err
	}
	return conn, conn.Raw().BusyHandler(conn.busy)
}

// OpenConnector opens connections one by one.
func (n numbered) OpenConnector(name string) (driver.Connector, error) {
	return connector{n, name}, nil
}

type connector struct {
	numbered
	name string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.Open(c.name) }
func (c connector) Driver() driver.Driver                        { return c.numbered }

type numberedConn struct {
	sqlite.Conn
	patience, waited time.Duration
}

// busy waits as busy_timeout does, but for times that no chance decides.
func (c *numberedConn) busy(_ context.Context, count int) bool {
	if count == 0 {
		c.waited = 0
	}
	pause := time.Duration(137+count) * time.Microsecond
	time.Sleep(pause)
	c.waited += pause
	return c.waited < c.patience
}

var dollar = regexp.MustCompile(`\$(\d+)`)

// PrepareContext prepares a statement of ours.
func (c *numberedConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	return c.Conn.PrepareContext(ctx, dollar.ReplaceAllString(text, "?$1"))
}

// ExecContext runs a statement without arguments, such as commit.
func (c *numberedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	var ms int
	if n, _ := fmt.Sscanf(text, "pragma busy_timeout(%d)", &ms); n == 1 {
		c.patience = time.Duration(ms) * time.Millisecond
		return driver.RowsAffected(0), nil
	}
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, text, args)
}
