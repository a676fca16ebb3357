package db

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is one table as the engine tells it.
type Table struct {
	Name    string
	Columns []string        // in the order in which they were declared
	key     []string        // of the primary key, in its order
	after   []string        // tables that foreign keys of this one name
	flags   map[string]bool // columns that the engine keeps as booleans
}

// Tables that belong to this package: which migrations ran, and the mark of a
// restore that has not come to its end.
const (
	versionTable = "goose_db_version"
	markTable    = "restore_unfinished"
	wordTable    = "textword" // on SQLite a virtual one, which no list shows; made again from the records
)

// shape is how an engine tells what its tables look like.
type shape interface {
	tables() string  // names; no arguments
	columns() string // name, type, place in the primary key or 0; of table $1
	parents() string // tables that table $1 names in foreign keys
}

var (
	_ shape = sqlite{}
	_ shape = postgres{}
)

func (sqlite) tables() string {
	// Shadows of virtual tables are made again by whoever owns the virtual one.
	return `select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite!_%' escape '!' order by name`
}

func (sqlite) columns() string {
	return `select name, type, pk from pragma_table_info($1) order by cid`
}

func (sqlite) parents() string { return `select distinct "table" from pragma_foreign_key_list($1)` }

// tables: the catalogue lists also what this role may not read, so that it is
// refused and not forgotten; information_schema would hide it.
func (postgres) tables() string {
	return `select cast(c.relname as text) collate "C" from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = current_schema() and c.relkind in ('r', 'p') order by 1`
}

func (postgres) columns() string {
	return `select cast(a.attname as text), format_type(a.atttypid, a.atttypmod), cast(coalesce((
			select k.place from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place)
			where i.indrelid = a.attrelid and i.indisprimary and k.attnum = a.attnum), 0) as bigint)
		from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = current_schema() and c.relname = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`
}

func (postgres) parents() string {
	return `select distinct cast(f.relname as text) from pg_constraint c
		join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
		join pg_namespace n on n.oid = t.relnamespace
		where c.contype = 'f' and n.nspname = current_schema() and t.relname = $1`
}

// Tables lists the tables that the migrations made, as the database itself tells
// them, each after those that its foreign keys name: none can be forgotten.
func Tables(tx *Tx) ([]Table, error) {
	names, err := tableNames(tx)
	if err != nil {
		return nil, err
	}
	all := make([]Table, 0, len(names))
	for _, name := range names {
		if name == versionTable || name == markTable || name == wordTable {
			continue
		}
		t, err := describe(tx, name)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return parentsFirst(all)
}

func tableNames(tx *Tx) ([]string, error) {
	return All(tx, ask(tx.engine.(shape).tables()), Text)
}

func describe(tx *Tx, name string) (Table, error) {
	t := Table{Name: name, flags: map[string]bool{}}
	type column struct {
		name, kind string
		key        int64
	}
	s := tx.engine.(shape)
	columns, err := All(tx, ask(s.columns()), func(row Scanner) (column, error) {
		var c column
		err := row.Scan(&c.name, &c.kind, &c.key)
		return c, err
	}, name)
	if err != nil {
		return t, err
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.name)
		t.flags[c.name] = c.kind == "boolean"
	}
	columns = slices.DeleteFunc(columns, func(c column) bool { return c.key == 0 })
	slices.SortFunc(columns, func(a, b column) int { return int(a.key - b.key) })
	for _, c := range columns {
		t.key = append(t.key, c.name)
	}
	if len(t.key) == 0 {
		t.key = t.Columns
	}
	t.after, err = All(tx, ask(s.parents()), Text, name)
	return t, err
}

