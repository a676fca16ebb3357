package lesson

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// ID is the UUID of a lesson, made by whoever writes it; unique for its holder only.
type ID string

// AttemptID is the UUID of an attempt, made by whoever takes the lesson.
type AttemptID string

// Name says which lesson is meant by the id that its holder gave it.
type Name struct {
	ID   ID
	From organisation.ID // the holder; empty: the only one that the reader may see
}

// The states of a lesson (codelist.ProductState).
const (
	Draft     = "draft" // never published
	Published = "published"
	Withdrawn = "withdrawn"
)

// Limits.
const (
	MaxTitle     = 200  // characters
	MaxText      = 2000 // characters of an aim or an explanation
	MaxSheets    = 20   // of one lesson
	MaxMinutes   = 60
	MaxQuestions = 30 // of one attempt
	MaxAttempts  = 50 // of one learner at one lesson in a day

	UsualMinutes   = 10
	UsualQuestions = 8
)

// Plan is what the maker of a lesson writes.
type Plan struct {
	Language  string       // BCP 47, the main one
	Title     product.Text // by language
	Aim       product.Text `json:",omitempty"`
	Sheets    []Chosen
	Kinds     []string // of question; codelist.QuestionKind
	Minutes   int64
	Questions int64 // of one attempt
}

// Chosen is a sheet that a lesson teaches, with what its maker adds in words.
type Chosen struct {
	Sheet   product.ID
	Explain product.Text `json:",omitempty"` // shown after each question on it
}

// Lesson is what stands about a lesson beside what its versions say.
type Lesson struct {
	Seq          int64 `json:",omitempty"` // index of the entry that first saved it
	ID           ID
	Organisation int64  // the right holder
	Author       string // who saved it first
	State        string
	Audience     int64     // own side only while it is a draft
	Version      int64     // number of the newest version; 0: none
	Newest       int64     // Seq of that version
	Published    time.Time // when the newest version was
	Edit         int64     // number of what is written; raised by each save
	Plan         Plan      // what is written
	Reason       string    `json:",omitempty"` // why it was withdrawn
}

// EntrySubject is how the journal calls a lesson.
func (l Lesson) EntrySubject() string { return "lesson/" + string(l.ID) }

// Copied is a sheet as it stood when a version was made.
type Copied struct {
	Seq      int64 // of the sheet
	Sheet    product.ID
	Version  int64 // of the sheet
	Brand    holder.BrandID
	Language string // the sheet's main one
	Name     product.Text
	Explain  product.Text `json:",omitempty"`
	Features []product.Feature
}

// Version is a version of a lesson: it never changes.
type Version struct {
	Seq       int64 `json:",omitempty"` // index of the entry that made it
	Lesson    int64
	Number    int64
	At        time.Time
	Language  string
	Title     product.Text
	Aim       product.Text `json:",omitempty"`
	Minutes   int64
	Count     int64 // questions of one attempt
	Sheets    []Copied
	Questions []Question // all that may be drawn
}

// Attempt is one learner's way through a lesson.
type Attempt struct {
	Seq          int64 `json:",omitempty"` // index of the entry that began it
	ID           AttemptID
	Lesson       int64
	Version      int64 // number
	Organisation int64 // whose hat the learner wore
	Person       person.ID
	Seed         string  `json:",omitempty"` // from which the questions were drawn
	Drawn        []Drawn `json:",omitempty"` // in the order in which they are asked
	Promise      string  `json:",omitempty"` // what the journal holds of both until the end; empty: it holds both
	Began        time.Time
	Answered     int64
	Right        int64
	Done         time.Time // zero: there are questions left
}

// EntrySubject is how the journal calls an attempt.
func (a Attempt) EntrySubject() string { return "lesson-attempt/" + string(a.ID) }

// promise is what the journal says of seed and questions before it tells them: who reads
// it can tell no question, and whoever changes one later does not keep it.
func (a Attempt) promise() string {
	sum := sha256.Sum256([]byte(db.Encoded(struct {
		Seed  string
		Drawn []Drawn
	}{a.Seed, a.Drawn})))
	return hex.EncodeToString(sum[:])
}

// told is the attempt as the journal tells it: what will be asked only once nothing is
// left to ask. An attempt without a promise was told whole when it began.
func (a Attempt) told() Attempt {
	if a.Promise != "" && a.Done.IsZero() {
		a.Seed, a.Drawn = "", nil
	}
	return a
}

// Answer is what a learner answered.
type Answer struct {
	Seq      int64 `json:",omitempty"`
	Attempt  int64
	Lesson   int64
	Number   int64  // of the question in its attempt, from 1
	Question string // its key
	Option   string // First, Second
	Right    bool
	At       time.Time
}

// next is the number of the first question that is neither answered nor of a sheet that
// was taken out of use; 0: there is none.
func (a Attempt) next(v Version, answered map[int64]Answer, gone map[int64]bool) int64 {
	for i, d := range a.Drawn {
		n := int64(i + 1)
		if _, is := answered[n]; !is && !gone[v.sheetOf(d)] {
			return n
		}
	}
	return 0
}

// sheetOf is the number of the sheet of which a drawn question is.
func (v Version) sheetOf(d Drawn) int64 { return v.Sheets[v.Questions[d.Question].Sheet].Seq }

// numbers are the sheets of a version.
func (v Version) numbers() []int64 {
	var out []int64
	for _, s := range v.Sheets {
		out = append(out, s.Seq)
	}
	return out
}
