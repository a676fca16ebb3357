package server

import (
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// result makes the stores of what an operation comes to.
func (a *App) result(j *journal.Journal) {
	a.Archives = archive.NewStore(a.DB, j, a.Clock, a.Vault)
	a.Archives.Signer, a.Archives.Readings, a.Archives.Program = a.Signer, a.Readings, a.Config.Version
	a.Analyses = analysis.NewStore(a.DB, j, a.Clock, a.cases)
	a.Publications = publication.NewStore(a.DB, j, a.Clock, a.cases)
	a.Publications.Readings = a.Readings
	a.Editions = edition.NewStore(a.DB, j, a.Clock)
	a.Editions.Names = a.Names
	a.Situations = situation.NewStore(a.DB, j, a.Clock)
	index := connection.NewIndex()
	a.Connections = connection.NewStore(a.DB, j, a.Clock, index)
	a.Connections.Readings, a.Connections.Good = a.Readings, watchlist.Good
	a.Watchlists = watchlist.NewStore(a.DB, j, a.Clock, index)
	a.Watchlists.Readings = a.Readings
}
