package story

import (
	"time"
	_ "time/tzdata" // the story's time zones, on machines that have none
)

// Kinds of phase.
const (
	PhasePlan        = "plan"
	PhaseTraining    = "training"
	PhaseOperational = "operational"
	PhaseFollowUp    = "follow-up"
	PhaseEvaluation  = "evaluation"
)

// Phase is a stretch of an operation's calendar: local dates, both included.
type Phase struct {
	Kind     string
	From, To string // 2006-01-02
}

// Dates of the story.
const (
	FirstDay = "2017-02-06"
	LastDay  = "2017-02-24"
	LiveDay  = 12 // the day of the operational phase on which --live starts
)

// casesOfDay is how many of the 245 happened on each of the 19 days: Monday to
// Friday of the third week, with two quieter weekends.
var casesOfDay = [...]int{6, 10, 13, 15, 16, 7, 5, 17, 19, 18, 17, 16, 8, 6, 17, 15, 14, 13, 13}

func day(n int) time.Time { // n counts from 1
	return time.Date(2017, 2, 5+n, 0, 0, 0, 0, time.UTC)
}

// LiveFrom is where a live showing starts; Ends is the story's last moment or
// just after it.
var (
	LiveFrom = day(LiveDay)
	Ends     = time.Date(2017, 3, 24, 9, 0, 0, 0, time.UTC)
)

// calendar turns places' local times into UTC.
type calendar map[string]*time.Location

func (c calendar) zone(name string) *time.Location {
	if l := c[name]; l != nil {
		return l
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		panic("story: " + err.Error()) // the names are constants of this package
	}
	c[name] = l
	return l
}
