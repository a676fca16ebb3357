package person_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var began = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

const good = "tide 7 lantern gravel"

// world is three organisations; 1 has the administrator and a contact point,
// 2 and 3 have contact points and an officer each.
type world struct {
	t      *testing.T
	d      *db.DB
	source *source.Source
	store  *person.Store
	link   string // of the administrator

	admin, ncp2, ncp3, officer2, officer3 access.Actor
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	src := source.Story(began, 1)
	j := journal.New(src)
	w := &world{t: t, d: d, source: src, store: person.NewStore(d, j, src)}
	ctx := t.Context()
	var err error
	w.link, err = w.store.Bootstrap(ctx, body("XA"), person.Draft{Login: "Administrator", Name: "Ottilie Brannoch", Language: "en",
		Position: "Administrator", ContactPoint: person.ContactPoint})
	if err != nil {
		t.Fatal(err)
	}
	root := w.byLogin("administrator")
	w.admin = access.Actor{Person: string(root.ID), Organisation: 1, Administrator: true, ContactPoint: true}
	bodies := organisation.NewStore(d, j, src)
	for _, country := range []string{"XB", "XC"} {
		if _, err := bodies.Register(ctx, w.admin, body(country)); err != nil {
			t.Fatal(err)
		}
	}
	w.ncp2, w.ncp3 = w.register("xb.ncp", 2, person.ContactPoint), w.register("xc.ncp", 3, person.Deputy)
	w.officer2, w.officer3 = w.register("xb.mail", 2, ""), w.register("xc.mail", 3, "")
	return w
}

func body(country string) organisation.Draft {
	return organisation.Draft{Kind: "customs", Country: country, Name: "Customs of " + country, TimeZone: "Asia/Tokyo", Language: "en",
		ReleaseBy: organisation.ReleaseByOfficer}
}

func draft(login string, org int64, contact string) person.Draft {
	return person.Draft{Login: login, Name: "Name of " + login, Language: "fr", Organisation: org, Position: "Inspector", ContactPoint: contact}
}

func (w *world) register(login string, org int64, contact string) access.Actor {
	w.t.Helper()
	p, err := w.store.Register(w.t.Context(), w.admin, draft(login, org, contact))
	if err != nil {
		w.t.Fatal(err)
	}
	return access.Actor{Person: string(p.ID), Organisation: org, ContactPoint: contact != ""}
}

