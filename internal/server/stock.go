package server

import (
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// stock makes the stores of what rests on product sheets.
func (a *App) stock(j *journal.Journal) {
	a.Inspections = inspection.NewStore(a.DB, j, a.Clock, a.Attachments)
	a.Usages = usage.NewStore(a.DB, j, a.Clock)
	a.MassUploads = massupload.NewStore(a.DB, a.Clock, a.Attachments, a.Products)
}
