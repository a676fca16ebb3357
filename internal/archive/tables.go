package archive

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
)

// stated is what packages say of their tables, by name.
var stated = func() map[string]journal.Table {
	out := map[string]journal.Table{}
	for _, t := range keeping.Tables() {
		out[t.Name] = t
	}
	return out
}()

// own gives the column by whose number the rows of a table belong to an operation;
// false: the table leaves in another way, or not at all. A table that no package
// speaks of is an error: it is said, and not forgotten.
func own(t db.Table) (column string, leaves bool, err error) {
	s, known := stated[t.Name]
	switch {
	case !known:
		return "", false, fmt.Errorf("archive: no package keeps table %s: whether it leaves with an operation is not decided (Tables of the package that writes it)", t.Name)
	case s.Stays != "", s.Leaves != journal.AsRows:
		return "", false, nil
	case !slices.Contains(t.Columns, s.Column()):
		return "", false, fmt.Errorf("archive: table %s has no column %s: by what its rows belong to an operation is not said", t.Name, s.Column())
	}
	return s.Column(), true, nil
}

// inPart tells whether a table is one of the instance's that leave in part: the bodies
// and the people that the operation names, with what says who they are and nothing that
// signs in.
func inPart(t string) bool { return stated[t].Leaves == journal.InPart }

// bodies are the columns that hold numbers of organisations.
var bodies = []string{"organisation", "giver", "holder", "representative", "recipient", "owner"}

// bare gives the row of a person as it leaves: who it is, and nothing else.
func bare(columns []string, row []any) []any {
	out := slices.Clone(row)
	for i, c := range columns {
		if v, ok := bareValues[c]; ok {
			out[i] = v
		}
	}
	return out
}

// bareValues are what a person's row says where it would say something private.
var bareValues = map[string]any{"password": "", "persona": "", "theme": "auto", "density": "auto", "administrator": int64(0),
	"state": "invited", "epoch": int64(1), "version": int64(1)}
