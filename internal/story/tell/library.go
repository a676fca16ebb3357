package tell

import (
	"bytes"
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// tellLibrary tells documents; told is false for other steps. Where there is no
// place for files, there is no library.
func (t *Teller) tellLibrary(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	switch s := step.(type) {
	case story.DocumentPublished:
		if t.stores.Attachments != nil {
			err = t.shelve(ctx, who, s.Document, s.Version)
		}
	case story.DocumentWithdrawn:
		if t.stores.Attachments != nil {
			err = t.stores.Documents.Withdraw(ctx, who, operation.Code(s.Document.Operation), t.documents[s.Document.ID], s.Document.Reason)
		}
	default:
		return false, nil
	}
	return true, err
}

// shelve uploads the file of a version and publishes it.
func (t *Teller) shelve(ctx context.Context, who access.Actor, d *story.Document, v *story.DocumentVersion) error {
	code := operation.Code(d.Operation)
	file := attachment.Draft{ID: attachment.ID(v.File), Name: d.File}
	if _, err := t.stores.Attachments.Receive(ctx, who, code, file, bytes.NewReader(v.Content)); err != nil {
		return err
	}
	if v.Number > 1 {
		_, _, err := t.stores.Documents.Revise(ctx, who, code, t.documents[d.ID],
			document.Revision{ID: document.ID(v.ID), Of: int64(v.Number - 1), Note: v.Note, File: file.ID})
		return err
	}
	var to audience.Address
	for _, side := range d.Sides {
		to.Sides = append(to.Sides, access.Side(side))
	}
	for _, o := range d.Organisations {
		to.Organisations = append(to.Organisations, t.organisations[o].Number)
	}
	made, _, err := t.stores.Documents.Publish(ctx, who, code, document.Draft{ID: document.ID(d.ID), Kind: d.Kind, Title: d.Title,
		Language: d.Language, TLP: d.TLP, To: to, Note: v.Note, File: file.ID})
	t.documents[d.ID] = made.Seq
	return err
}
