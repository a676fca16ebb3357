package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

// The exercises of a workshop, and a page of the practice with its line.
func init() {
	built["practice "] = (*webtest.World).Exercise
	built["practising "] = (*webtest.World).Exercising
	tour = append(tour, []stop{
		{"/t/{id}/exercise/{$}", "officer", "practice "},
		{"/t/{id}/exercise/{$}", "director", "practice "},
		{"/t/{id}/exercise/{n}", "officer", "practice 1"},
		{"/t/{id}/exercise/{n}", "contact-point", "practice 3"},
		{"/t/{id}/exercise/progress", "director", "practice progress"},
		{"/t/{id}/exercise/replay", "director", "practice replay"},
		{"/t/{id}/exercise/new", "director", "practice new"},
		{"/o/{op}/c/{$}", "officer", "practising c/"},
	}...)
}
