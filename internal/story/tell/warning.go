package tell

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// tellWarning tells what was done about a warning.
func (t *Teller) tellWarning(ctx context.Context, who access.Actor, a *story.WarningAct) error {
	code, seq := operation.Code(a.Warning.Operation), t.messages[a.Warning.ID]
	if a.Post != "" {
		return t.stores.Warnings.Assign(ctx, who, code, seq, a.Post, "")
	}
	return t.stores.Warnings.Acknowledge(ctx, who, code, seq)
}

// lived adds what only warnings and their answers say.
func lived(d message.Draft, m *story.Message) message.Draft {
	d.Source, d.Urgent, d.Expires, d.Reason = m.Source, m.Urgent, m.Expires, m.Reason
	d.Arrival = message.Arrival{At: m.Arrives, Place: m.Place, Zone: m.Zone}
	if m.MovedTo != "" {
		d.Profile.Destination = m.MovedTo
	}
	return d
}
