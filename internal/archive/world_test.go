package archive_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

const code = operationtest.Code

// world is a small operation with cases (a draft and one whose content was erased
// among them), a photo, messages and what was read of them.
type world struct {
	*operationtest.World
	place
	cases    *seizure.Store
	files    *attachment.Store
	messages *message.Store
	log      *reading.Log
	late     seizure.Case
}

// place is an instance with a store of archives.
type place struct {
	db     *db.DB
	vault  *blob.Vault
	shelf  string
	store  *archive.Store
	signer *journal.Signer
	root   access.Actor
}

func newPlace(t testing.TB, d *db.DB, src *source.Source, j *journal.Journal) place {
	t.Helper()
	key, err := blob.NewKey()
	must(t, err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	must(t, err)
	shelf := filepath.Join(dir, blob.Directory)
	disk, err := blob.OpenDisk(shelf)
	must(t, err)
	t.Cleanup(func() { disk.Close() })
	p := place{db: d, vault: blob.NewVault(disk, keys, source.Real()), shelf: shelf}
	p.store = archive.NewStore(d, j, src, p.vault)
	private, _, err := journal.NewKey("tidewaiter-test")
	must(t, err)
	p.signer, err = journal.ReadSigner(private)
	must(t, err)
	p.store.Signer, p.store.Program = p.signer, "test"
	return p
}

// newHome is an instance with its first administrator, whose body has a number.
func newHome(t testing.TB, d *db.DB, number int64) place {
	t.Helper()
	src := source.Story(operationtest.Start.AddDate(1, 0, 0), 7)
	j := journal.New(src)
	_, err := person.NewStore(d, j, src).Bootstrap(t.Context(), organisation.Draft{Number: number, Kind: "secretariat", Name: "Home", TimeZone: "UTC", Language: "en",
		ReleaseBy: organisation.ReleaseByOfficer}, person.Draft{Login: "wco", Name: "First", Language: "en"})
	must(t, err)
	p := newPlace(t, d, src, j)
	p.root = access.Actor{Person: src.ID(), Organisation: max(number, 1), Administrator: true}
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.place = newPlace(t, d, w.Source, w.Journal)
	w.files = attachment.NewStore(d, w.Journal, w.Source, w.vault)
	w.cases, w.messages = seizure.NewStore(d, w.Journal, w.Source), message.NewStore(d, w.Journal, w.Source)
	w.log = reading.NewLog(d, journal.New(source.Real()), w.Source)
	w.messages.Readings, w.store.Readings = w.log, w.log
	return w
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) report(who string, change func(*seizure.Draft)) seizure.Case {
	w.T.Helper()
	w.tick()
	d := seizure.Draft{ID: seizure.ID(w.Source.ID()), Country: "XA", Place: "Port", Day: "2017-02-09", Conveyance: goods.Coded{Code: "sea"},
		Status: "seized", Language: "en", Remarks: "Two <crates> & a \u2028 seal", Goods: []goods.Line{{Category: "FOO", Verdict: "fake", Brand: "Aa",
			Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}}}}
	if change != nil {
		change(&d)
	}
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

// told lets the world live.
func (w *world) told() *world {
	w.T.Helper()
	ctx := w.T.Context()
	first := w.report("xa.officer", nil)
	w.report("xb.officer", func(d *seizure.Draft) { d.Country, d.Goods[0].Category = "XB", "COS" })
	gone := w.report("xa.officer", func(d *seizure.Draft) { d.Remarks = "the name of a traveller"; d.Goods[0].Quantities[0].Micro = 30e6 })
	w.tick()
	draft := first.Draft
	draft.ID, draft.Remarks = seizure.ID(w.Source.ID()), "a draft of ours"
	_, err := w.cases.Save(ctx, w.Actor["xb.officer"], code, draft, 0)
	w.Must(err)
	w.photo("xa.officer", first)
	w.tick()
	m, err := w.messages.Send(ctx, w.Actor["xa.officer"], code, message.Draft{ID: message.ID(w.Source.ID()), Template: message.General, Language: "en",
		TLP: "AMBER", Subject: "Berths", Body: "At eight. مرحبا", To: audience.Address{Sides: []access.Side{access.Enforcement, access.Coordination}}})
	w.Must(err)
	_, err = w.messages.Read(ctx, w.Actor["xb.officer"], code, m.Seq)
	w.Must(err)
	taking := withdrawal.NewStore(w.db, w.Journal, w.Source)
	w.tick()
	w.Must(taking.Ask(ctx, w.Actor["xa"], code, withdrawal.Asking{Kind: reading.Case, Record: gone.Seq, Code: "personal-data", Reason: "Not ours to tell."}))
	desk, err := taking.Desk(ctx, w.Actor["wco"], code)
	w.Must(err)
	w.tick()
	w.Must(taking.Accept(ctx, w.Actor["wco"], code, desk.Requests[0].Seq))
	return w
}

func (w *world) photo(who string, c seizure.Case) {
	w.T.Helper()
	m := image.NewGray(image.Rect(0, 0, 24, 16))
	for i := range m.Pix {
		m.Pix[i] = byte(20 + i)
	}
	var b bytes.Buffer
	w.Must(png.Encode(&b, m))
	id := attachment.ID(w.Source.ID())
	w.tick()
	_, err := w.files.Receive(w.T.Context(), w.Actor[who], code, attachment.Draft{ID: id, Name: "one.png"}, &b)
	w.Must(err)
	w.tick()
	_, err = w.cases.Attach(w.T.Context(), w.Actor[who], code, c.Seq, []seizure.PhotoDraft{{ID: id, Caption: "ختم"}})
	w.Must(err)
}

// export writes the operation to a file.
func (p place) export(t testing.TB, who access.Actor) (string, archive.Manifest) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "operation.zip")
	f, err := os.Create(name)
	must(t, err)
	m, err := p.store.Export(t.Context(), who, code, "to move", f, nil)
	must(t, err)
	must(t, f.Close())
	return name, m
}

// figures are the operation's, as its director reads them.
func figures(t testing.TB, d *db.DB, src *source.Source, who access.Actor) string {
	t.Helper()
	_, f, err := results.NewStore(d, src).Read(t.Context(), who, code)
	must(t, err)
	text, err := json.Marshal(f)
	must(t, err)
	return string(text)
}
