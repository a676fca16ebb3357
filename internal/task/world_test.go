package task_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/task"
)

const code = operationtest.Code

// world is the shared one with the store under test.
type world struct {
	*operationtest.World
	store *task.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := operationtest.New(t, d)
	return &world{World: w, store: task.NewStore(d, w.Journal, w.Source)}
}
