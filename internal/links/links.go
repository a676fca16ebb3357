package links

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Limits of what is shown.
const (
	MaxNamed  = 20 // records that carry one number; where there are more, none is listed
	MaxThread = 50 // records of one thread
)

// Record is a message or a case: one of the two is set.
type Record struct {
	Message *message.Message
	Case    *seizure.Case
	From    organisation.Organisation // its originator
}

// Seq is the record's number in the operation.
func (r Record) Seq() int64 {
	if r.Case != nil {
		return r.Case.Seq
	}
	return r.Message.Seq
}

// At is when it was written, or first reported.
func (r Record) At() time.Time {
	if r.Case != nil {
		return r.Case.Reported
	}
	return r.Message.Written
}

// taken: it was taken back; it leads nowhere and nothing leads to it.
func (r Record) taken() bool { return r.Message != nil && r.Message.Taken.State != "" }

// Named is a record that carries some of the same numbers.
type Named struct {
	Record
	Shared []consignment.Mark
}

// Linked is a record of the thread.
type Linked struct {
	Record
	Link      consignment.Link // that leads to it, from this record or another of the thread
	By        organisation.Organisation
	Direct    bool // the link is one with the record that was asked for
	MayUnlink bool
}

// Consignment is what is known beside one record, or beside numbers that are not
// written yet.
type Consignment struct {
	Standing operation.Standing
	Marks    []consignment.Mark // of the record itself
	Named    []Named            // not linked yet; oldest first
	Common   []consignment.Mark // carried by more than MaxNamed others that the reader may read
	Linked   []Linked           // oldest first, without the record itself
	MayLink  bool
}

// Shown tells whether there is anything to say.
func (c Consignment) Shown() bool { return len(c.Named)+len(c.Common)+len(c.Linked) > 0 }

// Without leaves out a record: the one that is being written anew.
func (c Consignment) Without(seq int64) Consignment {
	c.Named = slices.DeleteFunc(slices.Clone(c.Named), func(n Named) bool { return n.Seq() == seq })
	return c
}

// join adds a record under a mark that it carries.
func (c *Consignment) join(r Record, m consignment.Mark) {
	at := slices.IndexFunc(c.Named, func(n Named) bool { return n.Seq() == r.Seq() })
	if at < 0 {
		c.Named = append(c.Named, Named{Record: r})
		at = len(c.Named) - 1
	}
	c.Named[at].Shared = append(c.Named[at].Shared, m)
}
