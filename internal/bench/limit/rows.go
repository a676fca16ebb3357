package limit

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/tidewaiter/tidewaiter/internal/db" // registers the drivers
)

// Rows inserts rows of about 300 bytes by one writer, so many in each durable
// commit, and gives rows a second. address: a postgres:// address; empty measures
// a new SQLite file in dir, with the product's settings (WAL, synchronous=FULL).
func Rows(ctx context.Context, dir, address string, commit int, d time.Duration) (float64, error) {
	pool, clean, err := openRows(ctx, dir, address)
	if err != nil {
		return 0, fmt.Errorf("limit: rows: %w", err)
	}
	defer clean()
	c, err := pool.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	insert, err := c.PrepareContext(ctx, "insert into bench_limit (number, body) values ($1, $2)")
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	body := strings.Repeat("one of the rows ", 18)
	began, n := time.Now(), 0
	for time.Since(began) < d {
		if _, err := c.ExecContext(ctx, "begin"); err != nil {
			return 0, err
		}
		for range commit {
			n++
			if _, err := insert.ExecContext(ctx, n, body); err != nil {
				return 0, err
			}
		}
		if _, err := c.ExecContext(ctx, "commit"); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(began).Seconds(), nil
}

// openRows gives a pool with an empty table, and what takes both away.
func openRows(ctx context.Context, dir, address string) (*sql.DB, func(), error) {
	driver, dsn := "pgx", address
	if address == "" {
		made, err := os.MkdirTemp(dir, "rows-")
		if err != nil {
			return nil, nil, err
		}
		dir = made
		driver, dsn = "sqlite", "file:"+filepath.Join(dir, "rows.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=wal_autocheckpoint(8000)"
	}
	pool, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, nil, err
	}
	clean := func() {
		if address == "" {
			pool.Close()
			os.RemoveAll(dir)
			return
		}
		_, _ = pool.Exec("drop table if exists bench_limit")
		pool.Close()
	}
	for _, text := range []string{"drop table if exists bench_limit", "create table bench_limit (number bigint primary key, body text not null)"} {
		if _, err := pool.ExecContext(ctx, text); err != nil {
			clean()
			return nil, nil, err
		}
	}
	return pool, clean, nil
}
