package practice

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Limits of a replay.
const (
	MaxDays      = 60
	mostOfADay   = 60   // copies that are written of one day; the counts tell of all
	mostOfReplay = 5000 // cases that are read
)

// Questions is how many questions to discuss there are; a day has the next one.
const Questions = 6

// Day is one day of a past operation: copies of what was known then.
type Day struct {
	Seq      int64 `json:",omitempty"` // of the entry that prepared it; 0 in that entry
	Number   int64 // from 1
	Cases    []seizure.Draft
	Warnings []Copy
	Known    Known     // that evening, of all days so far
	Question int64     // 1 to Questions
	Played   time.Time `json:",omitzero"`
}

// Copy is a warning without its words.
type Copy struct {
	ID      message.ID
	Profile message.Profile
	TLP     string
}

// Known is what one evening's figures said.
type Known struct {
	Cases    int64
	Warnings int64
	Answers  map[string]int64 `json:",omitempty"` // by outcome
	Groups   map[string]int64 `json:",omitempty"` // cases by category
	Today    int64            // cases of this day
}

// Labels are the words that stand in a replay for what is not told.
type Labels struct {
	Brand  string // "Brand", followed by a number
	Holder string
}
