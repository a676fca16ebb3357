// Package holdertest makes a library with right holders, for tests.
package holdertest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Start is when the world begins.
var Start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// Tide is the code of the operation beside the library, in which xa and xb enforce,
// orva and rival stand on the right-holder side.
const Tide = operation.Code("tide")

// World is a library that wco coordinates, with administrations xa, xb and xc, the right
// holders orva and rival, both vetted with a brand each, and the representatives agent
// and both, who hold no mandate yet. outsider is a right holder, stranger an
// administration: neither takes part. Actors are contact points ("xa"), or "xa.officer".
type World struct {
	T          testing.TB
	DB         *db.DB
	Journal    *journal.Journal
	Source     *source.Source
	Vault      *blob.Vault
	People     *person.Store
	Operations *operation.Store
	Holders    *holder.Store
	Files      *attachment.Store
	Root       access.Actor
	Body       map[string]organisation.Organisation
	Actor      map[string]access.Actor
	Brand      map[string]holder.Brand // by body
}

// Outside are those for whom nothing of the library exists.
var Outside = []string{"stranger", "outsider", "root"}

// New makes the world.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	src := source.Story(Start, 1)
	j := journal.New(src)
	w := &World{T: t, DB: d, Journal: j, Source: src, Holders: holder.NewStore(d, j, src), People: person.NewStore(d, j, src),
		Operations: operation.NewStore(d, j, src), Body: map[string]organisation.Organisation{}, Actor: map[string]access.Actor{}, Brand: map[string]holder.Brand{}}
	w.Root = access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	key, err := blob.NewKey()
	w.Must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	t.Cleanup(func() { disk.Close() })
	w.Vault = blob.NewVault(disk, keys, source.Real())
	w.Files = attachment.NewStore(d, j, src, w.Vault)
	w.Files.Readable = holder.Readable
	w.bodies()
	w.join()
	for _, name := range []string{"orva", "rival"} {
		w.Vet(name, "2027-03-01")
		b, err := w.Holders.RegisterBrand(t.Context(), w.Actor[name], "", holder.BrandDraft{ID: holder.BrandID(ID()), Name: "Brand " + name, Categories: []string{"PHA"},
			Rights: []holder.Right{{Kind: "trade-mark", Number: "TM-" + name, Countries: []string{"XA"}}}})
		w.Must(err)
		w.Brand[name] = b
	}
	return w
}

func (w *World) bodies() {
	bodies := organisation.NewStore(w.DB, w.Journal, w.Source)
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"xc", "customs", "XC"}, {"orva", "right-holder", ""},
		{"rival", "right-holder", ""}, {"agent", "right-holder", ""}, {"both", "right-holder", ""}, {"outsider", "right-holder", ""}, {"stranger", "customs", "XZ"}} {
		o, err := bodies.Register(w.T.Context(), w.Root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[b[0]] = o
		w.Hire(b[0], b[0], person.ContactPoint)
	}
	for _, name := range []string{"wco.director", "wco.second", "xa.officer", "xb.officer", "orva.expert", "rival.expert"} {
		body, _, _ := bytes.Cut([]byte(name), []byte("."))
		w.Hire(name, string(body), "")
	}
	w.Actor["root"] = w.Root
}

func (w *World) join() {
	ctx := w.T.Context()
	director := person.ID(w.Actor["wco.director"].Person)
	for code, kind := range map[operation.Code]string{operation.Library: operation.KindLibrary, Tide: operation.KindOperation} {
		_, err := w.Operations.Open(ctx, w.Root, operation.Draft{Code: code, Kind: kind, Name: "The " + string(code), Language: "en", Handling: "For customs.",
			Phases:   []operation.Phase{{Kind: "operational", Starts: "2026-01-01", Ends: "2036-12-31"}},
			TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: director})
		w.Must(err)
		for _, m := range []struct {
			name string
			side access.Side
		}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"xc", access.Enforcement}, {"orva", access.RightHolderSide}, {"rival", access.RightHolderSide},
			{"agent", access.RightHolderSide}, {"both", access.RightHolderSide}} {
			if code == Tide && (m.name == "xc" || m.name == "agent") {
				continue
			}
			w.Must(w.Operations.Invite(ctx, w.Actor["wco.director"], code, w.Body[m.name].ID, m.side))
			w.Must(w.Operations.Accept(ctx, w.Actor[m.name], code, 1))
		}
	}
	w.Must(w.Operations.Assign(ctx, w.Actor["wco"], operation.Library, person.ID(w.Actor["wco.second"].Person), []access.Role{access.Coordinator}))
	for name, role := range map[string]access.Role{"xa.officer": access.Officer, "xb.officer": access.Officer, "orva.expert": access.RightHolder, "rival.expert": access.RightHolder,
		"wco.second": access.Coordinator, "xa": access.ContactPoint, "xb": access.ContactPoint} {
		body, _, _ := bytes.Cut([]byte(name), []byte("."))
		w.Must(w.Operations.Assign(ctx, w.Actor[string(body)], Tide, person.ID(w.Actor[name].Person), []access.Role{role}))
	}
}

