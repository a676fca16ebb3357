package verify_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

const code = operation.Code("tide")

// world is a small operation in which every kind of thing was done at least once.
type world struct {
	t          testing.TB
	url        string
	db         *db.DB
	source     *source.Source
	signer     *journal.Signer
	people     *person.Store
	bodies     *organisation.Store
	operations *operation.Store
	messages   *message.Store
	cases      *seizure.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	receipt    string // of the first message
	checkpoint string // of the operation, before the end
	vault      *blob.Vault
	blobs      string // where its files are
}

func newWorld(t testing.TB, url string) *world {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, url: url, db: d, source: src, people: person.NewStore(d, j, src), bodies: organisation.NewStore(d, j, src),
		operations: operation.NewStore(d, j, src), messages: message.NewStore(d, j, src), cases: seizure.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.must(migrate.Up(t.Context(), d))
	private, _, err := journal.NewKey("instance.example")
	w.must(err)
	w.signer, err = journal.ReadSigner(private)
	w.must(err)
	w.operations.Signer = w.signer
	w.begin()
	w.write()
	w.shape()
	w.seize()
	w.refuse()
	w.attach()
	w.rhythm()
	w.follow()
	w.clocks()
	w.withdraw()
	w.shelve()
	w.library()
	w.situations()
	w.workshops()
	w.courses()
	w.reports()
	w.questions()
	w.editions()
	w.learn()
	w.practices()
	w.leave()
	w.keep()
	w.list()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tick() { w.source.Set(w.source.Now().Add(time.Second)) }

// begin registers four bodies with their people and opens the operation.
func (w *world) begin() {
	ctx := w.t.Context()
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}} {
		o, err := w.bodies.Register(ctx, w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], Names: map[string]string{"fr": "Corps"},
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByContactPoint, ReleaseAfter: 6 * time.Hour})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], "", person.ContactPoint)
		w.person(b[0], "officer", "")
	}
	o := w.body["xb"]
	_, err := w.bodies.Amend(ctx, w.root, organisation.Draft{ID: o.ID, Kind: o.Kind, Country: o.Country, Name: "Customs of XB", TimeZone: "UTC",
		Language: "fr", ReleaseBy: organisation.ReleaseByOfficer, Version: o.Version})
	w.must(err)
	_, err = w.operations.Open(ctx, w.root, operation.Draft{ID: operation.ID(w.source.ID()), Code: code, Kind: operation.KindOperation, Name: "Tide",
		Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Counting: operation.Counting{Phase: "operational", Checked: true}, Scope: operation.Scope{Categories: []string{"FOO"}},
		Phases: []operation.Phase{{Kind: "plan", Starts: "2017-01-06", Ends: "2017-01-24"}, {Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide} {
		w.join(name, side)
	}
	w.assign("wco", "wco.officer", access.Coordinator, access.Auditor)
	w.assign("xa", "xa.officer", access.Officer)
	w.assign("xb", "xb.officer", access.Officer, access.ContactPoint)
	w.assign("xb", "xb.officer", access.Officer)
	w.lives()
}

// lives puts people through what can happen to them.
func (w *world) lives() {
	ctx := w.t.Context()
	w.person("wco", "guest", "")
	guest := person.ID(w.actor["wco.guest"].Person)
	_, err := w.people.AddHat(ctx, w.root, guest, w.body["xa"].Number, "attaché", person.Deputy)
	w.must(err)
	w.tick()
	w.must(w.people.EndHat(ctx, w.root, guest, w.body["xa"].Number))
	w.must(w.people.Suspend(ctx, w.root, guest))
	w.must(w.people.Resume(ctx, w.root, guest))
	_, err = w.people.Settle(ctx, w.actor["xa.officer"], person.Preferences{Language: "fr", Theme: "dark", Density: "auto"})
	w.must(err)
	token, err := w.people.Invite(ctx, w.root, guest)
	w.must(err)
	p, err := w.people.Redeem(ctx, token, "a long enough secret")
	w.must(err)
	_, err = w.people.Amend(ctx, w.root, person.Change{Person: guest, Name: "Other Name", Version: p.Version})
	w.must(err)
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

func (w *world) join(name string, side access.Side) {
	w.t.Helper()
	w.tick()
	w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], code, w.body[name].ID, side))
	w.must(w.operations.Accept(w.t.Context(), w.actor[name], code, 1))
}

