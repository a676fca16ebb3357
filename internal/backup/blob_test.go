package backup

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The files of attachments go with a backup, their keys do not: with the keys put
// back the same bytes are read, without them nothing is served.
func TestAttachmentsThereAndBack(t *testing.T) {
	from := demo(t)
	a := serve(t, from)
	want := blobs(t, from) + 3 // of a picture two
	officer := persona(t, a, "officer")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 90, 60))); err != nil {
		t.Fatal(err)
	}
	long := append([]byte("%PDF-1.7 "), bytes.Repeat([]byte("0123456789abcdef"), 200_000)...) // some pieces
	var ids []attachment.ID
	for _, content := range [][]byte{picture.Bytes(), long} {
		f, err := a.Attachments.Receive(t.Context(), officer, the, attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: "a"}, bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, f.ID)
	}
	_, err := a.Messages.Send(t.Context(), officer, the, message.Draft{ID: message.ID(source.Real().ID()), Template: message.General, Subject: "Files",
		Language: "en", TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Coordination}}, Attachments: ids})
	if err != nil {
		t.Fatal(err)
	}
	to, with := pair(t)
	name, _ := create(t, from, to)
	r, err := keeper().Verify(t.Context(), name, with, &from)
	if err != nil || int(r.Blobs) != want {
		t.Fatalf("%d files, %v", r.Blobs, err)
	}
	there := Place{Data: filepath.Join(t.TempDir(), "there")}
	if r, err := keeper().Restore(t.Context(), name, with, there); err != nil || int(r.Blobs) != want {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := server.Open(t.Context(), server.Config{Data: there.Data, Log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Fatal("files without their key are served")
	}
	keysBack(t, from, there)
	b := serve(t, there)
	o, err := b.Attachments.Open(t.Context(), persona(t, b, "coordinator"), the, attachment.Name{ID: ids[1]}, attachment.Whole)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if got, err := io.ReadAll(o); err != nil || !bytes.Equal(got, long) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	// A file that a record has and the backup has not is missed.
	files, err := filepath.Glob(filepath.Join(from.Data, "blobs", "??", "*"))
	if err != nil || len(files) != want {
		t.Fatal(files, err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	name, _ = create(t, from, to)
	if _, err := keeper().Verify(t.Context(), name, with, nil); !errors.Is(err, ErrUnequal) {
		t.Errorf("without one of its files: %v", err)
	}
}
