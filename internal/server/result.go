package server

import (
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/situation"
)

// result makes the stores of what an operation comes to.
func (a *App) result(j *journal.Journal) {
	a.Analyses = analysis.NewStore(a.DB, j, a.Clock, a.CaseLists)
	a.Publications = publication.NewStore(a.DB, j, a.Clock, a.CaseLists)
	a.Publications.Readings = a.Readings
	a.Editions = edition.NewStore(a.DB, j, a.Clock)
	a.Editions.Names = a.Names
	a.Situations = situation.NewStore(a.DB, j, a.Clock)
}
