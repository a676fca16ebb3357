package attachment

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// Copy writes a picture that the actor may read anew, without what is blacked out, as an attachment of its own that
// no record has: it goes to readers who must not come to the first. What the file was called stays behind, and the
// copy looks like nothing: nobody finds the one by the other. The same again under its id is the same copy.
func (s *Store) Copy(ctx context.Context, who access.Actor, code operation.Code, from Name, id ID, black BlackOut) (Attachment, error) {
	a, err := s.copy(ctx, who, code, from, id, black)
	if err != nil {
		return Attachment{}, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return a, nil
}

func (s *Store) copy(ctx context.Context, who access.Actor, code operation.Code, from Name, id ID, black BlackOut) (a Attachment, err error) {
	var st operation.Standing
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload)
		return err
	})
	if err != nil {
		return a, err
	}
	_, old, _, err := s.look(ctx, who, code, from)
	switch {
	case err != nil:
		return a, err
	case old.Main.Blob == "":
		return a, fault.Missing()
	case !old.IsPicture():
		return a, fault.At("pictures", "attachment.copy-of-picture")
	}
	d, err := Draft{ID: id, Size: old.Main.Size}.clean(s.Limits)
	if err != nil {
		return a, err
	}
	a = Attachment{ID: d.ID, Organisation: who.Organisation, Author: who.Person, MediaType: picture.JPEG, Main: old.Main, CameSize: old.Main.Size,
		CameSHA256: old.Main.SHA256, Scan: old.Scan, Label: old.Label, BlackOut: black.String()}
	if err := s.redraw(ctx, st, &a, black); err != nil {
		return a, err
	}
	a.looks = 0
	made, err := s.store(ctx, st, code, a, blob.Name(""))
	if err != nil {
		s.remove(a.blobs()...)
	}
	return made, err
}

// Numbered gives attachments by their numbers, for whoever has decided that they may be seen.
func Numbered(tx *db.Tx, operation int64, seqs db.List) (map[int64]Attachment, error) {
	out := map[int64]Attachment{}
	if len(seqs) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectNumbers, scan, operation, seqs)
	for _, a := range all {
		out[a.Seq] = a
	}
	return out, err
}

// Show opens one for whoever has decided in another package that its reader may see it.
func (s *Store) Show(o operation.Operation, a Attachment, v Variant) (Opened, error) {
	p := a.Main
	if v == Small {
		p = a.Thumbnail
	}
	if p.Blob == "" || v == Came {
		return Opened{}, fault.Missing()
	}
	r, err := s.checked(string(o.ID), p)
	return Opened{ReadCloser: r, Attachment: a, Size: p.Size, MediaType: a.MediaType, FileName: a.FileName(), SHA256: p.SHA256}, err
}