func (w *world) read(fn func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.d.Read(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) byLogin(login string) (p person.Person) {
	w.t.Helper()
	w.read(func(tx *db.Tx) (err error) { p, err = person.ByLogin(tx, login); return err })
	return p
}

func (w *world) one(who access.Actor) (p person.Person) {
	w.t.Helper()
	w.read(func(tx *db.Tx) (err error) { p, err = person.One(tx, id(who)); return err })
	return p
}

func (w *world) journalSize() (n int64) {
	w.t.Helper()
	w.read(func(tx *db.Tx) (err error) { n, err = journal.Size(tx, journal.Instance); return err })
	return n
}

func id(who access.Actor) person.ID { return person.ID(who.Person) }

// key gives the key of a fault, of its first field if it has fields.
func key(err error) string {
	f, ok := errors.AsType[*fault.Fault](err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case len(f.Fields) > 0:
		return f.Fields[0].Path + ":" + f.Fields[0].Key
	}
	return f.Key
}

func (w *world) want(err error, want string) {
	w.t.Helper()
	if key(err) != want {
		w.t.Errorf("%v; want %q", err, want)
	}
}

func TestRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		nid := person.ID(w.source.ID())
		dr := draft("Ａnalyst", 2, "")
		dr.ID, dr.Position = nid, ""
		p, err := w.store.Register(ctx, w.ncp2, dr)
		if err != nil {
			t.Fatal(err)
		}
		want := person.Person{Number: 6, ID: nid, Login: "analyst", Name: dr.Name, Language: "fr", Theme: "auto", Density: "auto",
			State: person.Invited, Epoch: 1, Version: 1}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Error(diff)
		}
		size := w.journalSize()
		again, err := w.store.Register(ctx, w.ncp2, dr)
		if err != nil || again != p || w.journalSize() != size {
			t.Errorf("again: %+v, %v, journal %d then %d", again, err, size, w.journalSize())
		}
		other := dr
		other.Name = "Somebody else"
		_, err = w.store.Register(ctx, w.ncp2, other)
		w.want(err, "person.exists")
		// Another organisation's contact point learns that the login is taken, and nothing else.
		taken := draft("ANALYST", 3, "")
		_, err = w.store.Register(ctx, w.ncp3, taken)
		w.want(err, "login:person.login-taken")
		if err != nil && strings.Contains(err.Error(), dr.Name) {
			t.Error(err)
		}
		for _, c := range []struct {
			who  access.Actor
			edit func(*person.Draft)
			want string
		}{
			{w.ncp2, func(d *person.Draft) { d.Organisation = 3 }, "fault.not-found"},
			{w.ncp2, func(d *person.Draft) { d.Administrator = true }, "fault.not-found"},
			{w.ncp2, func(d *person.Draft) { d.Persona = "officer" }, "fault.not-found"},
			{w.ncp2, func(d *person.Draft) { d.Active = true }, "fault.not-found"},
			{w.officer2, func(*person.Draft) {}, "fault.not-found"},
			{access.Actor{}, func(*person.Draft) {}, "fault.not-found"},
			{access.Actor{System: "x"}, func(*person.Draft) {}, "fault.not-found"},
			{w.admin, func(d *person.Draft) { d.Organisation = 9 }, "organisation:fault.choose-one"},
			{w.admin, func(d *person.Draft) { d.Name = "a\u202eb" }, "name:fault.direction-character"},
			{w.admin, func(d *person.Draft) { d.Language = "not a language" }, "language:person.language"},
			{w.admin, func(d *person.Draft) { d.ContactPoint = "chief" }, "contact_point:fault.choose-one"},
			{w.admin, func(d *person.Draft) { d.ID = "7" }, "id:fault.not-an-id"},
		} {
			dr := draft("newcomer", 2, "")
			c.edit(&dr)
			_, err := w.store.Register(ctx, c.who, dr)
			w.want(err, c.want)
		}
	})
}

func TestPersonaIsActive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		dr := draft("persona", 2, "")
		dr.Persona = "officer"
		if p, err := w.store.Register(t.Context(), w.admin, dr); err != nil || p.State != person.Active {
			t.Errorf("persona: %+v, %v", p, err)
		}
	})
}

func TestRowFunctions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		at := w.source.Now()
		w.read(func(tx *db.Tx) error {
			these, err := person.These(tx, []string{w.admin.Person, w.ncp2.Person, w.admin.Person, "system:x", ""})
			if err != nil || len(these) != 2 || these[w.ncp2.Person].Login != "xb.ncp" {
				t.Errorf("%v, %v", these, err)
			}
			all, err := person.OfOrganisation(tx, 2, at)
			if err != nil || len(all) != 2 || all[0].Person.Login != "xb.ncp" || !all[0].Hat.Contact() || all[1].Hat.Contact() {
				t.Errorf("%+v, %v", all, err)
			}
			if _, err := person.HatOf(tx, id(w.ncp2), 3, at); !errors.Is(err, db.ErrNone) {
				t.Errorf("a hat of another organisation: %v", err)
			}
			if _, err := person.HatOf(tx, id(w.ncp2), 2, at.Add(-time.Microsecond)); !errors.Is(err, db.ErrNone) {
				t.Errorf("a hat before it was given: %v", err)
			}
			return nil
		})
		w.source.Set(began.Add(time.Hour))
		if err := w.store.EndHat(ctx, w.ncp2, id(w.officer2), 2); err != nil {
			t.Fatal(err)
		}
		if err := w.store.Suspend(ctx, w.admin, id(w.ncp3)); err != nil {
			t.Fatal(err)
		}
		w.read(func(tx *db.Tx) error {
			now := w.source.Now()
			_, err := person.HatOf(tx, id(w.officer2), 2, now)
			_, err2 := person.HatOf(tx, id(w.officer2), 2, now.Add(-time.Microsecond))
			if !errors.Is(err, db.ErrNone) || err2 != nil {
				t.Errorf("at the end: %v; just before: %v", err, err2)
			}
			if _, err := person.HatOf(tx, id(w.ncp3), 3, now); !errors.Is(err, db.ErrNone) {
				t.Errorf("a suspended person's hat: %v", err)
			}
			if hats, err := person.Hats(tx, id(w.officer2), now); err != nil || len(hats) != 0 {
				t.Errorf("%v, %v", hats, err)
			}
			return nil
		})
	})
}

