package db

import (
	"context"
	"database/sql"
)

// Scrub does what an engine still needs, beyond the commit, so that erased content
// leaves its files. On SQLite freed space is overwritten as it is freed
// (secure_delete), and the write-ahead log, which holds older pages, is moved into
// the file and begins anew. On PostgreSQL dead rows go when the table is vacuumed,
// which autovacuum does by itself; nothing is done here. It is a best effort: readers
// under way can keep the log, and the next checkpoint after them does it.
func (d *DB) Scrub(ctx context.Context) {
	d.engine.scrub(ctx, d.pool)
}

func (sqlite) scrub(ctx context.Context, writers *sql.DB) {
	c, err := writers.Conn(ctx)
	if err != nil {
		return
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "pragma busy_timeout(300)"); err == nil {
		_, _ = c.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
		_, _ = c.ExecContext(context.WithoutCancel(ctx), "pragma busy_timeout(10000)")
	}
}

func (postgres) scrub(context.Context, *sql.DB) {}
