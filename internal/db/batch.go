package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// batch is the state of the units that share one flush.
type batch struct {
	engine engine
	conn   *conn
	work   map[string]*work
	order  []string
	memo   map[string]any
	after  []func() // told once the batch is durable
	alone  bool     // a single unit needs no savepoint
}

type work struct {
	items []any
	run   func(*Tx, []any) error
}

// units runs each unit in its savepoint; stored tells whether any is to be
// committed. An error means that the whole transaction is lost.
func (b *batch) units(units []*unit) (stored bool, err error) {
	for _, u := range units {
		u.added, u.remembered = nil, nil
		ok, err := b.unit(u)
		if err != nil {
			return false, err
		}
		stored = stored || ok
	}
	return stored, nil
}

func (b *batch) unit(u *unit) (stored bool, err error) {
	ctx := context.Background()
	if !b.alone {
		if err := b.conn.exec(ctx, "savepoint unit"); err != nil {
			return false, fmt.Errorf("db: savepoint: %w", err)
		}
	}
	tx := &Tx{ctx: ctx, conn: b.conn, engine: b.engine, batch: b, unit: u}
	u.start <- tx
	u.answer = <-u.result
	switch {
	case tx.err != nil && (u.answer == nil || errors.Is(u.answer, Unchanged)):
		u.answer = tx.err
	case u.answer == nil && !tx.journalled && !u.housekeeping:
		u.answer = ErrUnjournalled
	}
	if u.answer == nil {
		if b.alone {
			return true, nil
		}
		return true, b.conn.exec(ctx, "release savepoint unit")
	}
	b.forget(u)
	if b.alone {
		return false, nil
	}
	// A disk that is full has already ended the transaction: then nobody is acknowledged.
	if err := b.conn.exec(ctx, "rollback to savepoint unit"); err != nil {
		return false, fmt.Errorf("db: rollback to savepoint: %w", err)
	}
	return false, b.conn.exec(ctx, "release savepoint unit")
}

// forget takes back what a failed unit gave to the batch.
func (b *batch) forget(u *unit) {
	for _, key := range u.added {
		w := b.work[key]
		w.items = w.items[:len(w.items)-1]
		if len(w.items) == 0 {
			// What run captured came from a unit that failed: the next one brings its own.
			delete(b.work, key)
			b.order = slices.DeleteFunc(b.order, func(k string) bool { return k == key })
		}
	}
	for _, key := range u.remembered {
		delete(b.memo, key)
	}
	u.added, u.remembered = nil, nil
}

// finish runs the batched work once, in the order in which it was first asked for.
func (b *batch) finish() error {
	tx := &Tx{ctx: context.Background(), conn: b.conn, engine: b.engine, batch: b}
	for _, key := range b.order {
		w := b.work[key]
		if len(w.items) == 0 {
			continue
		}
		if err := w.run(tx, w.items); err != nil {
			return fmt.Errorf("db: batched %s: %w", key, err)
		}
	}
	return tx.err
}
