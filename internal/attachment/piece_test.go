package attachment_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// A document that comes in one piece stays where that was put, and is kept for
// nothing that was thrown away or refused meanwhile.
func TestDocumentInOnePiece(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		content := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("0123456789abcdef"), 9_000)...)
		who := w.actor["xa.officer"]
		send := func(id attachment.ID, want string) (attachment.Upload, error) {
			_, err := w.store.Begin(t.Context(), who, code, attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content)), SHA256: want})
			w.must(err)
			return w.store.Append(t.Context(), who, code, id, attachment.Piece{Body: bytes.NewReader(content)})
		}
		if _, err := send(w.id(), digest([]byte("another"))); !fault.Is(err, fault.Invalid) || w.blobs() != 0 {
			t.Errorf("another digest: %v, %d files", err, w.blobs())
		}
		thrown := w.id()
		w.store.Scanner = func(ctx context.Context, file io.Reader) (string, bool) {
			if n, err := io.Copy(io.Discard, file); n != int64(len(content)) || err != nil {
				t.Errorf("the scanner sees %d of %d bytes, %v", n, len(content), err)
			}
			w.must(w.store.Discard(ctx, who, code, thrown))
			return attachment.Clean, false
		}
		if u, err := send(thrown, ""); !isMissing(err) || u.Done || w.blobs() != 0 {
			t.Errorf("thrown away meanwhile: %+v, %v, %d files", u, err, w.blobs())
		}
		w.store.Scanner = nil
		u, err := send(w.id(), digest(content))
		if err != nil || !u.Done || u.Made.CameSize != int64(len(content)) || u.Made.CameSHA256 != digest(content) || w.blobs() != 1 {
			t.Fatalf("%+v, %v, %d files", u, err, w.blobs())
		}
		if got, err := w.open("xa.officer", attachment.Name{ID: u.ID}, attachment.Whole); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}
