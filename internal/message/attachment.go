package message

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// checkAttachments looks at the names only: whether each is there, and the
// writer's to give, shows when the message is stored.
func (d Draft) checkAttachments(p *fault.Problems) {
	if len(d.Attachments) > attachment.MaxOfRecord {
		p.Add("attachments", "fault.too-many-items", fault.Args{"max": int64(attachment.MaxOfRecord)})
		return
	}
	for i, id := range d.Attachments {
		switch {
		case !source.ValidID(string(id)):
			p.Add("attachments", "fault.not-an-id")
			return
		case slices.Contains(d.Attachments[:i], id):
			p.Add("attachments", "attachment.twice")
			return
		}
	}
}

// refsTo are references that say the ids only, as a draft does.
func refsTo(ids []attachment.ID) []attachment.Ref {
	var out []attachment.Ref
	for _, id := range ids {
		out = append(out, attachment.Ref{ID: id})
	}
	return out
}

// idsOf is the other way.
func idsOf(refs []attachment.Ref) []attachment.ID {
	var out []attachment.ID
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

// files are the attachments of messages that some audiences may read, by message.
func files(tx *db.Tx, st operation.Standing, readable db.List, messages []Message) (map[int64][]attachment.Attachment, error) {
	var seqs db.List
	for _, m := range messages {
		if !hidden(st, m) {
			seqs = append(seqs, m.Seq)
		}
	}
	return attachment.Of(tx, st.Operation.Number, readable, seqs)
}

// filesOf are the attachments of one message that was just stored or found.
func filesOf(tx *db.Tx, st operation.Standing, m Message) ([]attachment.Attachment, error) {
	if len(m.Attachments) == 0 {
		return nil, nil
	}
	by, err := files(tx, st, db.List{m.Audience}, []Message{m})
	return by[m.Seq], err
}
