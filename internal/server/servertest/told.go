// Package servertest gives tests the story, told.
//
// Telling it takes seconds, and many test programs need it. A run of all tests
// names a directory in TIDEWAITER_TEST_STORY: whoever comes first tells the story
// there, and everybody copies it. Without that directory each program tells its own.
// It is for tests only; the wall in house says so.
package servertest

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/server"
)

// shared names the directory of one run of all tests.
const shared = "TIDEWAITER_TEST_STORY"

var told = sync.OnceValues(func() (string, error) {
	within := os.Getenv(shared)
	at := filepath.Join(within, "told")
	if _, err := os.Stat(at); within != "" && err == nil {
		return at, nil
	}
	dir, err := os.MkdirTemp(within, "tidewaiter-told-")
	if err != nil {
		return "", err
	}
	c := server.Config{Data: dir, Version: "test", Log: slog.New(slog.DiscardHandler)}
	a, _, err := server.NewDemo(context.Background(), c, server.Options{Seed: 1, Scale: 1}, nil)
	if err != nil {
		return dir, err
	}
	if err := a.Close(); err != nil || within == "" {
		return dir, err
	}
	if os.Rename(dir, at) != nil { // another program was first
		return at, os.RemoveAll(dir)
	}
	return at, nil
})

// Main runs the tests of a package, and removes the story after them where it is
// this program's alone.
func Main(m *testing.M) int {
	code := m.Run()
	if os.Getenv(shared) == "" {
		if dir, err := told(); err == nil {
			_ = os.RemoveAll(dir)
		}
	}
	return code
}

// Copy puts a copy of the told story into a directory that is not there yet, or is
// empty. Its keys are private, as a server wants them.
func Copy(t testing.TB, dir string) {
	t.Helper()
	if err := CopyTo(dir); err != nil {
		t.Fatal(err)
	}
}

// CopyTo is Copy for who has no test at hand.
func CopyTo(dir string) error {
	from, err := told()
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		return err
	}
	return errors.Join(os.Chmod(dir, 0o700), os.Chmod(filepath.Join(dir, "keys", "journal.key"), 0o600),
		os.Chmod(filepath.Join(dir, "keys", "content.key"), 0o600))
}
