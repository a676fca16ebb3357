// Package effectitem is what followed training as other systems read it.
package effectitem

import (
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// TrainingEffect is who was trained in an operation and in those before it, and what
// was reported before and after. It says what followed, never why.
type TrainingEffect struct {
	Operation  operation.Code   `json:"operation"`
	AsOf       int64            `json:"as_of"`      // index of the newest entry of the operation's journal
	Operations []operation.Code `json:"operations"` // that are looked at, the earliest first
	Countries  []TrainedCountry `json:"countries"`
}

// TrainedCountry is one administration with its posts.
type TrainedCountry struct {
	Organisation organisation.ID `json:"organisation"`
	Country      string          `json:"country,omitempty"` // ISO 3166-1 alpha-2
	TrainedRow
	Trainings []TrainedBy    `json:"trainings"`
	Posts     []TrainedPost  `json:"posts"`
	Beside    *TrainedBeside `json:"beside,omitempty"` // where nothing happened before the first training
}

// TrainedPost is what of a country stands at one post.
type TrainedPost struct {
	Post string `json:"post"` // UN/LOCODE or name; empty: not stated
	TrainedRow
}

// TrainedRow is what followed. Where why is not empty only the numbers of observations
// are given.
type TrainedRow struct {
	Attended  int64            `json:"attended"`        // people at workshops, each once
	Reached   int64            `json:"reached"`         // people reached by courses, added up
	First     string           `json:"first,omitempty"` // local day from which somebody counts as trained
	Before    TrainedSide      `json:"before"`
	After     TrainedSide      `json:"after"`
	Why       string           `json:"why,omitempty"` // untrained, no-before, few-people, few-cases, not-read (the reader reads no cases), withheld
	Measures  []effect.Measure `json:"measures"`      // limits and differences in millionths
	Untrained bool             `json:"untrained"`     // cases are reported and nobody was trained
}

// TrainedSide is what stands on one side of the first training.
type TrainedSide struct {
	Cases    int64         `json:"cases"`
	By       []TrainedCase `json:"by"` // by operation
	Answered int64         `json:"answered"`
	Fields   effect.Share  `json:"fields"`
	Median   int64         `json:"median_days"`
}

// TrainedCase is how many released cases of one operation stand on a side.
type TrainedCase struct {
	Operation operation.Code `json:"operation"`
	Cases     int64          `json:"cases"`
}

// TrainedBy is one workshop or course.
type TrainedBy struct {
	Operation operation.Code  `json:"operation"`
	By        string          `json:"by"` // workshop or course
	ID        string          `json:"id,omitempty"`
	Title     string          `json:"title,omitempty"`
	Day       string          `json:"day"`
	Host      organisation.ID `json:"host"`
	Cascade   bool            `json:"cascade"` // a course whose teacher had been at a workshop
	People    int64           `json:"people"`
	Reach     []TrainedReach  `json:"reach,omitempty"`
}

// TrainedReach is how many people of a post and function a course reached.
type TrainedReach struct {
	Post     string `json:"post"`
	Function string `json:"function"`
	People   int64  `json:"people"`
}

// TrainedBeside counts what was reported in the same days by posts that had been
// trained and by others.
type TrainedBeside struct {
	TrainedPosts int64 `json:"trained_posts"`
	TrainedCases int64 `json:"trained_cases"`
	OtherPosts   int64 `json:"other_posts"`
	OtherCases   int64 `json:"other_cases"`
}

// Of is a view on its way out.
func Of(v effect.View) TrainingEffect {
	out := TrainingEffect{Operation: v.Standing.Operation.Code, AsOf: v.Standing.AsOf, Operations: []operation.Code{}, Countries: []TrainedCountry{}}
	for _, o := range v.Operations {
		out.Operations = append(out.Operations, o.Code)
	}
	for _, c := range v.Countries {
		of := v.Of(c.Row)
		x := TrainedCountry{Organisation: of.ID, Country: of.Country, TrainedRow: row(v, c.Row), Trainings: []TrainedBy{}, Posts: []TrainedPost{}}
		for _, t := range c.Trainings {
			x.Trainings = append(x.Trainings, by(v, t))
		}
		for _, p := range c.Posts {
			x.Posts = append(x.Posts, TrainedPost{p.Name, row(v, p)})
		}
		if b := c.Beside; b != nil {
			x.Beside = &TrainedBeside{b.TrainedPosts, b.TrainedCases, b.OtherPosts, b.OtherCases}
		}
		out.Countries = append(out.Countries, x)
	}
	return out
}

func row(v effect.View, r effect.Row) TrainedRow {
	out := TrainedRow{Attended: r.Attended, Reached: r.Reached, First: r.First, Before: side(v, r.Before), After: side(v, r.After), Why: r.Why,
		Measures: r.Measures, Untrained: r.First == "" && r.Cases() > 0}
	if out.Measures == nil {
		out.Measures = []effect.Measure{}
	}
	return out
}

func side(v effect.View, s effect.Side) TrainedSide {
	out := TrainedSide{Cases: s.Cases, By: []TrainedCase{}, Answered: s.Answered, Fields: s.Fields, Median: s.Median}
	for i, o := range v.Operations {
		if n := s.By[i]; n > 0 {
			out.By = append(out.By, TrainedCase{o.Code, n})
		}
	}
	return out
}

func by(v effect.View, t effect.Training) TrainedBy {
	out := TrainedBy{Operation: v.Operations[t.Operation].Code, By: t.By, ID: t.ID, Title: t.Title, Day: t.Day, Host: v.Bodies[t.Host].ID, Cascade: t.Cascade, People: t.Count()}
	for _, r := range t.Reach {
		out.Reach = append(out.Reach, TrainedReach(r))
	}
	if t.By == course.ByWorkshop && t.Title == "" {
		out.ID = "" // what one may not open is not named
	}
	return out
}
