package archive_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// parts reads a file with an ordinary reader of zips.
func parts(t testing.TB, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(name)
	must(t, err)
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(in)
		must(t, err)
		out[f.Name] = string(text)
	}
	return out
}

// From either engine an operation goes to either engine: the same root, the same
// figures, every row as its entry says, and a file of the new instance holds the
// same rows. Taken in again it changes nothing.
func TestThereAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, from *db.DB) {
		w := newWorld(t, from).told()
		name, m := w.export(t, w.Actor["wco"])
		want := figures(t, from, w.Source, w.Actor["wco"])
		if !strings.Contains(want, `"H87":"54"`) {
			t.Fatalf("the world counts %s", want)
		}
		dbtest.Each(t, func(t *testing.T, to *db.DB) {
			home := newHome(t, to, 100)
			before := taken(t, to)
			got, err := home.store.Import(t.Context(), home.root, name, archive.Options{Verifiers: []string{w.signer.Verifier()}})
			if err != nil || got.Unchanged || got.Bodies != 6 || !got.Trusted || got.Renamed["wco"] != "wco-2" {
				t.Fatalf("%+v, %v", got, err)
			}
			r, err := verify.Database(t.Context(), to, verify.Options{Vault: home.vault})
			if err != nil || !r.Fine() {
				t.Fatalf("%v, %v", r.Findings, err)
			}
			if now := figures(t, to, w.Source, w.Actor["wco"]); now != want {
				t.Errorf("figures\n%s\nwant\n%s", now, want)
			}
			same(t, r, m)
			unarmed(t, to)
			after := taken(t, to)
			again, err := home.store.Import(t.Context(), home.root, name, archive.Options{})
			if err != nil || !again.Unchanged || taken(t, to) != after || after == before {
				t.Errorf("again: %+v, %v", again, err)
			}
			back, _ := home.export(t, w.Actor["wco"])
			sameRows(t, parts(t, name), parts(t, back))
		})
	})
}

// same wants the journals as they were.
func same(t *testing.T, r verify.Report, m archive.Manifest) {
	t.Helper()
	roots := map[string]string{}
	for _, j := range r.Journals {
		roots[j.Code] = j.Root
	}
	if roots[string(code)] != m.Journals[0].Root || len(m.Journals) != 2 || roots[string(code)+"/reads"] != m.Journals[1].Root {
		t.Errorf("roots %v, want those of %+v", roots, m.Journals)
	}
}

// taken sums up every journal of an instance.
func taken(t *testing.T, d *db.DB) (out string) {
	t.Helper()
	must(t, d.Read(t.Context(), func(tx *db.Tx) error {
		heads, err := journal.Heads(tx)
		for _, h := range heads {
			out += h.Root + " "
		}
		return err
	}))
	return out
}

// unarmed wants people who can sign in only after they were invited.
func unarmed(t *testing.T, d *db.DB) {
	t.Helper()
	must(t, d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := person.All(tx)
		for _, p := range all {
			phc, err := person.PasswordOf(tx, p.ID)
			if err != nil || phc != "" || p.State != person.Invited || p.Administrator != (p.Name == "First") {
				t.Errorf("%+v, %v", p, err)
			}
		}
		if len(all) < 10 {
			t.Errorf("%d people", len(all))
		}
		return err
	}))
}

// sameRows wants the same rows of every table, but for what the second export wrote
// down itself, and logins and numbers of people.
func sameRows(t *testing.T, first, second map[string]string) {
	t.Helper()
	rows := 0
	for _, name := range slices.Sorted(maps.Keys(first)) {
		switch {
		case name == "tables/person.jsonl", strings.HasPrefix(name, "manifest"), name == "key.txt", name == "checkpoint.txt":
		case !strings.HasPrefix(second[name], first[name]) || name != "journal.jsonl" && second[name] != first[name]:
			t.Errorf("%s\n%s\nwas\n%s", name, second[name], first[name])
		default:
			rows += strings.Count(first[name], "\n")
		}
	}
	if rows < 100 {
		t.Errorf("only %d lines were compared", rows)
	}
}

