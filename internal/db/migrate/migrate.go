// Package migrate holds the schema: plain SQL in numbered files, forward only,
// one text for both engines. The words bigint, boolean and text are translated
// by package db (STRICT tables on SQLite, byte order of texts on PostgreSQL).
// The operation's number leads every primary key and index of an operation's
// tables, so that it can be a distribution key.
package migrate

import (
	"context"
	"embed"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

//go:embed *.sql
var files embed.FS

// Newest is the number of the newest file: the schema that this program knows.
func Newest() int64 {
	names, err := files.ReadDir(".")
	if err != nil {
		panic("migrate: " + err.Error())
	}
	var newest int64
	for _, f := range names {
		number, _, _ := strings.Cut(f.Name(), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// Up brings the schema up to date.
func Up(ctx context.Context, d *db.DB) error { return d.Migrate(ctx, files) }

// To makes the schema as it was at a version, in a database that is being
// restored; 0 is the newest.
func To(ctx context.Context, d *db.DB, version int64) error { return d.MigrateTo(ctx, files, version) }
