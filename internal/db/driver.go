package db

import (
	"context"
	"time"
)

// Driver is another SQLite than the one that is shipped, with its disk: the
// module of power cuts (tools/powercut) runs everything above it unchanged on a
// disk that fails. Nothing of the product makes one.
type Driver struct {
	Name       string        // as registered with database/sql; it takes $n and _pragma as ours does
	VFS        string        // SQLite's name of the disk
	Flush      string        // pragma synchronous; empty: full, as shipped
	Checkpoint time.Duration // between two checkpoints; 0: as shipped
	MaxLog     int64         // pages of the log after which it begins anew; 0: as shipped
}

// OpenDriver is Open for the SQLite file at path through another driver.
func OpenDriver(ctx context.Context, path string, d Driver) (*DB, error) {
	e := sqlite{path: path, flush: "full", driver: d.Name, vfs: d.VFS, maxLog: maxLog}
	if d.Flush != "" {
		e.flush = d.Flush
	}
	if d.MaxLog > 0 {
		e.maxLog = d.MaxLog
	}
	every := checkpointEvery
	if d.Checkpoint > 0 {
		every = d.Checkpoint
	}
	return openEngine(ctx, e, every)
}
