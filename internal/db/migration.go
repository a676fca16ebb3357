package db

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrate brings the schema up to a version, 0: to the newest.
func migrate(ctx context.Context, e engine, pool *sql.DB, files fs.FS, version int64) error {
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithLogger(goose.NopLogger())}
	if e.name() == "postgres" {
		dialect = goose.DialectPostgres
		// Several nodes may start at once: one migrates, the others wait.
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, pool, schemaFS{files, e}, options...)
	if err != nil {
		return fmt.Errorf("db: migrations: %w", err)
	}
	if version == 0 {
		_, err = p.Up(ctx)
	} else {
		_, err = p.UpTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

var (
	wordBigint  = regexp.MustCompile(`\bbigint\b`)
	wordBoolean = regexp.MustCompile(`\bboolean\b`)
	wordText    = regexp.MustCompile(`(?m)^(\s+\w+\s+)text\b`)
)

// wordIndex is the one line of the migrations that has another meaning on each
// engine: what package textindex keeps.
const wordIndex = "create word index textword;"

// schema: STRICT tables know integer and text only, and the primary key is the
// order of the rows on disk.
func (sqlite) schema(text string) string {
	text = wordBigint.ReplaceAllString(text, "integer")
	text = wordBoolean.ReplaceAllString(text, "integer")
	text = strings.ReplaceAll(text, "\n);", "\n) strict, without rowid;")
	// Words come cut already: the tokenizer only has to leave them as they are.
	return strings.ReplaceAll(text, wordIndex, `create virtual table if not exists textword using fts5(words, scope,
		content = '', contentless_delete = 1, detail = column, tokenize = 'ascii');`)
}

// schema: texts sort by code point, as SQLite does.
func (postgres) schema(text string) string {
	text = wordText.ReplaceAllString(text, `${1}text collate "C"`)
	return strings.ReplaceAll(text, wordIndex, `create table if not exists textword (operation bigint not null, seq bigint not null,
		kind bigint not null, audience bigint not null, v tsvector not null, primary key (operation, seq));
	create index textword_audience on textword (operation, audience, seq);
	create index textword_words on textword using gin (v);`)
}

// schemaFS serves the migration files in the engine's own words.
type schemaFS struct {
	files  fs.FS
	engine engine
}

func (s schemaFS) Open(name string) (fs.File, error) {
	f, err := s.files.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &schemaFile{Reader: strings.NewReader(s.engine.schema(string(text))), name: name}, nil
}

func (s schemaFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(s.files, name) }

type schemaFile struct {
	*strings.Reader
	name string
}

func (f *schemaFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *schemaFile) Close() error               { return nil }
func (f *schemaFile) Name() string               { return f.name }
func (f *schemaFile) Mode() fs.FileMode          { return 0o444 }
func (f *schemaFile) ModTime() time.Time         { return time.Time{} }
func (f *schemaFile) IsDir() bool                { return false }
func (f *schemaFile) Sys() any                   { return nil }
