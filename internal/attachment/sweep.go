package attachment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// How long what nobody finishes, or no record takes, is kept; and bytes that no
// row names, which a crash left behind.
const (
	KeepUpload = 24 * time.Hour
	KeepLoose  = 48 * time.Hour
	KeepStray  = 48 * time.Hour
)

// Sweep is housekeeping: it throws away uploads that nobody went on with, attachments that no record took, and bytes
// that no row names. wall is the machine's clock, by which files have their times. It tells how many of each.
func (s *Store) Sweep(ctx context.Context, wall time.Time) (uploads, loose, strays int, err error) {
	var all []operation.Numbered
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err = operation.Codes(tx)
		return err
	})
	if err != nil {
		return 0, 0, 0, fmt.Errorf("attachment: sweep: %w", err)
	}
	for _, op := range all {
		n, uploadErr := s.sweepUploads(ctx, op)
		m, looseErr := s.sweepLoose(ctx, op)
		uploads, loose, err = uploads+n, loose+m, errors.Join(err, uploadErr, looseErr)
	}
	strays, strayErr := s.sweepStrays(ctx, all, wall.Add(-KeepStray))
	if err = errors.Join(err, strayErr); err != nil {
		err = fmt.Errorf("attachment: sweep: %w", err)
	}
	return uploads, loose, strays, err
}

func (s *Store) sweepUploads(ctx context.Context, op operation.Numbered) (int, error) {
	var old []kept
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		old, err = db.All(tx, oldUploads, scanUpload, op.Number, s.source.Now().Add(-KeepUpload))
		return err
	})
	for _, k := range old {
		err = errors.Join(err, s.abandon(ctx, k.organisation, op.Code, k.ID))
	}
	return len(old), err
}

// sweeper is who throws away what no record took.
var sweeper = access.Actor{System: "attachments"}

func (s *Store) sweepLoose(ctx context.Context, op operation.Numbered) (int, error) {
	var old []Attachment
	before := s.source.Now().Add(-KeepLoose)
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		old, err = db.All(tx, selectOld, scan, op.Number, before)
		return err
	})
	if err != nil || len(old) == 0 {
		return 0, err
	}
	err = s.db.Write(ctx, string(op.Code), func(tx *db.Tx) error {
		st, err := operation.EnterAs(tx, s.source.Now(), sweeper, op.Number)
		if err != nil {
			return err
		}
		if old, err = db.All(tx, selectOld, scan, op.Number, before); err != nil {
			return err
		}
		for _, a := range old {
			if err := s.discard(tx, st, a); err != nil {
				return err
			}
		}
		if len(old) == 0 {
			return db.Unchanged
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, a := range old {
		s.remove(a.blobs()...)
	}
	return len(old), nil
}

// sweepStrays removes bytes that are older than a moment and that no row names.
// The disk is read first: what is named while that goes on is found named. An
// instance without any row is not swept: its database may be another one.
func (s *Store) sweepStrays(ctx context.Context, all []operation.Numbered, before time.Time) (int, error) {
	strays := map[blob.Name]bool{}
	err := s.vault.Each(func(n blob.Name, at time.Time) error {
		if at.Before(before) {
			strays[n] = true
		}
		return ctx.Err()
	})
	if err != nil || len(strays) == 0 {
		return 0, err
	}
	named := 0
	for _, op := range all {
		err := s.db.Read(ctx, func(tx *db.Tx) error {
			return Blobs(tx, op.Number, true, func(n blob.Name, _ bool) { named++; delete(strays, n) })
		})
		if err != nil {
			return 0, err
		}
	}
	if named == 0 {
		return 0, nil
	}
	for n := range strays {
		err = errors.Join(err, s.vault.Remove(n))
	}
	return len(strays), err
}

// Blobs names all bytes that rows of an operation name, and whether a record has
// them; with uploads those of uploads under way, too.
func Blobs(tx *db.Tx, operation int64, uploads bool, name func(n blob.Name, taken bool)) error {
	for from := int64(-1); ; {
		rows, err := db.All(tx, selectBlobs, db.Raw(5), operation, from)
		if err != nil {
			return err
		}
		for _, r := range rows {
			for _, i := range []int{1, 2, 3} {
				if n := r.Text(i); n != "" {
					name(blob.Name(n), r[4] != nil)
				}
			}
			from = r.Number(0)
		}
		if len(rows) == 0 {
			break
		}
	}
	if !uploads {
		return nil
	}
	pieces, err := db.All(tx, allParts, scanText, operation)
	for _, p := range pieces {
		name(blob.Name(p), false)
	}
	return err
}
