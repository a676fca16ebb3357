package inquiry

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
)

// ID is an inquiry's UUID, made by whoever asks.
type ID string

// The states of an inquiry; labels under code.inquiry-state.
const (
	Open      = "open"
	Answered  = "answered"
	Withdrawn = "withdrawn"
)

// Limits.
const (
	MaxPictures = 10
	MaxQuestion = 2000 // characters
	MaxReasons  = 4000 // characters
	MaxCode     = 100  // characters of what stands on goods
	maxExpert   = 200  // characters
	maxFeatures = 99
	maxAnswers  = 50  // and legal replies, each
	maxOfCase   = 100 // inquiries about one case
	maxForward  = 400 // days until the answer is due
)

// Sheet is the product sheet that the asker looked at, as it was then.
type Sheet struct {
	ID      string `json:",omitempty"`
	Version int64  `json:",omitempty"`
	Title   string `json:",omitempty"`
}

// Inquiry is one question to one right holder, with what was answered.
type Inquiry struct {
	Seq          int64 `json:",omitempty"` // index of the entry that asked
	ID           ID
	Organisation int64  // that asks
	Country      string // of that organisation
	Author       string // who asked
	Holder       int64  // who is asked; 0: a request as its asker keeps it
	Request      int64  `json:",omitempty"` // Seq of the request that this is a part of
	Audience     int64
	Apart        bool `json:",omitempty"` // coordination does not read along

	Seizure   int64  `json:",omitempty"` // number of the case; 0: about goods without one
	Reference string `json:",omitempty"` // of the case; never for the right holder
	Line      int    `json:",omitempty"` // of its goods, from 1
	Version   int64  `json:",omitempty"` // of the case

	Brands   []holder.BrandID `json:",omitempty"` // that it is about, as far as that is known
	Category string           // codelist.Category
	Code     string           `json:",omitempty"` // on the goods, of a request
	Fields   []string         `json:",omitempty"` // codelist.DisclosureField
	Stage    string           `json:",omitempty"` // codelist.ClockStage: by which they may be told
	Told     []detention.Told `json:",omitempty"`
	Sheet    Sheet            `json:",omitzero"`
	Question string
	Language string // of the question, BCP 47

	Attachments []attachment.Ref `json:",omitempty"` // pictures that this record has
	Shown       []attachment.Ref `json:",omitempty"` // those of its request

	Due       time.Time // the end of Day at the asker's office
	Day       legal.Day
	Zone      string // of the asker's office
	Step      string `json:",omitempty"` // codelist.ClockStep that the day is of; empty: the asker's own
	At        time.Time
	State     string
	Answers   []Answer   `json:",omitempty"` // the oldest first; the last one counts
	Replies   []Reply    `json:",omitempty"` // the same
	Reminders []Reminder `json:",omitempty"`
	Taken     Taken      `json:",omitzero"`
	Erased    bool       `json:",omitempty"` // with the content of its case

	Entry journal.Entry `json:"-"` // of what a command did, now or before; only commands set it
	Fresh bool          `json:"-"` // a command did it now
}

// Answer is what a right holder's expert says the goods are.
type Answer struct {
	Seq          int64  `json:",omitempty"`
	Organisation int64  // of who answered: the right holder or a representative
	Author       string // person's UUID
	Verdict      string // codelist.InquiryVerdict
	Reasons      string
	Language     string // of Reasons
	Features     []int  `json:",omitempty"` // of the sheet, that were seen on the goods
	Expert       string `json:",omitempty"` // who looked at them, as the right holder says
	At           time.Time
	Late         bool `json:",omitempty"`
}

// Reply is what a right holder does about the goods in law.
type Reply struct {
	Seq          int64 `json:",omitempty"`
	Organisation int64
	Author       string
	Infringes    string // Yes or No
	Destruction  string // it agrees; Yes, No, or empty: nothing is said
	Proceedings  string // it will sue; the same
	Costs        string // it bears them; the same
	Note         string `json:",omitempty"`
	Language     string
	Day          string // of the reply, as the right holder dates it
	At           time.Time
	Late         bool `json:",omitempty"`
}

// What is said to a question of law; labels under code.inquiry-says.
const (
	Yes = "yes"
	No  = "no"
)

// Reminder is one reminder of time.
type Reminder struct {
	Seq  int64  `json:",omitempty"`
	Kind string // Soon, to the right holder, or Over, to who asked
	At   time.Time
}

