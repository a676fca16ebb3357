package roster

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The states of a shift.
const (
	Planned   = "planned"
	Withdrawn = "withdrawn"
)

// Limits of a shift.
const (
	MaxShift = 7 * 24 * time.Hour // from its beginning to its end
	MaxAhead = 366 * 24 * time.Hour
	MaxPhone = 100  // characters
	MaxNote  = 4000 // characters
)

// ID is a shift's UUID, made by whoever plans it.
type ID string

// Shift is somebody's turn of duty. Note and what follows it is the hand-over,
// read by the shift's own organisation only.
type Shift struct {
	Seq          int64 // index of the entry that planned it
	ID           ID
	Organisation int64
	Author       string // UUID of who planned it
	Audience     int64
	Person       string // UUID of who is on duty
	Begins, Ends time.Time
	Phone        string // as it was written
	State        string
	Note         string
	Language     string // BCP 47, of Note
	HandedBy     string // UUID
	Handed       time.Time
	TakenBy      string // UUID of who confirmed having read the note
	Taken        time.Time
	Version      int64
	At           time.Time // when it was last written
}

// Covers tells whether a shift is on at a moment.
func (s Shift) Covers(at time.Time) bool { return !at.Before(s.Begins) && at.Before(s.Ends) }

// Draft is what is written to plan a shift.
type Draft struct {
	ID           ID // the same id again is the same shift
	Person       string
	Begins, Ends time.Time
	Phone        string
}

// Check says what is wrong with a draft at a moment. Paths are id, person,
// begins, ends, phone.
func (d Draft) Check(now time.Time) error {
	_, err := d.clean(now)
	return err
}

func (d Draft) clean(now time.Time) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	if !source.ValidID(d.Person) {
		p.Add("person", "fault.choose-one")
	}
	d.Begins, d.Ends = d.Begins.UTC().Truncate(time.Minute), d.Ends.UTC().Truncate(time.Minute)
	switch {
	case d.Begins.IsZero():
		p.Add("begins", "fault.required")
	case d.Begins.After(now.Add(MaxAhead)) || d.Begins.Before(now.Add(-MaxShift)):
		p.Add("begins", "fault.out-of-range")
	}
	switch {
	case d.Ends.IsZero():
		p.Add("ends", "fault.required")
	case !d.Ends.After(d.Begins):
		p.Add("ends", "roster.backwards")
	case d.Ends.Sub(d.Begins) > MaxShift:
		p.Add("ends", "roster.too-long")
	}
	var err error
	if d.Phone, err = i18n.CleanLine(d.Phone, MaxPhone); err != nil {
		note(&p, "phone", err)
	}
	return d, p.Fault()
}

func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}

// cleanNote is a hand-over as it is stored.
func cleanNote(text, lang string) (string, string, error) {
	var p fault.Problems
	out, err := i18n.CleanBody(text, MaxNote)
	if err != nil {
		note(&p, "note", err)
	} else if strings.TrimSpace(out) == "" {
		p.Add("note", "fault.required")
	}
	return out, i18n.CleanLanguage(&p, "language", lang), p.Fault()
}

// same tells whether a shift is what the draft planned.
func (s Shift) same(d Draft) bool {
	return s.ID == d.ID && s.Person == d.Person && s.Begins.Equal(d.Begins) && s.Ends.Equal(d.Ends) && s.Phone == d.Phone
}

// Span is a stretch of time.
type Span struct{ From, To time.Time }

// Told is what a roster's reader is told of its shifts: hours that more than one
// covers, and hours that nobody covers, between the first beginning and the last
// end from a moment on.
type Told struct {
	Overlaps []Span
	Gaps     []Span
}

// Tell looks at the shifts of one organisation from a moment on.
func Tell(shifts []Shift, from time.Time) Told {
	all := slices.Clone(shifts)
	slices.SortFunc(all, func(a, b Shift) int { return a.Begins.Compare(b.Begins) })
	var t Told
	var covered time.Time
	for _, s := range all {
		if s.State != Planned || !s.Ends.After(from) {
			continue
		}
		begins := s.Begins
		if begins.Before(from) {
			begins = from
		}
		switch {
		case covered.IsZero():
		case begins.Before(covered):
			until := covered
			if s.Ends.Before(until) {
				until = s.Ends
			}
			t.Overlaps = append(t.Overlaps, Span{begins, until})
		case begins.After(covered):
			t.Gaps = append(t.Gaps, Span{covered, begins})
		}
		if s.Ends.After(covered) {
			covered = s.Ends
		}
	}
	return t
}
