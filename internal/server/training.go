package server

import (
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// training makes the stores of workshops and of what is learnt in them.
func (a *App) training(j *journal.Journal) {
	a.Lessons = lesson.NewStore(a.DB, j, a.Clock)
	a.Workshops = workshop.NewStore(a.DB, j, a.Clock)
	a.Attendances = attendance.NewStore(a.DB, j, a.Clock)
}
