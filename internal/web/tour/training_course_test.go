package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

func init() {
	built["courses "] = (*webtest.World).Courses
	tour = append(tour, []stop{
		{"/o/{op}/courses/{$}", "contact-point", "courses " + op + "courses/"},
		{"/o/{op}/courses/new", "contact-point", op + "courses/new"},
		{"/o/{op}/courses/{id}", "contact-point", "courses " + op + "courses/{course}"},
		{"/o/{op}/courses/{id}/edit", "contact-point", "courses " + op + "courses/{course}/edit"},
		{"/o/{op}/effect/{$}", "contact-point", "courses " + op + "effect/"},
		{"/o/{op}/effect/{$}", "coordinator", "courses " + op + "effect/"},
		{"/o/{op}/effect/{$}", "coordinator", "courses " + op + "effect/?of={own}"},
	}...)
}
