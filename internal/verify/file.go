package verify

import (
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// bytes holds the files of an operation's attachments against their rows, where
// a vault was given.
func (v *database) bytes(tx *db.Tx, a *journal.Audit, op operation.Numbered, all []attachment.Kept) error {
	if v.options.Vault == nil || len(all) == 0 {
		return nil
	}
	o, err := operation.ByNumber(tx, op.Number)
	if err != nil {
		return err
	}
	for _, k := range all {
		a.Compared("attachment file")
		switch err := attachment.CheckBytes(v.options.Vault, string(o.ID), k); {
		case blob.Missing(err):
			a.Found(k.Seq, "attachment", fmt.Sprint(k.Seq), "the file, or the key to it, is missing")
		case err != nil:
			a.Found(k.Seq, "attachment", fmt.Sprint(k.Seq), "the file is not what the row says")
		}
	}
	return nil
}
