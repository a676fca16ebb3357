package server

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// keyFile is the instance's key when no other is named: good for trying out, and
// no proof against whoever holds the data directory.
func (c Config) keyFile() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	return filepath.Join(c.Data, "keys", "journal.key")
}

// signer reads the key that signs checkpoints and receipts. The one inside the
// data directory is made when it is missing; one that was named must be there.
func (c Config) signer() (*journal.Signer, error) {
	path := c.keyFile()
	s, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) && c.KeyFile == "" {
		if err := makeKey(path); err != nil {
			return nil, fmt.Errorf("server: key: %w", err)
		}
		s, err = readKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("server: key: %w", err)
	}
	return s, nil
}

func readKey(path string) (*journal.Signer, error) {
	i, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if i.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s is open to others (%04o): chmod 600 it, and make a new key if somebody may have read it", path, i.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := journal.ReadSigner(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// makeKey writes a new key and, beside it, what others check it with. Of several
// processes that make one at once, the first one's stays.
func makeKey(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	private, _, err := journal.NewKey("tidewaiter-" + hex.EncodeToString(source.Real().Bytes(4)))
	if err != nil {
		return err
	}
	if err := place(path, private, 0o600); err != nil {
		return err
	}
	s, err := readKey(path)
	if err != nil {
		return err
	}
	return place(filepath.Join(dir, "journal.pub"), s.Verifier(), 0o644)
}

// place puts a whole file where none is: never half of one, never over one.
func place(path, text string, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text + "\n")
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
