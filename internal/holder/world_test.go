package holder_test

import (
	"bytes"
	"fmt"
	"path/filepath"
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

// world is a library that wco coordinates, with an administration xa, two right
// holders orva and rival, and two representatives: agent of one of them, both of both.
// outsider is a right holder that takes no part.
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	store      *holder.Store
	files      *attachment.Store
	operations *operation.Store
	people     *person.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, store: holder.NewStore(d, j, src), people: person.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.root = access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	key, err := blob.NewKey()
	w.must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.must(err)
	t.Cleanup(func() { disk.Close() })
	w.files = attachment.NewStore(d, j, src, blob.NewVault(disk, keys, source.Real()))
	w.files.Readable = holder.Readable
	w.files.Withheld = func(tx *db.Tx, st operation.Standing, a attachment.Attachment) (bool, error) {
		withheld, _, err := holder.Withheld(tx, st, a.Record)
		return withheld, err
	}
	w.settle(j)
	return w
}

func (w *world) settle(j *journal.Journal) {
	ctx := w.t.Context()
	bodies := organisation.NewStore(w.db, j, w.source)
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"orva", "right-holder", ""}, {"rival", "right-holder", ""},
		{"agent", "right-holder", ""}, {"both", "right-holder", ""}, {"outsider", "right-holder", ""}} {
		o, err := bodies.Register(ctx, w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.hire(b[0], b[0], person.ContactPoint)
	}
	director := w.hire("wco.director", "wco", "")
	_, err := w.operations.Open(ctx, w.root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library", Language: "en",
		Phases: []operation.Phase{{Kind: "operational", Starts: "2026-01-01", Ends: "2036-12-31"}}, Handling: "For customs.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: director})
	w.must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "orva": access.RightHolderSide, "rival": access.RightHolderSide,
		"agent": access.RightHolderSide, "both": access.RightHolderSide} {
		w.must(w.operations.Invite(ctx, w.actor["wco.director"], operation.Library, w.body[name].ID, side))
		w.must(w.operations.Accept(ctx, w.actor[name], operation.Library, 1))
	}
	w.hire("orva.expert", "orva", "")
	w.hire("xa.officer", "xa", "")
	second := w.hire("wco.second", "wco", "")
	w.must(w.operations.Assign(ctx, w.actor["wco"], operation.Library, second, []access.Role{access.Coordinator}))
}

// hire registers somebody of a body.
func (w *world) hire(name, body, contact string) person.ID {
	w.t.Helper()
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
	return p.ID
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused wants an error of a kind.
func (w *world) refused(what string, err error, kind fault.Kind) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: %v", what, err)
	}
}

func (w *world) day(day string) {
	w.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	w.must(err)
	w.source.Set(at.Add(8 * time.Hour))
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

// upload has somebody upload a PDF.
func (w *world) upload(who string) attachment.ID {
	w.t.Helper()
	a, err := w.files.Receive(w.t.Context(), w.actor[who], operation.Library, attachment.Draft{ID: attachment.ID(id()), Name: "extract.pdf"},
		bytes.NewReader([]byte("%PDF-1.4\n"+id())))
	w.must(err)
	return a.ID
}

func (w *world) application(who string) holder.Application {
	return holder.Application{ID: holder.ID(id()), Register: "Handelsregister", Extract: "HRB 4711", Country: "DE", Files: []attachment.ID{w.upload(who)}}
}

func (w *world) apply(who string) holder.Vetting {
	w.t.Helper()
	v, err := w.store.Apply(w.t.Context(), w.actor[who], w.application(who))
	w.must(err)
	return v
}

// vetted has a right holder apply and coordination vet it.
func (w *world) vetted(who, until string) holder.Vetting {
	w.t.Helper()
	v, err := w.store.Vet(w.t.Context(), w.actor["wco"], w.body[who].ID, w.apply(who).ID, until)
	w.must(err)
	return v
}

func (w *world) granting(from, to string) holder.Granting {
	return holder.Granting{ID: holder.ID(id()), Representative: w.body[to].ID, Since: "2026-03-01", Until: "2026-12-31", Note: "Deed 12", Files: []attachment.ID{w.upload(from)}}
}

// mandated has a right holder give a mandate and coordination check it.
func (w *world) mandated(from, to string, change func(*holder.Granting)) holder.Mandate {
	w.t.Helper()
	g := w.granting(from, to)
	if change != nil {
		change(&g)
	}
	m, err := w.store.Grant(w.t.Context(), w.actor[from], g)
	w.must(err)
	m, err = w.store.Check(w.t.Context(), w.actor["wco"], w.body[from].ID, m.ID)
	w.must(err)
	return m
}

func (w *world) brand(name string) holder.BrandDraft {
	return holder.BrandDraft{ID: holder.BrandID(id()), Name: name, Categories: []string{"FTW", "CLO"},
		Rights: []holder.Right{{Kind: "trade-mark", Number: "012345678", Classes: []int{25, 18}, Countries: []string{"FR", "DE"}, Until: "2030-01-31"}}}
}

func (w *world) register(who, of, name string) holder.Brand {
	w.t.Helper()
	b, err := w.store.RegisterBrand(w.t.Context(), w.actor[who], w.body[of].ID, w.brand(name))
	w.must(err)
	return b
}

// may asks holder.May for somebody in the library, and gives who is acted for.
func (w *world) may(who, of string, brand holder.BrandID) (a holder.Acting, err error) {
	w.t.Helper()
	var id organisation.ID
	if of != "" {
		id = w.body[of].ID
	}
	w.in(who, func(tx *db.Tx, st operation.Standing) {
		a, err = holder.May(tx, st, id, brand)
	})
	return a, err
}

// in runs something where somebody stands in the library.
func (w *world) in(who string, fn func(*db.Tx, operation.Standing)) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.source.Now(), w.actor[who], operation.Library, access.OperationRead)
		if err != nil {
			return err
		}
		fn(tx, st)
		return nil
	}))
}

// actsFor lists the bodies for whom somebody acts.
func (w *world) actsFor(who string) (out []string) {
	w.t.Helper()
	w.in(who, func(tx *db.Tx, st operation.Standing) {
		all, err := holder.For(tx, st)
		w.must(err)
		for _, a := range all {
			out = append(out, a.Holder.Name[len("Body "):])
		}
	})
	return out
}