func (w *world) assign(by, to string, roles ...access.Role) {
	w.t.Helper()
	w.tick()
	w.must(w.operations.Assign(w.t.Context(), w.actor[by], code, person.ID(w.actor[to].Person), roles))
}

// write sends messages: to a side, apart, a warning, its feedback.
func (w *world) write() {
	ctx := w.t.Context()
	send := func(who string, d message.Draft) int64 {
		w.t.Helper()
		w.tick()
		d.ID, d.Language, d.TLP = message.ID(w.source.ID()), "en", "AMBER"
		d.Subject, d.Body = "Containers", "Two containers left the port."
		m, err := w.messages.Send(ctx, w.actor[who], code, d)
		w.must(err)
		return m.Seq
	}
	marks := []consignment.Mark{{Kind: consignment.Container, Value: "CSQU 305438-3"}, {Kind: consignment.Seal, Value: "0482913"}}
	first := send("xa.officer", message.Draft{Template: message.General, To: audience.Address{Sides: []access.Side{access.Enforcement}}, Marks: marks})
	var err error
	w.receipt, err = w.operations.Receipt(ctx, w.actor["xa.officer"], code, first)
	w.must(err)
	send("xa.officer", message.Draft{Template: message.General, To: audience.Address{Organisations: []int64{w.body["xb"].Number}, Apart: true}})
	warning := send("xa.officer", message.Draft{Template: message.Warning, To: audience.Address{Organisations: []int64{w.body["xb"].Number}},
		ReplyDue: w.source.Now().Add(time.Hour), Profile: message.Profile{Category: "FOO", Conveyance: "sea", Provenance: "XC", Destination: "XB"}})
	send("xb.officer", message.Draft{Template: message.Feedback, Answers: warning, Outcome: "clean"})
	second := send("wco", message.Draft{Template: message.General, Answers: first, Marks: marks[:1]})
	store := links.NewStore(w.db, journal.New(w.source), w.source)
	w.must(store.Link(ctx, w.actor["wco"], code, first, second))
	w.must(store.Link(ctx, w.actor["xa.officer"], code, first, warning))
	w.tick()
	w.must(store.Unlink(ctx, w.actor["wco"], code, first, second))
}

