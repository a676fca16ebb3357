package workshop_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// A session is at the right moment on both sides of a change of clocks, and its event
// keeps its name while it changes.
func TestCalendar(t *testing.T) {
	w := workshop.Workshop{ID: "11111111-1111-4111-8111-111111111111", Title: "Port, 2017", Language: "en", Place: "Port house", Address: "https://meet.example/a", Zone: "Europe/Berlin",
		Starts: "2017-03-25", Ends: "2017-03-26", State: workshop.Called, Version: 2, At: time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)}
	x := workshop.Session{ID: "22222222-2222-4222-8222-222222222222", Starts: "2017-03-25T09:00", Ends: "2017-03-25T10:00", Title: "Marks", Room: "Hall", Version: 1, Speakers: []workshop.Speaker{{Name: "Ann"}}}
	y := x
	y.ID, y.Starts, y.Ends, y.State = "33333333-3333-4333-8333-333333333333", "2017-03-26T09:00", "2017-03-26T10:00", workshop.Cancelled
	file := strings.ReplaceAll(string(workshop.Calendar(w, []workshop.Session{x, y}, "Body wco")), "\r\n ", "")
	for _, want := range []string{"UID:workshop-11111111-1111-4111-8111-111111111111@tidewaiter\r\n", "DTSTART;VALUE=DATE:20170325\r\nDTEND;VALUE=DATE:20170327\r\n", "SEQUENCE:2\r\n", "SEQUENCE:3\r\n",
		"UID:session-22222222-2222-4222-8222-222222222222@tidewaiter\r\n", "DTSTART:20170325T080000Z\r\nDTEND:20170325T090000Z\r\n", "DTSTART:20170326T070000Z\r\nDTEND:20170326T080000Z\r\n",
		"DESCRIPTION;LANGUAGE=en:Ann\r\nLOCATION;LANGUAGE=en:Hall\\, Port house\r\nCONTACT:Body wco\r\nURL:https://meet.example/a\r\nSTATUS:CONFIRMED\r\n", "STATUS:CANCELLED\r\n"} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is not in\n%s", want, file)
		}
	}
	w.State, w.Version = workshop.Cancelled, 3
	again := string(workshop.Calendar(w, []workshop.Session{x, y}, "Body wco"))
	if strings.Count(again, "STATUS:CANCELLED") != 3 || strings.Count(again, "SEQUENCE:4") != 2 {
		t.Errorf("called off:\n%s", again)
	}
	w.Zone = "America/New_York" // an hour that comes twice: the first is meant
	w.Starts, w.Ends = "2017-11-05", "2017-11-05"
	if m, ok := w.Moment("2017-11-05T01:30"); !ok || m.UTC().Hour() != 5 {
		t.Errorf("half past one is %v, %v", m.UTC(), ok)
	}
	if _, ok := w.Moment("2017-03-12T02:30"); ok {
		t.Error("an hour that no clock shows")
	}
}
