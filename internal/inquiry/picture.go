package inquiry

import (
	"context"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Picture opens a picture of an inquiry by its place, from 1. A right holder comes to it
// in no other way.
func (s *Store) Picture(ctx context.Context, who access.Actor, id ID, place int, v attachment.Variant) (attachment.Opened, error) {
	var of View
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if of, err = s.find(tx, who, id); err == nil && (place < 1 || place > len(of.Files)) {
			err = fault.Missing()
		}
		return err
	})
	if err == nil && v != attachment.Small {
		err = s.Readings.Note(of.Operation.Number, who.Person, who.Organisation, reading.Inquiry, reading.Exported, of.Seq)
	}
	if err != nil {
		return attachment.Opened{}, fault.In(access.InquiryRead, err)
	}
	o, err := s.attachments.Show(of.Operation, of.Files[place-1], v)
	o.FileName = "picture-" + strconv.Itoa(place) + ".jpg" // what the file was called may tell of the case
	return o, fault.In(access.InquiryRead, err)
}
