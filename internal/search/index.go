package search

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// step is how many entries of a journal are looked at while it is held.
const step = 500

// Index makes a part of the index that is not whole again from its records, and
// tells whether there may be more to do. The server calls it until there is none.
func (s *Store) Index(ctx context.Context) (more bool, err error) {
	var op int64
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := operation.Codes(tx)
		for _, o := range all {
			if err != nil || more {
				break
			}
			var whole bool
			whole, err = textindex.Whole(tx, o.Number)
			op, more = o.Number, !whole && err == nil
		}
		return err
	})
	if err == nil && more {
		err = s.db.Keep(ctx, func(tx *db.Tx) error { return indexSome(tx, op) })
	}
	if err != nil {
		return false, fmt.Errorf("search: index: %w", err)
	}
	return more, nil
}

// indexSome takes the journal first: no record changes before its words are kept.
func indexSome(tx *db.Tx, op int64) error {
	size, err := journal.Lock(tx, op)
	if err != nil {
		return err
	}
	from, err := textindex.Upto(tx, op)
	if err != nil {
		return err
	}
	if err := message.Index(tx, op, from, from+step); err != nil {
		return err
	}
	if err := seizure.Index(tx, op, from, from+step); err != nil {
		return err
	}
	if err := document.Index(tx, op, from, from+step); err != nil {
		return err
	}
	if err := product.Index(tx, op, from, from+step); err != nil {
		return err
	}
	if from+step >= size {
		return textindex.Begin(tx, op)
	}
	return textindex.Reached(tx, op, from+step)
}

// Again has every index be made again, in time.
func (s *Store) Again(ctx context.Context) error {
	return s.db.Keep(ctx, textindex.Forget)
}
