package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

func init() {
	built["lesson "] = (*webtest.World).Lesson
	built["taught "] = (*webtest.World).Taught
	tour = append(tour, []stop{
		{"/lessons/{$}", "officer", "lesson /lessons/"},
		{"/lessons/{$}", "right-holder", "lesson /lessons/"},
		{"/lessons/results", "contact-point", "lesson /lessons/results"},
		{"/lessons/new", "right-holder", "lesson /lessons/new"},
		{"/lessons/{id}", "officer", "lesson /lessons/{id}?of={of}"},
		{"/lessons/{id}", "right-holder", "lesson /lessons/{id}"},
		{"/lessons/{id}/q", "officer", "lesson /lessons/{id}/q?of={of}"},
		{"/lessons/{id}/q", "officer", "lesson /lessons/{id}/q?of={of}&n=1"},
		{"/lessons/{id}/q", "officer", "lesson /lessons/{id}/q?of={of}&n=2"},
		{"/lessons/{id}/done", "officer", "lesson /lessons/{id}/done?of={of}"},
		{"/lessons/{id}/edit", "right-holder", "lesson /lessons/{id}/edit"},
		{"/lessons/{id}/withdraw", "right-holder", "lesson /lessons/{id}/withdraw"},
		{"/t/{id}/results/lessons", "trainer", "taught /t/{id}/results/lessons"},
		{"/t/{id}", "trainer", "taught /t/{id}"},
	}...)
}
