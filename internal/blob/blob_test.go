package blob_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const operation, another = "0193a000-0000-7000-8000-000000000001", "0193a000-0000-7000-8000-000000000002"

type world struct {
	t    *testing.T
	dir  string
	key  string
	disk *blob.Disk
	*blob.Vault
}

func newWorld(t *testing.T) *world {
	t.Helper()
	key, err := blob.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, dir: t.TempDir(), key: key}
	w.reopen(key)
	return w
}

func (w *world) reopen(key string) {
	w.t.Helper()
	keys, err := blob.OpenKeys(filepath.Join(w.dir, "keys"), key)
	if err != nil {
		w.t.Fatal(err)
	}
	disk, err := blob.OpenDisk(filepath.Join(w.dir, blob.Directory))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { disk.Close() })
	w.disk, w.Vault = disk, blob.NewVault(disk, keys, source.Real())
}

func (w *world) lock(content string) blob.Stored {
	w.t.Helper()
	s, err := w.Lock(operation, strings.NewReader(content))
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) unlock(of string, n blob.Name) (string, error) {
	r, err := w.Unlock(of, n)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

// files are all files below the directory, by path.
func (w *world) files() map[string][]byte {
	out := map[string][]byte{}
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func TestWhatIsLockedComesBackAndIsNotReadable(t *testing.T) {
	w := newWorld(t)
	content := strings.Repeat("canary of a picture ", 10_000)
	s := w.lock(content)
	if s.Size != int64(len(content)) || !blob.ValidName(s.Name) || len(s.SHA256) != 64 {
		t.Fatalf("%+v", s)
	}
	for path, b := range w.files() {
		if bytes.Contains(b, []byte("canary")) || bytes.Contains(b, []byte("SECRET-KEY")) {
			t.Errorf("%s holds it in the clear", path)
		}
		if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", path, i.Mode(), err)
		}
	}
	w.reopen(w.key)
	if got, err := w.unlock(operation, s.Name); err != nil || got != content {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := w.unlock(another, s.Name); !blob.Missing(err) {
		t.Errorf("with the key of an operation that has none: %v", err)
	}
	if _, err := w.Lock(another, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.unlock(another, s.Name); err == nil || blob.Missing(err) {
		t.Errorf("with the key of another operation: %v", err)
	}
}

func TestOtherKeyOfTheInstanceReadsNothing(t *testing.T) {
	w := newWorld(t)
	s := w.lock("x")
	other, err := blob.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	w.reopen(other)
	if _, err := w.unlock(operation, s.Name); err == nil || blob.Missing(err) {
		t.Errorf("%v", err)
	}
	if _, err := w.Lock(operation, strings.NewReader("y")); err == nil {
		t.Error("a second key was made for an operation that has one")
	}
}

// Without the wrap of an operation nothing of it is read any more.
func TestShredded(t *testing.T) {
	w := newWorld(t)
	s := w.lock("x")
	if err := os.Remove(filepath.Join(w.dir, "keys", operation+".wrap")); err != nil {
		t.Fatal(err)
	}
	w.reopen(w.key)
	if _, err := w.unlock(operation, s.Name); !blob.Missing(err) {
		t.Errorf("%v", err)
	}
}

func TestCutLeavesNothing(t *testing.T) {
	w := newWorld(t)
	w.lock("the key is made")
	before := len(w.files())
	cut := errors.New("cut")
	_, err := w.Lock(operation, io.MultiReader(strings.NewReader(strings.Repeat("x", 200_000)), failing{cut}))
	if !errors.Is(err, cut) || len(w.files()) != before {
		t.Errorf("%v, %d files and %d before", err, len(w.files()), before)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestChangedBytesAreNotGivenOut(t *testing.T) {
	w := newWorld(t)
	content := strings.Repeat("0123456789", 20_000)
	s := w.lock(content)
	path := filepath.Join(w.dir, blob.Directory, string(s.Name[:2]), string(s.Name))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 997 {
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := w.unlock(operation, s.Name); err == nil || !strings.HasPrefix(content, got) {
			t.Errorf("byte %d: %d bytes, %v", at, len(got), err)
		}
	}
	if err := os.Truncate(path, int64(len(whole)/2)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.unlock(operation, s.Name); err == nil {
		t.Error("half of it")
	}
}

func TestKeyIsMadeOnce(t *testing.T) {
	w := newWorld(t)
	var names [8]blob.Name
	var group sync.WaitGroup
	for i := range names {
		keys, err := blob.OpenKeys(filepath.Join(w.dir, "keys"), w.key) // as of another process
		if err != nil {
			t.Fatal(err)
		}
		v := blob.NewVault(w.disk, keys, source.Real())
		group.Go(func() {
			s, err := v.Lock(operation, strings.NewReader("x"))
			if err != nil {
				t.Error(err)
			}
			names[i] = s.Name
		})
	}
	group.Wait()
	w.reopen(w.key)
	for _, n := range names {
		if got, err := w.unlock(operation, n); err != nil || got != "x" {
			t.Error(err)
		}
	}
}

func TestRemoveAndEach(t *testing.T) {
	w := newWorld(t)
	a, b := w.lock("a"), w.lock("b")
	if err := errors.Join(w.Remove(a.Name), w.Remove(a.Name), w.Remove("../../etc/passwd")); err != nil {
		t.Error(err)
	}
	var all []blob.Name
	if err := w.Each(func(n blob.Name, _ time.Time) error { all = append(all, n); return nil }); err != nil || len(all) != 1 || all[0] != b.Name {
		t.Errorf("%v %v", all, err)
	}
	left := filepath.Join(w.dir, blob.Directory, "unfinished", strings.Repeat("a", 32))
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.disk.Tidy(time.Now().Add(-time.Hour)); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(left); err != nil {
		t.Error("what is being written was taken away")
	}
	if err := w.disk.Tidy(time.Now().Add(time.Hour)); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what was left unfinished stays")
	}
	if _, err := w.unlock(operation, "../../keys/x"); !blob.Missing(err) {
		t.Error(err)
	}
}

func TestKeyText(t *testing.T) {
	for _, text := range []string{"", "AGE-SECRET-KEY-PQ-1NO", "# remark\n", "hello"} {
		if _, err := blob.OpenKeys(t.TempDir(), text); err == nil || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A name that is taken stays as it is, and only one is alone at a time.
func TestTakenNameAndAlone(t *testing.T) {
	w := newWorld(t)
	s := w.lock("first")
	if _, err := w.LockAs(operation, s.Name, strings.NewReader("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	if text, err := w.unlock(operation, s.Name); err != nil || text != "first" {
		t.Errorf("%q, %v", text, err)
	}
	leave, err := w.Alone()
	if err != nil {
		t.Fatal(err)
	}
	w.reopen(w.key) // as another process does
	if _, err := w.Alone(); !errors.Is(err, blob.ErrBusy) {
		t.Errorf("two are alone: %v", err)
	}
	if err := leave(); err != nil {
		t.Fatal(err)
	}
	leave, err = w.Alone()
	if err != nil {
		t.Fatal(err)
	}
	if err := leave(); err != nil {
		t.Fatal(err)
	}
}
