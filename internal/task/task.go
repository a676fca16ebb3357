package task

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The states of a task.
const (
	Open    = "open"
	Done    = "done"
	Dropped = "dropped"
)

// Limits of a task.
const (
	MaxTitle  = i18n.MaxName // characters
	MaxBody   = 4000         // characters; a note too
	MaxListed = 500          // tasks of one list
	maxAhead  = 2 * 366      // days from today to the day it is due
)

// ID is a task's UUID, made by whoever gives it.
type ID string

// Task is what an organisation is to do.
type Task struct {
	Seq          int64 // index of the entry that gave it
	ID           ID
	Giver        int64  // the organisation that gave it
	Author       string // UUID of the person who gave it
	Organisation int64  // that does it
	Audience     int64
	Title        string
	Body         string
	Language     string // BCP 47, of title and body
	Due          string // local date of the organisation, yyyy-mm-dd
	Owner        string // UUID of the person who does it; empty: not named yet
	State        string
	Note         string    // what was done, or why it was dropped
	EndedBy      string    // UUID
	Ended        time.Time // zero while it is open
	Version      int64
	At           time.Time // when it was last written
}

// Overdue tells whether a task is still open after the day it was due; today is
// that of its organisation.
func (t Task) Overdue(today string) bool { return t.State == Open && t.Due < today }

// Draft is what is written to give a task.
type Draft struct {
	ID           ID // the same id again is the same task
	Organisation int64
	Title        string
	Body         string
	Language     string
	Due          string
	Owner        string // of the giver's own organisation; empty otherwise
}

// Check says what is wrong with a draft, today being the organisation's local day.
// Paths are id, title, body, language, due.
func (d Draft) Check(today string) error {
	_, err := d.clean(today)
	return err
}

func (d Draft) clean(today string) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	var err error
	if d.Title, err = i18n.CleanLine(d.Title, MaxTitle); err != nil {
		note(&p, "title", err)
	}
	if d.Body, err = i18n.CleanBody(d.Body, MaxBody); err != nil {
		note(&p, "body", err)
	}
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	if key := wrongDue(d.Due, today); key != "" {
		p.Add("due", key)
	}
	return d, p.Fault()
}

func wrongDue(due, today string) (key string) {
	t, err := time.Parse(time.DateOnly, due)
	now, errNow := time.Parse(time.DateOnly, today)
	switch {
	case err != nil || errNow != nil || t.Format(time.DateOnly) != due:
		return "fault.not-a-date"
	case due < today:
		return "task.due-past"
	case t.Sub(now) > maxAhead*24*time.Hour:
		return "fault.out-of-range"
	}
	return ""
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}

// cleanNote is a note as it is stored; one that must be there is refused when empty.
func cleanNote(text string, required bool) (string, error) {
	var p fault.Problems
	out, err := i18n.CleanBody(text, MaxBody)
	if err != nil {
		note(&p, "note", err)
	} else if required && strings.TrimSpace(out) == "" {
		p.Add("note", "fault.required")
	}
	return out, p.Fault()
}

// same tells whether a task is what the draft gave.
func (t Task) same(d Draft) bool {
	return t.ID == d.ID && t.Organisation == d.Organisation && t.Title == d.Title && t.Body == d.Body && t.Language == d.Language && t.Due == d.Due
}

// inOrder puts what is overdue first, then what is due soonest, then what has
// ended, the newest first.
func inOrder(all []Listed) {
	slices.SortStableFunc(all, func(a, b Listed) int {
		if (a.State == Open) != (b.State == Open) {
			if a.State == Open {
				return -1
			}
			return 1
		}
		if a.State != Open {
			return b.Ended.Compare(a.Ended)
		}
		if a.Late != b.Late {
			if a.Late {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Seq, b.Seq))
	})
}
