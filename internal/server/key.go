package server

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/blob"
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
	text, err := readPrivate(path)
	if err != nil {
		return nil, err
	}
	s, err := journal.ReadSigner(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// readPrivate reads a file that nobody else may read.
func readPrivate(path string) (string, error) {
	i, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if i.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s is open to others (%04o): chmod 600 it, and make a new key if somebody may have read it", path, i.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// contentKeyFile is the key that wraps the operations' content keys when no other
// is named.
func (c Config) contentKeyFile() string {
	if c.ContentKeyFile != "" {
		return c.ContentKeyFile
	}
	return filepath.Join(c.Data, "keys", "content.key")
}

// contentKeys reads the instance's content key, as signer reads the other one. One
// that is missing is made only while nothing is wrapped by it.
func (c Config) contentKeys() (*blob.Keys, error) {
	path, wraps := c.contentKeyFile(), filepath.Join(c.Data, "keys", "content")
	text, err := readPrivate(path)
	if errors.Is(err, fs.ErrNotExist) && c.ContentKeyFile == "" {
		if old, _ := filepath.Glob(filepath.Join(wraps, "*.wrap")); len(old) > 0 {
			return nil, fmt.Errorf("server: content key: %s is missing, and keys of operations are wrapped by it: put it back", path)
		}
		if files, _ := filepath.Glob(filepath.Join(c.Data, blob.Directory, "??", "*")); len(files) > 0 {
			return nil, fmt.Errorf("server: content key: %s is missing, and attachments are encrypted: put it and %s back from where keys are kept; if they are lost, so are the files in %s",
				path, wraps, filepath.Join(c.Data, blob.Directory))
		}
		if err := makeContentKey(path); err != nil {
			return nil, fmt.Errorf("server: content key: %w", err)
		}
		text, err = readPrivate(path)
	}
	if err != nil {
		return nil, fmt.Errorf("server: content key: %w", err)
	}
	keys, err := blob.OpenKeys(wraps, text)
	if err != nil {
		return nil, fmt.Errorf("server: content key %s: %w", path, err)
	}
	return keys, nil
}

func makeContentKey(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	text, err := blob.NewKey()
	if err != nil {
		return err
	}
	return place(path, text, 0o600)
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

// place puts a whole text file where none is: never half of one, never over one.
func place(path, text string, mode os.FileMode) error {
	return blob.Place(path, []byte(text+"\n"), mode)
}
