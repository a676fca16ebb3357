package evidence_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operationtest.Code

// canary stands in records of others.
const canary = "heron"

type world struct {
	*operationtest.World
	cases    *seizure.Store
	files    *attachment.Store
	messages *message.Store
	store    *evidence.Store
	signer   *journal.Signer
	shots    int
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	key, err := blob.NewKey()
	w.Must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	t.Cleanup(func() { disk.Close() })
	vault := blob.NewVault(disk, keys, source.Real())
	w.files = attachment.NewStore(d, w.Journal, w.Source, vault)
	w.cases, w.messages = seizure.NewStore(d, w.Journal, w.Source), message.NewStore(d, w.Journal, w.Source)
	w.store = evidence.NewStore(d, w.Journal, w.Source, vault)
	private, _, err := journal.NewKey("tidewaiter-test")
	w.Must(err)
	w.signer, err = journal.ReadSigner(private)
	w.Must(err)
	w.store.Signer = w.signer
	return w
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) draft() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(w.Source.ID()), Country: "XA", Place: "Port", Day: "2017-02-09", Conveyance: goods.Coded{Code: "sea"},
		Status: "seized", Language: "en", Remarks: "Two <crates> & a seal", Goods: []goods.Line{{Category: "FOO", Verdict: "fake", Brand: "Aa",
			Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}}}}
}

// picture is a small picture, each another.
func (w *world) picture() []byte {
	w.shots++
	m := image.NewGray(image.Rect(0, 0, 24, 16))
	for i := range m.Pix {
		m.Pix[i] = byte(120 + 30*w.shots + i)
	}
	var b bytes.Buffer
	w.Must(png.Encode(&b, m))
	return b.Bytes()
}

func (w *world) upload(who string, id attachment.ID, name string, content []byte) attachment.ID {
	w.T.Helper()
	w.tick()
	_, err := w.files.Receive(w.T.Context(), w.Actor[who], code, attachment.Draft{ID: id, Name: name}, bytes.NewReader(content))
	w.Must(err)
	return id
}

func (w *world) id() attachment.ID { return attachment.ID(w.Source.ID()) }

func (w *world) attach(who string, c seizure.Case, drafts ...seizure.PhotoDraft) []seizure.Photo {
	w.T.Helper()
	w.tick()
	out, err := w.cases.Attach(w.T.Context(), w.Actor[who], code, c.Seq, drafts)
	w.Must(err)
	return out
}

// told is a case with a history: saved, reported, amended, with four photos and
// documents, and records of another organisation under the same ids.
func (w *world) told() seizure.Case {
	w.T.Helper()
	ctx, officer := w.T.Context(), w.Actor["xa.officer"]
	d := w.draft()
	other := w.draft()
	other.ID, other.Remarks, other.Place = d.ID, canary, canary
	w.tick()
	_, err := w.cases.Save(ctx, officer, code, d, 0)
	w.Must(err)
	first, second, third, fourth := w.id(), w.id(), w.id(), w.id()
	w.tick()
	theirs, err := w.cases.Report(ctx, w.Actor["xb.officer"], code, other)
	w.Must(err)
	w.attach("xb.officer", theirs, seizure.PhotoDraft{ID: w.upload("xb.officer", first, canary+".png", w.picture()), Caption: canary})
	w.tick()
	c, err := w.cases.Report(ctx, officer, code, d)
	w.Must(err)
	w.upload("xa.officer", first, "one.png", w.picture())
	w.tick()
	_, err = w.files.Blacken(ctx, officer, code, first, attachment.BlackOut{{Left: 0, Top: 0, Width: 5000, Height: 5000}})
	w.Must(err)
	w.upload("xa.officer", second, "two.png", w.picture())
	w.upload("xa.officer", third, "list.pdf", []byte("%PDF-1.7 a list"))
	photos := w.attach("xa.officer", c, seizure.PhotoDraft{ID: first, Caption: "Left <side>"}, seizure.PhotoDraft{ID: second, Kind: seizure.XRayKind},
		seizure.PhotoDraft{ID: third, Kind: seizure.DocumentKind})
	w.Must(w.files.Retain(ctx, w.Actor["wco"], code, true))
	w.upload("xa.officer", fourth, "four.png", w.picture())
	w.attach("xa.officer", c, seizure.PhotoDraft{ID: fourth, Caption: "ختم"})
	w.tick()
	w.Must(w.cases.Detach(ctx, officer, code, c.Seq, photos[1].Attachment, "another crate"))
	d.Remarks = "Two crates"
	w.tick()
	c, err = w.cases.Amend(ctx, officer, code, c.Seq, c.Version, d, "one seal only")
	w.Must(err)
	return c
}

// bundle makes one and gives its bytes.
func (w *world) bundle(who string, c seizure.Case, r evidence.Request) ([]byte, error) {
	w.T.Helper()
	w.tick()
	b, err := w.store.Make(w.T.Context(), w.Actor[who], code, c.Reference, r)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	n, err := b.WriteTo(&out)
	w.Must(err)
	if n != b.Size() || int64(out.Len()) != n {
		w.T.Fatalf("%d bytes, it said %d", n, b.Size())
	}
	return out.Bytes(), nil
}

func (w *world) bundled() []byte {
	w.T.Helper()
	b, err := w.bundle("xa.officer", w.told(), evidence.Request{Purpose: "Case 12/34", Recipient: "Court of Q"})
	w.Must(err)
	return b
}

func check(b []byte, keys ...string) (*evidence.Checked, error) {
	return evidence.Check(bytes.NewReader(b), int64(len(b)), keys...)
}

// problem is what is wrong with a bundle; empty: nothing.
func problem(b []byte, keys ...string) string {
	c, err := check(b, keys...)
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, f := range c.Findings {
		out = append(out, fmt.Sprint(f))
	}
	return strings.Join(out, "; ")
}

// warn has xb warn of something, marked so.
func (w *world) warn(tlp string) int64 {
	w.T.Helper()
	w.tick()
	m, err := w.messages.Send(w.T.Context(), w.Actor["xb.officer"], code, message.Draft{ID: message.ID(w.Source.ID()), Template: message.Warning,
		Subject: "A container", Body: canary, Language: "en", TLP: tlp, To: audience.Address{Sides: []access.Side{access.Enforcement}},
		ReplyDue: w.Source.Now().Add(time.Hour)})
	w.Must(err)
	return m.Seq
}

var _ = operation.Code("")
