package attachment_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

func TestSweep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.actor["xa.officer"]
		kept := w.received("xa.officer", "kept.pdf", []byte("%PDF-kept"))
		_, err := w.send("xa.officer", audience.Address{Sides: []access.Side{access.Enforcement}}, kept.ID)
		w.must(err)
		loose := w.received("xa.officer", "loose.pdf", []byte("%PDF-loose"))
		id := w.id()
		_, err = w.store.Begin(t.Context(), who, code, attachment.Draft{ID: id, Name: "a.pdf", Size: 10})
		w.must(err)
		_, _ = w.store.Append(t.Context(), who, code, id, attachment.Piece{Body: &line{strings.NewReader("%PDF-half"), 4}})
		stray := filepath.Join(w.dir, "blobs", "ab")
		w.must(os.MkdirAll(stray, 0o700))
		w.must(os.WriteFile(filepath.Join(stray, "ab"+strings.Repeat("0", 30)), nil, 0o600))
		sweep := func(wall time.Time, uploads, untaken, strays int) {
			t.Helper()
			u, l, s, err := w.store.Sweep(t.Context(), wall)
			if err != nil || u != uploads || l != untaken || s != strays {
				t.Errorf("swept %d uploads, %d untaken, %d strays, %v", u, l, s, err)
			}
		}
		now := time.Now()
		sweep(now, 0, 0, 0)
		w.source.Set(w.source.Now().Add(attachment.KeepUpload + time.Second))
		sweep(now, 1, 0, 0)
		w.source.Set(w.source.Now().Add(attachment.KeepLoose))
		sweep(now.Add(attachment.KeepStray-time.Hour), 0, 1, 0)
		sweep(now.Add(attachment.KeepStray+time.Hour), 0, 0, 1)
		if n := w.blobs(); n != 1 {
			t.Errorf("%d files", n)
		}
		if _, err := w.open("xa.officer", attachment.Name{ID: loose.ID}, attachment.Whole); !isMissing(err) {
			t.Error(err)
		}
		if _, err := w.open("xb.officer", attachment.Name{Seq: kept.Seq}, attachment.Whole); err != nil {
			t.Error(err)
		}
	})
}
