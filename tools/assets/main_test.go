package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestRepeats: the same sources give the same bytes, and what is committed is
// what the sources give.
func TestRepeats(t *testing.T) {
	one, err := build("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := write(dir, one, io.Discard); err != nil {
		t.Fatal(err)
	}
	made, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(made) < 5 {
		t.Fatalf("made %d files", len(made))
	}
	for _, path := range made {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("../../internal/web/static", filepath.Base(path)))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s is not what the sources give: run make generate (%v)", filepath.Base(path), err)
		}
	}
}

// TestVendoredUnchanged: a file that differs from its published sum is refused.
func TestVendoredUnchanged(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.js": "1", "SHA256SUMS": sum([]byte("1")) + "  a.js\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := checked(dir, "a.js"); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.js"), []byte("2"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := checked(dir, "a.js"); err == nil {
		t.Error("a changed file was taken")
	}
}
