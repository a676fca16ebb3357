package server

import (
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

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
