package server_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// A new instance makes its key, for itself alone, and keeps it.
func TestKeyIsMade(t *testing.T) {
	dir := t.TempDir()
	first, err := server.Open(t.Context(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.Close(), os.RemoveAll(filepath.Join(dir, "keys"))); err != nil {
		t.Fatal(err)
	}
	var all [3]*server.App
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			a, err := server.Open(t.Context(), config(dir))
			if err != nil {
				t.Error(err)
				return
			}
			defer a.Close()
			all[i] = a
		})
	}
	wg.Wait()
	for _, a := range all {
		if a == nil || a.Signer.Verifier() != all[0].Signer.Verifier() {
			t.Fatal("several processes have several keys")
		}
	}
	if name := all[0].Signer.Name(); !regexp.MustCompile(`^tidewaiter-[0-9a-f]{8}$`).MatchString(name) {
		t.Errorf("the key is called %q", name)
	}
	for path, mode := range map[string]os.FileMode{"keys": 0o700, "keys/journal.key": 0o600, "keys/journal.pub": 0o644} {
		if i, err := os.Stat(filepath.Join(dir, path)); err != nil || i.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, i, err)
		}
	}
	public, err := os.ReadFile(filepath.Join(dir, "keys", "journal.pub"))
	if err != nil || strings.TrimSpace(string(public)) != all[0].Signer.Verifier() {
		t.Errorf("%q, %v", public, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "keys", ".new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A key that was named must be there, be a key, and be closed to others.
func TestKeyIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "the.key")
	c := config(filepath.Join(dir, "data"))
	c.KeyFile = path
	refused := func(want string) {
		t.Helper()
		a, err := server.Open(t.Context(), c)
		if err == nil {
			a.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	refused("no such file")
	private, verifier, err := journal.NewKey("the.name")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(private), 0o640); err != nil {
		t.Fatal(err)
	}
	refused("is open to others (0640)")
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	a, err := server.Open(t.Context(), c)
	if err != nil || a.Signer.Verifier() != verifier {
		t.Fatal(err)
	}
	a.Close()
	if _, err := os.Stat(filepath.Join(dir, "data", "keys", "journal.key")); err == nil {
		t.Error("a key was made beside the one that was named")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(private[:20]), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("no private key")
}