// The kinds of reminder.
const (
	Soon = "soon"
	Over = "over"
)

// Taken says that the question was withdrawn.
type Taken struct {
	Seq    int64 `json:",omitempty"`
	Author string
	Reason string
	At     time.Time
}

// Pictures are those that it shows, in their order.
func (i Inquiry) Pictures() []attachment.Ref {
	if i.Holder != 0 && i.Request != 0 {
		return i.Shown
	}
	return i.Attachments
}

// Answer is the one that counts; nil: there is none.
func (i Inquiry) Answer() *Answer {
	if len(i.Answers) == 0 {
		return nil
	}
	return &i.Answers[len(i.Answers)-1]
}

// Reply is the legal reply that counts; nil: there is none.
func (i Inquiry) Reply() *Reply {
	if len(i.Replies) == 0 {
		return nil
	}
	return &i.Replies[len(i.Replies)-1]
}

// Late tells whether it waits for an answer that should have come.
func (i Inquiry) Late(now time.Time) bool {
	return i.Holder != 0 && i.State == Open && now.After(i.Due)
}

// Verdict is the codelist.Verdict of a line of goods that an answer amounts to; empty:
// it leaves the goods as they were.
func (a Answer) GoodsVerdict() string {
	switch a.Verdict {
	case "fake", "genuine", "diverted":
		return a.Verdict
	case "not-ours", "cannot-say":
		return "unknown"
	}
	return ""
}

// value is who may read it. The parts of a request are not their asker's to read before
// they are answered: how many there are, and whose, would tell who handles such goods.
func (i Inquiry) value() audience.Value {
	v := audience.Value{}
	if i.Holder != 0 {
		v.Organisations = append(v.Organisations, i.Holder)
	}
	if i.Request == 0 || len(i.Answers)+len(i.Replies) > 0 {
		v.Organisations = append(v.Organisations, i.Organisation)
	}
	if !i.Apart {
		return v.With(access.Coordination)
	}
	return v
}

// made is the record as its row keeps it: what an entry added takes the entry's index.
func (i Inquiry) made(seq int64) Inquiry {
	if i.Seq == 0 {
		i.Seq = seq
	}
	i.Answers, i.Replies, i.Reminders = slices.Clone(i.Answers), slices.Clone(i.Replies), slices.Clone(i.Reminders)
	for n := range i.Answers {
		fill(&i.Answers[n].Seq, seq)
	}
	for n := range i.Replies {
		fill(&i.Replies[n].Seq, seq)
	}
	for n := range i.Reminders {
		fill(&i.Reminders[n].Seq, seq)
	}
	if !i.Taken.At.IsZero() {
		fill(&i.Taken.Seq, seq)
	}
	return i
}

func fill(to *int64, seq int64) {
	if *to == 0 {
		*to = seq
	}
}

// entries are those of the journal that speak of it.
func (i Inquiry) entries() []int64 {
	out := []int64{i.Seq}
	for _, a := range i.Answers {
		out = append(out, a.Seq)
	}
	for _, r := range i.Replies {
		out = append(out, r.Seq)
	}
	for _, r := range i.Reminders {
		out = append(out, r.Seq)
	}
	if i.Taken.Seq != 0 {
		out = append(out, i.Taken.Seq)
	}
	return out
}

// forHolder is what the right holder's side may see of it: not whose case it is, who
// asked, or that there is anything else.
func (i Inquiry) forHolder() Inquiry {
	i.Author, i.Request, i.Audience, i.Apart = "", 0, 0, false
	i.Seizure, i.Reference, i.Line, i.Version = 0, "", 0, 0
	i.Taken.Author, i.Taken.Seq = "", 0
	i.Seq, i.Stage = 0, ""
	i.Reminders = nil
	i.Told = slices.Clone(i.Told)
	for n := range i.Told {
		i.Told[n].Line = 0
	}
	return i
}

// coded is what is left once its content is erased: codes, days, and who.
func (i Inquiry) coded() Inquiry {
	i.Erased, i.Code, i.Told, i.Question, i.Sheet = true, "", nil, "", Sheet{}
	i.Answers, i.Replies = slices.Clone(i.Answers), slices.Clone(i.Replies)
	for n := range i.Answers {
		i.Answers[n].Reasons, i.Answers[n].Expert = "", ""
	}
	for n := range i.Replies {
		i.Replies[n].Note = ""
	}
	i.Taken.Reason = ""
	return i
}
