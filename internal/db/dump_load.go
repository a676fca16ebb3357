package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// ErrUnfinished: a restore into this database did not come to its end. It is
// not whole, and nobody may work in it.
var ErrUnfinished = errors.New("db: a restore into this database did not finish: give it an empty place and restore again")

// ErrNotEmpty: a restore goes into an empty database only.
var ErrNotEmpty = errors.New("db: there are tables in this database: restore into an empty one")

// BeginRestore marks an empty database (no table at all) as being restored. Until
// EndRestore takes the mark away, Migrate refuses the database, so that nothing
// serves it, however the restore ended.
func (d *DB) BeginRestore(ctx context.Context) error {
	return d.Keep(ctx, func(tx *Tx) error {
		names, err := tableNames(tx)
		if err != nil {
			return err
		}
		if slices.Contains(names, markTable) {
			return ErrUnfinished
		}
		if len(names) > 0 {
			return ErrNotEmpty
		}
		_, err = tx.Exec(ask(`create table ` + markTable + ` (mark bigint primary key)`))
		return err
	})
}

// EndRestore takes the mark away, in the unit that makes the database whole.
func EndRestore(tx *Tx) error {
	if err := marked(tx); err != nil {
		return err
	}
	_, err := tx.Exec(ask(`drop table ` + markTable))
	return err
}

// AbandonRestore drops every table of a database that bears the mark, the mark
// last.
func (d *DB) AbandonRestore(ctx context.Context) error {
	return d.Keep(ctx, func(tx *Tx) error {
		if err := marked(tx); err != nil {
			return err
		}
		all, err := Tables(tx)
		if err != nil {
			return err
		}
		names, err := tableNames(tx)
		if err != nil {
			return err
		}
		slices.Reverse(all)
		for _, t := range all {
			if _, err := tx.Exec(ask(`drop table ` + quote(t.Name))); err != nil {
				return err
			}
		}
		for _, name := range []string{wordTable, versionTable, markTable} {
			if !slices.Contains(names, name) {
				continue
			}
			if _, err := tx.Exec(ask(`drop table ` + name)); err != nil {
				return err
			}
		}
		return nil
	})
}

// marked is nil while a restore is under way.
func marked(tx *Tx) error {
	names, err := tableNames(tx)
	if err == nil && !slices.Contains(names, markTable) {
		err = errors.New("db: no restore is under way in this database")
	}
	return err
}

// Whole is nil for a database that no restore was broken off in, otherwise
// ErrUnfinished.
func (d *DB) Whole(ctx context.Context) error {
	return d.Read(ctx, func(tx *Tx) error {
		names, err := tableNames(tx)
		if err == nil && slices.Contains(names, markTable) {
			err = ErrUnfinished
		}
		return err
	})
}

// MigrateTo makes the schema as it was at a version, or the newest for 0, in a
// database that is being restored.
func (d *DB) MigrateTo(ctx context.Context, files fs.FS, version int64) error {
	if err := d.Read(ctx, marked); err != nil {
		return err
	}
	return migrate(ctx, d.engine, d.pool, files, version)
}

// Loader puts rows back, around every journal.
type Loader struct {
	tx     *Tx
	tables map[string]Table
}

// Load runs fn with a Loader as one change, in a database that is being restored.
// What the migrations have put into the tables is taken out first, so fn begins
// with empty ones. When ctx ends, fn has to notice.
func (d *DB) Load(ctx context.Context, fn func(tx *Tx, into *Loader) error) error {
	return d.Keep(ctx, func(tx *Tx) error {
		if err := marked(tx); err != nil {
			return err
		}
		all, err := Tables(tx)
		if err != nil {
			return err
		}
		into := &Loader{tx: tx, tables: map[string]Table{}}
		for _, t := range slices.Backward(all) {
			into.tables[t.Name] = t
			if _, err := tx.Exec(ask(`delete from ` + quote(t.Name))); err != nil {
				return err
			}
		}
		return fn(tx, into)
	})
}

// Into gives a Loader for a unit of work that takes in rows which another instance
// has written down. Whoever does so journals it, and has looked at every row.
func Into(tx *Tx) (*Loader, error) {
	if !tx.Writing() {
		return nil, errors.New("db: a loader outside a write")
	}
	all, err := Tables(tx)
	into := &Loader{tx: tx, tables: map[string]Table{}}
	for _, t := range all {
		into.tables[t.Name] = t
	}
	return into, err
}

// Tables lists the names of the tables that rows can be put into, sorted.
func (l *Loader) Tables() []string { return slices.Sorted(maps.Keys(l.tables)) }

// rowsAtOnce is how many rows one statement puts in: more gain little, and each
// engine has a limit on parameters (the lower one is SQLite's 32,766).
const rowsAtOnce = 50

// Check tells whether a table exists and has exactly these columns, in any order.
func (l *Loader) Check(table string, columns []string) error {
	t, ok := l.tables[table]
	if !ok {
		return fmt.Errorf("db: no table %q", table)
	}
	have, want := slices.Sorted(slices.Values(t.Columns)), slices.Sorted(slices.Values(columns))
	if !slices.Equal(have, want) {
		return fmt.Errorf("db: table %s has other columns than these: %.200q", table, columns)
	}
	return nil
}

// Insert puts rows into a table; the values of each stand in the order of columns
// and are of the kinds that Dump gives.
func (l *Loader) Insert(table string, columns []string, rows [][]any) error {
	t := l.tables[table]
	for len(rows) > 0 {
		n := 1
		if len(rows) >= rowsAtOnce {
			n = rowsAtOnce
		}
		args := make([]any, 0, n*len(columns))
		for _, row := range rows[:n] {
			if len(row) != len(columns) {
				return fmt.Errorf("db: a row of %d values for %d columns of %s", len(row), len(columns), table)
			}
			for i, v := range row {
				if number, ok := v.(int64); ok && t.flags[columns[i]] {
					v = number != 0
				}
				args = append(args, v)
			}
		}
		if _, err := l.tx.Exec(insertText(table, columns, n), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func insertText(table string, columns []string, rows int) SQL {
	var b strings.Builder
	fmt.Fprintf(&b, "insert into %s (%s) values ", quote(table), quoted(columns))
	place := 0
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		for i := range columns {
			place++
			fmt.Fprintf(&b, "%c$%d", "(,"[min(i, 1)], place)
		}
		b.WriteByte(')')
	}
	return ask(b.String())
}
