package archive

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Reviewed: tables of which nothing leaves with an operation, each with its reason.
var omitted = map[string]string{
	"session":             "who is signed in: credentials",
	"invitation":          "one-time links: credentials",
	"signin_failure":      "what slows guessing down, counted for minutes",
	"attendance_guess":    "what slows guessing of codes down",
	"code_pack":           "lists of codes belong to the instance: load them there",
	"code_item":           "lists of codes belong to the instance: load them there",
	"evaluation_key":      "opens what people answered in confidence while an evaluation lasts; its results leave once it has ended",
	"job":                 "work that is still to be done, by this instance",
	"checkpoint":          "signed by this instance for itself; the file has one of its own",
	"upload":              "what has not arrived whole is sent again",
	"upload_part":         "its pieces are not kept either",
	"import_sheet":        "a sheet that somebody handed in, for a day; what came of it are cases",
	"textword_progress":   "how far the index of words is made: it is made again from the records",
	"saved_filter":        "somebody's own filters of lists, in no journal",
	"list_columns":        "somebody's own choice of columns",
	"notice":              "what was found to matter to whom: private, and follows from the journal",
	"notice_cursor":       "how far people have been told here",
	"notice_subscription": "somebody's own wish to be told",
	"notice_setting":      "somebody's own address and wish",
}

// The tables of a journal leave as lines of entries.
var ofJournal = []string{"journal", "journal_head", "journal_content", "journal_hash"}

// The instance's tables leave in part: the bodies and the people that the operation
// names, with what says who they are and nothing that signs in.
var inPart = []string{"organisation", "person", "hat"}

// own gives the column by whose number the rows of a table belong to an operation;
// false: the table leaves in another way, or not at all. A table that nobody has
// decided on is an error: it is said, and not forgotten.
func own(t db.Table) (column string, leaves bool, err error) {
	switch {
	case omitted[t.Name] != "", slices.Contains(ofJournal, t.Name), slices.Contains(inPart, t.Name):
		return "", false, nil
	case t.Name == "operation":
		return "number", true, nil
	case slices.Contains(t.Columns, "operation"):
		return "operation", true, nil
	}
	return "", false, fmt.Errorf("archive: table %s belongs to no operation: whether it leaves with one is not decided (tables.go)", t.Name)
}

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
