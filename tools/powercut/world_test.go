package powercut

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	code     = operation.Code("tide")
	fileName = "tidewaiter.db"
)

var start = time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC)

// world is an operation with three officers, made by the commands on the
// shipped driver and an honest disk; image is its file.
type world struct {
	image    []byte
	officers []access.Actor
	auditor  access.Actor
	number   int64
}

// builder makes the world.
type builder struct {
	d      *db.DB
	src    *source.Source
	bodies *organisation.Store
	people *person.Store
	ops    *operation.Store
	root   access.Actor
	err    error
}

var theWorld = sync.OnceValues(func() (w world, err error) {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "tidewaiter-powercut.")
	if err != nil {
		return w, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, fileName)
	d, err := db.Open(ctx, "sqlite:"+path)
	if err != nil {
		return w, err
	}
	src := source.Story(start, 1)
	j := journal.New(src)
	b := &builder{d: d, src: src, bodies: organisation.NewStore(d, j, src), people: person.NewStore(d, j, src), ops: operation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}}
	b.must(migrate.Up(ctx, d))
	b.fill(ctx, &w)
	b.must(d.Close())
	if b.err != nil {
		return w, b.err
	}
	w.image, err = os.ReadFile(path)
	return w, err
})

func (b *builder) must(err error) { b.err = errors.Join(b.err, err) }

func (b *builder) body(ctx context.Context, name, kind, country string) (organisation.Organisation, access.Actor) {
	o, err := b.bodies.Register(ctx, b.root, organisation.Draft{Kind: kind, Country: country, Name: "Body " + name,
		TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	b.must(err)
	return o, b.person(ctx, o, name, person.ContactPoint)
}

func (b *builder) person(ctx context.Context, o organisation.Organisation, name, contact string) access.Actor {
	p, err := b.people.Register(ctx, b.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: o.Number, Position: "post", ContactPoint: contact, Active: true})
	b.must(err)
	return access.Actor{Person: string(p.ID), Organisation: o.Number, ContactPoint: contact != ""}
}

func (b *builder) fill(ctx context.Context, w *world) {
	wco, director := b.body(ctx, "wco", "secretariat", "")
	o, err := b.ops.Open(ctx, b.root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: wco.ID, Director: person.ID(director.Person),
		Counting: operation.Counting{Phase: "operational", Statuses: []string{"seized", "detained", "destroyed"}, Checked: true},
		Scope:    operation.Scope{Categories: []string{"FOO", "PHA"}},
		Phases:   []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	b.must(err)
	w.number = o.Number
	w.auditor = b.person(ctx, wco, "wco.auditor", "")
	b.must(b.ops.Assign(ctx, director, code, person.ID(w.auditor.Person), []access.Role{access.Auditor}))
	for _, name := range []string{"xa", "xb", "xc"} {
		o, contact := b.body(ctx, name, "customs", map[string]string{"xa": "XA", "xb": "XB", "xc": "XC"}[name])
		b.must(b.ops.Invite(ctx, director, code, o.ID, access.Enforcement))
		b.must(b.ops.Accept(ctx, contact, code, 1))
		officer := b.person(ctx, o, name+".officer", "")
		b.must(b.ops.Assign(ctx, contact, code, person.ID(officer.Person), []access.Role{access.Officer}))
		w.officers = append(w.officers, officer)
	}
}

func getWorld(t *testing.T) world {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// product is the store on a booted disk.
type product struct {
	d        *db.DB
	messages *message.Store
	cases    *seizure.Store
}

// boot opens the disk as `tidewaiter serve` opens a data directory.
func boot(path, vfs, flush string, seed uint64) (*product, error) {
	ctx := context.Background()
	d, err := db.OpenDriver(ctx, path, db.Driver{Name: DriverName, VFS: vfs, Flush: flush, Checkpoint: 20 * time.Millisecond, MaxLog: 400})
	if err != nil {
		return nil, err
	}
	if err := migrate.Up(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	src := source.Story(start, seed)
	j := journal.New(src)
	return &product{d: d, messages: message.NewStore(d, j, src), cases: seizure.NewStore(d, j, src)}, nil
}
