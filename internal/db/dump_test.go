package db_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

var createTable = regexp.MustCompile(`(?m)^create table (\w+)`)

// Every table that a migration makes is listed on both engines, after those that
// its foreign keys name.
func TestTablesAreThoseOfTheMigrations(t *testing.T) {
	var want []string
	files, err := filepath.Glob("migrate/*.sql")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range createTable.FindAllStringSubmatch(string(text), -1) {
			want = append(want, m[1])
		}
	}
	slices.Sort(want)
	var first []string
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all := tables(t, d)
		var order []string
		for _, table := range all {
			order = append(order, table.Name)
		}
		if first == nil {
			first = order
		} else if !slices.Equal(order, first) {
			t.Errorf("order %q, on the other engine %q", order, first)
		}
		var names []string
		place := map[string]int{}
		for i, table := range all {
			names, place[table.Name] = append(names, table.Name), i
			if len(table.Columns) == 0 {
				t.Errorf("%s has no columns", table.Name)
			}
		}
		slices.Sort(names)
		if !slices.Equal(names, want) {
			t.Errorf("tables %q, want %q", names, want)
		}
		if place["hat"] < place["person"] || place["hat"] < place["organisation"] || place["membership"] < place["operation"] {
			t.Errorf("a table stands before one that it needs: %v", place)
		}
	})
}

func tables(t *testing.T, d *db.DB) (all []db.Table) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.Tables(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dumped gives the content of a database as text.
func dumped(t *testing.T, d *db.DB) string {
	t.Helper()
	var b strings.Builder
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := db.Tables(tx)
		if err != nil {
			return err
		}
		for _, table := range all {
			n := int64(0)
			fmt.Fprintln(&b, table.Name, table.Columns)
			err := db.Dump(tx, table, func(row []any) error {
				n++
				_, err := fmt.Fprintf(&b, "%#v\n", row)
				return err
			})
			count, err2 := db.Count(tx, table)
			if err := errors.Join(err, err2); err != nil || count != n {
				return fmt.Errorf("%s: %d rows, counted %d: %w", table.Name, n, count, err)
			}
		}
		return db.Sound(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	insertPerson = db.Statement(`insert into person (number, id, login, name, language, theme, density, password, administrator, state, persona, epoch, version)
		values ($1, $2, $3, $4, 'en', '', '', '', $5, '', '', 0, 1)`)
	insertBody = db.Statement(`insert into organisation (number, id, kind, country, name, abbreviation, names, time_zone, language, release_by, release_after, version)
		values ($1, $2, '', '', $3, '', '', '', '', '', 0, 1)`)
	insertHat = db.Statement(`insert into hat (person, organisation, position, contact_point, since, until) values ($1, $2, '', '', $3, $4)`)
)

const awkward = "«\"\\\n\t\u2028 مرحبا 😀' --"

func populate(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		for i := range 123 {
			id := fmt.Sprintf("p%03d", i)
			_, err := tx.Exec(insertPerson, i, id, id, awkward+id, i%3 == 0)
			_, err2 := tx.Exec(insertBody, i, "o"+id, awkward)
			var until *int64
			if i%2 == 0 {
				n := int64(-1) << 63
				until = &n
			}
			_, err3 := tx.Exec(insertHat, id, i, int64(1)<<62+int64(i), until)
			if err := errors.Join(err, err2, err3); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is dumped on one engine and loaded on the other is the same there, and
// dumped in the same form.
func TestRowsGoFromEngineToEngine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		populate(t, d)
		want := dumped(t, d)
		if !strings.Contains(want, "p122") || !strings.Contains(want, "-9223372036854775808") {
			t.Fatal("the rows are not there")
		}
		dbtest.EachURL(t, func(t *testing.T, url string) {
			to := opened(t, url)
			if err := to.BeginRestore(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := migrate.To(t.Context(), to, 0); err != nil {
				t.Fatal(err)
			}
			copyRows(t, d, to)
			if got := dumped(t, to); got != want {
				t.Errorf("the copy differs: %d bytes, want %d", len(got), len(want))
			}
		})
	})
}

func opened(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func copyRows(t *testing.T, from, to *db.DB) {
	t.Helper()
	err := to.Load(t.Context(), func(_ *db.Tx, into *db.Loader) error {
		return from.Read(t.Context(), func(tx *db.Tx) error {
			all, err := db.Tables(tx)
			if err != nil {
				return err
			}
			for _, table := range all {
				// In another order than they are declared in.
				columns := slices.Clone(table.Columns)
				slices.Reverse(columns)
				if err := into.Check(table.Name, columns); err != nil {
					return err
				}
				var rows [][]any
				err := db.Dump(tx, table, func(row []any) error {
					row = slices.Clone(row)
					slices.Reverse(row)
					rows = append(rows, row)
					return nil
				})
				if err := errors.Join(err, into.Insert(table.Name, columns, rows)); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Loading goes around the journals, so it is possible in a marked database only,
// and only an empty one is marked; nobody else gets into a marked one.
func TestLoadingNeedsAnEmptyMarkedDatabase(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		d, ctx := opened(t, url), t.Context()
		load := func() error { return d.Load(ctx, func(*db.Tx, *db.Loader) error { return nil }) }
		for what, try := range map[string]func() error{
			"load": load, "abandon": func() error { return d.AbandonRestore(ctx) },
			"migrate to": func() error { return migrate.To(ctx, d, 1) },
			"end":        func() error { return d.Keep(ctx, db.EndRestore) },
		} {
			if try() == nil {
				t.Errorf("%s in a database that bears no mark", what)
			}
		}
		if err := d.BeginRestore(ctx); err != nil {
			t.Fatal(err)
		}
		if err := d.BeginRestore(ctx); !errors.Is(err, db.ErrUnfinished) {
			t.Errorf("begun twice: %v", err)
		}
		if err := migrate.Up(ctx, d); !errors.Is(err, db.ErrUnfinished) {
			t.Errorf("opened before it is whole: %v", err)
		}
		if err := errors.Join(migrate.To(ctx, d, 0), load(), d.AbandonRestore(ctx)); err != nil {
			t.Fatal(err)
		}
		if all := tables(t, d); len(all) != 0 {
			t.Errorf("abandoned, and there are %d tables", len(all))
		}
		if err := errors.Join(d.BeginRestore(ctx), migrate.To(ctx, d, 2), d.Keep(ctx, db.EndRestore), migrate.Up(ctx, d)); err != nil {
			t.Fatal(err)
		}
		if err := d.BeginRestore(ctx); !errors.Is(err, db.ErrNotEmpty) {
			t.Errorf("a database with tables is marked: %v", err)
		}
		if load() == nil {
			t.Error("loaded into a database that is whole")
		}
	})
}
