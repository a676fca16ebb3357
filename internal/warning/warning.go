package warning

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// The kinds of act.
const (
	Acknowledge = "acknowledge"
	Assign      = "assign"
	Remind      = "remind" // by people
	Half        = "half"   // half of the time to answer has passed
	Due         = "due"    // the time to answer has passed
	Escalate    = "escalate"
)

// RemindEvery is how often people may remind of one message.
const RemindEvery = time.Hour

// Act is one thing that was done about a message.
type Act struct {
	Seq          int64 `json:",omitempty"` // index in the journal
	Message      int64 // number of the message
	Kind         string
	Organisation int64  // whom it concerns: who acknowledged, assigned, is reminded; of an escalation the originator
	Author       string // as journals call the actor
	Post         string `json:",omitempty"`
	Person       string `json:",omitempty"` // UUID
	At           time.Time
}

// Receipt says that an organisation has taken notice.
type Receipt struct {
	Organisation organisation.Organisation
	Name         string // of who acknowledged; empty when an answer shows it
	At           time.Time
	Answered     bool // by its answer
}

// Post is where a warning is dealt with.
type Post struct {
	Organisation organisation.Organisation
	Post         string
	Name         string // of the person; may be empty
	Person       string // UUID; may be empty
	By           string // name of who assigned
	At           time.Time
}

// Offer is a country's administration to which a warning can be sent on, because
// a feedback says that the goods have gone there.
type Offer struct {
	Organisation organisation.Organisation
	Feedback     message.Message
}

// Account is how a message stands beside what is said in its thread, as far as
// the reader may know.
type Account struct {
	Standing operation.Standing
	Asks     bool     // the reader's organisation is asked to acknowledge
	Mine     *Receipt // it has
	Full     bool     // the reader sees who has and who has not
	Done     []Receipt
	Missing  []organisation.Organisation
	Silent   []organisation.Organisation // whom a reminder would reach
	Reminded time.Time                   // the last time by people; zero: never
	Escalate time.Time                   // when it was escalated; zero: not
	Own      *Post                       // of the reader's organisation
	Posts    []Post                      // of others, for coordination
	People   []person.Person             // of the reader's organisation, to assign
	SentOn   []organisation.Organisation // for readers who may know the members
	ToMe     bool                        // it was sent on to the reader's organisation
	Offers   []Offer
	Watched  []organisation.Organisation // who say, to this reader too, that the goods are under surveillance: do not act

	MayAcknowledge, MayRemind, MayAssign bool
}

// asks lists who is asked to acknowledge: who owes an answer, and of what is
// urgent everybody who reads it. readers and asked are without the originator.
func asks(m message.Message, readers, asked []int64) []int64 {
	if m.Urgent {
		return readers
	}
	return asked
}

// silent lists whom a reminder reaches: who owes an answer and has not given it,
// and of what is urgent who has neither acknowledged nor answered.
func silent(m message.Message, readers, asked []int64, has func(org int64) bool, answered func(org int64) bool) []int64 {
	var out []int64
	for _, n := range asks(m, readers, asked) {
		owes := slices.Contains(asked, n)
		if owes && !answered(n) || !owes && !has(n) && !answered(n) {
			out = append(out, n)
		}
	}
	return out
}

// overseer tells whether a reader of a message sees who has acknowledged it.
// In a practice whoever leads may ask the own people, who oversee nothing by that.
func (v view) overseer(st operation.Standing) bool {
	own := st.Who.Organisation
	return message.Known(st) && (own == v.message.Organisation && !slices.Contains(v.asked, own) || st.Side() == access.Coordination)
}
