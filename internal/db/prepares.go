package db

import "context"

// Prepares tells whether this engine understands a statement; for tests.
func (d *DB) Prepares(ctx context.Context, s SQL) error {
	return d.Read(ctx, func(tx *Tx) error {
		if s.on(tx.engine) == "" {
			return nil // of the other engine only
		}
		_, err := tx.prepare(s)
		return err
	})
}
