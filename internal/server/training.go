package server

import (
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// training makes the stores of workshops and of what is learnt in them.
func (a *App) training(j *journal.Journal) {
	a.Courses = course.NewStore(a.DB, j, a.Clock)
	a.Effects = effect.NewStore(a.DB, a.Clock)
}
