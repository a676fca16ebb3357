package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Report is what a verification found.
type Report struct {
	Header
	Encrypted bool
	Files     []string // of the data directory
	Blobs     int64    // files of attachments
	Compared  bool     // with a live instance
	Ahead     int64    // entries that the live instance has more
}

// Verify reads a backup to its end, restores it into a scratch SQLite file in a
// new temporary directory, checks that, and removes it. With a live instance the
// backup's journals must be the beginning of that one's.
func (k Keeper) Verify(ctx context.Context, in string, with Identities, live *Place) (r Report, err error) {
	f, lines, err := open(in, with, &r)
	if err != nil {
		return r, err
	}
	defer f.Close()
	dir, err := os.MkdirTemp("", "tidewaiter-verify-") // 0700
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := db.OpenScratch(ctx, "sqlite:"+filepath.Join(dir, databaseFile))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.BeginRestore(ctx); err != nil {
		return r, err
	}
	var shelf shelved
	extra, err := k.load(ctx, lines, d, &shelf)
	if err != nil {
		return r, err
	}
	for _, f := range extra {
		r.Files = append(r.Files, f.File)
	}
	r.Blobs = lines.seen.Blobs
	if err := errors.Join(check(ctx, d, r.Header), shelf.whole(ctx, d)); err != nil || live == nil {
		return r, err
	}
	r.Ahead, err = compare(ctx, *live, r.Header)
	r.Compared = err == nil
	return r, err
}

// open opens a backup and reads its first line into the report.
func open(name string, with Identities, r *Report) (*os.File, *reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	inner, encrypted, err := unwrap(f, with)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	lines, err := newReader(inner)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	r.Header, r.Encrypted = lines.header, encrypted
	return f, lines, nil
}
