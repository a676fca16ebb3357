package message

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

// ID is a message's UUID, made by whoever writes it. It is unique for its
// originator only: inside the application a message is its number, Seq.
type ID string

// The templates.
const (
	General         = "general"
	Warning         = "warning"
	Feedback        = "feedback"
	Request         = "request"          // asks organisations for something, with or without a time
	SituationReport = "situation-report" // of a day
)

// Templates lists the templates in their usual order.
func Templates() []string { return []string{General, Warning, Feedback, Request, SituationReport} }

// Profile is what a warning says of the shipment as codes. All are optional.
type Profile struct {
	Category    string `json:",omitempty"` // codelist.Category
	Conveyance  string `json:",omitempty"` // codelist.Conveyance
	Provenance  string `json:",omitempty"` // codelist.Country: whence the goods come
	Destination string `json:",omitempty"` // codelist.Country; of a feedback that says moved-on: whither, where that is known
}

// Arrival is when and where a warned shipment is expected.
type Arrival struct {
	At    time.Time `json:",omitzero"`  // UTC
	Place string    `json:",omitempty"` // port, airport, post office: as its people call it
	Zone  string    `json:",omitempty"` // IANA name of that place's time zone
}

// Fields is what a template of the operation asks beside the members of
// Message: by the field's key, its text or code. Never empty: nil instead.
type Fields map[string]string

// Message is one message as it was sent. Messages are never changed; they can be
// taken back.
type Message struct {
	Seq          int64 `json:",omitempty"` // number in the operation: the index of its journal entry
	ID           ID
	Organisation int64 // number of the originator
	Author       string
	Audience     int64            // number of the audience: who may read it
	To           audience.Address // for whom it is, as its writer said; empty in an answer: as what it answers
	Asked        int64            `json:",omitempty"` // of a warning: number of the audience that owes an answer
	Template     string
	Thread       int64 `json:",omitempty"` // Seq of the first message
	Answers      int64 `json:",omitempty"` // Seq of the message it answers; 0: it begins a thread
	Outcome      string
	Subject      string // may be empty in an answer: the thread has one
	Body         string
	Language     string // BCP 47, of subject and body
	TLP          string
	Profile      Profile
	ReplyDue     time.Time `json:",omitzero"`  // of a warning or request
	Expires      time.Time `json:",omitzero"`  // of a warning: after it, nobody needs to look any more
	Arrival      Arrival   `json:",omitzero"`  // of a warning
	Source       string    `json:",omitempty"` // of a warning: codelist.WarningSource
	Urgent       bool      `json:",omitempty"` // every reader is asked to acknowledge it
	Reason       string    `json:",omitempty"` // of a feedback: codelist.NotChecked, why the shipment was not checked
	Version      int64     `json:",omitempty"` // of the operation's template that it was written in; 0: as built in
	Fields       Fields    `json:",omitempty"`
	Written      time.Time
	Marks        []consignment.Mark `json:",omitempty"` // numbers by which the goods travel; rows of their own
	Attachments  []attachment.Ref   `json:",omitempty"` // as the entry says them; lists have Item.Files
	Taken        Taken              `json:"-"`          // back: then what was said is not here, see Taken
}

// Overdue tells whether the time to answer a warning has passed.
func (m Message) Overdue(now time.Time) bool { return !m.ReplyDue.IsZero() && !now.Before(m.ReplyDue) }

// Expired tells whether nobody needs to look for the warned shipment any more.
func (m Message) Expired(now time.Time) bool { return !m.Expires.IsZero() && !now.Before(m.Expires) }

// permission is what sending or answering takes.
func permission(answers int64) access.Permission {
	if answers != 0 {
		return access.MessageAnswer
	}
	return access.MessageSend
}

// Item is a message in a list or thread, with what the reader may know of it.
type Item struct {
	Message
	From       organisation.Organisation // the originator
	AuthorName string
	Form       template.Definition // the version that it was written in
	Replies    int64               // readable messages that answer this one
	Mine       bool                // the reader wrote it, under the hat it wears
	Waits      bool                // a warning that waits for the feedback of the reader's organisation
	Answered   bool                // the reader's organisation has answered it; a warning: with a feedback
	Open       bool                // a warning that Waits, or for whom is not asked, one without any readable feedback
	Overdue    bool                // Open, and its time has passed
	Asked      int                 // organisations that owe an answer; 0 for readers who may not know the members
	Heard      int                 // how many of these have given a readable feedback
	Files      []attachment.Attachment
}

// Filter narrows a list; empty values do not.
type Filter struct {
	Template     string
	Organisation int64 // number of the originator
	Open         bool  // warnings only: see Item.Open
	Mine         bool  // written by the reader, under the hat it wears
	Before       int64 // messages with a smaller number; 0: from the newest
	Limit        int64 // at most 200; 0: 50
}

// Counts are numbers of messages that the reader may read, whatever the filter.
type Counts struct {
	All, Mine int64
	Of        map[string]int64 // by template; one that is missing has none
	Open      int64            // as Filter.Open lists
}

// Page is a part of a list, newest first.
type Page struct {
	Standing operation.Standing
	Items    []Item
	Next     int64 // Filter.Before of the next page; 0: this is the last
	Counts   Counts
}

// Asked is an organisation that owes an answer to a warning.
type Asked struct {
	Organisation organisation.Organisation
	Feedback     *Message // its newest that the reader may read; nil: not answered
}

// Thread is a message among all that belongs to it.
type Thread struct {
	Standing operation.Standing
	Message  Item   // the one that was asked for
	Root     Item   // the first of Items: the beginning, where the reader may read it
	Whole    bool   // Root is the beginning; false: earlier messages are not open to this reader
	Items    []Item // every readable message of the thread, oldest first

	// Who can see Message: organisations, and people of them who may read
	// messages. Known is false, and all of this empty, for readers who may not
	// know the operation's members (right holders, observers).
	Known bool
	Reach operation.Reach

	// Of the warning that Message is, answers, or lies below.
	Warning  *Item
	Asked    []Asked       // who owe an answer, by number of organisation; needs Known
	Outcome  string        // of the warning as a whole: see Outcome
	Left     time.Duration // until the answer is due; negative: overdue
	MayReply bool
}

// ranked orders outcomes by what they settle: a find settles a warning whatever
// the others say, goods under surveillance will be heard of again, a control
// says more than goods that got away, and these more than no control.
var ranked = []string{"hit", "surveillance", "clean", "released", "moved-on", "not-arrived", "not-checked"}

// Outcome is what became of a warning as a whole: of every organisation its
// newest feedback, and of these the one that settles most. Empty: none yet.
func Outcome(feedbacks []Message) string {
	newest := newestOf(feedbacks)
	for _, outcome := range ranked {
		for _, m := range newest {
			if m.Outcome == outcome {
				return outcome
			}
		}
	}
	return ""
}

// newestOf gives each organisation's newest feedback.
func newestOf(messages []Message) map[int64]Message {
	newest := map[int64]Message{}
	for _, m := range messages {
		if m.Template == Feedback && m.Taken.State == "" && m.Seq >= newest[m.Organisation].Seq {
			newest[m.Organisation] = m
		}
	}
	return newest
}
