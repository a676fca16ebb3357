package attendance

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// local is how sessions say their hours, in the workshop's zone.
const local = "2006-01-02T15:04"

func zoneOf(w workshop.Workshop) *time.Location {
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Span is when a session begins and ends.
func Span(w workshop.Workshop, s workshop.Session) (from, to time.Time) {
	from, _ = time.ParseInLocation(local, s.Starts, zoneOf(w))
	to, _ = time.ParseInLocation(local, s.Ends, zoneOf(w))
	return from, to
}

// minutes is how long a session lasts.
func minutes(w workshop.Workshop, s workshop.Session) int64 {
	from, to := Span(w, s)
	return max(0, int64(to.Sub(from)/time.Minute))
}

// reaches tells whether attended of all sessions is at least a share in per cent.
func reaches(attended, all, share int64) bool {
	return all > 0 && attended > 0 && attended*100 >= share*all
}

// tally is what one participant attended of the sessions that take place.
func tally(w workshop.Workshop, sessions []workshop.Session, marks map[int64]Mark) (attended, minutesThere int64) {
	for _, s := range sessions {
		if _, there := marks[s.Seq]; there {
			attended++
			minutesThere += minutes(w, s)
		}
	}
	return attended, minutesThere
}

// marksBy sorts marks by participant and session.
func marksBy(all []Mark) map[int64]map[int64]Mark {
	out := map[int64]map[int64]Mark{}
	for _, m := range all {
		if out[m.Participant] == nil {
			out[m.Participant] = map[int64]Mark{}
		}
		out[m.Participant][m.Session] = m
	}
	return out
}

// on are the sessions that take place.
func on(all []workshop.Session) []workshop.Session {
	var out []workshop.Session
	for _, s := range all {
		if s.On() {
			out = append(out, s)
		}
	}
	return out
}
