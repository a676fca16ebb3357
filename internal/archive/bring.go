package archive

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// bring encrypts the files of attachments with this instance's keys, under the names
// that their rows have, and gives the names that it made. Whoever calls it is alone on
// the shelf.
func (s *Store) bring(ctx context.Context, r *reader, come *scratch) (made []blob.Name, err error) {
	var all []blobFile
	err = come.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = filesOf(tx, come.operation.Number)
		return err
	})
	if err != nil {
		return nil, err
	}
	sums := map[blob.Name]string{}
	for _, p := range all {
		if sum, twice := sums[p.Blob]; !blob.ValidName(p.Blob) || twice && sum != p.SHA256 {
			return nil, malformed("an attachment's file has a name that none has, or that another has")
		}
		sums[p.Blob] = p.SHA256
	}
	held, err := s.held(ctx, sums)
	if err != nil {
		return nil, err
	}
	if len(held) > 0 {
		return nil, fmt.Errorf("%w: %d files of attachments have names that files here have", ErrTaken, len(held))
	}
	for name, sum := range sums {
		// What stands there is of an import that was broken off: no row names it.
		if err = errors.Join(ctx.Err(), s.vault.Remove(name)); err == nil {
			err = s.bringOne(r, come.operation.ID, name, sum, &made)
		}
		if err != nil {
			return made, err
		}
	}
	return made, nil
}

func (s *Store) bringOne(r *reader, of operation.ID, name blob.Name, sum string, made *[]blob.Name) error {
	in, err := r.open(filesDir + sum)
	if err != nil {
		return err
	}
	kept, err := s.vault.LockAs(string(of), name, in)
	if err == nil {
		if *made = append(*made, name); kept.SHA256 != sum {
			err = malformed("the file of an attachment changed while it was read")
		}
	}
	return errors.Join(err, in.Close())
}

// held gives those of the names that rows here have, of whatever operation.
func (s *Store) held(ctx context.Context, of map[blob.Name]string) (held map[blob.Name]bool, err error) {
	held = map[blob.Name]bool{}
	if len(of) == 0 {
		return held, nil
	}
	var all []operation.Numbered
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = operation.Codes(tx)
		return err
	})
	for _, o := range all {
		if err == nil {
			err = s.db.Read(ctx, func(tx *db.Tx) error {
				return attachment.Blobs(tx, o.Number, true, func(n blob.Name, _ bool) {
					if _, ours := of[n]; ours {
						held[n] = true
					}
				})
			})
		}
	}
	return held, err
}

// takeBack removes what an import that failed has made. Whether it failed is asked of
// the rows: a change may stand although its answer was lost.
func (s *Store) takeBack(ctx context.Context, made []blob.Name) error {
	of := map[blob.Name]string{}
	for _, n := range made {
		of[n] = ""
	}
	held, err := s.held(ctx, of)
	if err != nil {
		return err // nothing is removed: what no row names is swept later
	}
	for _, n := range made {
		if !held[n] {
			err = errors.Join(err, s.vault.Remove(n))
		}
	}
	return err
}
