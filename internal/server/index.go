package server

import (
	"context"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// indexRest is how long the index of words is left alone once it is whole.
const indexRest = time.Minute

// keepIndex makes the index of words whole, a part at a time so that writers come
// in between, and joins some of its pieces while nobody has written for a while.
func (a *App) keepIndex(ctx context.Context) {
	tick := time.NewTicker(indexRest)
	defer tick.Stop()
	merged := a.DB.Stats().Units
	for {
		more, err := a.Searches.Index(ctx)
		if worthLogging(ctx, err) {
			a.Config.Log.Error("search: index", "error", err)
		}
		if more && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if units := a.DB.Stats().Units; units > merged+mergeAfter {
			merged = units
			if err := a.DB.Keep(ctx, textindex.Merge); worthLogging(ctx, err) {
				a.Config.Log.Error("search: merge", "error", err)
			}
		}
	}
}

// mergeAfter is how many changes make it worth to join pieces of the index.
const mergeAfter = 500
