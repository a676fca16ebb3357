package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

// Whoever only reads sees the schema and what others write, and can write nothing.
func TestOpenReadOnly(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := migrate.Up(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		r, err := db.OpenReadOnly(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		err = r.Read(t.Context(), func(tx *db.Tx) error {
			n, err := db.Version(tx)
			if n != migrate.Newest() || n < 6 {
				t.Errorf("the schema is number %d, newest is %d", n, migrate.Newest())
			}
			return err
		})
		if err := errors.Join(err, r.Still()); err != nil {
			t.Error(err)
		}
	})
}

// A file at rest is read without leaving anything beside it; one that is opened
// meanwhile counts for nothing.
func TestReadAtRest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	url := "sqlite:" + path
	if _, err := db.OpenReadOnly(t.Context(), url); err == nil {
		t.Error("a file that is not there was opened")
	}
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(migrate.Up(t.Context(), d), d.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := db.OpenReadOnly(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	look := func() error {
		return r.Read(t.Context(), func(tx *db.Tx) error { _, err := db.Version(tx); return err })
	}
	if err := errors.Join(look(), r.Still()); err != nil {
		t.Error(err)
	}
	if all, err := os.ReadDir(filepath.Dir(path)); err != nil || len(all) != 1 {
		t.Errorf("beside the file stand %v, %v", all, err)
	}
	refuse := r.Keep(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(touch); return err })
	if refuse == nil {
		t.Error("whoever only reads wrote")
	}
	if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if err := r.Still(); !errors.Is(err, db.ErrMoved) {
		t.Errorf("a file that changed: %v", err)
	}
}

var touch = db.Statement(`update journal_head set size = size + 1 where operation = 0`)