// What leaves is every table with rows of operations; nothing that signs in, and
// nothing that is somebody's own.
func TestWhatLeaves(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	if _, err := w.People.Invite(t.Context(), w.Root, person.ID(w.Actor["xa.officer"].Person)); err != nil {
		t.Log(err)
	}
	name, m := w.export(t, w.Actor["wco"])
	all := parts(t, name)
	must(t, w.db.Read(t.Context(), func(tx *db.Tx) error {
		tables, err := db.Tables(tx)
		for _, table := range tables {
			in := slices.ContainsFunc(m.Tables, func(o archive.Table) bool { return o.Name == table.Name })
			out := slices.ContainsFunc(m.Omitted, func(o archive.Omitted) bool { return o.Table == table.Name && o.Reason != "" })
			if journals := strings.HasPrefix(table.Name, "journal"); in == out != journals || in && all["tables/"+table.Name+".jsonl"] == "" && table.Name == "seizure" {
				t.Errorf("%s: in the file %v, left out for a reason %v", table.Name, in, out)
			}
		}
		return err
	}))
	whole := strings.Join(slices.Collect(maps.Values(all)), "")
	for _, secret := range []string{"argon2", "PRIVATE"} {
		if strings.Contains(whole, secret) {
			t.Errorf("%q is in the file", secret)
		}
	}
	if strings.Contains(all["tables/organisation.jsonl"], "Body stranger") || strings.Contains(all["tables/person.jsonl"], "Person stranger") {
		t.Error("somebody leaves who has no part in it")
	}
	if strings.Contains(whole, "the name of a traveller") || !strings.Contains(whole, "a draft of ours") {
		t.Error("what was erased is there, or a draft is not")
	}
	c, err := archive.Check(bytes.NewReader(content(t, name)), size(t, name), archive.Options{})
	if err != nil || !c.Fine() || c.Files != 2 || c.Erased == 0 || c.Trusted {
		t.Errorf("%+v, %v", c, err)
	}
}

func content(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	must(t, err)
	return b
}

func size(t testing.TB, name string) int64 { return int64(len(content(t, name))) }

// Nobody but the directing body's director takes an operation out.
func TestWhoMay(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for name, who := range w.Actor {
		var out bytes.Buffer
		_, err := w.store.Export(t.Context(), who, code, "", &out, nil)
		if name == "wco" && err != nil || name != "wco" && (!fault.Is(err, fault.NotFound) || out.Len() > 0) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.store.Import(t.Context(), w.Actor["wco"], "x", archive.Options{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("taken in by a director: %v", err)
	}
	w.Library()
	if _, err := w.store.Export(t.Context(), w.Actor["wco"], "library", "", io.Discard, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("the library: %v", err)
	}
}

// Where a number is taken, or anything is wrong, nothing is written.
func TestWhatDoesNotFitIsRefused(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	name, _ := w.export(t, w.Actor["wco"])
	refused := func(what string, home place, file string, want error, says string) {
		t.Helper()
		before, files := taken(t, home.db), shelved(t, home)
		_, err := home.store.Import(t.Context(), home.root, file, archive.Options{})
		if !errors.Is(err, want) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", what, err)
		}
		if taken(t, home.db) != before || shelved(t, home) != files {
			t.Errorf("%s: something was written", what)
		}
	}
	refused("another body's number", newHome(t, dbtest.SQLite(t), 0), name, archive.ErrTaken, "init --number 7")
	other := operationtest.New(t, dbtest.SQLite(t))
	theirs := newPlace(t, other.DB, other.Source, other.Journal)
	theirs.root = other.Root
	refused("another operation", theirs, name, archive.ErrTaken, "its journal is not that of the file")
	home := newHome(t, dbtest.SQLite(t), 100)
	cut := filepath.Join(t.TempDir(), "cut.zip")
	must(t, os.WriteFile(cut, content(t, name)[:size(t, name)/2], 0o600))
	refused("half of it", home, cut, archive.ErrMalformed, "")
	_, err := home.store.Import(t.Context(), home.root, name, archive.Options{Verifiers: []string{home.signer.Verifier()}})
	if !errors.Is(err, archive.ErrFound) {
		t.Errorf("another key: %v", err)
	}
	if _, err := home.store.Import(t.Context(), home.root, name, archive.Options{}); err != nil {
		t.Error(err)
	}
	// The old instance goes on: its next file is another history here.
	w.report("xa.officer", nil)
	later, _ := w.export(t, w.Actor["wco"])
	refused("a later file", home, later, archive.ErrTaken, "its journal is not that of the file")
}

func shelved(t *testing.T, p place) (n int) {
	t.Helper()
	must(t, filepath.WalkDir(p.shelf, func(_ string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && blob.ValidName(blob.Name(e.Name())) {
			n++
		}
		return err
	}))
	return n
}