// seize makes cases and puts them through their lives.
func (w *world) seize() {
	ctx := w.t.Context()
	find := func() seizure.Draft {
		w.tick()
		return seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Day: "2017-02-06", Language: "en", Remarks: "Under a tarpaulin, in TEXU3070079.",
			Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{
				{Category: "FOO", Description: "Rice", HS: "1006", Brand: "Sailor", Quantities: []goods.Quantity{{Micro: 5e6, Unit: "H87"}, {Micro: 12e6, Unit: "KGM"}}},
				{Category: "PHA", Quantities: []goods.Quantity{{Micro: 7e6, Unit: "H87"}}}}}
	}
	report := func(who string, d seizure.Draft) seizure.Case {
		w.t.Helper()
		c, err := w.cases.Report(ctx, w.actor[who], code, d)
		w.must(err)
		return c
	}
	saved, err := w.cases.Save(ctx, w.actor["xa.officer"], code, find(), 0)
	w.must(err)
	d := saved.Draft
	d.Remarks = "In a suitcase."
	waiting := report("xa.officer", d) // waits for its contact point
	a, b, c := report("xb.officer", find()), report("xb.officer", find()), report("xa.officer", find())
	w.tick()
	c, err = w.cases.Release(ctx, w.actor["xa"], code, c.Seq, c.Version)
	w.must(err)
	w.tick()
	c, err = w.cases.Recall(ctx, w.actor["xa"], code, c.Seq, c.Version, "too early")
	w.must(err)
	d = a.Draft
	d.Goods[0].Quantities[0].Micro = 9e6
	d.Warning = 0
	a, err = w.cases.Amend(ctx, w.actor["xb.officer"], code, a.Seq, a.Version, d, "counted again")
	w.must(err)
	w.tick()
	_, err = w.cases.Reserve(ctx, w.actor["xa.officer"], code, 2)
	w.must(err)
	reviews := review.NewStore(w.db, journal.New(w.source), w.source)
	w.must(reviews.Return(ctx, w.actor["wco"], code, b.Reference, b.Version, "The unit is missing."))
	w.must(reviews.Check(ctx, w.actor["wco"], code, a.Reference, a.Version, ""))
	b, err = w.cases.Relate(ctx, w.actor["wco"], code, b.Seq, b.Version, a.Seq, "the same consignment")
	w.must(err)
	w.must(links.NewStore(w.db, journal.New(w.source), w.source).Dismiss(ctx, w.actor["wco"], code, a.Seq, c.Seq, "number-reused"))
	extra := report("xb.officer", find())
	_, err = w.cases.Relate(ctx, w.actor["wco"], code, extra.Seq, extra.Version, a.Seq, "the same again")
	w.must(err)
	gone := report("xb.officer", find())
	other := report("xb.officer", find())
	_, err = w.cases.Relate(ctx, w.actor["wco"], code, other.Seq, other.Version, gone.Seq, "a double")
	w.must(err)
	w.tick()
	_, err = w.cases.Withdraw(ctx, w.actor["xb.officer"], code, gone.Seq, gone.Version, "never was") // frees its double
	w.must(err)
	_, _ = waiting, b
}

// refuse keeps two things that were refused, of which one is dealt with.
func (w *world) refuse() {
	w.tick()
	store := quarantine.NewStore(w.db, journal.New(w.source), w.source)
	for _, content := range []string{"{\"a\": 1}", "{\"a\": 2}"} {
		w.must(store.Keep(w.t.Context(), w.actor["xa.officer"], code, quarantine.Case, w.source.ID(), content))
	}
	_, kept, err := store.List(w.t.Context(), w.actor["xa"], code)
	w.must(err)
	w.tick()
	w.must(store.Close(w.t.Context(), w.actor["xa"], code, kept[0].Seq))
}

// rhythm says that there was nothing, takes it back, gives tasks and plans shifts,
// and puts each through its life.
func (w *world) rhythm() {
	ctx, j := w.t.Context(), journal.New(w.source)
	officer, contact := w.actor["xa.officer"], w.actor["xa"]
	w.tick()
	reports := nilreport.NewStore(w.db, j, w.source)
	controls := int64(120)
	for day, who := range map[string]access.Actor{"2017-02-06": officer, w.source.Now().Format(time.DateOnly): w.actor["xb.officer"]} {
		r, err := reports.Send(ctx, who, code, nilreport.Draft{Day: day})
		w.must(err)
		_, err = reports.Send(ctx, who, code, nilreport.Draft{Day: day, Controls: &controls, Remark: "All parcels.", Language: "en", Version: r.Version})
		w.must(err)
	}
	w.must(reports.Withdraw(ctx, w.actor["xb.officer"], code, "2017-02-06", 2))

	tasks := task.NewStore(w.db, j, w.source)
	for i, end := range []string{"", task.Done, task.Dropped} {
		w.tick()
		t, err := tasks.Give(ctx, w.actor["wco"], code, task.Draft{ID: task.ID(w.source.ID()), Organisation: contact.Organisation,
			Title: "Check the express hub", Body: "Every parcel from XC.", Language: "en", Due: fmt.Sprintf("2017-02-1%d", i)})
		w.must(err)
		w.tick()
		t, err = tasks.Assign(ctx, contact, code, t.Seq, t.Version, officer.Person)
		w.must(err)
		switch end {
		case task.Done:
			_, err = tasks.Finish(ctx, officer, code, t.Seq, t.Version, "None found.")
		case task.Dropped:
			_, err = tasks.Drop(ctx, w.actor["wco"], code, t.Seq, t.Version, "No longer needed.")
		}
		w.must(err)
	}

	shifts := roster.NewStore(w.db, j, w.source)
	for i := range 2 {
		w.tick()
		begins := w.source.Now().Add(time.Duration(i*8)*time.Hour - time.Minute)
		s, err := shifts.Plan(ctx, contact, code, roster.Draft{ID: roster.ID(w.source.ID()), Person: officer.Person, Begins: begins,
			Ends: begins.Add(8 * time.Hour), Phone: "+000 1"})
		w.must(err)
		if i == 1 {
			w.must(shifts.Withdraw(ctx, contact, code, s.Seq, s.Version))
			continue
		}
		w.tick()
		w.must(shifts.HandOver(ctx, officer, code, s.Seq, s.Version, "Two lorries wait.", "en"))
		w.must(shifts.Confirm(ctx, contact, code, s.Seq, s.Version+1))
	}
}

