package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Examined is what a database says about itself, read without writing anything.
type Examined struct {
	Engine   string
	Version  string    // of SQLite, or of the PostgreSQL server
	Old      string    // the least version, where this one is older; else empty
	Schema   int64     // number of the newest migration that was applied; 0: no tables
	Newest   time.Time // of the newest entry in any journal; zero: there is none
	Wrong    []string  // settings that may lose what was acknowledged
	Checksum bool      // PostgreSQL notices damaged pages
	Damage   []string  // what a check of the whole file found; only if asked for
}

// Examine looks at a database as it is: no migration, no file that is missing is
// made. deep reads all of a SQLite file.
func Examine(ctx context.Context, address string, deep bool) (Examined, error) {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		q := url.Values{"mode": {"ro"}, "_pragma": {"query_only(1)", "busy_timeout(5000)"}}
		return examine(ctx, "sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode(), func(d *sql.DB, e *Examined) error {
			return examineSQLite(ctx, d, e, deep)
		})
	}
	return examine(ctx, "pgx", address, func(d *sql.DB, e *Examined) error { return examinePostgres(ctx, d, e) })
}

func examine(ctx context.Context, driver, dsn string, engine func(*sql.DB, *Examined) error) (e Examined, err error) {
	d, err := sql.Open(driver, dsn)
	if err != nil {
		return e, err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if err := engine(d, &e); err != nil {
		return e, err
	}
	if e.Schema == 0 {
		return e, nil
	}
	var at sql.NullInt64
	err = d.QueryRowContext(ctx, `select max(j.at) from journal_head h join journal j on j.operation = h.operation and j.seq >= h.size - 1`).Scan(&at)
	if at.Valid {
		e.Newest = time.UnixMicro(at.Int64).UTC()
	}
	return e, err
}

func examineSQLite(ctx context.Context, d *sql.DB, e *Examined, deep bool) error {
	e.Engine = "SQLite"
	if err := d.QueryRowContext(ctx, "select sqlite_version()").Scan(&e.Version); err != nil {
		return err
	}
	if olderThan(e.Version, minSQLite) {
		e.Old = minSQLite
	}
	var tables int
	if err := d.QueryRowContext(ctx, "select count(*) from sqlite_master where name = 'goose_db_version'").Scan(&tables); err != nil {
		return err
	}
	if err := schemaOf(ctx, d, e, tables > 0); err != nil || !deep {
		return err
	}
	rows, err := d.QueryContext(ctx, "pragma quick_check(20)")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			e.Damage = append(e.Damage, said)
		}
	}
	return rows.Err()
}

// minPostgres is the oldest server that tests run on.
const minPostgres = 15

func examinePostgres(ctx context.Context, d *sql.DB, e *Examined) error {
	e.Engine = "PostgreSQL"
	if _, err := d.ExecContext(ctx, "set default_transaction_read_only = on"); err != nil {
		return err
	}
	var number int
	if err := d.QueryRowContext(ctx, "select current_setting('server_version'), cast(current_setting('server_version_num') as bigint)").Scan(&e.Version, &number); err != nil {
		return err
	}
	if number/10_000 < minPostgres {
		e.Old = fmt.Sprint(minPostgres)
	}
	for _, s := range [][2]string{{"fsync", "on"}, {"synchronous_commit", "on"}, {"full_page_writes", "on"}, {"server_encoding", "UTF8"}, {"data_checksums", ""}} {
		var is string
		if err := d.QueryRowContext(ctx, "select current_setting($1)", s[0]).Scan(&is); err != nil {
			return err
		}
		switch {
		case s[0] == "data_checksums":
			e.Checksum = is == "on"
		case s[0] == "synchronous_commit" && (is == "remote_apply" || is == "remote_write"): // waits for more than the own disk
		case is != s[1]:
			e.Wrong = append(e.Wrong, s[0]+" is "+is+", want "+s[1])
		}
	}
	var known bool
	if err := d.QueryRowContext(ctx, "select to_regclass('goose_db_version') is not null").Scan(&known); err != nil {
		return err
	}
	return schemaOf(ctx, d, e, known)
}

func schemaOf(ctx context.Context, d *sql.DB, e *Examined, known bool) error {
	if !known {
		return nil
	}
	return d.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied").Scan(&e.Schema)
}
