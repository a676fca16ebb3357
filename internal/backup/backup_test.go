package backup

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const the = operation.Code("action-ipr-ap-2")

func serve(t *testing.T, p Place) *server.App {
	t.Helper()
	a, err := server.Open(t.Context(), server.Config{Data: p.Data, Database: p.Database, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func figures(t *testing.T, a *server.App) string {
	t.Helper()
	_, f, err := a.Results.Read(t.Context(), persona(t, a, "coordinator"), the)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(f)
	if err != nil || f.Cases != 245 || f.Totals["H87"] != 1453429e6 {
		t.Fatalf("%s, %v", text, err)
	}
	return string(text)
}

func persona(t *testing.T, a *server.App, name string) access.Actor {
	t.Helper()
	token, err := a.Sessions.Token(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Sessions.Resolve(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return s.Actor
}

// The demonstration goes from SQLite to either engine, and from there back. It
// shows the same figures, nobody is signed in any more, its journals go on where
// they were, and one entry says that it was restored.
func TestThereAndBack(t *testing.T) {
	from := demo(t)
	a := serve(t, from)
	want := figures(t, a)
	token, err := a.Sessions.Token(t.Context(), "officer")
	if err != nil {
		t.Fatal(err)
	}
	to, with := pair(t)
	first, h := create(t, from, to)
	eachPlace(t, func(t *testing.T, there Place) {
		r, err := keeper().Restore(t.Context(), first, with, there)
		if err != nil || !r.Encrypted || !slices.Equal(r.Files, []string{"names.toml", "demo.json"}) {
			t.Fatalf("%+v, %v", r, err)
		}
		keysBack(t, from, there)
		b := serve(t, there)
		if _, err := b.Sessions.Resolve(t.Context(), token); err == nil {
			t.Error("a session from before the backup lives on")
		}
		if got := figures(t, b); got != want {
			t.Errorf("figures\n%s\nwant\n%s", got, want)
		}
		said(t, b, h)
		goesOn(t, b)
		second, _ := create(t, there, to)
		sameRows(t, inner(t, first, with), inner(t, second, with))
		// The live instance has not what was written there.
		if _, err := keeper().Verify(t.Context(), second, with, &from); !errors.Is(err, ErrUnequal) {
			t.Errorf("the backup of another instance: %v", err)
		}
		// There, the first backup is still the beginning.
		r, err = keeper().Verify(t.Context(), first, with, &there)
		if err != nil || !r.Compared || r.Ahead != 4 { // the restore, two who signed in, a message
			t.Errorf("%+v, %v", r, err)
		}
		back := Place{Data: filepath.Join(t.TempDir(), "back")}
		if _, err := keeper().Restore(t.Context(), second, with, back); err != nil {
			t.Fatal(err)
		}
		keysBack(t, there, back)
		figures(t, serve(t, back))
	})
}

// said looks for the entry instance.restore, the first after the restore.
func said(t *testing.T, a *server.App, h Header) {
	t.Helper()
	err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		last, err := journal.List(tx, journal.Instance, journal.Filter{Verb: "instance.restore", Limit: 9})
		if err != nil || len(last) != 1 || last[0].Verb != "instance.restore" || last[0].Actor != "system:restore" || last[0].Seq != h.Journals[0].Size {
			t.Fatalf("%+v, %v", last, err)
		}
		c, err := journal.ContentOf(tx, journal.Instance, last[0].Seq)
		if err != nil || !strings.Contains(c.Content, `"made":"2026-11-25T08:00:00Z"`) || !strings.Contains(c.Content, h.Journals[1].Root) {
			t.Errorf("%+v, %v", c, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goesOn sends a message in a restored instance, and proves its entry.
func goesOn(t *testing.T, a *server.App) {
	t.Helper()
	m, err := a.Messages.Send(t.Context(), persona(t, a, "officer"), the, message.Draft{ID: message.ID(source.Real().ID()),
		Template: message.General, Subject: "After the restore", Body: "At eight.", Language: "en", TLP: "AMBER",
		To: audience.Address{Sides: []access.Side{access.Coordination}}})
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Read(t.Context(), func(tx *db.Tx) error {
		number, err := operation.ByCode(tx, the)
		if err != nil {
			return err
		}
		e, err := journal.One(tx, number.Number, m.Seq)
		if err != nil {
			return err
		}
		_, err = journal.Prove(tx, e)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// sameRows wants every row of the first backup, whatever engine it came from, in
// the second, but for the heads of journals and what was written since.
func sameRows(t *testing.T, first, second []byte) {
	t.Helper()
	have := map[string]bool{}
	for line := range bytes.Lines(second) {
		have[string(line)] = true
	}
	missing := 0
	for line := range bytes.Lines(first) {
		if line[0] == '[' && !have[string(line)] {
			missing++
		}
	}
	if missing == 0 || missing > 3 { // the heads of two journals, a name or two
		t.Errorf("%d rows of the first backup are not in the second", missing)
	}
}

// While several writers write, a backup is one snapshot: its journal is whole, and
// the beginning of the live one.
func TestBackupBesideWriters(t *testing.T) {
	eachPlace(t, func(t *testing.T, p Place) {
		small(t, p, 300)
		d, j := openDB(t, p), journal.New(source.Real())
		ctx, stop := context.WithCancel(t.Context())
		var written atomic.Int64
		done := make(chan error, 4)
		for range 4 {
			go func() {
				var err error
				for ctx.Err() == nil && err == nil {
					if err = enter(context.WithoutCancel(ctx), d, j); err == nil {
						written.Add(1)
					}
				}
				done <- err
			}()
		}
		to, with := pair(t)
		var grew int64
		for range 5 {
			for start := written.Load(); written.Load() < start+20; {
			}
			before := written.Load()
			k, out := keeper(), filepath.Join(t.TempDir(), "backup")
			// Whoever counts rows sees that others write in the meantime.
			k.Progress = func(at, _ int) {
				for start := written.Load(); at == 0 && written.Load() < start+5; {
				}
			}
			if _, _, err := k.Create(t.Context(), p, out, to); err != nil {
				t.Fatal(err)
			}
			grew += written.Load() - before
			r, err := keeper().Verify(t.Context(), out, with, &p)
			if err != nil {
				t.Fatal(err)
			}
			if r.Ahead == 0 {
				t.Error("nobody wrote beside the backup: the test proves nothing")
			}
		}
		stop()
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if grew < 25 {
			t.Errorf("%d entries were written while five backups were made", grew)
		}
	})
}

// A backup never replaces a file, and what failed leaves none.
func TestCreateLeavesNothingHalf(t *testing.T) {
	p := Place{Data: filepath.Join(t.TempDir(), "data")}
	small(t, p, 3)
	to, _ := pair(t)
	dir := t.TempDir()
	out := filepath.Join(dir, "backup")
	if err := os.WriteFile(out, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := keeper().Create(t.Context(), p, out, to); !errors.Is(err, ErrExists) {
		t.Errorf("over another file: %v", err)
	}
	if text, _ := os.ReadFile(out); string(text) != "mine" {
		t.Errorf("the file is %q now", text)
	}
	ended, end := context.WithCancel(t.Context())
	k := keeper()
	k.Progress = func(int, int) { end() }
	if _, _, err := k.Create(ended, p, filepath.Join(dir, "other"), to); err == nil {
		t.Error("made although it was given up")
	}
	if _, _, err := keeper().Create(t.Context(), Place{Data: filepath.Join(dir, "nowhere")}, filepath.Join(dir, "other"), to); err == nil {
		t.Error("made of nothing")
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// Signing keys, sessions, invitations and failed sign-ins are in no backup, and
// what is left out is a table.
func TestWhatIsLeftOut(t *testing.T) {
	p := demo(t)
	a := serve(t, p)
	persona(t, a, "officer")
	key := whole(t, filepath.Join(p.Data, "keys", "journal.key"))
	parts := bytes.SplitN(bytes.TrimSpace(key), []byte("+"), 5) // base64 itself may hold plus signs
	secret := parts[len(parts)-1]
	if len(secret) < 20 {
		t.Fatalf("no key in %q", key)
	}
	name, h := create(t, p, Recipients{})
	text := inner(t, name, Identities{})
	if bytes.Contains(text, secret) || bytes.Contains(text, []byte(base64.StdEncoding.EncodeToString(key)[:40])) {
		t.Error("a key is in the backup")
	}
	err := a.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := db.Tables(tx)
		for _, table := range all {
			begins := bytes.Contains(text, []byte(`{"table":"`+table.Name+`"`))
			if left := omitted[table.Name] != ""; begins == left || slices.Contains(h.Omitted, table.Name) != left {
				t.Errorf("%s: in the backup %v, left out on purpose %v", table.Name, begins, left)
			}
		}
		for name := range omitted {
			if !slices.ContainsFunc(all, func(t db.Table) bool { return t.Name == name }) {
				t.Errorf("%s is left out and is no table", name)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A row that no longer is what its entry says is found, although every hash of
// the backup is right: whoever changes a row before the backup is made.
func TestChangedRowIsFound(t *testing.T) {
	name, _ := create(t, demo(t), Recipients{})
	good := inner(t, name, Identities{})
	at := bytes.Index(good, []byte(`{"table":"message"`))
	changed := bytes.Replace(good[at:], []byte(`"general"`), []byte(`"warning"`), 1)
	if at < 0 || bytes.Equal(changed, good[at:]) {
		t.Fatal("no message to change")
	}
	forged := forge(t, append(bytes.Clone(good[:at]), changed...))
	if _, err := keeper().Verify(t.Context(), forged, Identities{}, nil); !errors.Is(err, ErrUnequal) || !strings.Contains(err.Error(), "message") {
		t.Errorf("a changed message: %v", err)
	}
}
