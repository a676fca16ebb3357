package server

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// OpenVault opens what holds the bytes of attachments. Close the disk.
func (c Config) OpenVault() (*blob.Vault, *blob.Disk, error) {
	keys, err := c.contentKeys()
	if err != nil {
		return nil, nil, err
	}
	disk, err := blob.OpenDisk(filepath.Join(c.Data, blob.Directory))
	if err != nil {
		return nil, nil, err
	}
	// Names of files are never those of a story: they must not repeat.
	return blob.NewVault(disk, keys, source.Real()), disk, nil
}

// attachments gives a store the limits and the scanner of this instance.
func (c Config) attachments(s *attachment.Store) *attachment.Store {
	if c.Attachments.File > 0 {
		s.Limits.File = c.Attachments.File
	}
	if c.Attachments.Organisation > 0 {
		s.Limits.Organisation = c.Attachments.Organisation
	}
	if c.Scanner != "" {
		s.Scanner = program(c.Scanner)
	}
	return s
}

// sweepEvery is how often what nobody wants any more is thrown away.
const sweepEvery = time.Hour

// sweep throws away unfinished uploads, attachments that no record took, and bytes
// that a crash left behind, until ctx ends.
func (a *App) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		now := source.Real().Now()
		uploads, loose, strays, err := a.Attachments.Sweep(ctx, now)
		sheets, sheetErr := a.Intake.Sweep(ctx)
		err = errors.Join(err, sheetErr, a.disk.Tidy(now.Add(-attachment.KeepUpload)))
		switch {
		case worthLogging(ctx, err):
			a.Config.Log.Error("attachments could not be swept", "error", err)
		case uploads+loose+strays+sheets > 0:
			a.Config.Log.Info("attachments swept", "uploads", uploads, "untaken", loose, "strays", strays, "sheets", sheets)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
