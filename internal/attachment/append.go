package attachment

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// maxPieces bounds the pieces in which one upload arrives.
const maxPieces = 2000

// Piece is a part of an upload as it comes over the line.
type Piece struct {
	Offset int64
	Body   io.Reader // may be cut anywhere: what has come is kept
	// Sum and Want are the piece's checksum, if its sender gave one. A piece that
	// does not fit, as one that was cut, is thrown away whole.
	Sum  hash.Hash
	Want []byte
}

// ErrChecksum: the piece is not what its sender sent.
var ErrChecksum = errors.New("attachment: the checksum does not fit")

// Append keeps a piece of an upload, and finishes the upload when all has come.
// An offset that is not where the upload stands is a Conflict. When Append
// returns, what it counts in Arrived is on the disk. What the finished file is
// refused for is Invalid, and then nothing of the upload stays.
func (s *Store) Append(ctx context.Context, who access.Actor, code operation.Code, id ID, p Piece) (Upload, error) {
	st, u, err := s.progress(ctx, who, code, id)
	var piece blob.Stored
	if err == nil {
		u, piece, err = s.add(ctx, st, u, p)
	}
	if err == nil && !u.Done && u.Arrived == u.Size {
		// Nobody asks again for what has come whole: it is finished although the sender has gone.
		u, err = s.complete(context.WithoutCancel(ctx), st, code, u, piece)
	}
	if err != nil {
		return u, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return u, nil
}

// add puts a piece away and counts it.
func (s *Store) add(ctx context.Context, st operation.Standing, u Upload, p Piece) (Upload, blob.Stored, error) {
	var piece blob.Stored // of nothing yet
	if p.Offset != u.Arrived {
		return u, piece, fault.Of(fault.Conflict, "attachment.offset")
	}
	left := u.Size - u.Arrived
	if left == 0 {
		return u, piece, nil
	}
	line := &cutting{in: p.Body}
	var in io.Reader = io.LimitReader(line, left)
	if p.Sum != nil {
		in = io.TeeReader(in, p.Sum)
	}
	first := make([]byte, 1)
	if n, _ := io.ReadFull(in, first); n == 0 {
		return u, piece, line.trouble()
	}
	piece, err := s.vault.Lock(string(st.Operation.ID), io.MultiReader(bytes.NewReader(first), in))
	if err != nil {
		return u, piece, err
	}
	if p.Sum != nil && subtle.ConstantTimeCompare(p.Sum.Sum(nil), p.Want) != 1 {
		s.remove(piece.Name)
		return u, piece, ErrChecksum
	}
	if n, _ := line.Read(first); left == piece.Size && n > 0 {
		s.remove(piece.Name)
		return u, piece, fault.Of(fault.TooLarge, "attachment.longer")
	}
	// What has come is kept although the line is cut.
	if err = s.grow(context.WithoutCancel(ctx), st, u, piece); err != nil {
		s.remove(piece.Name)
		return u, piece, err
	}
	u.Arrived += piece.Size
	return u, piece, line.trouble()
}

// grow counts a piece, unless another one was faster.
func (s *Store) grow(ctx context.Context, st operation.Standing, u Upload, piece blob.Stored) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		op, org := st.Operation.Number, st.Who.Organisation
		n, err := tx.Exec(growUpload, op, org, string(u.ID), u.Arrived, piece.Size, s.source.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Of(fault.Conflict, "attachment.offset")
		}
		if n, err = db.One(tx, countParts, db.Int64, op, org, string(u.ID)); err != nil {
			return err
		}
		if n >= maxPieces {
			return fault.Of(fault.TooMany, "attachment.pieces")
		}
		_, err = tx.Exec(insertPart, op, org, string(u.ID), u.Arrived, piece.Size, string(piece.Name))
		return err
	})
}

// cutting is a line that may be cut: it ends where it was cut, and remembers why.
type cutting struct {
	in  io.Reader
	err error
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, io.EOF
	}
	n, err := c.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err, err = err, io.EOF
	}
	return n, err
}

// trouble says that the line was cut: what had come is kept.
func (c *cutting) trouble() error {
	if c.err == nil {
		return nil
	}
	if f, ok := errors.AsType[*fault.Fault](c.err); ok {
		return f
	}
	return fault.Of(fault.Unavailable, "attachment.cut").Because(c.err)
}
