package practice

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// ID is the UUID of a practice, made by whoever opens it; it is that of its operation.
type ID string

// Banner is the text that stands above every page of a practice.
const Banner = "practice.banner"

// The kinds of step.
const (
	Begun = "begun"
	Reset = "reset" // what was done before does not count any more
)

// Limits.
const (
	MaxTasks = 20
	MaxText  = 4000 // characters of a scenario
	MaxTitle = 120  // characters of its title
	MaxFacts = 30   // expected values of one task
)

// Practice is a practice operation as its workshop knows it.
type Practice struct {
	Seq          int64 `json:",omitempty"`
	ID           ID
	Code         operation.Code // of the practice
	Number       int64          // of its operation
	Parent       operation.Code // the operation of the workshop
	Workshop     workshop.ID
	Organisation int64  // that opened it
	Author       string // person
	Language     string // of what its own coordination writes
	Audience     int64  // who reads the workshop; in the practice, coordination
	At           time.Time
}

// EntrySubject is how journals call a practice.
func (p Practice) EntrySubject() string { return "practice/" + string(p.ID) }

// Task is one exercise. A ready-made one takes its words from the catalogue, under
// practice.ready.NAME; one of the trainer's own brings them.
type Task struct {
	Seq    int64 `json:",omitempty"`
	Number int64 // from 1, in the order in which they are done
	Kind   string
	Ready  string            `json:",omitempty"` // name of a ready-made task
	Title  map[string]string `json:",omitempty"` // by language
	Text   map[string]string `json:",omitempty"` // the scenario, by language
	Expect []Expected
}

// In gives a text in a language, or in one that there is.
func In(texts map[string]string, lang string) (text, language string) {
	for _, l := range []string{lang, "en", "fr", "ar"} {
		if t := texts[l]; t != "" {
			return t, l
		}
	}
	return "", ""
}

// Step says that somebody began a task, or that they, or all, begin again.
type Step struct {
	Seq          int64  `json:",omitempty"`
	Person       string // empty: everybody
	Organisation int64
	Task         int64 // 0: all
	Kind         string
	At           time.Time
}
