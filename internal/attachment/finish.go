package attachment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// Receive takes a whole file at once, as a form sends it: how long it is shows at its end, so d.Size does not count.
func (s *Store) Receive(ctx context.Context, who access.Actor, code operation.Code, d Draft, file io.Reader) (Attachment, error) {
	a, err := s.receive(ctx, who, code, d, file)
	if err != nil {
		return Attachment{}, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return a, nil
}

func (s *Store) receive(ctx context.Context, who access.Actor, code operation.Code, d Draft, file io.Reader) (a Attachment, err error) {
	var st operation.Standing
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload); err != nil {
			return err
		}
		sum, err := used(tx, st, d.ID)
		if err == nil && sum >= s.Limits.Organisation {
			err = fault.Of(fault.TooLarge, "attachment.quota", fault.Args{"max": s.Limits.Organisation >> 20})
		}
		return err
	})
	if err != nil {
		return a, err
	}
	line := &cutting{in: file} // slow, as lines are: it must not hold a place
	came, err := s.vault.Lock(string(st.Operation.ID), io.LimitReader(line, s.Limits.File+1))
	if err == nil {
		defer s.remove(came.Name)
		err = line.trouble()
	}
	if err != nil {
		return a, err
	}
	d.Size = came.Size
	if d, err = d.clean(s.Limits); err != nil {
		return a, err
	}
	done, err := s.place(ctx)
	if err != nil {
		return a, err
	}
	defer done()
	content, err := s.join(st, room(came.Size), came.Name, came.Size)
	if err != nil {
		return a, err
	}
	return s.keep(ctx, st, code, d, content, blob.Stored{})
}

// complete makes an attachment of an upload that has come whole. What is refused goes altogether; any other error
// leaves the upload as it is, to be tried again. last is the piece that came last: if it is all of the upload, a
// document stays where it was put.
func (s *Store) complete(ctx context.Context, st operation.Standing, code operation.Code, u Upload, last blob.Stored) (Upload, error) {
	done, err := s.place(ctx)
	if err != nil {
		return u, err
	}
	defer done()
	content, pieces, err := s.gather(ctx, st, u, &last)
	if err != nil { // perhaps another request has finished it meanwhile
		if _, now, again := s.progress(ctx, st.Who, code, u.ID); again != nil || now.Done {
			return now, again
		}
		return u, err
	}
	u.Made, err = s.keep(ctx, st, code, u.Draft, content, last)
	switch {
	case err == nil:
		u.Done = true
		s.remove(slices.DeleteFunc(pieces, func(n blob.Name) bool { return n == u.Made.Main.Blob || n == u.Made.Original })...)
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Conflict), fault.Is(err, fault.TooLarge):
		err = errors.Join(err, s.abandon(ctx, st.Who.Organisation, code, u.ID))
	}
	return u, err
}

// gather puts the pieces of an upload together. last becomes the zero value unless it is the only one; then of a
// document whose kind shows at its beginning nothing but that is read, where no scanner wants to see more.
func (s *Store) gather(ctx context.Context, st operation.Standing, u Upload, last *blob.Stored) (content []byte, pieces []blob.Name, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		pieces, err = parts(tx, st.Operation.Number, st.Who.Organisation, u.ID)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if last.Size != u.Size || !slices.Equal(pieces, []blob.Name{last.Name}) {
		*last = blob.Stored{}
	} else if s.Scanner == nil {
		if content, err = s.join(st, nil, last.Name, headSize); err != nil || opaque(content) {
			return content, pieces, err
		}
	}
	content = room(u.Size)
	for _, n := range pieces {
		if content, err = s.join(st, content, n, u.Size); err != nil {
			return nil, nil, err
		}
	}
	if int64(len(content)) != u.Size {
		return nil, nil, fmt.Errorf("%d bytes in the pieces of an upload of %d", len(content), u.Size)
	}
	return content, pieces, nil
}

// room is for so many bytes, and for the look whether there are more.
func room(size int64) []byte { return make([]byte, 0, size+bytes.MinRead) }

func (s *Store) join(st operation.Standing, to []byte, piece blob.Name, most int64) ([]byte, error) {
	r, err := s.vault.Unlock(string(st.Operation.ID), piece)
	if err != nil {
		return to, err
	}
	defer r.Close()
	out := bytes.NewBuffer(to)
	_, err = io.Copy(out, io.LimitReader(r, most+1-int64(len(to))))
	return out.Bytes(), err
}

// headSize is how much of a file is looked at to tell whether it need be read.
const headSize = 64

// opaque tells of a beginning that it says all that is asked of the file.
func opaque(head []byte) bool {
	kind, err := picture.KindOf(head)
	return err == nil && kind == picture.PDF
}

