package withdrawal_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// scan counts the files of a directory that hold the canary.
func scan(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(canary))) {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Erased bytes leave SQLite's files: the database, and its write-ahead log.
func TestErasedBytesLeave(t *testing.T) {
	dir := t.TempDir()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "tidewaiter.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := migrate.Up(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	m, c := w.send("xa", everybody()), w.report("xa")
	c, err = w.cases.Amend(t.Context(), w.actor["xa"], code, c.Seq, c.Version, amended(c.Draft), canary+" reason")
	w.must(err)
	w.must(w.kept.Keep(t.Context(), w.actor["xa"], code, "message", string(m.ID), canary))
	if scan(t, dir) == 0 {
		t.Fatal("the canary is in no file to begin with")
	}
	w.redact(reading.Message, m.Seq)
	if scan(t, dir) == 0 {
		t.Fatal("the case is gone with the message")
	}
	w.redact(reading.Case, c.Seq)
	if n := scan(t, dir); n != 0 {
		t.Errorf("the canary is still in %d files", n)
	}
}

// An instance in which records were recalled and erased verifies, and says which
// entry erased them. Content that is missing without such an entry is found.
func TestVerify(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m, c := w.send("xa", everybody()), w.report("xa")
		w.read("xb", m)
		w.must(w.recall("xa", m))
		w.redact(reading.Message, m.Seq)
		w.redact(reading.Case, c.Seq)
		r, err := verify.Database(context.Background(), d, verify.Options{})
		w.must(err)
		if !r.Fine() || !strings.Contains(strings.Join(r.Limits, "\n"), "2 of ") {
			t.Errorf("%v %v", r.Findings, r.Limits)
		}
	})
}

// A request survives the end of the process that took it: it is in the database
// before it is answered, and another process accepts it.
func TestRequestSurvives(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := migrate.Up(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, d)
		m := w.send("xa", everybody())
		w.must(w.store.Ask(t.Context(), w.actor["xa"], code, withdrawalAsk(reading.Message, m.Seq)))
		w.must(d.Close())
		again, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		other := w.over(again)
		desk, err := other.store.Desk(t.Context(), w.actor["wco"], code)
		w.must(err)
		if len(desk.Requests) != 1 {
			t.Fatalf("the request is lost: %+v", desk)
		}
		w.must(other.store.Accept(t.Context(), w.actor["wco"], code, desk.Requests[0].Seq))
		if got := other.read("xa", m); got.Message.Body != "" {
			t.Error("it was not erased")
		}
	})
}
