package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// databaseFile is SQLite's file in a data directory, as package server names it.
const databaseFile = "tidewaiter.db"

// Place is where an instance lives.
type Place struct {
	Data     string // directory
	Database string // postgres://...; empty: SQLite in the directory
}

func (p Place) url() string {
	if p.Database != "" {
		return p.Database
	}
	return "sqlite:" + filepath.Join(p.Data, databaseFile)
}

// exists tells whether an instance may be there: opening must not make one.
func (p Place) exists() error {
	name := p.Data
	if p.Database == "" {
		name = filepath.Join(p.Data, databaseFile)
	}
	if _, err := os.Stat(name); err != nil {
		return fmt.Errorf("backup: no instance in %s", p.Data)
	}
	return nil
}

// files reads what belongs to the instance beside its database.
func (p Place) files() ([]file, error) {
	var all []file
	for _, name := range files {
		content, err := os.ReadFile(filepath.Join(p.Data, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, file{File: name, Content: content})
	}
	return all, nil
}

// Keeper makes, verifies and restores backups.
type Keeper struct {
	Source   *source.Source
	Program  string                // version of the program
	Progress func(done, total int) // rows; may be nil
}

func (k Keeper) progress(done, total int) {
	if k.Progress != nil {
		k.Progress(done, total)
	}
}

// synced flushes a file or a directory to the disk.
func synced(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
