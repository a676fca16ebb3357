package server

import (
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// binds tells stores of each other: who signs, the log of reads, what was taken
// back, what is measured.
func (a *App) binds() {
	a.Operations.Signer = a.Signer
	a.Messages.Readings, a.Seizures.Readings, a.Attachments.Readings, a.Searches.Readings = a.Readings, a.Readings, a.Readings, a.Readings
	a.Attachments.Withheld = message.Hidden
	a.Withdrawals.Drop = append(a.Withdrawals.Drop, a.forget)
	a.Metrics = newMetrics(a)
	a.Metrics.WatchLive(a.Live.Len)
}

// forget has everybody who holds something of a record whose content is erased
// forget it, and gives the entries of the journal that speak of it, too. A case
// takes its own words and numbers out.
func (a *App) forget(tx *db.Tx, operation int64, kind string, record int64) ([]int64, error) {
	if kind != reading.Message {
		return nil, nil
	}
	if err := consignment.Drop(tx, operation, record); err != nil {
		return nil, err
	}
	return a.Attachments.Erase(tx, operation, record)
}
