package server

import (
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// training makes the stores of workshops and of what is learnt in them.
func (a *App) training(j *journal.Journal) {
	a.Courses = course.NewStore(a.DB, j, a.Clock)
	a.Effects = effect.NewStore(a.DB, a.Clock)
	a.Workshops = workshop.NewStore(a.DB, j, a.Clock)
	a.Nominations = nomination.NewStore(a.DB, j, a.Clock)
	a.Workshops.Practice = practice.Named
	a.Practices = practice.NewStore(a.DB, j, a.Clock)
	a.Attendances = attendance.NewStore(a.DB, j, a.Clock)
	a.Evaluations = evaluation.NewStore(a.DB, j, a.Clock)
	a.Learnt = learnt.NewStore(a.DB, j, a.Clock)
	a.Lessons = lesson.NewStore(a.DB, j, a.Clock)
}
