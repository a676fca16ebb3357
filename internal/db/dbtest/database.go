package dbtest

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// databaseURL is the cluster's address with another database in it.
func databaseURL(t testing.TB, address, name string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("TIDEWAITER_TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return u.String()
}

// newName gives a database name that no other process of the run uses.
func newName() string { return "t" + strings.ToLower(rand.Text()) }

// admin runs one statement on the cluster's own database.
func admin(address, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

// createDatabase makes a database, empty or as a copy, dropped when the test
// ends, and gives its URL.
func createDatabase(t testing.TB, template string) string {
	t.Helper()
	a := address(t)
	name := newName()
	statement := "create database " + name
	if template != "" {
		statement += " template " + template
	}
	if err := admin(a, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	t.Cleanup(func() {
		if err := admin(a, "drop database "+name+" with (force)"); err != nil {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return databaseURL(t, a, name)
}