// parentsFirst sorts so that rows can be put in while foreign keys are checked.
func parentsFirst(all []Table) ([]Table, error) {
	var sorted []Table
	placed := map[string]bool{}
	for len(sorted) < len(all) {
		before := len(sorted)
		for _, t := range all {
			waits := slices.ContainsFunc(t.after, func(p string) bool { return p != t.Name && !placed[p] })
			if !placed[t.Name] && !waits {
				placed[t.Name] = true
				sorted = append(sorted, t)
			}
		}
		if len(sorted) == before {
			return nil, fmt.Errorf("db: foreign keys go in a circle after %d tables", before)
		}
	}
	return sorted, nil
}

// Count tells how many rows a table has.
func Count(tx *Tx, t Table) (int64, error) {
	return One(tx, ask(`select count(*) from `+quote(t.Name)), Int64)
}

// CountOf tells in how many rows of a table a column has a number or a text.
func CountOf(tx *Tx, t Table, column string, value any) (int64, error) {
	return One(tx, ask(`select count(*) from `+quote(t.Name)+` where `+quote(column)+` = $1`), Int64, value)
}

// CountOthers gives the numbers in a column of a table that are none of these, in
// order, each with how many rows have it.
func CountOthers(tx *Tx, table, column string, known List) ([]Row, error) {
	c := quote(column)
	return All(tx, ask(`select `+c+`, count(*) from `+quote(table)+` where not (`+c+` {in $1}) group by `+c+` order by `+c), Raw(2), known)
}

// Dump gives each row of a table, in the order of its primary key, as values of
// three kinds: nil, int64 (a boolean is 0 or 1) and string (UTF-8, no NUL). The
// slice is used again for the next row. Rows are not held in memory.
func Dump(tx *Tx, t Table, each func(row []any) error) error { return dump(tx, t, "", each) }

// DumpOf is Dump of the rows in which a column has a number or a text.
func DumpOf(tx *Tx, t Table, column string, value any, each func(row []any) error) error {
	return dump(tx, t, ` where `+quote(column)+` = $1`, each, value)
}

func dump(tx *Tx, t Table, where string, each func(row []any) error, args ...any) error {
	s := ask(`select ` + quoted(t.Columns) + ` from ` + quote(t.Name) + where + ` order by ` + quoted(t.key))
	stmt, err := tx.prepare(s)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(tx.ctx, args...)
	if err != nil {
		return tx.failed(s, err)
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return tx.failed(s, err)
		}
		for i := range values {
			if values[i], err = portable(values[i]); err != nil {
				return fmt.Errorf("db: %s.%s: %w", t.Name, t.Columns[i], err)
			}
		}
		if err := each(values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return tx.failed(s, err)
	}
	return nil
}

// portable turns what a driver gives into one of the three kinds.
func portable(v any) (any, error) {
	switch v := v.(type) {
	case nil, int64:
		return v, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case string:
		if !utf8.ValidString(v) || strings.IndexByte(v, 0) >= 0 {
			return nil, fmt.Errorf("a text that is not UTF-8 or holds NUL: %.40q", v)
		}
		return v, nil
	}
	return nil, fmt.Errorf("a value of type %T", v)
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoted(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = quote(n)
	}
	return strings.Join(all, ", ")
}

// Sound has the engine check its own pages, indexes and foreign keys, where it
// can: SQLite does, PostgreSQL keeps its own house.
func Sound(tx *Tx) error {
	if tx.engine.name() != "sqlite" {
		return nil
	}
	said, err := All(tx, ask(`select integrity_check from pragma_integrity_check`), Text)
	if err != nil {
		return err
	}
	if len(said) != 1 || said[0] != "ok" {
		return fmt.Errorf("db: SQLite finds the file damaged: %s", strings.Join(said, "; "))
	}
	orphans, err := All(tx, ask(`select "table" from pragma_foreign_key_check`), Text)
	if err == nil && len(orphans) > 0 {
		err = fmt.Errorf("db: %d rows name rows that do not exist, the first in %s", len(orphans), orphans[0])
	}
	return err
}

// Engine is "sqlite" or "postgres".
func (tx *Tx) Engine() string { return tx.engine.name() }