// Each command refuses nobody, an officer, and the contact point of another
// organisation with one and the same answer, and stores nothing.
func TestRefusals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		target := w.officer2
		commands := map[string]func(who access.Actor) error{
			"register": func(who access.Actor) error {
				_, err := w.store.Register(ctx, who, draft("newcomer", 2, ""))
				return err
			},
			"hat":     func(who access.Actor) error { _, err := w.store.AddHat(ctx, who, id(target), 3, "", ""); return err },
			"hat-end": func(who access.Actor) error { return w.store.EndHat(ctx, who, id(target), 2) },
			"amend": func(who access.Actor) error {
				_, err := w.store.Amend(ctx, who, person.Change{Person: id(target), Name: "X", Organisation: 2, Version: 1})
				return err
			},
			"amend name": func(who access.Actor) error {
				_, err := w.store.Amend(ctx, who, person.Change{Person: id(target), Name: "X", Version: 1})
				return err
			},
			"invite":  func(who access.Actor) error { _, err := w.store.Invite(ctx, who, id(target)); return err },
			"suspend": func(who access.Actor) error { return w.store.Suspend(ctx, who, id(target)) },
			"resume":  func(who access.Actor) error { return w.store.Resume(ctx, who, id(target)) },
			"show":    func(who access.Actor) error { _, err := w.store.Show(ctx, who, id(target)); return err },
		}
		before := w.journalSize()
		for name, run := range commands {
			for i, who := range []access.Actor{{}, {System: "release-clock"}, {Person: w.ncp2.Person, ContactPoint: true}, w.officer2, w.officer3, w.ncp3} {
				if err := run(who); !fault.Is(err, fault.NotFound) || key(err) != "fault.not-found" {
					t.Errorf("%s by %d: %v", name, i, err)
				}
			}
		}
		nobody := access.Actor{}
		_, err := w.store.Settle(ctx, nobody, person.Preferences{Language: "en", Theme: "auto", Density: "auto"})
		w.want(err, "fault.not-found")
		w.want(w.store.ChangePassword(ctx, nobody, good, good), "fault.not-found")
		_, err = w.store.List(ctx, nobody)
		w.want(err, "fault.not-found")
		_, err = w.store.List(ctx, w.officer2)
		w.want(err, "fault.not-found")
		if after := w.journalSize(); after != before {
			t.Errorf("refused commands wrote %d entries", after-before)
		}
		// Ids that do not exist answer the same.
		w.want(w.store.Suspend(ctx, w.ncp2, person.ID(w.source.ID())), "fault.not-found")
		for _, bad := range []person.ID{"", "' or 1=1", "\x00", "\xff"} {
			w.want(w.store.Suspend(ctx, w.admin, bad), "fault.not-found")
			w.want(w.store.EndHat(ctx, w.admin, bad, 2), "fault.not-found")
		}
	})
}

