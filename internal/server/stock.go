package server

import (
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// stock makes the stores of what rests on product sheets.
func (a *App) stock(j *journal.Journal) {
	a.Inspections = inspection.NewStore(a.DB, j, a.Clock, a.Attachments)
}
