package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// ErrExists: a backup never replaces a file.
var ErrExists = errors.New("backup: there is a file of that name already")

// Create writes a backup of a running or stopped instance to the file out, which
// must not exist, and gives its first line and its size in bytes. The file has
// its name only once it is whole and on disk. Nothing is written to the instance,
// and its schema stays as it is.
func (k Keeper) Create(ctx context.Context, from Place, out string, to Recipients) (h Header, size int64, err error) {
	if err := from.exists(); err != nil {
		return h, 0, err
	}
	if _, err := os.Lstat(out); err == nil {
		return h, 0, fmt.Errorf("%w: %s", ErrExists, out)
	}
	d, err := db.Open(ctx, from.url())
	if err != nil {
		return h, 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Whole(ctx); err != nil {
		return h, 0, err
	}
	f, err := os.CreateTemp(filepath.Dir(out), "."+filepath.Base(out)+".unfinished-*") // 0600
	if err != nil {
		return h, 0, err
	}
	defer func() {
		f.Close()
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if h, err = k.write(ctx, d, from, f, to); err != nil {
		return h, 0, err
	}
	if size, err = f.Seek(0, io.SeekCurrent); err != nil {
		return h, 0, err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return h, 0, err
	}
	if _, err := os.Lstat(out); err == nil {
		return h, 0, fmt.Errorf("%w: %s", ErrExists, out)
	}
	if err := os.Rename(f.Name(), out); err != nil {
		return h, 0, err
	}
	return h, size, synced(filepath.Dir(out))
}

// write puts one snapshot through all layers into f.
func (k Keeper) write(ctx context.Context, d *db.DB, from Place, f io.Writer, to Recipients) (h Header, err error) {
	extra, err := from.files()
	if err != nil {
		return h, err
	}
	shelf, err := from.shelf()
	if err != nil {
		return h, err
	}
	if shelf != nil {
		defer shelf.Close()
	}
	layers, err := wrap(f, to)
	if err != nil {
		return h, err
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		h, err = write(tx, newWriter(layers), k.Source.Now(), k.Program, extra, shelf, k.progress)
		return err
	})
	if err != nil {
		return h, err
	}
	k.progress(int(h.Rows), int(h.Rows))
	return h, layers.Close()
}
