package server

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// keepCheckpoints signs what every journal is that has grown, and stores it.
func (a *App) keepCheckpoints(ctx context.Context) error {
	all := []operation.Numbered{{Number: journal.Instance, Code: journal.InstanceName}}
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		opened, err := operation.Codes(tx)
		all = append(all, opened...)
		return err
	})
	for _, o := range all {
		if err != nil {
			return fmt.Errorf("server: checkpoint: %w", err)
		}
		// One unit each: a journal is not locked while another one's root is computed.
		err = a.DB.Keep(ctx, func(tx *db.Tx) error { return journal.Keep(tx, a.Signer, o.Number, string(o.Code), a.Clock.Now()) })
	}
	if err != nil {
		return fmt.Errorf("server: checkpoint: %w", err)
	}
	return nil
}

// checkpoint is keepCheckpoints for a clock: what fails is logged, and tried
// again in a minute.
func (a *App) checkpoint(ctx context.Context) {
	if err := a.keepCheckpoints(ctx); worthLogging(ctx, err) {
		a.Config.Log.Error("checkpoint", "error", err)
	}
}
