package attachment_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// blobs counts the files on the shelf.
func (w *world) blobs() int {
	n := 0
	w.must(filepath.WalkDir(filepath.Join(w.dir, "blobs"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	return n
}

func isMissing(err error) bool { return fault.Is(err, fault.NotFound) }

// line is cut after some bytes.
type line struct {
	io.Reader
	left int
}

func (l *line) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("the line is cut")
	}
	n, err := l.Reader.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// An upload that is cut at any byte goes on where it was, and ends as the same.
func TestCutAnywhereResumes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		content := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("0123456789abcdef"), 9_000)...)
		who := w.actor["xa.officer"]
		for _, cut := range []int{0, 1, 8, 9, 4095, 4096, 65535, 65536, 65537, len(content) - 1} {
			id := w.id()
			draft := attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content)), SHA256: digest(content)}
			_, err := w.store.Begin(t.Context(), who, code, draft)
			w.must(err)
			_, err = w.store.Append(t.Context(), who, code, id, attachment.Piece{Body: &line{bytes.NewReader(content), cut}})
			if !fault.Is(err, fault.Unavailable) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			u, err := w.store.Begin(t.Context(), who, code, draft) // the same again tells how far it is
			if err != nil || u.Arrived != int64(cut) || u.Done {
				t.Fatalf("cut at %d: %+v, %v", cut, u, err)
			}
			u, err = w.store.Append(t.Context(), who, code, id, attachment.Piece{Offset: int64(cut), Body: bytes.NewReader(content[cut:])})
			if err != nil || !u.Done || u.Made.Main.SHA256 != digest(content) || u.Made.CameSHA256 != digest(content) {
				t.Fatalf("cut at %d: %+v, %v", cut, u, err)
			}
			got, err := w.open("xa.officer", attachment.Name{ID: id}, attachment.Whole)
			if err != nil || !bytes.Equal(got, content) {
				t.Fatalf("cut at %d: %d bytes, %v", cut, len(got), err)
			}
			u, err = w.store.Begin(t.Context(), who, code, draft)
			if err != nil || !u.Done {
				t.Errorf("the same again: %+v, %v", u, err)
			}
		}
		if n := w.blobs(); n != 10 {
			t.Errorf("%d files of ten documents", n)
		}
	})
}

