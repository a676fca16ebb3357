package attachment_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// world is an operation with three members: wco coordinates, xa and xb enforce,
// holder is a right holder.
type world struct {
	t          *testing.T
	dir        string
	db         *db.DB
	source     *source.Source
	store      *attachment.Store
	vault      *blob.Vault
	messages   *message.Store
	people     *person.Store
	bodies     *organisation.Store
	operations *operation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2026, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, dir: t.TempDir(), db: d, source: src, messages: message.NewStore(d, j, src), people: person.NewStore(d, j, src),
		bodies: organisation.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	key, err := blob.NewKey()
	w.must(err)
	keys, err := blob.OpenKeys(filepath.Join(w.dir, "keys"), key)
	w.must(err)
	disk, err := blob.OpenDisk(filepath.Join(w.dir, blob.Directory))
	w.must(err)
	t.Cleanup(func() { disk.Close() })
	w.vault = blob.NewVault(disk, keys, source.Real())
	w.store = attachment.NewStore(d, j, src, w.vault)
	w.people1()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) people1() {
	ctx := w.t.Context()
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}, {"outsider", "customs", "XZ"}} {
		o, err := w.bodies.Register(ctx, w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByContactPoint, ReleaseAfter: 6 * time.Hour})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], "", person.ContactPoint)
		w.person(b[0], "officer", "")
	}
	_, err := w.operations.Open(ctx, w.root, operation.Draft{ID: operation.ID(w.source.ID()), Code: code, Kind: operation.KindOperation,
		Name: "Tide", Language: "en", TimeZone: "UTC", Handling: "Keep it.", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2026-02-01", Ends: "2026-03-10"}}})
	w.must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide} {
		w.must(w.operations.Invite(ctx, w.actor["wco"], code, w.body[name].ID, side))
		w.must(w.operations.Accept(ctx, w.actor[name], code, 1))
	}
	for _, name := range []string{"xa", "xb"} {
		w.person(name, "second", "")
		for _, job := range []string{"officer", "second"} {
			w.must(w.operations.Assign(ctx, w.actor[name], code, person.ID(w.actor[name+"."+job].Person), []access.Role{access.Officer}))
		}
	}
	w.must(w.operations.Assign(ctx, w.actor["holder"], code, person.ID(w.actor["holder.officer"].Person), []access.Role{access.RightHolder}))
}

func (w *world) person(body, job, contact string) {
	w.t.Helper()
	name := body
	if job != "" {
		name += "." + job
	}
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
}

func (w *world) id() attachment.ID { return attachment.ID(w.source.ID()) }

// receive uploads a file in one go.
func (w *world) receive(who, name string, content []byte) (attachment.Attachment, error) {
	w.t.Helper()
	return w.store.Receive(w.t.Context(), w.actor[who], code, attachment.Draft{ID: w.id(), Name: name}, bytes.NewReader(content))
}

func (w *world) received(who, name string, content []byte) attachment.Attachment {
	w.t.Helper()
	a, err := w.receive(who, name, content)
	w.must(err)
	return a
}

// send writes a message with attachments to sides, or to xb alone.
func (w *world) send(who string, to audience.Address, ids ...attachment.ID) (message.Message, error) {
	w.t.Helper()
	w.source.Set(w.source.Now().Add(time.Second))
	return w.messages.Send(w.t.Context(), w.actor[who], code, message.Draft{ID: message.ID(w.source.ID()), Template: message.General, Subject: "Look",
		Language: "en", TLP: "AMBER", To: to, Attachments: ids})
}

func (w *world) open(who string, n attachment.Name, v attachment.Variant) ([]byte, error) {
	w.t.Helper()
	o, err := w.store.Open(w.t.Context(), w.actor[who], code, n, v)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	return io.ReadAll(o)
}

// photo is a JPEG of stripes whose colours say where they are.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8((x / 8 % 2) * 200), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
