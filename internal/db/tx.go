package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Tx is a unit of work in progress: the right to run SQL. It takes no context,
// and it cannot begin or commit. Not safe for concurrent use.
type Tx struct {
	ctx    context.Context
	conn   *conn
	engine engine
	batch  *batch // nil in a Read
	unit   *unit  // nil in a Read, and while batched work runs

	err        error // the first statement that failed: the unit fails with it
	journalled bool
	asked, got int64 // see Stats
}

// Scanner is one row.
type Scanner interface{ Scan(dest ...any) error }

// Exec runs a statement and tells how many rows it touched.
func (tx *Tx) Exec(s SQL, args ...any) (int64, error) {
	stmt, err := tx.prepare(s)
	if err != nil {
		return 0, err
	}
	bound, err := tx.bind(s, args)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(tx.ctx, bound...)
	if err != nil {
		return 0, tx.failed(s, err)
	}
	return res.RowsAffected()
}

// All runs a query and scans every row.
func All[T any](tx *Tx, s SQL, scan func(row Scanner) (T, error), args ...any) ([]T, error) {
	stmt, err := tx.prepare(s)
	if err != nil {
		return nil, err
	}
	bound, err := tx.bind(s, args)
	if err != nil {
		return nil, err
	}
	tx.asked++
	rows, err := stmt.QueryContext(tx.ctx, bound...)
	if err != nil {
		return nil, tx.failed(s, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, tx.failed(s, err)
		}
		out = append(out, v)
	}
	tx.got += int64(len(out))
	if err := rows.Err(); err != nil {
		return nil, tx.failed(s, err)
	}
	return out, nil
}

// One runs a query and scans its first row; ErrNone when there is none.
func One[T any](tx *Tx, s SQL, scan func(row Scanner) (T, error), args ...any) (T, error) {
	var zero T
	all, err := All(tx, s, scan, args...)
	if err != nil {
		return zero, err
	}
	if len(all) == 0 {
		return zero, ErrNone
	}
	return all[0], nil
}

// Int64 scans a single number.
func Int64(row Scanner) (int64, error) {
	var n int64
	err := row.Scan(Number(&n))
	return n, err
}

// Text scans a single text.
func Text(row Scanner) (string, error) {
	var s string
	err := row.Scan(&s)
	return s, err
}

// Journalled marks the unit as having appended to a journal. Only package
// journal calls it.
func (tx *Tx) Journalled() { tx.journalled = true }

func (tx *Tx) prepare(s SQL) (*sql.Stmt, error) {
	stmt, err := tx.conn.prepare(tx.ctx, s.on(tx.engine))
	if err != nil {
		return nil, tx.failed(s, err)
	}
	return stmt, nil
}

// bind refuses text that not both engines take. Rules refuse it earlier and say
// in which field; what slips past them is a bad request, not an internal error.
func (tx *Tx) bind(s SQL, args []any) ([]any, error) {
	bound := arguments(tx.engine, args)
	if !storable(bound) {
		return nil, tx.failed(s, fault.Of(fault.Invalid, "fault.control-character"))
	}
	return bound, nil
}

// failed remembers the first failure: PostgreSQL would refuse everything after
// it, so on both engines the unit fails even if its function swallows the error.
func (tx *Tx) failed(s SQL, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	err = fmt.Errorf("db: %w in %q", err, s.text)
	if tx.err == nil {
		tx.err = err
	}
	return err
}

// Batched hands item to the work of the whole batch: run is called once with
// the items of all units that succeeded, in order, before COMMIT and outside the
// savepoints. It returns the item's place among them. No unit may read what run
// writes.
func Batched[T any](tx *Tx, key string, item T, run func(tx *Tx, items []T) error) int {
	b := tx.batch
	if b == nil {
		panic("db: Batched in a Read")
	}
	w := b.work[key]
	if w == nil {
		w = &work{run: func(tx *Tx, items []any) error {
			typed := make([]T, len(items))
			for i, it := range items {
				typed[i] = it.(T)
			}
			return run(tx, typed)
		}}
		b.work[key] = w
		b.order = append(b.order, key)
	}
	w.items = append(w.items, item)
	tx.unit.added = append(tx.unit.added, key)
	return len(w.items) - 1
}

// Pending lists what the units of the batch, this one included, have handed to
// Batched under the key and not taken back; nothing in a Read. A unit that must
// know what is not written yet asks here.
func Pending[T any](tx *Tx, key string) []T {
	if tx.batch == nil || tx.batch.work[key] == nil {
		return nil
	}
	items := tx.batch.work[key].items
	typed := make([]T, len(items))
	for i, it := range items {
		typed[i] = it.(T)
	}
	return typed
}

// Memo computes a value once per batch: the first unit that asks pays, and if
// that unit fails the value is forgotten with it. In a Read it just computes.
func Memo[V any](tx *Tx, key string, compute func() (V, error)) (V, error) {
	b := tx.batch
	if b == nil {
		return compute()
	}
	if v, ok := b.memo[key]; ok {
		return v.(V), nil
	}
	v, err := compute()
	if err != nil {
		return v, err
	}
	b.memo[key] = v
	tx.unit.remembered = append(tx.unit.remembered, key)
	return v, nil
}

// Writing tells whether the unit of work may change rows.
func (tx *Tx) Writing() bool { return tx.batch != nil }

// After has fn called once the batch is durable, before its units are answered.
// Only work of the whole batch (see Batched) may ask for it. fn must not wait
// for anybody: every writer of the batch would wait with it.
func (tx *Tx) After(fn func()) { tx.batch.after = append(tx.batch.after, fn) }