func TestWrongPieces(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	who, id := w.actor["xa.officer"], w.id()
	content := []byte("%PDF-1.7 0123456789")
	draft := attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content))}
	_, err := w.store.Begin(t.Context(), who, code, draft)
	w.must(err)
	add := func(offset int64, body string, sum string) error {
		p := attachment.Piece{Offset: offset, Body: strings.NewReader(body)}
		if sum != "" {
			p.Sum = sha256.New()
			p.Want, _ = hex.DecodeString(sum)
		}
		_, err := w.store.Append(t.Context(), who, code, id, p)
		return err
	}
	if err := add(3, "x", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("another offset: %v", err)
	}
	if err := add(0, "%PDF", digest([]byte("%PDQ"))); !errors.Is(err, attachment.ErrChecksum) {
		t.Errorf("another checksum: %v", err)
	}
	if err := add(0, string(content)+"more", ""); !fault.Is(err, fault.TooLarge) {
		t.Errorf("more than was said: %v", err)
	}
	if n := w.blobs(); n != 0 {
		t.Errorf("%d files of nothing", n)
	}
	w.must(add(0, "%PDF", digest([]byte("%PDF"))))
	for _, other := range []attachment.Draft{{ID: id, Name: "b.pdf", Size: draft.Size}, {ID: id, Name: "a.pdf", Size: 7}, {ID: id, Name: "a.pdf", Size: draft.Size, SHA256: digest(nil)}} {
		if _, err := w.store.Begin(t.Context(), who, code, other); !fault.Is(err, fault.Conflict) {
			t.Errorf("%+v: %v", other, err)
		}
	}
	w.must(w.store.Discard(t.Context(), who, code, id))
	if _, err := w.store.Progress(t.Context(), who, code, id); !isMissing(err) || w.blobs() != 0 {
		t.Errorf("thrown away: %v, %d files", err, w.blobs())
	}
	for _, bad := range []attachment.Draft{{ID: "x", Size: 1}, {ID: w.id()}, {ID: w.id(), Size: -1}, {ID: w.id(), Size: 1, SHA256: "abc"}} {
		if _, err := w.store.Begin(t.Context(), who, code, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// What is refused in the end leaves nothing.
func TestRefusedLeavesNothing(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	who := w.actor["xa.officer"]
	for name, f := range map[string]struct {
		draft   attachment.Draft
		content string
	}{
		"gif": {attachment.Draft{}, "GIF89a\xff\xff\xff\xff"}, "svg": {attachment.Draft{}, "<svg/>"},
		"other digest":       {attachment.Draft{SHA256: digest([]byte("x"))}, "%PDF-1.7"},
		"broken picture":     {attachment.Draft{}, "\xff\xd8\xff\xe0rubbish"},
		"document blackened": {attachment.Draft{BlackOut: attachment.BlackOut{{Width: 1, Height: 1}}}, "%PDF-1.7"},
	} {
		f.draft.ID, f.draft.Name, f.draft.Size = w.id(), "a.jpg", int64(len(f.content))
		_, err := w.store.Begin(t.Context(), who, code, f.draft)
		w.must(err)
		if _, err = w.store.Append(t.Context(), who, code, f.draft.ID, attachment.Piece{Body: strings.NewReader(f.content)}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.store.Progress(t.Context(), who, code, f.draft.ID); !isMissing(err) || w.blobs() != 0 {
			t.Errorf("%s: %v, %d files", name, err, w.blobs())
		}
		f.draft.ID = w.id()
		if _, err := w.store.Receive(t.Context(), who, code, f.draft, strings.NewReader(f.content)); !fault.Is(err, fault.Invalid) || w.blobs() != 0 {
			t.Errorf("%s at once: %v, %d files", name, err, w.blobs())
		}
	}
}

func TestLimits(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.store.Limits = attachment.Limits{File: 1000, Organisation: 1500}
	pdf := func(n int) []byte { return append([]byte("%PDF-"), make([]byte, n-5)...) }
	if _, err := w.receive("xa.officer", "a.pdf", pdf(1001)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a large file: %v", err)
	}
	_, err := w.store.Begin(t.Context(), w.actor["xa.officer"], code, attachment.Draft{ID: w.id(), Size: 1001})
	if !fault.Is(err, fault.TooLarge) {
		t.Errorf("a large upload: %v", err)
	}
	w.received("xa.officer", "a.pdf", pdf(1000))
	_, err = w.store.Begin(t.Context(), w.actor["xa.second"], code, attachment.Draft{ID: w.id(), Size: 400})
	w.must(err)
	if _, err := w.receive("xa.officer", "b.pdf", pdf(200)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("beyond what its organisation may keep, uploads under way included: %v", err)
	}
	if _, err := w.receive("xb.officer", "b.pdf", pdf(1000)); err != nil {
		t.Errorf("another organisation: %v", err)
	}
	if n := w.blobs(); n != 2 {
		t.Errorf("%d files", n)
	}
}

// Two who upload at once do not get into each other's way; the same piece twice
// is counted once.
func TestTwoAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var group sync.WaitGroup
		for _, who := range []string{"xa.officer", "xa.second", "xb.officer", "holder.officer"} {
			id := attachment.ID(w.source.ID())
			content := []byte("%PDF-1.7 of " + who)
			for range 2 { // and each of them twice
				group.Go(func() {
					_, err := w.store.Begin(t.Context(), w.actor[who], code, attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content))})
					for at := int64(0); err == nil && at < int64(len(content)); {
						var u attachment.Upload
						u, err = w.store.Append(t.Context(), w.actor[who], code, id, attachment.Piece{Offset: at, Body: bytes.NewReader(content[at:min(at+5, int64(len(content)))])})
						if fault.Is(err, fault.Conflict) || isMissing(err) {
							u, err = w.store.Progress(t.Context(), w.actor[who], code, id)
						}
						at = u.Arrived
					}
					if err != nil {
						t.Errorf("%s: %v", who, err)
						return
					}
					got, err := w.open(who, attachment.Name{ID: id}, attachment.Whole)
					if err != nil || !bytes.Equal(got, content) {
						t.Errorf("%s: %q, %v", who, got, err)
					}
				})
			}
		}
		group.Wait()
		if n := w.blobs(); n != 4 {
			t.Errorf("%d files of four documents", n)
		}
	})
}

func TestWhoSeesWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.received("xa.officer", "label.jpg", photo(t, 400, 300))
		names := []attachment.Name{{Seq: a.Seq}, {ID: a.ID}, {ID: a.ID, Organisation: w.body["xa"].ID}}
		everybody := []string{"wco", "wco.officer", "xa", "xa.officer", "xa.second", "xb", "xb.officer", "holder", "holder.officer", "outsider.officer"}
		look := func(state string, may ...string) {
			t.Helper()
			for _, who := range everybody {
				for _, n := range names {
					for _, v := range []attachment.Variant{attachment.Whole, attachment.Small} {
						_, err := w.open(who, n, v)
						if slices.Contains(may, who) && err != nil || !slices.Contains(may, who) && !isMissing(err) {
							t.Errorf("%s: %s, %+v %q: %v", state, who, n, v, err)
						}
					}
				}
			}
		}
		look("not attached", "xa.officer")
		for _, who := range everybody {
			if who == "xa.officer" {
				continue
			}
			if err := w.store.Discard(t.Context(), w.actor[who], code, a.ID); !isMissing(err) {
				t.Errorf("%s throws it away: %v", who, err)
			}
			if _, err := w.store.Blacken(t.Context(), w.actor[who], code, a.ID, attachment.BlackOut{{Width: 1, Height: 1}}); !isMissing(err) {
				t.Errorf("%s blackens it: %v", who, err)
			}
			if _, err := w.store.Progress(t.Context(), w.actor[who], code, a.ID); !isMissing(err) {
				t.Errorf("%s asks how far it is: %v", who, err)
			}
		}
		if _, err := w.send("xa.second", audience.Address{Sides: []access.Side{access.Enforcement}}, a.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("another's attachment: %v", err)
		}
		m, err := w.send("xa.officer", audience.Address{Organisations: []int64{w.body["xb"].Number}, Apart: true}, a.ID)
		w.must(err)
		if len(m.Attachments) != 1 || m.Attachments[0].SHA256 != a.Main.SHA256 {
			t.Errorf("%+v", m.Attachments)
		}
		look("attached for xb", "xa", "xa.officer", "xa.second", "xb", "xb.officer")
		if _, err := w.send("xa.officer", audience.Address{Sides: []access.Side{access.Enforcement}}, a.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second record: %v", err)
		}
		if err := w.store.Discard(t.Context(), w.actor["xa.officer"], code, a.ID); !isMissing(err) {
			t.Errorf("what a record has is thrown away: %v", err)
		}
		if _, err := w.store.Blacken(t.Context(), w.actor["xa.officer"], code, a.ID, attachment.BlackOut{{Width: 1, Height: 1}}); !isMissing(err) {
			t.Errorf("what a record has is changed: %v", err)
		}
		th, err := w.messages.Read(t.Context(), w.actor["xb.officer"], code, m.Seq)
		if err != nil || len(th.Message.Files) != 1 || th.Message.Files[0].ID != a.ID {
			t.Errorf("%+v, %v", th.Message.Files, err)
		}
	})
}

// Nothing of what is uploaded can be read in the data directory, whatever state
// it is in; what was blacked out is nowhere, in the clear or not.
func TestCanary(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	content := []byte("%PDF-1.7 " + strings.Repeat("canary of a document ", 5000))
	who, id := w.actor["xa.officer"], w.id()
	_, err := w.store.Begin(t.Context(), who, code, attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content))})
	w.must(err)
	_, _ = w.store.Append(t.Context(), who, code, id, attachment.Piece{Body: &line{bytes.NewReader(content), 70_000}})
	picture := photo(t, 640, 480)
	a := w.received("xa.officer", "a.jpg", picture)
	before, err := w.open("xa.officer", attachment.Name{ID: a.ID}, attachment.Whole)
	w.must(err)
	look := func() {
		t.Helper()
		w.must(filepath.WalkDir(w.dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			for _, canary := range [][]byte{[]byte("canary of"), picture[400:440], before[400:440], []byte("JFIF"), {0xff, 0xd8, 0xff, 0xdb}} {
				if bytes.Contains(b, canary) {
					t.Errorf("%s holds %q", path, canary)
				}
			}
			return err
		}))
	}
	look()
	files := w.blobs()
	b, err := w.store.Blacken(t.Context(), who, code, a.ID, attachment.BlackOut{{Left: 1000, Top: 1000, Width: 5000, Height: 5000}})
	w.must(err)
	look()
	if w.blobs() != files || b.Main.Blob == a.Main.Blob || b.Thumbnail.Blob == a.Thumbnail.Blob || b.Main.SHA256 == a.Main.SHA256 {
		t.Errorf("the picture that shows what was blacked out is still there: %d files, %d before", w.blobs(), files)
	}
	if _, err := w.vault.Unlock("x", a.Main.Blob); err == nil {
		t.Error("it can be opened")
	}
}

func TestScanner(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	if a := w.received("xa.officer", "a.pdf", []byte("%PDF-fine")); a.Scan != attachment.Unscanned {
		t.Errorf("without a scanner: %s", a.Scan)
	}
	w.store.Scanner = func(_ context.Context, file io.Reader) (string, bool) {
		b, err := io.ReadAll(file)
		w.must(err)
		return attachment.Clean, bytes.Contains(b, []byte("bad"))
	}
	if a := w.received("xa.officer", "a.pdf", []byte("%PDF-fine")); a.Scan != attachment.Clean {
		t.Errorf("a clean one: %s", a.Scan)
	}
	if _, err := w.receive("xa.officer", "a.pdf", []byte("%PDF-bad")); !fault.Is(err, fault.Invalid) {
		t.Errorf("a bad one: %v", err)
	}
}

// A writer that goes when all has come does not undo what it sent.
func TestGoneAfterTheLastByte(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	ctx, gone := context.WithCancel(t.Context())
	who, id := w.actor["xa.officer"], w.id()
	content := "%PDF-1.7"
	_, err := w.store.Begin(ctx, who, code, attachment.Draft{ID: id, Name: "a.pdf", Size: int64(len(content))})
	w.must(err)
	body := io.MultiReader(strings.NewReader(content), readerFunc(func([]byte) (int, error) { gone(); return 0, io.EOF }))
	_, _ = w.store.Append(ctx, who, code, id, attachment.Piece{Body: body})
	u, err := w.store.Progress(t.Context(), who, code, id)
	if err != nil || !u.Done {
		t.Errorf("%+v, %v", u, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