// Whoever also acts for others, or administers, is not in one contact point's hands.
func TestWholePerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		if _, err := w.store.AddHat(ctx, w.admin, id(w.officer2), 3, "Liaison", ""); err != nil {
			t.Fatal(err)
		}
		_, err := w.store.Invite(ctx, w.ncp2, id(w.officer2))
		w.want(err, "person.administrator-only")
		w.want(w.store.Suspend(ctx, w.ncp2, id(w.officer2)), "person.administrator-only")
		_, err = w.store.Amend(ctx, w.ncp2, person.Change{Person: id(w.officer2), Name: "X", Organisation: 2, Version: 2})
		w.want(err, "person.administrator-only")
		// The position under one's own hat may be amended, and the other hat is not shown.
		p := w.one(w.officer2)
		if _, err = w.store.Amend(ctx, w.ncp2, person.Change{Person: p.ID, Name: p.Name, Organisation: 2, Position: "Head", Version: 2}); err != nil {
			t.Error(err)
		}
		l, err := w.store.Show(ctx, w.ncp2, p.ID)
		if err != nil || len(l.Hats) != 1 || l.Hats[0].Position != "Head" {
			t.Errorf("%+v, %v", l, err)
		}
		all, err := w.store.List(ctx, w.ncp2)
		for _, l := range all {
			if len(l.Hats) != 1 || l.Hats[0].Organisation != 2 {
				t.Errorf("%+v", l)
			}
		}
		if everyone, err2 := w.store.List(ctx, w.admin); err != nil || err2 != nil || len(all) != 2 || len(everyone) != 5 {
			t.Errorf("%d and %d people, %v", len(all), len(everyone), errors.Join(err, err2))
		}
		// The administrator wears a hat of organisation 1, whose deputy must not take over the instance.
		deputy := w.register("xa.deputy", 1, person.Deputy)
		_, err = w.store.Invite(ctx, deputy, id(w.admin))
		w.want(err, "person.administrator-only")
		w.want(w.store.Suspend(ctx, deputy, id(w.admin)), "person.administrator-only")
		w.want(w.store.EndHat(ctx, deputy, id(w.admin), 1), "person.administrator-only")
		w.want(w.store.Suspend(ctx, w.admin, id(w.admin)), "person.self")
		w.want(w.store.EndHat(ctx, w.admin, id(w.admin), 1), "person.self")
	})
}

func TestHatsAndAmendments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		add := func(position string) error {
			_, err := w.store.AddHat(ctx, w.admin, id(w.officer2), 3, position, "")
			return err
		}
		w.want(add("Liaison"), "")
		size := w.journalSize()
		w.want(add("Liaison"), "")
		if w.journalSize() != size {
			t.Error("the same hat was given twice")
		}
		w.want(add("Other"), "person.hat-exists")
		w.want(w.store.EndHat(ctx, w.ncp3, id(w.officer2), 3), "")
		w.want(w.store.EndHat(ctx, w.ncp3, id(w.officer2), 3), "")
		w.source.Set(began.Add(time.Hour))
		w.want(add("Other"), "")
		w.read(func(tx *db.Tx) error {
			hats, err := person.Hats(tx, id(w.officer2), w.source.Now())
			if err != nil || len(hats) != 2 || hats[1].Position != "Other" || !hats[1].Since.Equal(began.Add(time.Hour)) {
				t.Errorf("%+v, %v", hats, err)
			}
			return nil
		})
		// Two people amend the same person from the same reading: one wins.
		p := w.one(w.officer3)
		c := person.Change{Person: p.ID, Name: p.Name, Organisation: 3, Position: "Head", ContactPoint: person.DutyOfficer, Version: p.Version}
		made, err := w.store.Amend(ctx, w.ncp3, c)
		if err != nil || made.Version != p.Version+1 {
			t.Errorf("%+v, %v", made, err)
		}
		c.Position = "Deputy"
		_, err = w.store.Amend(ctx, w.admin, c)
		w.want(err, "fault.conflict")
		w.read(func(tx *db.Tx) error {
			if h, err := person.HatOf(tx, p.ID, 3, w.source.Now()); err != nil || h.Position != "Head" || !h.Contact() {
				t.Errorf("%+v, %v", h, err)
			}
			return nil
		})
	})
}
