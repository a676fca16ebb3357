package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// Reviewed, too: what of the final report is for whom, and the press release.
func init() {
	public := edition.Wanted{Kind: publication.Public}
	maps.Copy(trials, map[string]trial{
		"edition.Issue":      {args: inside(public, []string{"en"}), need: access.EditionIssue, by: "director", late: 3},
		"edition.Read":       {args: inside(public, "en"), need: access.EditionRead, by: "coordinator"},
		"edition.List":       {args: inside(), need: access.EditionRead, by: "coordinator"},
		"edition.Press":      {args: inside("en"), need: access.EditionRead, by: "coordinator"},
		"edition.WritePress": {args: inside("en", edition.PressDraft{Title: "Done", Body: "It is done."}, int64(0)), need: access.PressWrite, by: "director", late: 3},
	})
}
