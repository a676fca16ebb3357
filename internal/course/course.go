package course

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// ID is the UUID of a course, made by whoever records it.
type ID string

// Limits.
const (
	MaxTitle  = i18n.MaxName // characters
	MaxReason = 1000         // characters
	MaxPost   = 200          // characters
	MaxReach  = 100          // rows of one course
	MaxPeople = 10_000       // of one row
	MaxDays   = 60           // from the first to the last
	earliest  = "1990-01-01"
)

// Withdrawn is the state of a course that is not counted any more; empty: it stands.
const Withdrawn = "withdrawn"

// Course is one national course as it stands.
type Course struct {
	Seq          int64 `json:",omitempty"` // the index of the entry that recorded it
	ID           ID
	Organisation int64
	Audience     int64  // its own organisation and coordination
	Author       string // who last wrote it, as journals call the actor
	Title        string
	Language     string    // BCP 47, of the title; in it the course was held
	Starts       string    // local day, yyyy-mm-dd
	Ends         string    // the last day
	Teacher      person.ID // of the same organisation
	Parent       int64     // number of the workshop that it passes on; 0: not said
	Reports      int64     // number of the national workshop that it reports on; 0: none
	Topics       []string  // codelist.CourseTopic, each once, in the order of the list
	Reach        []Reach
	State        string
	Reason       string // why it was withdrawn, or last amended
	Version      int64
	At           time.Time // when it was last written
}

// Reach is how many people of a post and function a course reached.
type Reach struct {
	Post     string // UN/LOCODE, or the post's name
	Function string // codelist.CourseFunction
	People   int64
}

// EntrySubject is how the journal calls a course.
func (c Course) EntrySubject() string { return "course/" + string(c.ID) }

// Stands tells whether it is counted.
func (c Course) Stands() bool { return c.State == "" }

// People is how many a course reached.
func (c Course) People() (sum int64) {
	for _, r := range c.Reach {
		sum += r.People
	}
	return sum
}

// Draft is what whoever records or amends a course writes.
type Draft struct {
	ID           ID
	Version      int64 // of the course that was read; 0: a new one
	Title        string
	Language     string
	Starts, Ends string // Ends empty: one day
	Teacher      person.ID
	Parent       workshop.ID // empty: not said
	Reports      workshop.ID // empty: none
	Topics       []string
	Reach        []Reach
	Reason       string // of an amendment
}

// clean gives the draft in normal form, or names every field that cannot be taken.
func (d Draft) clean(today string) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.malformed-id")
	}
	d.Title = line(&p, "title", d.Title, MaxTitle, true)
	d.Reason = line(&p, "reason", d.Reason, MaxReason, false)
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	if d.Ends == "" {
		d.Ends = d.Starts
	}
	from, ok := day(&p, "starts", d.Starts, today)
	if to, fine := day(&p, "ends", d.Ends, today); ok && fine {
		switch {
		case to.Before(from):
			p.Add("ends", "course.ends-before")
		case to.Sub(from) >= MaxDays*24*time.Hour:
			p.Add("ends", "course.too-long", fault.Args{"max": int64(MaxDays)})
		}
	}
	if d.Teacher == "" {
		p.Add("teacher", "fault.required")
	}
	d.Topics = topics(&p, d.Topics)
	d.Reach = reach(&p, d.Reach)
	return d, p.Fault()
}

func line(p *fault.Problems, path, text string, limit int, required bool) string {
	text = strings.TrimSpace(text)
	if text == "" {
		if required {
			p.Add(path, "fault.required")
		}
		return ""
	}
	clean, err := i18n.CleanLine(text, limit)
	if f, is := err.(*fault.Fault); is {
		p.Add(path, f.Key, f.Args)
	} else if err != nil {
		p.Add(path, "fault.malformed")
	}
	return clean
}

// day reads a local day that has come: what is planned is a workshop.
func day(p *fault.Problems, path, text, today string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, text)
	switch {
	case text == "":
		p.Add(path, "fault.required")
	case err != nil || t.Format(time.DateOnly) != text:
		p.Add(path, "fault.not-a-date")
	case text > today:
		p.Add(path, "fault.future-date")
	case text < earliest:
		p.Add(path, "course.too-early")
	default:
		return t, true
	}
	return t, false
}

func topics(p *fault.Problems, all []string) []string {
	var out []string
	for _, t := range all {
		if !codelist.CourseTopic.Has(t) {
			p.Add("topics", "fault.unknown-code", fault.Args{"value": t})
		} else if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return codelist.CourseTopic.Index(a) - codelist.CourseTopic.Index(b) })
	return out
}

// reach leaves out rows that say nothing; each post and function stands once.
func reach(p *fault.Problems, all []Reach) []Reach {
	var out []Reach
	seen := map[[2]string]bool{}
	for i, r := range all {
		if r == (Reach{}) {
			continue
		}
		at := "reach." + strconv.Itoa(i+1) + "."
		r.Post = line(p, at+"post", r.Post, MaxPost, true)
		if !codelist.CourseFunction.Has(r.Function) {
			p.Add(at+"function", "fault.required")
		}
		if r.People < 1 || r.People > MaxPeople {
			p.Add(at+"people", "course.people", fault.Args{"max": int64(MaxPeople)})
		}
		if key := [2]string{seizure.PostKey(r.Post), r.Function}; r.Post != "" && seen[key] {
			p.Add(at+"post", "course.twice")
		} else {
			seen[key] = true
		}
		out = append(out, r)
	}
	switch {
	case len(out) == 0:
		p.Add("reach.1.post", "fault.required")
	case len(out) > MaxReach:
		p.Add("reach.1.post", "fault.too-many-items", fault.Args{"max": int64(MaxReach)})
	}
	return out
}
