package attachment

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// Blacken takes parts of a picture away that no record has yet, for good: the
// bytes that showed them go. What was blacked out before stays black.
func (s *Store) Blacken(ctx context.Context, who access.Actor, code operation.Code, id ID, black BlackOut) (Attachment, error) {
	a, err := s.blacken(ctx, who, code, id, black)
	if err != nil {
		return Attachment{}, fmt.Errorf("%s: %w", access.AttachmentBlacken, err)
	}
	return a, nil
}

func (s *Store) blacken(ctx context.Context, who access.Actor, code operation.Code, id ID, black BlackOut) (Attachment, error) {
	var st operation.Standing
	var old Attachment
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentBlacken); err != nil {
			return err
		}
		old, err = loose(tx, st, id)
		return err
	})
	if err != nil {
		return old, err
	}
	switch {
	case !old.IsPicture():
		return old, fault.At("blackout", "attachment.blackout-of-picture")
	case len(black) == 0:
		return old, fault.At("blackout", "attachment.blackout-nothing")
	}
	fresh := old
	fresh.BlackOut, fresh.Original = black.String(), "" // what was blacked out shows in it
	if err := s.redraw(ctx, st, &fresh, black); err != nil {
		return old, err
	}
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.AttachmentBlacken)
		if err != nil {
			return err
		}
		return s.replace(tx, st, old, fresh)
	})
	if err != nil {
		s.remove(fresh.Main.Blob, fresh.Thumbnail.Blob)
		return old, err
	}
	s.remove(old.blobs()...)
	return fresh, nil
}

// redraw makes the picture anew without what is blacked out.
func (s *Store) redraw(ctx context.Context, st operation.Standing, a *Attachment, black BlackOut) error {
	done, err := s.place(ctx)
	if err != nil {
		return err
	}
	defer done()
	content, err := s.bytesOf(string(st.Operation.ID), a.Main)
	if err != nil {
		return err
	}
	main, small, err := picture.Again(content, a.Label, black)
	if err != nil {
		return err
	}
	if err := s.putAway(st, a, main, small); err != nil {
		s.remove(a.Main.Blob)
		return err
	}
	return nil
}

func (s *Store) replace(tx *db.Tx, st operation.Standing, old, fresh Attachment) error {
	now, err := loose(tx, st, old.ID)
	if err != nil {
		return err
	}
	if now.Main.Blob != old.Main.Blob {
		return fault.Of(fault.Conflict, "attachment.changed")
	}
	_, err = s.journal.Append(tx, st.Entry(access.AttachmentBlacken, fresh.subject(), fresh.Audience),
		journal.Content{Before: old, After: fresh, With: map[string]string{"audience": audience.Own(st.Who.Organisation).String()}})
	if err != nil {
		return err
	}
	n, err := tx.Exec(updatePicture, st.Operation.Number, fresh.Seq, string(fresh.Main.Blob), fresh.Main.Size, fresh.Main.SHA256,
		fresh.Main.Width, fresh.Main.Height, string(fresh.Thumbnail.Blob), fresh.Thumbnail.Size, fresh.Thumbnail.SHA256,
		fresh.Thumbnail.Width, fresh.Thumbnail.Height, fresh.BlackOut, string(old.Main.Blob))
	if err == nil && n != 1 {
		err = errors.New("attachment: it is not there any more")
	}
	if err != nil {
		return err
	}
	return likeness.Put(tx, st.Operation.Number, fresh.Seq, fresh.looks)
}

// bytesOf reads a picture, whole, and compares it with its digest.
func (s *Store) bytesOf(operation string, p Picture) ([]byte, error) {
	r, err := s.vault.Unlock(operation, p.Blob)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, p.Size+1))
	if err != nil {
		return nil, err
	}
	if hexSum(b) != p.SHA256 {
		return nil, fmt.Errorf("attachment: blob %s is not what its row says", p.Blob)
	}
	return b, nil
}