// leave ends a membership, and has its organisation come back.
func (w *world) leave() {
	ctx := w.t.Context()
	w.tick()
	var err error
	w.checkpoint, err = w.operations.Checkpoint(ctx, w.actor["wco"], code)
	w.must(err)
	w.must(w.operations.End(ctx, w.actor["wco"], code, w.body["xb"].ID))
	w.tick()
	_, err = w.messages.Send(ctx, w.actor["wco"], code, message.Draft{ID: message.ID(w.source.ID()), Template: message.General, Language: "en", TLP: "AMBER",
		Subject: "After", Body: "They have left.", To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}})
	w.must(err)
	w.join("xb", access.Enforcement)
	w.must(w.operations.End(ctx, w.actor["wco"], code, w.body["holder"].ID))
}

// keep signs what the journals are, as the server does.
func (w *world) keep() {
	w.must(w.db.Keep(w.t.Context(), func(tx *db.Tx) error {
		if err := journal.Keep(tx, w.signer, 0, journal.InstanceName, w.source.Now()); err != nil {
			return err
		}
		return errors.Join(journal.Keep(tx, w.signer, 1, string(code), w.source.Now()), journal.Keep(tx, w.signer, 2, string(operation.Library), w.source.Now()))
	}))
}

// shape makes a template and amends another, twice; and keeps mappings of sheets.
func (w *world) shape() {
	w.t.Helper()
	w.sheets()
	s := template.NewStore(w.db, journal.New(w.source), w.source)
	_, err := s.Amend(w.t.Context(), w.actor["wco"], code, template.Definition{Name: "parcels", Base: template.Request,
		Title: template.Text{"en": "Parcels"}, Fields: []template.Field{{Key: "note", Kind: template.Line, Label: template.Text{"fr": "Note"}}}})
	w.must(err)
	d, _ := template.BuiltIn(template.Warning)
	for _, key := range []string{"brand", "seal"} {
		w.tick()
		d.Fields = append(d.Fields, template.Field{Key: key})
		d, err = s.Amend(w.t.Context(), w.actor["wco"], code, d)
		w.must(err)
	}
}

// sheets keeps mappings: one is saved twice, one is dropped.
func (w *world) sheets() {
	w.t.Helper()
	s, who := intake.NewStore(w.db, journal.New(w.source), w.source, nil, nil), w.actor["xa.officer"]
	const text = "[sheet]\nencoding = \"xlsx\"\n[fields.day]\ncolumn = \"Date\"\n[fields.country]\nconstant = \"KE\"\n[fields.category]\nconstant = \"OTH\"\n"
	save := func(m intake.Mapping) intake.Mapping {
		w.tick()
		m, err := s.SaveMapping(w.t.Context(), who, code, m)
		w.must(err)
		return m
	}
	first := save(intake.Mapping{Name: "Monday", Text: text, Fingerprint: "a"})
	first.Text += "# more\n"
	save(first)
	second := save(intake.Mapping{Name: "Tuesday", Text: text})
	save(intake.Mapping{Name: "Wednesday", Text: text})
	w.must(s.DropMapping(w.t.Context(), who, code, second.Name, second.Version))
}
