package doctor_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/certificate"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/doctor"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var today = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

// healthy is an instance with nothing wrong.
func healthy(t *testing.T) doctor.Patient {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "tidewaiter.db")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate.Up(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return doctor.Patient{Data: dir, Database: doctor.DatabaseOf(dir, ""), Known: migrate.Latest(), Deep: true, Source: source.Story(today, 1)}
}

// found gives the level of a matter, the worst where it has several lines.
func found(t *testing.T, p doctor.Patient, matter string) (doctor.Level, string) {
	t.Helper()
	var these []doctor.Finding
	said := ""
	for _, f := range doctor.Look(context.Background(), p) {
		if f.Level != doctor.OK && f.Cure == "" || f.Said == "" {
			t.Errorf("%+v says too little", f)
		}
		if f.Matter == matter {
			these, said = append(these, f), said+f.Said+"\n"
		}
	}
	if len(these) == 0 {
		return "", ""
	}
	return doctor.Worst(these), said
}

// A healthy instance is found well, and is after the visit as it was before.
func TestHealthy(t *testing.T) {
	p := healthy(t)
	before, err := os.ReadFile(filepath.Join(p.Data, "tidewaiter.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range doctor.Look(t.Context(), p) {
		if f.Level != doctor.OK && f.Matter != "disk" { // the disk of this machine is its own matter
			t.Errorf("%+v", f)
		}
	}
	after, err := os.ReadFile(filepath.Join(p.Data, "tidewaiter.db"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
}

// Each thing that is wrong is found, under its name and at its level.
func TestUnwell(t *testing.T) {
	write := func(t *testing.T, name, text string, mode os.FileMode) string {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	certificateOf := func(t *testing.T, p *doctor.Patient, made time.Time) {
		t.Helper()
		if _, err := certificate.SelfMade(filepath.Join(p.Data, "keys"), []string{"x.example"}, source.Story(made, 1), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
	}
	backup := func(t *testing.T, p *doctor.Patient, age time.Duration) {
		p.Backups = t.TempDir()
		name := write(t, filepath.Join(p.Backups, "backup"), "x", 0o600)
		if err := os.Chtimes(name, today.Add(-age), today.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	for what, c := range map[string]struct {
		matter string
		level  doctor.Level
		harm   func(t *testing.T, p *doctor.Patient)
	}{
		"no directory":       {"data directory", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { p.Data += "x" }},
		"readable directory": {"data directory", doctor.Warning, func(_ *testing.T, p *doctor.Patient) { _ = os.Chmod(p.Data, 0o755) }},
		"writable directory": {"data directory", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { _ = os.Chmod(p.Data, 0o777) }},
		"readable database":  {"data directory", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { _ = os.Chmod(filepath.Join(p.Data, "tidewaiter.db"), 0o644) }},
		"no database":        {"database", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { _ = os.Remove(filepath.Join(p.Data, "tidewaiter.db")) }},
		"something else": {"database", doctor.Failure, func(t *testing.T, p *doctor.Patient) {
			write(t, filepath.Join(p.Data, "tidewaiter.db"), strings.Repeat("no database", 999), 0o600)
		}},
		"no server":             {"database", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { p.Database = "postgres://x:hushhush@127.0.0.1:1/none" }},
		"an empty database":     {"schema", doctor.Failure, func(t *testing.T, p *doctor.Patient) { write(t, filepath.Join(p.Data, "tidewaiter.db"), "", 0o600) }},
		"an old schema":         {"schema", doctor.Warning, func(_ *testing.T, p *doctor.Patient) { p.Known++ }},
		"a newer schema":        {"schema", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { p.Known-- }},
		"a clock of 1970":       {"clock", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { p.Source = source.Story(time.Unix(0, 0), 1) }},
		"a readable key":        {"keys", doctor.Failure, func(t *testing.T, p *doctor.Patient) { p.Key = write(t, filepath.Join(t.TempDir(), "k"), "k", 0o644) }},
		"a key that is missing": {"keys", doctor.Failure, func(t *testing.T, p *doctor.Patient) { p.Key = filepath.Join(t.TempDir(), "k") }},
		"a key beside the data": {"keys", doctor.Warning, func(t *testing.T, p *doctor.Patient) {
			write(t, filepath.Join(p.Data, "keys", "journal.key"), "k", 0o600)
		}},
		"a key elsewhere":    {"keys", doctor.OK, func(t *testing.T, p *doctor.Patient) { p.Key = write(t, filepath.Join(t.TempDir(), "k"), "k", 0o600) }},
		"a good certificate": {"certificate", doctor.OK, func(t *testing.T, p *doctor.Patient) { certificateOf(t, p, today) }},
		"one that ends soon": {"certificate", doctor.Warning, func(t *testing.T, p *doctor.Patient) { certificateOf(t, p, today.Add(-360*24*time.Hour)) }},
		"one that has ended": {"certificate", doctor.Failure, func(t *testing.T, p *doctor.Patient) { certificateOf(t, p, today.Add(-366*24*time.Hour)) }},
		"one of the future":  {"certificate", doctor.Failure, func(t *testing.T, p *doctor.Patient) { certificateOf(t, p, today.Add(48*time.Hour)) }},
		"no certificate in it": {"certificate", doctor.Failure, func(t *testing.T, p *doctor.Patient) {
			p.Certificate = write(t, filepath.Join(t.TempDir(), "c"), "c", 0o600)
		}},
		"a demonstration":     {"demonstration", doctor.Warning, func(t *testing.T, p *doctor.Patient) { write(t, filepath.Join(p.Data, "demo.json"), "{}", 0o600) }},
		"a backup of today":   {"backups", doctor.OK, func(t *testing.T, p *doctor.Patient) { backup(t, p, time.Hour) }},
		"one of two days ago": {"backups", doctor.Warning, func(t *testing.T, p *doctor.Patient) { backup(t, p, 48*time.Hour) }},
		"one of last month":   {"backups", doctor.Failure, func(t *testing.T, p *doctor.Patient) { backup(t, p, 31*24*time.Hour) }},
		"no backup":           {"backups", doctor.Failure, func(t *testing.T, p *doctor.Patient) { p.Backups = t.TempDir() }},
		"nowhere":             {"backups", doctor.Failure, func(_ *testing.T, p *doctor.Patient) { p.Backups = p.Data + "x" }},
		"not asked for":       {"backups", "", func(*testing.T, *doctor.Patient) {}},
	} {
		t.Run(what, func(t *testing.T) {
			p := healthy(t)
			c.harm(t, &p)
			if level, said := found(t, p, c.matter); level != c.level || strings.Contains(said, "hushhush") {
				t.Errorf("%s: %q, want %q: %s", c.matter, level, c.level, said)
			}
		})
	}
}

// A damaged page is found by a deep look.
func TestDamage(t *testing.T) {
	p := healthy(t)
	name := filepath.Join(p.Data, "tidewaiter.db")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 40 * 4096; i < 44*4096; i++ { // pages of indexes and tables, not of the schema
		text[i] = 0xa5
	}
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	deep, said := found(t, p, "integrity")
	if deep != doctor.Failure {
		t.Errorf("deep: %q: %s", deep, said)
	}
	p.Deep = false
	if level, _ := found(t, p, "integrity"); level != doctor.OK {
		t.Errorf("not deep: %q", level)
	}
}

// Both engines say who they are, and what is wrong with PostgreSQL's settings.
func TestEngines(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := migrate.Up(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		e, err := db.Examine(t.Context(), url, true)
		if err != nil || e.Schema != migrate.Latest() || e.Old != "" || e.Version == "" || !e.Newest.IsZero() || len(e.Damage) > 0 {
			t.Errorf("%+v, %v", e, err)
		}
		for _, w := range e.Wrong { // a database for tests need not outlive a power cut
			if !strings.Contains(w, ", want on") {
				t.Error(w)
			}
		}
		at := db.Statement(`insert into journal (operation, seq, at, actor, organisation, verb, subject, audience, digest) values (0, 0, $1, '', 0, '', '', 0, '')`)
		set := db.Statement(`update journal_head set size = 1 where operation = 0`)
		err = d.Write(t.Context(), "", func(tx *db.Tx) error {
			tx.Journalled()
			if _, err := tx.Exec(at, today); err != nil {
				return err
			}
			_, err := tx.Exec(set)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if e, err = db.Examine(t.Context(), url, false); err != nil || !e.Newest.Equal(today) {
			t.Errorf("newest entry %v, %v", e.Newest, err)
		}
		p := healthy(t)
		p.Database, p.Source = url, source.Story(today.Add(-time.Hour), 1)
		if level, said := found(t, p, "clock"); level != doctor.Failure {
			t.Errorf("a clock behind the journal: %q: %s", level, said)
		}
	})
}
