package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

// Stops at the pages of evaluations, of lessons learnt, and of the next operation.
func init() {
	built["learnt "] = (*webtest.World).Learnt
	tour = append(tour, []stop{
		{"/t/{id}/evaluation", "officer", "learnt /t/{id}/evaluation"},
		{"/t/{id}/evaluation", "coordinator", "learnt /t/{id}/evaluation"},
		{"/t/{id}/evaluation/ask", "coordinator", "learnt /t/{id}/evaluation/ask"},
		{"/t/{id}/evaluation/results", "coordinator", "learnt /t/{id}/evaluation/results"},
		{"/t/{id}/evaluation/results", "trainer", "learnt /t/{over}/evaluation/results"},
		{"/o/{op}/learnt/{$}", "director", "learnt " + op + "learnt/"},
		{"/o/{op}/learnt/{$}", "officer", "learnt " + op + "learnt/?state=open"},
		{"/o/{op}/learnt/new", "contact-point", "learnt " + op + "learnt/new"},
		{"/o/{op}/learnt/{id}", "contact-point", "learnt " + op + "learnt/{lesson}"},
		{"/o/{op}/learnt/{id}", "coordinator", "learnt " + op + "learnt/{lesson}"},
		{"/o/{op}/learnt/{id}/amend", "coordinator", "learnt " + op + "learnt/{lesson}/amend"},
		{"/o/{op}/follow", "director", "learnt " + op + "follow"},
		{"/o/{op}/follow", "coordinator", "learnt " + op + "follow"},
	}...)
}
