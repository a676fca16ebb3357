package server

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// binds tells stores of each other: who signs, the log of reads, what was taken
// back, what is measured.
func (a *App) binds() {
	a.Operations.Signer, a.Evidence.Signer = a.Signer, a.Signer
	a.Messages.Readings, a.Seizures.Readings, a.Attachments.Readings, a.Searches.Readings = a.Readings, a.Readings, a.Readings, a.Readings
	a.Documents.Readings, a.CaseLists.Readings, a.Detentions.Readings, a.Evidence.Readings = a.Readings, a.Readings, a.Readings, a.Readings
	a.Inquiries.Readings = a.Readings
	a.Attachments.Withheld, a.Attachments.ReadAs, a.Attachments.Readable = withheld, readAs, holder.Readable
	a.Products.Readings, a.Inspections.Readings = a.Readings, a.Readings
	a.Withdrawals.Drop = append(a.Withdrawals.Drop, a.forget, review.Erase, evidence.Erase)
	a.Metrics = newMetrics(a)
	a.Metrics.WatchLive(a.Live.Len)
}

// withheld tells whether what hangs on a record is not given to a reader any more.
func withheld(tx *db.Tx, st operation.Standing, a attachment.Attachment) (bool, error) {
	record := a.Record
	if st.Operation.Kind == operation.KindLibrary {
		for _, of := range []func(*db.Tx, operation.Standing, int64) (withheld, is bool, err error){product.Withheld, holder.Withheld, alert.Withheld} {
			gone, is, err := of(tx, st, record)
			if err != nil || is {
				return gone, err
			}
		}
	}
	gone, photo, err := seizure.PhotoWithheld(tx, st, a)
	if err != nil || photo {
		return gone || err != nil, err
	}
	if asked, err := inquiry.IsRecord(tx, st.Operation.Number, record); err != nil || asked {
		return err != nil || st.Side() == access.RightHolderSide, err // which comes to them through the inquiry alone
	}
	d, is, err := document.OfVersion(tx, st.Operation.Number, record)
	switch {
	case err != nil:
		return true, err
	case is:
		return document.Hidden(tx, st, d)
	}
	return message.Hidden(tx, st, record)
}

// readAs tells what somebody reads who opens what hangs on a record: for a version,
// its document. What a right holder showed of itself is not noted.
func readAs(tx *db.Tx, operation int64, a attachment.Attachment) (kind string, number int64, err error) {
	if photo, err := seizure.IsPhoto(tx, operation, a.Seq); err != nil || photo {
		return reading.Case, a.Record, err
	}
	record := a.Record
	if asked, err := inquiry.IsRecord(tx, operation, record); err != nil || asked {
		return reading.Inquiry, record, err
	}
	if _, err := product.One(tx, operation, record); err == nil {
		return reading.Product, record, nil
	}
	d, is, err := document.OfVersion(tx, operation, record)
	if is {
		return reading.Document, d, err
	}
	if is, err := alert.Holds(tx, operation, record); err != nil || is { // who acknowledged it has read it
		return "", 0, err
	}
	if is, err := holder.Holds(tx, operation, record); err != nil || is {
		return "", 0, err
	}
	return reading.Message, record, err
}

// forgetInquiries erases what right holders were told of a case and answered, with the
// pictures that they were shown.
func (a *App) forgetInquiries(tx *db.Tx, operation, seizure int64) ([]int64, error) {
	records, entries, err := inquiry.Erase(tx, operation, seizure)
	for _, r := range records {
		pictures, err := a.Attachments.Erase(tx, operation, r)
		if err != nil {
			return nil, err
		}
		entries = append(entries, pictures...)
	}
	return entries, err
}

// forget has everybody who holds something of a record whose content is erased
// forget it, and gives the entries of the journal that speak of it, too. A case
// takes its own words and numbers out; its legal clock is erased here.
func (a *App) forget(tx *db.Tx, operation int64, kind string, record int64) ([]int64, error) {
	switch kind {
	case reading.Case:
		clock, err := detention.Erase(tx, operation, record)
		if err != nil {
			return nil, err
		}
		told, err := a.forgetInquiries(tx, operation, record)
		if err != nil {
			return nil, err
		}
		photos, err := a.Attachments.Erase(tx, operation, record)
		return slices.Concat(clock, told, photos), err
	case reading.Message:
	default:
		return nil, nil
	}
	if err := consignment.Drop(tx, operation, record); err != nil {
		return nil, err
	}
	return a.Attachments.Erase(tx, operation, record)
}
