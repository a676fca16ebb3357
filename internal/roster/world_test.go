package roster_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/roster"
)

const code = operationtest.Code

// world is the shared one with the store under test.
type world struct {
	*operationtest.World
	store *roster.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := operationtest.New(t, d)
	return &world{World: w, store: roster.NewStore(d, w.Journal, w.Source)}
}
