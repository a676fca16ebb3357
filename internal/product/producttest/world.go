package producttest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// World is an operation and a library.
type World struct {
	*operationtest.World
	Holders  *holder.Store
	Products *product.Store
	Files    *attachment.Store
	Brand    map[string]holder.Brand // by the right holder's name
	ids      int
}

// New makes the world.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	w := &World{World: operationtest.New(t, d), Brand: map[string]holder.Brand{}}
	w.Holders, w.Products = holder.NewStore(d, w.Journal, w.Source), product.NewStore(d, w.Journal, w.Source)
	key, err := blob.NewKey()
	w.Must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	t.Cleanup(func() { disk.Close() })
	w.Files = attachment.NewStore(d, w.Journal, w.Source, blob.NewVault(disk, keys, source.Real()))
	w.Files.Readable = holder.Readable
	w.library()
	for name, brand := range map[string]string{"holder": "Orva", "rival": "Zento"} {
		w.vet(name, brand)
	}
	return w
}

func (w *World) library() {
	ctx := w.T.Context()
	rival, err := organisation.NewStore(w.DB, w.Journal, w.Source).Register(ctx, w.Root, organisation.Draft{Kind: "right-holder", Name: "Body rival",
		TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	w.Must(err)
	w.Body["rival"] = rival
	w.Person("rival", "rival", person.ContactPoint)
	_, err = w.Operations.Open(ctx, w.Root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library", Language: "en",
		Handling: "For customs.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-01-01", Ends: "2037-12-31"}}})
	w.Must(err)
	for _, m := range []struct {
		name string
		side access.Side
	}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"holder", access.RightHolderSide}, {"rival", access.RightHolderSide}, {"observer", access.ObserverSide}} {
		w.Join(m.name, m.side)
	}
}

// Join makes an organisation a member of the library.
func (w *World) Join(name string, side access.Side) {
	w.T.Helper()
	w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], operation.Library, w.Body[name].ID, side))
	w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], operation.Library, 1))
}

// vet shows who a right holder is, has that checked, and registers a brand.
func (w *World) vet(name, brand string) {
	ctx := w.T.Context()
	v, err := w.Holders.Apply(ctx, w.Actor[name], holder.Application{Register: "Register", Extract: "HRB 4711", Country: "DE",
		Files: []attachment.ID{w.receive(name, "extract.pdf", []byte("%PDF-1.4\n"+w.ID()))}})
	w.Must(err)
	_, err = w.Holders.Vet(ctx, w.Actor["wco"], w.Body[name].ID, v.ID, "2020-12-31")
	w.Must(err)
	w.Brand[name], err = w.Holders.RegisterBrand(ctx, w.Actor[name], "", holder.BrandDraft{Name: brand, Also: []string{brand + " Sport"}, Categories: []string{"FTW", "CLO"}})
	w.Must(err)
}

// ID makes an id that nothing else of the world has.
func (w *World) ID() string {
	w.ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", w.ids)
}

func (w *World) receive(who, name string, content []byte) attachment.ID {
	w.T.Helper()
	a, err := w.Files.Receive(w.T.Context(), w.Actor[who], operation.Library, attachment.Draft{ID: attachment.ID(w.ID()), Name: name}, bytes.NewReader(content))
	w.Must(err)
	return a.ID
}

// Picture is a PNG of one grey, each other than the last.
func (w *World) Picture() []byte {
	w.T.Helper()
	w.ids++
	m := image.NewGray(image.Rect(0, 0, 320, 240))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(w.ids)}.Y
	}
	var b bytes.Buffer
	w.Must(png.Encode(&b, m))
	return b.Bytes()
}

// Upload uploads a picture for a sheet.
func (w *World) Upload(who string) attachment.ID {
	w.T.Helper()
	return w.receive(who, "picture.png", w.Picture())
}

// Text is a text in English.
func Text(s string) product.Text { return product.Text{"en": s} }

// Content is what a sheet says that can be published.
func Content(name string) product.Content {
	return product.Content{Language: "en", Name: Text(name), Category: "FTW", Valid: "2018-01-31",
		Features: []product.Feature{{Title: Text("Seam"), Genuine: Text("Double seam"), Fake: Text("Single seam")}}}
}

// Publish makes a sheet and publishes it.
func (w *World) Publish(who string, c product.Content, to product.To) product.Sheet {
	w.T.Helper()
	s, _, err := w.Products.Save(w.T.Context(), w.Actor[who], product.Saving{ID: product.ID(w.ID()), Brand: w.Brand[who].ID, Content: c})
	w.Must(err)
	s, err = w.Products.Publish(w.T.Context(), w.Actor[who], product.Name{ID: s.ID}, product.Publishing{Edit: s.Edit, To: to})
	w.Must(err)
	return s
}

// Hide writes covert features with a picture of a genuine one, and gives that.
func (w *World) Hide(who string, s product.Sheet) attachment.ID {
	w.T.Helper()
	shot := w.Upload(who)
	_, err := w.Products.SetPart(w.T.Context(), w.Actor[who], product.Name{ID: s.ID}, product.Parting{Kind: product.Covert, Language: "en",
		Features: []product.Feature{{Title: Text("Thread"), Genuine: Text("Glows under UV")}}, Pairs: []product.Pair{{Genuine: shot}}})
	w.Must(err)
	return shot
}
