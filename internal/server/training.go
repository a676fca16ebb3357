package server

import (
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// training makes the stores of workshops and of what is learnt in them.
func (a *App) training(j *journal.Journal) {
	a.Workshops = workshop.NewStore(a.DB, j, a.Clock)
	a.Practices = practice.NewStore(a.DB, j, a.Clock)
	a.Attendances = attendance.NewStore(a.DB, j, a.Clock)
}
