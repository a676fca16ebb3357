package blob

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"filippo.io/age"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Keys are the content keys of the operations, each in a file of its own, wrapped
// by the instance's content key. Safe for concurrent use, and by several
// processes: of two that make one key at once, the first one's stays.
type Keys struct {
	dir    string
	master *age.HybridIdentity

	mu   sync.Mutex
	open map[string]*age.HybridIdentity
}

// OpenKeys reads the instance's content key from the text of its file. Wraps
// stand in dir.
func OpenKeys(dir, text string) (*Keys, error) {
	master, err := parse(text)
	if err != nil {
		return nil, err
	}
	return &Keys{dir: dir, master: master, open: map[string]*age.HybridIdentity{}}, nil
}

// NewKey makes the text of a content key of an instance.
func NewKey() (string, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", err
	}
	return id.String(), nil
}

// parse reads a key. Its errors never quote it.
func parse(text string) (*age.HybridIdentity, error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			if id, err := age.ParseHybridIdentity(line); err == nil {
				return id, nil
			}
			break
		}
	}
	return nil, errors.New("blob: it holds no key (AGE-SECRET-KEY-PQ-...)")
}

// file is where the wrap of an operation's key stands.
func (k *Keys) file(operation string) (string, error) {
	if !source.ValidID(operation) {
		return "", fmt.Errorf("blob: %q is no operation's id", operation)
	}
	return filepath.Join(k.dir, operation+".wrap"), nil
}

// held is the key of an operation; Missing: it has none, or no more.
func (k *Keys) held(operation string) (*age.HybridIdentity, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.read(operation)
}

// of is the key of an operation, made when there is none.
func (k *Keys) of(operation string) (*age.HybridIdentity, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	id, err := k.read(operation)
	if !errors.Is(err, fs.ErrNotExist) {
		return id, err
	}
	if err := k.create(operation); err != nil {
		return nil, fmt.Errorf("blob: key: %w", said(err))
	}
	return k.read(operation)
}

func (k *Keys) read(operation string) (*age.HybridIdentity, error) {
	if id := k.open[operation]; id != nil {
		return id, nil
	}
	name, err := k.file(operation)
	if err != nil {
		return nil, err
	}
	wrap, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("blob: key: %w", err)
	}
	plain, err := age.Decrypt(bytes.NewReader(wrap), k.master)
	if err != nil {
		return nil, fmt.Errorf("blob: %s is not wrapped by the content key of this instance: %w", name, err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		return nil, fmt.Errorf("blob: %s: %w", name, err)
	}
	id, err := parse(string(text))
	if err == nil {
		k.open[operation] = id
	}
	return id, err
}

// create puts a new wrap on the disk: whole, or not at all, and over none.
func (k *Keys) create(operation string) error {
	name, err := k.file(operation)
	if err != nil {
		return err
	}
	text, err := NewKey()
	if err != nil {
		return err
	}
	var wrap bytes.Buffer
	w, err := age.Encrypt(&wrap, k.master.Recipient())
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	return Place(name, wrap.Bytes(), 0o600)
}

// Place puts a whole file where none is: never half of one, never over one. Of
// several that place it at once, the first one's stays.
func Place(name string, content []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), name); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
