package blob

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// Directory is where the shelf stands in a data directory.
const Directory = "blobs"

// unfinished holds what is being written. What a crash leaves there was never
// seen by anybody.
const unfinished = "unfinished"

// aloneFile is locked by whoever is to be alone. It stays: another file of the same
// name would be another lock.
const aloneFile = "import.lock"

// Disk is a shelf in a directory: a file a blob, in 256 directories.
type Disk struct{ root *os.Root }

// OpenDisk opens a shelf, made if it is missing.
func OpenDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	d := &Disk{root}
	if err := d.directory(unfinished); err != nil {
		return nil, errors.Join(fmt.Errorf("blob: %w", err), root.Close())
	}
	return d, nil
}

// Close lets go of the directory.
func (d *Disk) Close() error { return d.root.Close() }

// directory makes a directory and has its name on the disk.
func (d *Disk) directory(name string) error {
	err := d.root.Mkdir(name, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.flush(".")
}

func (d *Disk) flush(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func place(name Name) string { return path.Join(string(name[:2]), string(name)) }

// Put implements Shelf.
func (d *Disk) Put(name Name, write func(io.Writer) error) (err error) {
	if !ValidName(name) {
		return fmt.Errorf("blob: %q is no name", name)
	}
	draft := path.Join(unfinished, string(name))
	f, err := d.root.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(d.root.Remove(draft)))
		}
	}()
	b := bufio.NewWriterSize(f, 64<<10)
	if err := write(b); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(b.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := d.directory(string(name[:2])); err != nil {
		return err
	}
	// The name is taken first: what stands under it is never written over.
	taken, err := d.root.OpenFile(place(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(taken.Close(), d.root.Rename(draft, place(name))); err != nil {
		return errors.Join(err, ignoreMissing(d.root.Remove(place(name))))
	}
	return d.flush(string(name[:2]))
}

// Alone implements Shelf.
func (d *Disk) Alone() (leave func() error, err error) {
	f, err := d.root.OpenFile(aloneFile, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := lockFile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}

// Open implements Shelf.
func (d *Disk) Open(name Name) (io.ReadCloser, error) {
	if !ValidName(name) {
		return nil, fmt.Errorf("%q: %w", name, fs.ErrNotExist)
	}
	return d.root.Open(place(name))
}

// Remove implements Shelf.
func (d *Disk) Remove(name Name) error {
	if !ValidName(name) {
		return nil
	}
	return ignoreMissing(d.root.Remove(place(name)))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Each implements Shelf. What is unfinished is not there yet.
func (d *Disk) Each(do func(name Name, at time.Time) error) error {
	return fs.WalkDir(d.root.FS(), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return ignoreMissing(err)
		}
		name := Name(filepath.Base(p))
		if e.IsDir() || !ValidName(name) || path.Dir(p) == unfinished {
			return nil
		}
		i, err := e.Info()
		if err != nil {
			return ignoreMissing(err)
		}
		return do(name, i.ModTime())
	})
}

// Tidy removes what writers that died left unfinished before a moment.
func (d *Disk) Tidy(before time.Time) error {
	f, err := d.root.Open(unfinished)
	if err != nil {
		return err
	}
	left, err := f.ReadDir(-1)
	err = errors.Join(err, f.Close())
	for _, e := range left {
		i, infoErr := e.Info()
		if infoErr == nil && i.ModTime().Before(before) {
			err = errors.Join(err, ignoreMissing(d.root.Remove(path.Join(unfinished, e.Name()))))
		}
	}
	return err
}
