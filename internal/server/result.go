package server

import (
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// result makes the stores of what an operation comes to.
func (a *App) result(j *journal.Journal) {
	index := connection.NewIndex()
	a.Connections = connection.NewStore(a.DB, j, a.Clock, index)
	a.Connections.Readings, a.Connections.Good = a.Readings, watchlist.Good
	a.Watchlists = watchlist.NewStore(a.DB, j, a.Clock, index)
	a.Watchlists.Readings = a.Readings
}
