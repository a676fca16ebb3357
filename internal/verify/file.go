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
func (v *database) bytes(tx *db.Tx, a *journal.Audit, op operation.Numbered, files []journal.File) error {
	if v.options.Vault == nil || len(files) == 0 {
		return nil
	}
	o, err := operation.ByNumber(tx, op.Number)
	if err != nil {
		return err
	}
	for _, f := range files {
		a.Compared("attachment file")
		switch err := attachment.CheckBytes(v.options.Vault, string(o.ID), f); {
		case blob.Missing(err):
			a.Found(f.Seq, "attachment", fmt.Sprint(f.Seq), "the file, or the key to it, is missing")
		case err != nil:
			a.Found(f.Seq, "attachment", fmt.Sprint(f.Seq), "the file is not what the row says")
		}
	}
	return nil
}
