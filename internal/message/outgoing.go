package message

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Outgoing is a draft as other systems write it: organisations and what it
// answers by their names, beside or instead of the numbers in Draft.
type Outgoing struct {
	Draft
	Addressed []organisation.ID
	Replies   *Name // nil: what Draft.Answers says

	names map[int64]organisation.ID // of Addressed, by number
}

// resolved turns names into numbers. What the writer may not read, and whom it
// may not name, is refused in the words for what does not exist.
func (o Outgoing) resolved(tx *db.Tx, st operation.Standing) (Outgoing, error) {
	if len(o.Addressed) > MaxAddressed {
		var p fault.Problems
		p.Add("to", "fault.too-many-items", fault.Args{"max": int64(MaxAddressed)})
		return o, p.Fault()
	}
	o.names = map[int64]organisation.ID{}
	for _, id := range o.Addressed {
		body, err := organisation.ByID(tx, id)
		if errors.Is(err, db.ErrNone) {
			return o, fault.At("to", "message.to-unknown")
		}
		if err != nil {
			return o, err
		}
		o.To.Organisations = append(o.To.Organisations, body.Number)
		o.names[body.Number] = body.ID
	}
	if o.Replies == nil {
		return o, nil
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return o, err
	}
	parent, err := find(tx, st, readable, *o.Replies)
	if fault.Is(err, fault.NotFound) {
		return o, fault.At("answers", "message.answers-unknown")
	}
	o.Answers = parent.Seq
	o.Replies = &Name{parent.ID, parent.From}
	return o, err
}

// sent is the message that was made of it, as its writer is told: as whoever
// reads it, with each addressee once and in the order of their numbers.
func (o Outgoing) sent(st operation.Standing, m Message) Sent {
	s := Sent{Message: m, From: st.Organisation.ID, Replies: o.Replies}
	for _, n := range m.To.Organisations {
		if id, named := o.names[n]; named {
			s.Addressed = append(s.Addressed, id)
		}
	}
	return s
}
