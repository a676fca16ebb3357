package attachment

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// Opened is an attachment with bytes to read; Close it.
type Opened struct {
	io.ReadCloser
	Standing   operation.Standing
	Attachment Attachment
	Size       int64
	MediaType  string
	FileName   string
	SHA256     string
}

// Open opens an attachment that the actor may read: of a record by the record's
// audience, before that for its author only. The bytes were compared with their
// digest before the first is given out. Small and Mid of a document are Missing.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, n Name, v Variant) (Opened, error) {
	o, err := s.open(ctx, who, code, n, v)
	if err != nil {
		return Opened{}, fmt.Errorf("%s: %w", access.AttachmentRead, err)
	}
	return o, nil
}

// Look is Open without the bytes.
func (s *Store) Look(ctx context.Context, who access.Actor, code operation.Code, n Name) (operation.Standing, Attachment, error) {
	st, a, _, err := s.look(ctx, who, code, n)
	if err != nil {
		return st, a, fmt.Errorf("%s: %w", access.AttachmentRead, err)
	}
	return st, a, nil
}

func (s *Store) look(ctx context.Context, who access.Actor, code operation.Code, n Name) (st operation.Standing, a Attachment, as read, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentRead); err != nil {
			return err
		}
		if a, err = s.one(tx, st, n); err != nil {
			return err
		}
		gone, err := s.withheld(tx, st, a)
		if err == nil && gone {
			a, err = Attachment{}, fault.Missing()
		}
		if err == nil {
			as, err = s.readAs(tx, st.Operation.Number, a)
		}
		return err
	})
	return st, a, as, err
}

func (s *Store) open(ctx context.Context, who access.Actor, code operation.Code, n Name, v Variant) (o Opened, err error) {
	st, a, as, err := s.look(ctx, who, code, n)
	if err != nil {
		return o, err
	}
	p := a.Main
	switch v {
	case Whole:
	case Small:
		p = a.Thumbnail
	case Mid:
		return s.openPreview(ctx, st, a, as)
	case Came:
		if a.Organisation != st.Who.Organisation || !a.OriginalHeld() {
			return o, fault.Missing()
		}
		p = a.AsItCame()
	default:
		return o, fault.Missing()
	}
	if p.Blob == "" {
		return o, fault.Missing()
	}
	if err := s.note(st, as, v); err != nil {
		return o, err
	}
	o = Opened{Standing: st, Attachment: a, Size: p.Size, MediaType: a.MediaType, FileName: a.FileName(), SHA256: p.SHA256}
	if v == Came && a.IsPicture() { // what it is, nobody wrote anew: a download, as it was called
		o.MediaType, o.FileName = "application/octet-stream", cmp.Or(a.Name, "original")
	}
	o.ReadCloser, err = s.checked(string(st.Operation.ID), p)
	return o, err
}

// inMemory is the size up to which bytes are read once.
const inMemory = 1 << 20

// checked opens bytes that are what their row says. Large ones are read twice.
func (s *Store) checked(operation string, p Picture) (io.ReadCloser, error) {
	if p.Size <= inMemory {
		b, err := s.bytesOf(operation, p)
		return io.NopCloser(bytes.NewReader(b)), err
	}
	if err := s.compare(operation, p); err != nil {
		return nil, err
	}
	return s.vault.Unlock(operation, p.Blob)
}

// compare reads bytes to their end and holds them against their row.
func (s *Store) compare(operation string, p Picture) error {
	r, err := s.vault.Unlock(operation, p.Blob)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	if err := errors.Join(err, r.Close()); err != nil {
		return err
	}
	if n != p.Size || hex.EncodeToString(sum.Sum(nil)) != p.SHA256 {
		return fmt.Errorf("attachment: blob %s is not what its row says", p.Blob)
	}
	return nil
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// one gives an attachment that the actor may read; Missing otherwise.
func (s *Store) one(tx *db.Tx, st operation.Standing, n Name) (Attachment, error) {
	list := operation.Standing.Readable
	if s.Readable != nil {
		list = func(st operation.Standing, tx *db.Tx) (db.List, error) { return s.Readable(tx, st) }
	}
	readable, err := list(st, tx)
	if err != nil {
		return Attachment{}, err
	}
	op, who := st.Operation.Number, st.Who
	if n.ID == "" {
		a, err := db.One(tx, selectSeq, scan, op, n.Seq, readable, who.Organisation, who.Person)
		if errors.Is(err, db.ErrNone) {
			return a, fault.Missing()
		}
		return a, err
	}
	senders, err := operation.EverMembers(tx, op)
	if err != nil {
		return Attachment{}, err
	}
	all, err := db.All(tx, selectNamed, scan, op, string(n.ID), readable, who.Organisation, who.Person, senders)
	if err != nil {
		return Attachment{}, err
	}
	return pick(tx, all, who.Organisation, n.Organisation)
}

// pick chooses among attachments of one id: that of the originator asked for,
// else the actor's own, else the only one.
func pick(tx *db.Tx, all []Attachment, own int64, from organisation.ID) (Attachment, error) {
	number := own
	if from != "" {
		o, err := organisation.ByID(tx, from)
		if errors.Is(err, db.ErrNone) {
			return Attachment{}, fault.Missing()
		}
		if err != nil {
			return Attachment{}, err
		}
		number = o.Number
	}
	for _, a := range all {
		if a.Organisation == number {
			return a, nil
		}
	}
	switch {
	case from != "" || len(all) == 0:
		return Attachment{}, fault.Missing()
	case len(all) > 1:
		return Attachment{}, fault.At("organisation", "attachment.say-whose")
	}
	return all[0], nil
}

// Marked draws the picture of an attachment anew with a text over it. It asks nobody: its caller, the package whose
// record has the attachment, has said who may look, and keeps the log.
func (s *Store) Marked(ctx context.Context, st operation.Standing, a Attachment, text string) ([]byte, error) {
	if !a.IsPicture() {
		return nil, fault.Missing()
	}
	done, err := s.place(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	content, err := s.bytesOf(string(st.Operation.ID), a.Main)
	if err != nil {
		return nil, err
	}
	m, err := picture.Mark(content, text)
	return m.Content, err
}
