package document_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// world is an operation that wco directs, in which xa and xb control goods, with an
// observer and two right holders. Actors are "xa" (its contact point) or
// "xa.officer"; everybody has a role but "outsider".
type world struct {
	t      testing.TB
	db     *db.DB
	source *source.Source
	store  *document.Store
	files  *attachment.Store
	body   map[string]organisation.Organisation
	actor  map[string]access.Actor
	side   map[string]access.Side
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, store: document.NewStore(d, j, src), body: map[string]organisation.Organisation{},
		actor: map[string]access.Actor{}, side: map[string]access.Side{"wco": access.Coordination}}
	key, err := blob.NewKey()
	w.must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.must(err)
	t.Cleanup(func() { disk.Close() })
	w.files = attachment.NewStore(d, j, src, blob.NewVault(disk, keys, source.Real()))
	w.files.Withheld = func(tx *db.Tx, st operation.Standing, a attachment.Attachment) (bool, error) {
		of, _, err := document.OfVersion(tx, st.Operation.Number, a.Record)
		if err != nil {
			return true, err
		}
		return document.Hidden(tx, st, of)
	}
	w.store.Readings = reading.NewLog(d, journal.New(src), src)
	w.settle(j)
	return w
}

func (w *world) settle(j *journal.Journal) {
	ctx, src, d := w.t.Context(), w.source, w.db
	bodies, people, operations := organisation.NewStore(d, j, src), person.NewStore(d, j, src), operation.NewStore(d, j, src)
	root := access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	register := func(body, job, contact string) person.ID {
		name := body
		if job != "" {
			name += "." + job
		}
		p, err := people.Register(ctx, root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
			Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
		w.must(err)
		w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
		return p.ID
	}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"observer", "observer", ""},
		{"holder", "right-holder", ""}, {"rival", "right-holder", ""}, {"outsider", "customs", "XZ"}} {
		o, err := bodies.Register(ctx, root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		register(b[0], "", person.ContactPoint)
	}
	_, err := operations.Open(ctx, root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en", Handling: "Keep it here.",
		TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for _, m := range []struct {
		name string
		side access.Side
		job  access.Role
	}{{"xa", access.Enforcement, access.Officer}, {"xb", access.Enforcement, access.Officer}, {"observer", access.ObserverSide, access.Observer},
		{"holder", access.RightHolderSide, access.RightHolder}, {"rival", access.RightHolderSide, access.RightHolder}} {
		w.must(operations.Invite(ctx, w.actor["wco"], code, w.body[m.name].ID, m.side))
		w.must(operations.Accept(ctx, w.actor[m.name], code, 1))
		w.side[m.name] = m.side
		w.must(operations.Assign(ctx, w.actor[m.name], code, register(m.name, "officer", ""), []access.Role{m.job}))
	}
	w.must(operations.Assign(ctx, w.actor["wco"], code, register("wco", "coordinator", ""), []access.Role{access.Coordinator}))
	w.must(operations.Assign(ctx, w.actor["wco"], code, register("wco", "auditor", ""), []access.Role{access.Auditor}))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

// to is an address: names of sides, names of bodies, "apart".
func (w *world) to(names ...string) audience.Address {
	var a audience.Address
	for _, n := range names {
		switch {
		case n == "apart":
			a.Apart = true
		case access.ValidSide(access.Side(n)):
			a.Sides = append(a.Sides, access.Side(n))
		default:
			a.Organisations = append(a.Organisations, w.body[n].Number)
		}
	}
	return a
}

// upload has somebody upload a PDF.
func (w *world) upload(who, content string) attachment.ID {
	w.t.Helper()
	a, err := w.files.Receive(w.t.Context(), w.actor[who], code, attachment.Draft{ID: attachment.ID(id()), Name: "plan.pdf"},
		bytes.NewReader([]byte("%PDF-1.4\n"+content)))
	w.must(err)
	return a.ID
}

func (w *world) draft(who string, to ...string) document.Draft {
	w.t.Helper()
	return document.Draft{ID: document.ID(id()), Kind: "operational-plan", Title: "Plan", Language: "en", TLP: "AMBER", To: w.to(to...),
		Note: "What we do.", File: w.upload(who, "one")}
}

func (w *world) publish(who string, to ...string) document.Document {
	w.t.Helper()
	w.tick()
	d, fresh, err := w.store.Publish(w.t.Context(), w.actor[who], code, w.draft(who, to...))
	w.must(err)
	if !fresh {
		w.t.Fatal("a new document is not new")
	}
	return d
}

func (w *world) revise(who string, d document.Document, of int64) (document.Version, error) {
	w.t.Helper()
	w.tick()
	v, _, err := w.store.Revise(w.t.Context(), w.actor[who], code, d.Seq, document.Revision{ID: document.ID(id()), Of: of, Note: "Dates.", File: w.upload(who, "two")})
	return v, err
}

func (w *world) read(who string, d document.Document) (document.Opened, error) {
	w.t.Helper()
	return w.store.Read(w.t.Context(), w.actor[who], code, d.Seq)
}

// opens tells whether somebody is given the file of a version.
func (w *world) opens(who string, v document.Version) error {
	w.t.Helper()
	var file attachment.Attachment
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		all, err := db.All(tx, fileOfRecord, db.Int64, v.Seq)
		if err == nil && len(all) != 1 {
			w.t.Fatalf("%d files", len(all))
		}
		file.Seq = all[0]
		return err
	}))
	o, err := w.files.Open(w.t.Context(), w.actor[who], code, attachment.Name{Seq: file.Seq}, attachment.Whole)
	if err == nil {
		o.Close()
	}
	return err
}

var fileOfRecord = db.Statement(`select seq from attachment where record = $1`)