// Hire registers somebody of a body.
func (w *World) Hire(name, body, contact string) {
	w.T.Helper()
	p, err := w.People.Register(w.T.Context(), w.Root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.Body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.Must(err)
	w.Actor[name] = access.Actor{Person: string(p.ID), Organisation: w.Body[body].Number, ContactPoint: contact != ""}
}

// Vet has a right holder show who it is, and coordination check it.
func (w *World) Vet(name, until string) {
	w.T.Helper()
	v, err := w.Holders.Apply(w.T.Context(), w.Actor[name], holder.Application{ID: holder.ID(ID()), Register: "Register", Extract: "No. " + name, Country: "XA",
		Files: []attachment.ID{w.Upload(name, operation.Library, "extract.pdf", []byte("%PDF-1.4\n"+ID()))}})
	w.Must(err)
	_, err = w.Holders.Vet(w.T.Context(), w.Actor["wco.second"], w.Body[name].ID, v.ID, until)
	w.Must(err)
}

// Mandate gives a representative a mandate of a holder that coordination has checked;
// no brands: all.
func (w *World) Mandate(of, representative string, brands ...holder.BrandID) holder.Mandate {
	w.T.Helper()
	m, err := w.Holders.Grant(w.T.Context(), w.Actor[of], holder.Granting{ID: holder.ID(ID()), Representative: w.Body[representative].ID, Brands: brands,
		Since: "2026-01-01", Until: "2026-12-31", Files: []attachment.ID{w.Upload(of, operation.Library, "deed.pdf", []byte("%PDF-1.4\n"+ID()))}})
	w.Must(err)
	m, err = w.Holders.Check(w.T.Context(), w.Actor["wco.second"], w.Body[of].ID, m.ID)
	w.Must(err)
	return m
}

// Upload has somebody upload a file into an operation.
func (w *World) Upload(who string, code operation.Code, name string, content []byte) attachment.ID {
	w.T.Helper()
	a, err := w.Files.Receive(w.T.Context(), w.Actor[who], code, attachment.Draft{ID: attachment.ID(ID()), Name: name}, bytes.NewReader(content))
	w.Must(err)
	return a.ID
}

// Picture has somebody upload a picture into an operation, no two alike.
func (w *World) Picture(who string, code operation.Code) attachment.ID {
	w.T.Helper()
	n := ids.Add(1)
	m := image.NewRGBA(image.Rect(0, 0, 80, 60))
	for i := range 80 * 60 {
		m.Set(i%80, i/80, color.RGBA{R: uint8(i * int(n)), G: uint8(n), B: uint8(i), A: 255})
	}
	var b bytes.Buffer
	w.Must(jpeg.Encode(&b, m, nil))
	return w.Upload(who, code, "photo.jpg", b.Bytes())
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Refused wants an error of a kind.
func (w *World) Refused(what string, err error, kind fault.Kind) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Errorf("%s: %v", what, err)
	}
}

// Missing wants the one answer that the stranger gets, word for word.
func (w *World) Missing(who string, do func(access.Actor) error) {
	w.T.Helper()
	got, want := do(w.Actor[who]), do(w.Actor["stranger"])
	if !fault.Is(want, fault.NotFound) || !fault.Is(got, fault.NotFound) || got.Error() != want.Error() {
		w.T.Errorf("%s gets %v, a stranger %v", who, got, want)
	}
}

var ids atomic.Int64

// ID makes ids that no other test of the process has.
func ID() string { return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids.Add(1)) }
