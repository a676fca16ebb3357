package attachment_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// Where the operation wants so a picture is kept as it came, too: for its own
// organisation only, until a part of it is blacked out.
func TestOriginals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, who := t.Context(), w.actor["xa.officer"]
		came := photo(t, 300, 200)
		none := w.received("xa.officer", "a.jpg", came)
		for _, other := range []string{"xa", "xa.officer", "holder", "outsider"} {
			if err := w.store.Retain(ctx, w.actor[other], code, true); !isMissing(err) {
				t.Errorf("%s: %v", other, err)
			}
		}
		w.must(w.store.Retain(ctx, w.actor["wco"], code, true))
		w.must(w.store.Retain(ctx, w.actor["wco"], code, true))
		held := w.received("xa.officer", "b.jpg", came)
		piece := attachment.Draft{ID: w.id(), Name: "c.jpg", Size: int64(len(came))} // in one piece, which is the original
		_, err := w.store.Begin(ctx, who, code, piece)
		w.must(err)
		u, err := w.store.Append(ctx, who, code, piece.ID, attachment.Piece{Body: bytes.NewReader(came)})
		w.must(err)
		black := attachment.Draft{ID: w.id(), Name: "d.jpg", BlackOut: attachment.BlackOut{{Left: 0, Top: 0, Width: 1000, Height: 1000}}}
		dark, err := w.store.Receive(ctx, who, code, black, bytes.NewReader(came))
		w.must(err)
		if n := w.blobs(); n != 4*2+2 {
			t.Errorf("%d files", n)
		}
		for name, a := range map[string]struct {
			attachment.Attachment
			held bool
		}{"before": {none, false}, "after": {held, true}, "in a piece": {u.Made, true}, "blacked out": {dark, false}} {
			if a.OriginalHeld() != a.held || a.CameSHA256 != digest(came) || a.CameSize != int64(len(came)) {
				t.Errorf("%s: %+v", name, a.Attachment)
			}
			b, err := w.open("xa.officer", attachment.Name{ID: a.ID}, attachment.Came)
			if a.held && (err != nil || !bytes.Equal(b, came)) || !a.held && !isMissing(err) {
				t.Errorf("%s: %d bytes, %v", name, len(b), err)
			}
		}
		_, err = w.send("xa.officer", audience.Address{Sides: []access.Side{access.Enforcement}}, held.ID, none.ID)
		w.must(err)
		if _, err := w.open("xb.officer", attachment.Name{ID: held.ID}, attachment.Whole); err != nil {
			t.Error(err)
		}
		if _, err := w.open("xb.officer", attachment.Name{ID: held.ID}, attachment.Came); !isMissing(err) {
			t.Errorf("another organisation has the original: %v", err)
		}
		w.must(w.store.Discard(ctx, who, code, dark.ID))
		_, err = w.store.Blacken(ctx, who, code, piece.ID, black.BlackOut)
		w.must(err)
		if _, err := w.open("xa.officer", attachment.Name{ID: piece.ID}, attachment.Came); !isMissing(err) {
			t.Errorf("what was blacked out shows in the original: %v", err)
		}
		if n := w.blobs(); n != 3*2+1 {
			t.Errorf("%d files", n)
		}
		r, err := verify.Database(ctx, d, verify.Options{Vault: w.vault})
		w.must(err)
		if !r.Fine() || strings.Contains(strings.Join(r.Limits, ""), "does not know") {
			t.Errorf("%v %v", r.Findings, r.Limits)
		}
		w.must(w.store.Retain(ctx, w.actor["wco"], code, false))
		if a := w.received("xa.officer", "e.jpg", came); a.OriginalHeld() {
			t.Error("kept although it is not to be")
		}
		w.source.Set(w.source.Now().Add(attachment.KeepLoose + time.Hour))
		_, _, _, err = w.store.Sweep(ctx, time.Now().Add(attachment.KeepStray+time.Hour))
		w.must(err)
		if n := w.blobs(); n != 2*2+1 { // what the message has
			t.Errorf("%d files after a sweep", n)
		}
	})
}
