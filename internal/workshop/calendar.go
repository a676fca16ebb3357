package workshop

import (
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/icalendar"
)

// Calendar is a workshop with some sessions as a file for calendars (RFC 5545); host is
// the name of the organisation that holds it. A calendar that has an earlier version of
// it takes this one in its place, with what was called off.
func Calendar(w Workshop, sessions []Session, host string) []byte {
	whole := icalendar.Event{UID: "workshop-" + string(w.ID) + uid, Sequence: w.Version, At: w.At, Days: true, Language: w.Language,
		Summary: w.Title, About: w.Aim, Place: w.where(""), Address: w.Address, Contact: host, State: w.calendarState()}
	whole.Starts, _ = time.Parse(time.DateOnly, w.Starts)
	whole.Ends, _ = time.Parse(time.DateOnly, w.Ends)
	whole.Ends = whole.Ends.AddDate(0, 0, 1)
	events := []icalendar.Event{whole}
	for _, s := range sessions {
		events = append(events, s.event(w, host))
	}
	return icalendar.Calendar{Product: "Tidewaiter", Name: w.Title, Zone: w.Zone, Events: events}.Bytes()
}

// uid ends the identifiers of events.
const uid = "@tidewaiter"

// event is a session in a file for calendars. It changes with the workshop, too: with its
// zone, its place, and when all is called off.
func (s Session) event(w Workshop, host string) icalendar.Event {
	e := icalendar.Event{UID: "session-" + string(s.ID) + uid, Sequence: w.Version + s.Version, At: s.At, Language: w.Language, Summary: s.Title,
		Place: w.where(s.Room), Address: w.Address, Contact: host, State: w.calendarState()}
	if w.At.After(s.At) {
		e.At = w.At
	}
	e.Starts, _ = w.Moment(s.Starts)
	e.Ends, _ = w.Moment(s.Ends)
	if !s.On() {
		e.State = icalendar.Cancelled
	}
	about := []string{s.About}
	for _, x := range s.Speakers {
		about = append(about, x.Name)
	}
	e.About = strings.Join(slices.DeleteFunc(about, func(l string) bool { return l == "" }), "\n")
	return e
}

func (w Workshop) calendarState() string {
	switch w.State {
	case Planned:
		return icalendar.Tentative
	case Cancelled:
		return icalendar.Cancelled
	}
	return icalendar.Confirmed
}

// where is the place of the whole, or of a room in it; the address where there is none.
func (w Workshop) where(room string) string {
	parts := slices.DeleteFunc([]string{room, w.Place}, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return w.Address
	}
	return strings.Join(parts, ", ")
}
