package verify_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// attach hangs a picture and a document on a message, blacks one of two out, and
// throws one away.
func (w *world) attach() {
	w.tick()
	key, err := blob.NewKey()
	w.must(err)
	dir := w.t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.must(err)
	w.blobs = filepath.Join(dir, "blobs")
	disk, err := blob.OpenDisk(w.blobs)
	w.must(err)
	w.t.Cleanup(func() { disk.Close() })
	w.vault = blob.NewVault(disk, keys, source.Real())
	store := attachment.NewStore(w.db, journal.New(w.source), w.source, w.vault)
	ctx, who := w.t.Context(), w.actor["xa.officer"]
	var picture bytes.Buffer
	w.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 200, 100))))
	var ids []attachment.ID
	for _, f := range []struct{ name, content string }{{"a.png", picture.String()}, {"b.pdf", "%PDF-1.7"}, {"c.png", picture.String()}} {
		a, err := store.Receive(ctx, who, code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: f.name, Label: f.name == "a.png"}, strings.NewReader(f.content))
		w.must(err)
		ids = append(ids, a.ID)
	}
	w.tick()
	_, err = store.Blacken(ctx, who, code, ids[0], attachment.BlackOut{{Left: 100, Top: 100, Width: 2000, Height: 2000}})
	w.must(err)
	w.must(store.Discard(ctx, who, code, ids[2]))
	w.tick()
	_, err = w.messages.Send(ctx, who, code, message.Draft{ID: message.ID(w.source.ID()), Template: message.General, Subject: "Pictures", Language: "en",
		TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}, Attachments: ids[:2]})
	w.must(err)
	w.album(store, picture.Bytes())
}

// album has a case take photos, one of which is withdrawn, where originals are kept.
func (w *world) album(store *attachment.Store, picture []byte) {
	ctx, who := w.t.Context(), w.actor["xb.officer"]
	w.tick()
	w.must(store.Retain(ctx, w.actor["wco"], code, true))
	c, err := w.cases.Report(ctx, who, code, seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XB", Day: "2017-02-06", Language: "en",
		Goods: []goods.Line{{Category: "FOO"}}})
	w.must(err)
	var photos []seizure.Photo
	for _, caption := range []string{"Left side", "Right side"} {
		w.tick()
		a, err := store.Receive(ctx, who, code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: "d.png"}, bytes.NewReader(picture))
		w.must(err)
		photos, err = w.cases.Attach(ctx, who, code, c.Seq, []seizure.PhotoDraft{{ID: a.ID, Caption: caption}})
		w.must(err)
	}
	w.tick()
	w.must(w.cases.Detach(ctx, who, code, c.Seq, photos[0].Attachment, "The same side again."))
	w.tick()
	c, err = w.cases.Recall(ctx, w.actor["xb"], code, c.Seq, c.Version, "Wrong case.") // which the photos follow
	w.must(err)
}

// The files themselves are held against their rows where they are given, and
// where not the report says so.
func TestFilesOfAttachments(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		look := func(v *blob.Vault) verify.Report {
			r, err := verify.Database(t.Context(), w.db, verify.Options{Vault: v})
			w.must(err)
			return r
		}
		r := look(nil)
		if !r.Fine() || !strings.Contains(strings.Join(r.Limits, " "), "files of attachments were not looked at") {
			t.Errorf("%+v", r.Findings)
		}
		r = look(w.vault)
		if !r.Fine() || strings.Contains(strings.Join(r.Limits, " "), "files of attachments") {
			t.Errorf("%+v", r.Findings)
		}
		var files []string
		w.must(filepath.WalkDir(w.blobs, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files = append(files, path)
			}
			return err
		}))
		if len(files) != 29 { // a picture, its thumbnail, a document, two photos of a case as they came and as they are kept, three versions of documents, and what right holders showed
			t.Fatalf("%d files", len(files))
		}
		for _, f := range files {
			whole, err := os.ReadFile(f)
			w.must(err)
			changed := bytes.Clone(whole)
			changed[len(changed)-1] ^= 1
			w.must(os.WriteFile(f, changed, 0o600))
			if r := look(w.vault); len(r.Findings) != 1 || r.Findings[0].Table != "attachment" || !strings.Contains(r.Findings[0].What, "not what the row says") {
				t.Errorf("changed: %v", r.Findings)
			}
			w.must(os.Remove(f))
			if r := look(w.vault); len(r.Findings) != 1 || !strings.Contains(r.Findings[0].What, "missing") {
				t.Errorf("gone: %v", r.Findings)
			}
			w.must(os.WriteFile(f, whole, 0o600))
		}
	})
}

// shelve publishes documents, makes a new version of one and withdraws the other.
func (w *world) shelve() {
	ctx, who := w.t.Context(), w.actor["xa"]
	j := journal.New(w.source)
	files, store := attachment.NewStore(w.db, j, w.source, w.vault), document.NewStore(w.db, j, w.source)
	file := func(content string) attachment.ID {
		w.tick()
		a, err := files.Receive(ctx, who, code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: "plan.pdf"}, strings.NewReader("%PDF-1.7"+content))
		w.must(err)
		w.tick()
		return a.ID
	}
	publish := func(title string) document.Document {
		d, _, err := store.Publish(ctx, who, code, document.Draft{ID: document.ID(w.source.ID()), Kind: "operational-plan", Title: title, Language: "en",
			TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}, Apart: true}, Note: "Berths.", File: file(title)})
		w.must(err)
		return d
	}
	first, second := publish("One"), publish("Two")
	_, _, err := store.Revise(ctx, who, code, first.Seq, document.Revision{ID: document.ID(w.source.ID()), Of: 1, Note: "More.", File: file("three")})
	w.must(err)
	w.must(store.Withdraw(ctx, who, code, second.Seq, "Wrong berths."))
}
