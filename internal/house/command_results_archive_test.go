package house_test

import (
	"io"
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/archive"
)

// Reviewed, too: whole operations as files.
func init() {
	maps.Copy(trials, map[string]trial{
		"archive.Export": {args: inside("to move", io.Discard, func(int, int) {}), need: access.OperationExport, by: "director"},
		"archive.Import": {args: func(*hall) []any { return []any{"no such file", archive.Options{}} }, by: "administrator"},
	})
}
