package db

import (
	"fmt"
	"strings"
)

// Row is one row as it is stored, a value a column: int64, string or nil. It is
// for comparing rows with what should stand there, also rows that no scan of
// their package would take.
type Row []any

// Raw scans a row of n columns.
func Raw(n int) func(row Scanner) (Row, error) {
	return func(row Scanner) (Row, error) {
		values, into := make(Row, n), make([]any, n)
		for i := range values {
			into[i] = &values[i]
		}
		if err := row.Scan(into...); err != nil {
			return nil, err
		}
		for i, v := range values {
			values[i] = plain(v)
		}
		return values, nil
	}
}

// RowOf is the row that these arguments make when they are stored.
func RowOf(args ...any) Row {
	row := Row(arguments(nil, args))
	for i, v := range row {
		row[i] = plain(v)
	}
	return row
}

// plain takes away what differs between engines: SQLite keeps booleans as numbers.
func plain(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case []byte:
		return string(v)
	}
	return v
}

// Number gives a numeric column; 0 for anything else.
func (r Row) Number(i int) int64 {
	n, _ := r[i].(int64)
	return n
}

// Text gives a text column; empty for anything else.
func (r Row) Text(i int) string {
	s, _ := r[i].(string)
	return s
}

// Differs names the columns, of a list such as "seq, id, name", in which two
// rows differ.
func (r Row) Differs(want Row, columns string) []string {
	names := strings.Split(columns, ",")
	if len(names) != len(r) || len(names) != len(want) {
		panic(fmt.Sprintf("db: %d columns for rows of %d and %d", len(names), len(r), len(want)))
	}
	var out []string
	for i, name := range names {
		if r[i] != want[i] {
			out = append(out, strings.TrimSpace(name))
		}
	}
	return out
}
