package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Restore makes the instance of a backup again in an empty place, on either
// engine: an empty or missing directory and, where one is named, a PostgreSQL
// database without tables. Until everything was checked the database bears a
// mark with which nothing serves it; what failed is removed. The instance's
// journal gets an entry that says what was restored: everything after it is lost.
func (k Keeper) Restore(ctx context.Context, in string, with Identities, to Place) (r Report, err error) {
	f, lines, err := open(in, with, &r)
	if err != nil {
		return r, err
	}
	defer f.Close()
	made, err := emptyDirectory(to.Data)
	if err != nil {
		return r, err
	}
	if err := to.begin(ctx); err != nil {
		if made {
			os.Remove(to.Data)
		}
		return r, err
	}
	if err = k.restore(ctx, lines, to, &r); err != nil {
		// Also when ctx has ended: what is not whole must go.
		if left := to.clear(context.WithoutCancel(ctx), made); left != nil {
			err = errors.Join(err, fmt.Errorf("backup: not everything could be removed, remove it yourself: %w", left))
		}
	}
	return r, err
}

// emptyDirectory makes a directory, or takes an empty one.
func emptyDirectory(name string) (made bool, err error) {
	found, err := os.ReadDir(name)
	if errors.Is(err, fs.ErrNotExist) {
		return true, os.MkdirAll(name, 0o700)
	}
	for _, e := range found {
		if e.Name() != "lost+found" { // a file system of its own
			return false, fmt.Errorf("backup: %s is not empty: restore into a new directory", name)
		}
	}
	return false, err
}

// begin marks the database, on disk, before anything is put in.
func (p Place) begin(ctx context.Context) error {
	if p.Database == "" {
		f, err := os.OpenFile(filepath.Join(p.Data, databaseFile), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		f.Close()
	}
	d, err := db.Open(ctx, p.url())
	if err == nil {
		err = errors.Join(d.BeginRestore(ctx), d.Close())
	}
	if err != nil && p.Database == "" {
		os.Remove(filepath.Join(p.Data, databaseFile))
	}
	return err
}

// clear takes away what a restore that failed has made. It touches nothing that
// stood there before: the place was empty.
func (p Place) clear(ctx context.Context, directory bool) error {
	var all error
	if p.Database != "" {
		d, err := db.Open(ctx, p.url())
		if err == nil {
			err = errors.Join(d.AbandonRestore(ctx), d.Close())
		}
		all = err
	}
	for _, name := range append([]string{databaseFile, databaseFile + "-wal", databaseFile + "-shm"}, files...) {
		if err := os.Remove(filepath.Join(p.Data, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	all = errors.Join(all, os.RemoveAll(filepath.Join(p.Data, blob.Directory)))
	if directory {
		all = errors.Join(all, os.Remove(p.Data))
	}
	return all
}

func (k Keeper) restore(ctx context.Context, lines *reader, to Place, r *Report) error {
	d, err := db.OpenScratch(ctx, to.url())
	if err != nil {
		return err
	}
	shelf := &shelved{}
	if shelf.to, err = blob.OpenDisk(filepath.Join(to.Data, blob.Directory)); err != nil {
		return errors.Join(err, d.Close())
	}
	extra, err := k.load(ctx, lines, d, shelf)
	if err == nil {
		err = check(ctx, d, r.Header)
	}
	if err == nil {
		err = shelf.whole(ctx, d)
	}
	r.Blobs = lines.seen.Blobs
	if err := errors.Join(err, shelf.to.Close(), d.Close()); err != nil {
		return err
	}
	for _, f := range extra {
		r.Files = append(r.Files, f.File)
		name := filepath.Join(to.Data, f.File)
		if err := os.WriteFile(name, f.Content, 0o600); err != nil {
			return err
		}
		if err := synced(name); err != nil {
			return err
		}
	}
	// The scratch did not wait for the disk: all of it is there before the mark goes.
	if to.Database == "" {
		if err := synced(filepath.Join(to.Data, databaseFile)); err != nil {
			return err
		}
	}
	if err := errors.Join(synced(to.Data), synced(filepath.Dir(filepath.Clean(to.Data)))); err != nil {
		return err
	}
	return k.enter(ctx, to, r.Header)
}

// Restored is the content of the entry instance.restore.
type Restored struct {
	Made     time.Time      `json:"made"`
	Engine   string         `json:"engine"`
	Schema   int64          `json:"schema"`
	Journals []journal.Head `json:"journals"`
}

// enter writes the entry and takes the mark away, as one change.
func (k Keeper) enter(ctx context.Context, to Place, h Header) (err error) {
	d, err := db.Open(ctx, to.url())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	j := journal.New(k.Source)
	return d.Write(ctx, "", func(tx *db.Tx) error {
		_, err := j.Append(tx, journal.Entry{Operation: journal.Instance, At: k.Source.Now(), Actor: access.Actor{System: "restore"}.Name(),
			Verb: "instance.restore", Subject: "instance/restore"},
			journal.Content{After: Restored{Made: h.Made, Engine: h.Engine, Schema: h.Schema, Journals: h.Journals}})
		if err != nil {
			return err
		}
		return db.EndRestore(tx)
	})
}
