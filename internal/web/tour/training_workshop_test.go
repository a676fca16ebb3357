package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

// Stops at the pages of workshops.
func init() {
	built["workshop "] = (*webtest.World).Workshop
	notPages["/t/{id}/calendar.ics"] = "a file"
	tour = append(tour, []stop{
		{"/t/{$}", "officer", "workshop /t/"},
		{"/t/{$}", "contact-point", "workshop /t/"},
		{"/t/{$}", "coordinator", "workshop /t/"},
		{"/t/{$}", "observer", "workshop /t/"},
		{"/t/new", "coordinator", "workshop /t/new?operation=action-ipr-ap-2"},
		{"/t/{id}", "officer", "workshop /t/{id}"},
		{"/t/{id}", "contact-point", "workshop /t/{id}"},
		{"/t/{id}", "coordinator", "workshop /t/{id}"},
		{"/t/{id}", "trainer", "workshop /t/{planned}"},
		{"/t/{id}", "right-holder", "workshop /t/{id}"},
		{"/t/{id}/edit", "trainer", "workshop /t/{id}/edit"},
		{"/t/{id}/call", "coordinator", "workshop /t/{planned}/call"},
		{"/t/{id}/cancel", "coordinator", "workshop /t/{id}/cancel"},
		{"/t/{id}/sessions/new", "coordinator", "workshop /t/{id}/sessions/new"},
		{"/t/{id}/sessions/{session}", "coordinator", "workshop /t/{id}/sessions/{session}"},
		{"/t/{id}/places", "coordinator", "workshop /t/{id}/places"},
		{"/t/{id}/nominate", "contact-point", "workshop /t/{id}/nominate"},
		{"/t/{id}/participants", "coordinator", "workshop /t/{id}/participants"},
		{"/t/{id}/participants", "contact-point", "workshop /t/{id}/participants"},
		{"/t/{id}/materials", "coordinator", "workshop /t/{id}/materials"},
		{"/t/{id}/invitation", "coordinator", "workshop /t/{id}/invitation?lang=ar"},
		{"/t/{id}/invitation", "contact-point", "workshop /t/{id}/invitation"},
	}...)
}
