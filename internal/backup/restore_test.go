package backup

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// A restore that ended without a word, at whatever point, leaves a database that
// nothing serves, backs up or restores into.
func TestBrokenOffRestoreIsServedByNobody(t *testing.T) {
	from := Place{Data: filepath.Join(t.TempDir(), "from")}
	small(t, from, 9)
	name, h := create(t, from, Recipients{})
	eachPlace(t, func(t *testing.T, to Place) {
		if err := os.MkdirAll(to.Data, 0o700); err != nil {
			t.Fatal(err)
		}
		refused := func(when string) {
			t.Helper()
			a, err := server.Open(t.Context(), server.Config{Data: to.Data, Database: to.Database, Log: slog.New(slog.DiscardHandler)})
			if !errors.Is(err, db.ErrUnfinished) {
				t.Errorf("%s: served: %v, %v", when, a, err)
			}
			if _, _, err := keeper().Create(t.Context(), to, filepath.Join(t.TempDir(), "x"), Recipients{}); !errors.Is(err, db.ErrUnfinished) {
				t.Errorf("%s: backed up: %v", when, err)
			}
			if _, err := keeper().Restore(t.Context(), name, Identities{}, to); err == nil {
				t.Errorf("%s: restored into", when)
			}
		}
		if err := to.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		refused("begun")
		var r Report
		f, lines, err := open(name, Identities{}, &r)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		d := openDB(t, to)
		if _, err := keeper().load(t.Context(), lines, d, &shelved{}); err != nil {
			t.Fatal(err)
		}
		refused("loaded")
		if err := errors.Join(check(t.Context(), d, h), d.Close(), keeper().enter(t.Context(), to, h)); err != nil {
			t.Fatal(err)
		}
		serve(t, to)
	})
}

// A restore touches nothing that is there already.
func TestRestoreGoesIntoAnEmptyPlaceOnly(t *testing.T) {
	from := Place{Data: filepath.Join(t.TempDir(), "from")}
	small(t, from, 9)
	name, _ := create(t, from, Recipients{})
	if _, err := keeper().Restore(t.Context(), name, Identities{}, from); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("over an instance: %v", err)
	}
	serve(t, from)
	dbtest.EachURL(t, func(t *testing.T, url string) {
		if !strings.HasPrefix(url, "postgres") {
			return
		}
		full := Place{Data: filepath.Join(t.TempDir(), "full"), Database: url}
		small(t, full, 9)
		to := Place{Data: filepath.Join(t.TempDir(), "new"), Database: url}
		if _, err := keeper().Restore(t.Context(), name, Identities{}, to); !errors.Is(err, db.ErrNotEmpty) {
			t.Errorf("over tables: %v", err)
		}
		if _, err := os.Stat(to.Data); !os.IsNotExist(err) {
			t.Errorf("left: %v", err)
		}
		serve(t, full)
	})
}

// What an older program has backed up, with an older schema, is brought up to
// date by the restore.
func TestOlderSchemaIsRestored(t *testing.T) {
	from := Place{Data: filepath.Join(t.TempDir(), "from")}
	if err := os.MkdirAll(from.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	d, ctx := openDB(t, from), t.Context()
	if err := errors.Join(d.BeginRestore(ctx), migrate.To(ctx, d, 2), d.Keep(ctx, db.EndRestore), d.Close()); err != nil {
		t.Fatal(err)
	}
	name, h := create(t, from, Recipients{})
	if h.Schema != 2 {
		t.Fatalf("schema %d", h.Schema)
	}
	if _, err := keeper().Verify(ctx, name, Identities{}, &from); err != nil {
		t.Error(err)
	}
	eachPlace(t, func(t *testing.T, to Place) {
		if _, err := keeper().Restore(t.Context(), name, Identities{}, to); err != nil {
			t.Fatal(err)
		}
		serve(t, to)
		if _, h := create(t, to, Recipients{}); h.Schema != migrate.Newest() || h.Schema < 5 {
			t.Errorf("schema %d after the restore", h.Schema)
		}
	})
}

// Identities are made for their owner only, and read back.
func TestIdentity(t *testing.T) {
	name := filepath.Join(t.TempDir(), "identity")
	recipient, err := NewIdentity(name, began)
	if err != nil || !strings.HasPrefix(recipient, "age1pq1") {
		t.Fatalf("%.20s, %v", recipient, err)
	}
	if i, err := os.Stat(name); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", i, err)
	}
	if _, err := NewIdentity(name, began); err == nil {
		t.Error("another identity was written over")
	}
	list := filepath.Join(t.TempDir(), "recipients")
	if err := os.WriteFile(list, []byte("# ours\n\n"+recipient+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	with, err := ReadIdentities(name)
	if err != nil {
		t.Fatal(err)
	}
	from := Place{Data: filepath.Join(t.TempDir(), "from")}
	small(t, from, 3)
	for what, to := range map[string]func() (Recipients, error){
		"given":   func() (Recipients, error) { return ParseRecipients([]string{recipient}, "") },
		"in file": func() (Recipients, error) { return ParseRecipients(nil, list) },
	} {
		to, err := to()
		if err != nil || to.None() {
			t.Fatal(what, err)
		}
		backup, _ := create(t, from, to)
		if _, err := keeper().Verify(t.Context(), backup, with, nil); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := ParseRecipients([]string{"age1nonsense"}, ""); err == nil {
		t.Error("nonsense is a recipient")
	}
	if _, err := ReadIdentities(list); err == nil || strings.Contains(err.Error(), recipient) {
		t.Errorf("a list of recipients is an identity, or is quoted: %.60v", err)
	}
}
