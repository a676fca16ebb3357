package archive_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// Whoever runs the instance where a copy stands gives somebody a hat there, and
// somebody new: where the file is taken in, and the body stood before, neither has it.
func TestImportGivesNoHatOfABodyThatStandsHere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, to *db.DB) {
		w := newWorld(t, dbtest.SQLite(t))
		home, src := newHome(t, to, 100), source.Story(operationtest.Start.AddDate(1, 0, 0), 9)
		officer, newcomer := person.ID(w.Actor["xa.officer"].Person), person.ID(w.Actor["wco"].Person)
		// The very same bodies stand at home, and the officer of one of them.
		var p person.Person
		must(t, w.db.Read(t.Context(), func(tx *db.Tx) (err error) { p, err = person.One(tx, officer); return err }))
		must(t, to.Write(t.Context(), "", func(tx *db.Tx) error {
			j, root := journal.New(src), home.root
			if _, err := journal.Lock(tx, journal.Instance); err != nil {
				return err
			}
			for _, b := range []string{"wco", "xa", "xb", "gone"} {
				if err := organisation.Adopt(tx, j, root, src, w.Body[b], false); err != nil {
					return err
				}
			}
			own := []person.Hat{{Person: officer, Organisation: w.Body["xa"].Number, Since: operationtest.Start}}
			_, _, err := person.Adopt(tx, j, root, person.Arrival{Person: p, Hats: own, New: func(int64) bool { return true }}, src.Now())
			return err
		}))
		_, err := w.People.AddHat(t.Context(), w.Root, officer, w.Body["xb"].Number, "", person.ContactPoint)
		must(t, err)
		name, _ := w.export(t, w.Actor["wco"])
		got, err := home.store.Import(t.Context(), home.root, name, archive.Options{})
		must(t, err)
		if got.Bodies != 2 || !left(got, p.Login, w.Body["xb"].Number) || !left(got, "wco-2", w.Body["wco"].Number) {
			t.Errorf("%+v", got)
		}
		must(t, to.Read(t.Context(), func(tx *db.Tx) error {
			hats, err := person.EveryHat(tx, officer)
			none, errNone := person.EveryHat(tx, newcomer)
			if len(hats) != 1 || hats[0].Organisation != w.Body["xa"].Number || len(none) != 0 {
				t.Errorf("the officer wears %+v, the newcomer %+v", hats, none)
			}
			its, errIts := person.OfOrganisation(tx, w.Body["observer"].Number, operationtest.Start.Add(24*time.Hour))
			if len(its) == 0 {
				t.Error("a body that came with the file has nobody")
			}
			return errors.Join(err, errNone, errIts)
		}))
		r, err := verify.Database(t.Context(), to, verify.Options{Vault: home.vault})
		if err != nil || !r.Fine() {
			t.Errorf("%v, %v", r.Findings, err)
		}
	})
}

func left(got archive.Imported, login string, body int64) bool {
	for _, h := range got.Left {
		if h.Login == login && h.Organisation == body && h.ContactPoint == person.ContactPoint {
			return true
		}
	}
	return false
}

// meddled does something before the first bytes are put away.
type meddled struct {
	blob.Shelf
	before func()
}

func (m *meddled) Put(name blob.Name, write func(io.Writer) error) error {
	if do := m.before; do != nil {
		m.before = nil
		do()
	}
	return m.Shelf.Put(name, write)
}

// Two imports at once: the second is refused, and no attachment is lost.
func TestImportIsAlone(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	name, _ := w.export(t, w.Actor["wco"])
	home := newHome(t, dbtest.SQLite(t), 100)
	plain := home.vault.Shelf
	var second error
	home.vault.Shelf = &meddled{plain, func() {
		_, second = home.store.Import(t.Context(), home.root, name, archive.Options{})
	}}
	_, err := home.store.Import(t.Context(), home.root, name, archive.Options{})
	if err != nil || !errors.Is(second, blob.ErrBusy) {
		t.Errorf("first %v, second %v", err, second)
	}
	r, err := verify.Database(t.Context(), home.db, verify.Options{Vault: home.vault})
	if err != nil || !r.Fine() || shelved(t, home) != 2 {
		t.Errorf("%v, %v, %d files", r.Findings, err, shelved(t, home))
	}
	of := map[blob.Name]string{"00000000000000000000000000000000": ""}
	must(t, home.vault.Each(func(n blob.Name, _ time.Time) error { of[n] = ""; return nil }))
	held, err := home.store.Held(t.Context(), of)
	if err != nil || len(held) != 2 || held["00000000000000000000000000000000"] {
		t.Errorf("%v, %v", held, err)
	}
	if again, err := home.store.Import(t.Context(), home.root, name, archive.Options{}); err != nil || !again.Unchanged {
		t.Errorf("%+v, %v", again, err)
	}
}

// An import that died left files: it can be done again.
func TestImportAfterOneThatDied(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	name, _ := w.export(t, w.Actor["wco"])
	home := newHome(t, dbtest.SQLite(t), 100)
	must(t, w.vault.Each(func(n blob.Name, _ time.Time) error {
		return home.vault.Put(n, func(out io.Writer) error { _, err := out.Write([]byte("half")); return err })
	}))
	_, err := home.store.Import(t.Context(), home.root, name, archive.Options{})
	must(t, err)
	r, err := verify.Database(t.Context(), home.db, verify.Options{Vault: home.vault})
	if err != nil || !r.Fine() {
		t.Errorf("%v, %v", r.Findings, err)
	}
}

// What others know bodies and operations by is as this program makes it.
func TestIdentifiersOfAFile(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	name, _ := w.export(t, w.Actor["wco"])
	home := newHome(t, dbtest.SQLite(t), 100)
	for _, c := range []struct{ part, old, new, says string }{
		{"tables/organisation.jsonl", `"secretariat"`, `"emperor"`, "kind"},
		{"tables/organisation.jsonl", `"Asia/Tokyo"`, `"Local"`, "time_zone"},
		{"tables/organisation.jsonl", string(w.Body["xa"].ID), "../../etc", "id"},
		{"tables/organisation.jsonl", "[1,", "[2147483648,", "number that none has"},
		{"tables/operation.jsonl", `"UTC"`, `"Local"`, "time_zone"},
	} {
		f := open(t, name, w.signer)
		f.edit(c.part, c.old, c.new)
		f.fit(true)
		_, err := home.store.Import(t.Context(), home.root, f.write(), archive.Options{})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.new, err)
		}
	}
	f := open(t, name, w.signer)
	var m archive.Manifest
	must(t, json.Unmarshal([]byte(f.parts["manifest.json"]), &m))
	m.Operation.Number, m.Journals[0].Operation, m.Journals[1].Operation = 1<<31, 1<<31, -1<<31
	text, err := json.Marshal(m)
	must(t, err)
	f.parts["manifest.json"] = string(text)
	f.fit(true)
	file := content(t, f.write())
	if _, err := archive.Check(bytes.NewReader(file), int64(len(file)), archive.Options{}); !errors.Is(err, archive.ErrMalformed) || !strings.Contains(err.Error(), "number that none has") {
		t.Error(err)
	}
	src := source.Story(operationtest.Start, 3)
	d := dbtest.SQLite(t)
	_, err = person.NewStore(d, journal.New(src), src).Bootstrap(t.Context(), organisation.Draft{Number: 1 << 31, Kind: "secretariat", Name: "Home", TimeZone: "UTC",
		Language: "en", ReleaseBy: organisation.ReleaseByOfficer}, person.Draft{Login: "root", Name: "First", Language: "en"})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a number above all: %v", err)
	}
}
