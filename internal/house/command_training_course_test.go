package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Reviewed, too: national courses, and what followed training.
func init() {
	maps.Copy(trials, map[string]trial{
		"course.Record": {args: func(h *hall) []any { return []any{the, h.taught()} }, need: access.CourseRecord, by: "contact-point"},
		"course.Amend": {args: func(h *hall) []any {
			made, d := h.course()
			d.Version, d.Title = made.Version, "Another title"
			return []any{the, d}
		}, need: access.CourseAmend, by: "contact-point"},
		"course.Withdraw": {args: func(h *hall) []any {
			made, _ := h.course()
			return []any{the, made.ID, "It did not take place."}
		}, need: access.CourseWithdraw, by: "contact-point"},
		"course.Read": {args: func(h *hall) []any {
			made, _ := h.course()
			return []any{the, course.Name{ID: made.ID}}
		}, need: access.CourseRead, by: "contact-point"},
		"course.List":    {args: inside(), need: access.CourseRead, by: "officer"},
		"course.Writing": {args: inside(course.ID("")), need: access.CourseRecord, by: "contact-point"},
		"effect.Read":    {args: inside(), need: access.EffectRead, by: "contact-point"},
	})
}

// taught is a course that the contact point held.
func (h *hall) taught() course.Draft {
	return course.Draft{ID: course.ID(fresh()), Title: "At home", Language: "en", Starts: h.app.Clock.Now().AddDate(0, 0, -1).Format("2006-01-02"),
		Teacher: person.ID(h.who("contact-point").Person), Reach: []course.Reach{{Post: "Pier North", Function: "mail", People: 3}}}
}

// course records one.
func (h *hall) course() (course.Course, course.Draft) {
	d := h.taught()
	made, err := h.app.Courses.Record(h.t.Context(), h.who("contact-point"), the, d)
	h.must(err)
	return made, d
}
