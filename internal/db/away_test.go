package db_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// A PostgreSQL that ends every connection (a restart, a failover) costs nobody a
// read or a write that had not begun; one that only reads refuses writes in
// words; each is told once, and when it is over.
func TestPostgresComesBack(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		if !strings.HasPrefix(url, "postgres") {
			t.Skip("of PostgreSQL")
		}
		ctx := context.Background()
		d, err := db.Open(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := migrate.Up(ctx, d); err != nil {
			t.Fatal(err)
		}
		var begun, over atomic.Int64
		d.Watch(func(trouble error) {
			if trouble == nil {
				over.Add(1)
			} else {
				begun.Add(1)
			}
		})
		admin, err := pgx.Connect(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer admin.Close(ctx)
		change := func(how string) {
			t.Helper()
			var name string
			if err := admin.QueryRow(ctx, "select current_database()").Scan(&name); err != nil {
				t.Fatal(err)
			}
			if how != "" {
				if _, err := admin.Exec(ctx, "alter database "+name+" "+how); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := admin.Exec(ctx, "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"); err != nil {
				t.Fatal(err)
			}
		}
		n := 900
		write := func() error {
			n++
			return d.Write(ctx, "", func(tx *db.Tx) error {
				tx.Journalled()
				_, err := tx.Exec(insertHead, n, 1)
				return err
			})
		}
		if err := write(); err != nil || count(t, d, 900) != 1 {
			t.Fatal(err)
		}
		change("")
		if err := write(); err != nil || count(t, d, 900) != 2 {
			t.Errorf("after all connections ended: %v", err)
		}
		if begun.Load() != 0 {
			t.Errorf("told of trouble that nobody had")
		}
		change("set default_transaction_read_only = on")
		for range 3 {
			var f *fault.Fault
			if err := write(); !errors.As(err, &f) || f.Kind != fault.Unavailable || f.Key != "fault.read-only" {
				t.Errorf("a database that only reads: %v", err)
			}
		}
		if count(t, d, 900) != 2 {
			t.Error("a refused write is there")
		}
		change("reset default_transaction_read_only")
		if err := write(); err != nil || count(t, d, 900) != 3 {
			t.Errorf("writable again: %v", err)
		}
		if begun.Load() != 1 || over.Load() != 1 {
			t.Errorf("told %d beginnings and %d ends", begun.Load(), over.Load())
		}
	})
}
