package journal

import (
	"encoding/json"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Kept holds a table against entries that each say a whole record as it stands
// after them: one row a record, made or changed by any of the verbs.
type Kept[T any] struct {
	Table   string
	Columns string // as All selects them
	All     db.SQL // of an operation, in any order
	Width   int    // how many columns
	Verbs   []string
	// Row gives the key of a record's row and its values; seq is the entry's index,
	// which is the record's number when the record does not say one. An empty key: the
	// entry made and changed no row here.
	Row func(operation, seq int64, t T) (key string, values []any)
	// Of gives the key of a row that stands.
	Of func(row db.Row) string

	rows Rows
}

// Take takes the next entry; false: it is of none of the verbs.
func (k *Kept[T]) Take(a *Audit, act Act) bool {
	if !slices.Contains(k.Verbs, act.Verb) {
		return false
	}
	if act.Erased { // which record it was is gone, too
		k.rows.Unknown("")
		return true
	}
	var t T
	if err := json.Unmarshal(act.After, &t); err != nil {
		a.Bad(act, err)
		return true
	}
	if key, values := k.Row(act.Operation, act.Seq, t); key != "" {
		k.rows.Put(act.Seq, key, values...)
	}
	return true
}

// Check holds the rows against what was taken.
func (k *Kept[T]) Check(tx *db.Tx, a *Audit) error {
	k.rows.Table, k.rows.Columns = k.Table, k.Columns
	rows, err := db.All(tx, k.All, db.Raw(k.Width), a.Operation)
	k.rows.Check(a, rows, k.Of)
	return err
}