// place waits for one of the few places where files are worked on: each may take
// a whole file and a decoded picture of memory.
func (s *Store) place(ctx context.Context) (done func(), err error) {
	select {
	case s.bench <- struct{}{}:
		return func() { <-s.bench }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// keep looks at a whole file, makes of it what is kept, and stores that. It runs
// at one of the places. whole: the same bytes, already put away; or the zero value.
func (s *Store) keep(ctx context.Context, st operation.Standing, code operation.Code, d Draft, content []byte, whole blob.Stored) (a Attachment, err error) {
	came := Picture{Size: whole.Size, SHA256: whole.SHA256}
	if whole.Name == "" {
		sum := sha256.Sum256(content)
		came = Picture{Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	}
	a = Attachment{ID: d.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, Name: d.Name, CameSize: came.Size,
		CameSHA256: came.SHA256, Label: d.Label, BlackOut: d.BlackOut.String()}
	if d.SHA256 != "" && d.SHA256 != a.CameSHA256 {
		return a, refused("attachment.other-digest")
	}
	kind, err := picture.KindOf(content)
	if err != nil {
		return a, err
	}
	if a.Scan, err = s.scan(ctx, content); err != nil {
		return a, err
	}
	switch {
	case picture.IsPicture(kind):
		if err = s.develop(ctx, st, &a, kind, content, d); err == nil && len(d.BlackOut) == 0 {
			err = s.keepOriginal(ctx, st, &a, content, whole)
		}
	case len(d.BlackOut) > 0:
		err = fault.At("blackout", "attachment.blackout-of-picture")
	case whole.Name != "":
		a.MediaType, a.Main = kind, Picture{Blob: whole.Name, Size: whole.Size, SHA256: whole.SHA256}
	default:
		a.MediaType = kind
		a.Main, err = s.lock(st, picture.Rendered{Content: content})
	}
	if err == nil {
		a, err = s.store(ctx, st, code, a, whole.Name)
	}
	if err != nil {
		s.remove(a.Thumbnail.Blob)
		for _, n := range []blob.Name{a.Main.Blob, a.Original} {
			if n != whole.Name { // a piece stays, for another try
				s.remove(n)
			}
		}
	}
	return a, err
}

// develop makes the picture and its thumbnail, and puts them away.
func (s *Store) develop(ctx context.Context, st operation.Standing, a *Attachment, kind string, content []byte, d Draft) error {
	pixels, err := picture.Gate(kind, content)
	if err != nil {
		return err
	}
	if pixels > picture.LargeAt {
		select {
		case s.large <- struct{}{}:
			defer func() { <-s.large }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	main, small, err := picture.Render(kind, content, d.Label, d.BlackOut)
	if err != nil {
		return err
	}
	a.MediaType = picture.JPEG
	return s.putAway(st, a, main, small)
}

func (s *Store) putAway(st operation.Standing, a *Attachment, main, small picture.Rendered) (err error) {
	a.looks = main.Looks
	if a.Main, err = s.lock(st, main); err != nil {
		return err
	}
	a.Thumbnail, err = s.lock(st, small)
	return err
}

func (s *Store) lock(st operation.Standing, r picture.Rendered) (Picture, error) {
	b, err := s.vault.Lock(string(st.Operation.ID), bytes.NewReader(r.Content))
	return Picture{Blob: b.Name, Size: b.Size, SHA256: b.SHA256, Width: r.Width, Height: r.Height}, err
}

// store writes the row; the bytes are on the disk already. The same file again under its id is the same attachment.
// whole: the upload's, if the attachment may be what was put away with it.
func (s *Store) store(ctx context.Context, st operation.Standing, code operation.Code, a Attachment, whole blob.Name) (Attachment, error) {
	made := a
	var again bool
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), st.Who, code, access.AttachmentUpload)
		if err != nil {
			return err
		}
		made, again, err = s.write(tx, st, a, whole)
		return err
	})
	if err == nil && again {
		s.remove(slices.DeleteFunc(a.blobs(), func(n blob.Name) bool { return n == whole })...)
	}
	if err != nil {
		return a, err
	}
	return made, nil
}

func (s *Store) write(tx *db.Tx, st operation.Standing, a Attachment, piece blob.Name) (made Attachment, again bool, err error) {
	op, org := st.Operation.Number, st.Who.Organisation
	old, err := db.One(tx, selectByID, scan, op, org, string(a.ID))
	if err == nil {
		if old.Author != a.Author || old.CameSHA256 != a.CameSHA256 || old.Name != a.Name {
			return old, false, fault.Of(fault.Conflict, "attachment.id-taken")
		}
		return old, true, db.Unchanged
	}
	if !errors.Is(err, db.ErrNone) {
		return a, false, err
	}
	if piece != "" && (a.Main.Blob == piece || a.Original == piece) { // unless somebody has thrown the upload away: its bytes go with it
		pieces, err := parts(tx, op, org, a.ID)
		if err != nil {
			return a, false, err
		}
		if !slices.Equal(pieces, []blob.Name{piece}) {
			return a, false, fault.Missing()
		}
	}
	sum, err := used(tx, st, a.ID)
	if err != nil {
		return a, false, err
	}
	if sum+a.CameSize > s.Limits.Organisation {
		return a, false, fault.Of(fault.TooLarge, "attachment.quota", fault.Args{"max": s.Limits.Organisation >> 20})
	}
	if a.Audience, err = audience.Intern(tx, op, audience.Own(org)); err != nil {
		return a, false, err
	}
	a.At = st.Now
	a.Seq, err = s.journal.Append(tx, st.Entry(access.AttachmentUpload, a.subject(), a.Audience),
		journal.Content{After: a, With: map[string]string{"audience": audience.Own(org).String()}})
	if err != nil {
		return a, false, err
	}
	if err := insert(tx, op, a); err != nil {
		return a, false, err
	}
	return a, false, drop(tx, op, org, a.ID)
}

// These gives attachments of the actor's that no record has yet, in the order of
// their ids: what a form that is shown again still holds. Others are left out.
func (s *Store) These(ctx context.Context, who access.Actor, code operation.Code, ids []ID) ([]Attachment, error) {
	var out []Attachment
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload)
		if err != nil {
			return err
		}
		for _, id := range ids[:min(len(ids), MaxOfRecord)] {
			a, err := loose(tx, st, id)
			if fault.Is(err, fault.NotFound) || slices.ContainsFunc(out, func(b Attachment) bool { return b.ID == id }) {
				continue
			}
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return out, nil
}
