package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

// Each runs f as a subtest on SQLite and again on PostgreSQL, each time on a
// migrated database that no other test sees. It is closed when the subtest ends.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// EachURL is Each for tests that open the database themselves, more than once
// or from another process. The database at url has no tables yet.
func EachURL(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, createDatabase(t, "")) })
}

// SQLite gives a migrated SQLite database in a directory of the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("template of SQLite: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

// Postgres gives a migrated PostgreSQL database, dropped when the test ends.
// It skips or fails the test where PostgreSQL is missing.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	a := address(t)
	template, err := postgresTemplate(a, func(name string) string { return databaseURL(t, a, name) })
	if err != nil {
		t.Fatalf("template of PostgreSQL: %v", err)
	}
	return open(t, createDatabase(t, template))
}

// open opens a database that the test closes at its end, before it is dropped.
func open(t testing.TB, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatalf("opening the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("closing the test's database: %v", err)
		}
	})
	return d
}

// sqliteTemplate gives the bytes of a migrated file, made once per process.
var sqliteTemplate = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "tidewaiter-sqlite.")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "template.db")
	if err := migrated("sqlite:" + path); err != nil {
		return nil, err
	}
	// The last connection to close moves the log into the file; a log left
	// behind would be missing from every copy.
	if left, _ := filepath.Glob(path + "-wal"); left != nil {
		return nil, fmt.Errorf("%s is still there after closing", left[0])
	}
	return os.ReadFile(path)
})

var template struct {
	sync.Once
	name string
	err  error
}

// postgresTemplate makes a migrated database once per process and gives its name.
func postgresTemplate(address string, urlOf func(name string) string) (string, error) {
	template.Do(func() {
		template.name = newName()
		if template.err = admin(address, "create database "+template.name); template.err == nil {
			template.err = migrated(urlOf(template.name))
		}
	})
	return template.name, template.err
}

// migrated opens the database at url, brings its schema up to date and closes it.
func migrated(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	d, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(migrate.Up(ctx, d), d.Close())
}
