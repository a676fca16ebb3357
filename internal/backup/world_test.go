package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var began = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

func keeper() Keeper { return Keeper{Source: source.Story(began, 1), Program: "test"} }

// pair is an identity and its recipient; classic ones are quick.
func pair(t testing.TB) (Recipients, Identities) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return Recipients{[]age.Recipient{id.Recipient()}}, Identities{[]age.Identity{id}}
}

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// demo is a copy of the demonstration.
func demo(t *testing.T) Place {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, dir)
	// A new one to sign with is made.
	if err := os.Remove(filepath.Join(dir, "keys", "journal.key")); err != nil {
		t.Fatal(err)
	}
	return Place{Data: dir}
}

// keysBack puts the keys of attachments, which are in no backup, where they belong.
func keysBack(t *testing.T, from, to Place) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(from.Data, "keys", "content.key"))
	if err := errors.Join(err, os.MkdirAll(filepath.Join(to.Data, "keys"), 0o700), os.WriteFile(filepath.Join(to.Data, "keys", "content.key"), key, 0o600),
		os.CopyFS(filepath.Join(to.Data, "keys", "content"), os.DirFS(filepath.Join(from.Data, "keys", "content")))); err != nil {
		t.Fatal(err)
	}
}

// blobs counts the files of attachments in a place.
func blobs(t *testing.T, p Place) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(filepath.Join(p.Data, "blobs"), func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// eachPlace gives an empty place on either engine.
func eachPlace(t *testing.T, f func(t *testing.T, p Place)) {
	t.Helper()
	dbtest.EachURL(t, func(t *testing.T, url string) {
		p := Place{Data: filepath.Join(t.TempDir(), "data")}
		if filepath.Base(t.Name()) == "postgres" {
			p.Database = url
		}
		f(t, p)
	})
}

// small is an instance with a few entries in its own journal.
func small(t *testing.T, p Place, entries int) {
	t.Helper()
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	d := openDB(t, p)
	if err := migrate.Up(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	j := journal.New(source.Real())
	for range entries {
		if err := enter(t.Context(), d, j); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func enter(ctx context.Context, d *db.DB, j *journal.Journal) error {
	return d.Write(ctx, "q", func(tx *db.Tx) error {
		_, err := j.Append(tx, journal.Entry{Operation: journal.Instance, At: began, Actor: "system:test", Verb: "test.write", Subject: "test/1"},
			journal.Content{After: "\u2028 مرحبا \"\\\n"})
		return err
	})
}

func openDB(t *testing.T, p Place) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), p.url())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// create makes a backup and gives its name.
func create(t *testing.T, from Place, to Recipients) (string, Header) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "backup")
	h, size, err := keeper().Create(t.Context(), from, out, to)
	if err != nil {
		t.Fatal(err)
	}
	if i, err := os.Stat(out); err != nil || i.Size() != size || i.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v, said %d bytes", i, err, size)
	}
	return out, h
}

// drain reads a backup to its end without restoring it.
func drain(in io.Reader, with Identities) error {
	inner, _, err := unwrap(in, with)
	if err != nil {
		return err
	}
	r, err := newReader(inner)
	for err == nil {
		var part any
		if part, err = r.next(); err == nil {
			if _, last := part.(*trailer); last {
				return nil
			}
		}
	}
	return err
}

// inner gives the lines of a backup.
func inner(t *testing.T, name string, with Identities) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, _, err := unwrap(f, with)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
