package backup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// piece is a part of a file of attachments, as it stands on its shelf: encrypted
// with a key that is in no backup.
type piece struct {
	Blob    blob.Name `json:"blob"`
	At      int64     `json:"at"`   // bytes before it
	Last    bool      `json:"last"` // nothing follows of this file
	Content []byte    `json:"content"`
}

// pieceSize is what one line holds.
const pieceSize = 1 << 20

// shelf opens the files of attachments; nil: there are none.
func (p Place) shelf() (*blob.Disk, error) {
	dir := filepath.Join(p.Data, blob.Directory)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return blob.OpenDisk(dir)
}

// blobs writes every file that the snapshot names. One that nobody has attached
// may go while the backup is made: it is left out.
func (w *writer) blobs(tx *db.Tx, from *blob.Disk) error {
	if from == nil {
		return nil
	}
	var names []blob.Name
	all, err := operation.Codes(tx)
	for _, op := range all {
		if err == nil {
			err = attachment.Blobs(tx, op.Number, false, func(n blob.Name, _ bool) { names = append(names, n) })
		}
	}
	if err != nil {
		return err
	}
	for _, n := range names {
		f, err := from.Open(n)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(w.blob(n, f), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) blob(n blob.Name, from io.Reader) error {
	buf, next := make([]byte, pieceSize), make([]byte, pieceSize)
	size, err := io.ReadFull(from, buf)
	w.end.Blobs++
	for at := int64(0); ; {
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		last := err != nil
		more := 0
		if !last {
			more, err = io.ReadFull(from, next)
			last = more == 0
		}
		if err := w.record(piece{n, at, last, buf[:size]}); err != nil {
			return err
		}
		if last {
			return nil
		}
		at += int64(size)
		buf, next, size = next, buf, more
	}
}

// shelved takes the pieces of a backup's files as they come.
type shelved struct {
	to   *blob.Disk // nil: they are only counted
	now  blob.Name
	part bytes.Buffer
	have map[blob.Name]bool
}

func (s *shelved) take(p *piece) error {
	if s.have == nil {
		s.have = map[blob.Name]bool{}
	}
	if s.part.Len() == 0 && p.At == 0 {
		s.now = p.Blob
	}
	if p.Blob != s.now || p.At != int64(s.part.Len()) || s.have[p.Blob] || !blob.ValidName(p.Blob) || len(p.Content) == 0 {
		return damaged("a file of attachments is not in its order")
	}
	s.part.Write(p.Content)
	if !p.Last {
		return nil
	}
	s.have[p.Blob] = true
	defer s.part.Reset()
	if s.to == nil {
		return nil
	}
	return s.to.Put(p.Blob, func(w io.Writer) error {
		_, err := w.Write(s.part.Bytes())
		return err
	})
}

// whole wants every file that a record has.
func (s *shelved) whole(ctx context.Context, d *db.DB) error {
	if s.part.Len() > 0 {
		return damaged("a file of attachments is cut short")
	}
	return d.Read(ctx, func(tx *db.Tx) error {
		all, err := operation.Codes(tx)
		missing := 0
		for _, op := range all {
			if err == nil {
				err = attachment.Blobs(tx, op.Number, false, func(n blob.Name, taken bool) {
					if taken && !s.have[n] {
						missing++
					}
				})
			}
		}
		if err == nil && missing > 0 {
			err = unequal("%d files of attachments are missing", missing)
		}
		return err
	})
}
