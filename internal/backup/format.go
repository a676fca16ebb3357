package backup

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
)

// form is the version of the inner form: the first value of the first line.
const form = "tidewaiter backup 1"

// maxLine bounds one line of the inner form, in bytes: one row.
const maxLine = 32 << 20

// omitted are the tables that are not in a backup, each with its reason. A
// restored instance begins with empty ones.
var omitted = keeping.Reasons(func(t journal.Table) string { return t.Unsaved })

// files are those of the data directory that belong to the instance beside its
// database. Keys are not among them.
var files = []string{"names.toml", "demo.json"}

// Errors that a backup is refused with.
var (
	// ErrDamaged: it is not what was written, or not all of it.
	ErrDamaged = errors.New("backup: the file is damaged or cut short")
	// ErrForeign: it is no backup, or of a form that this program does not read.
	ErrForeign = errors.New("backup: this program does not read the file")
	// ErrUnequal: it is whole, and does not agree with what it was compared with.
	ErrUnequal = errors.New("backup: it does not agree")
)

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, args...)...)
}

// Header is the first line.
type Header struct {
	Form     string         `json:"form"`
	Made     time.Time      `json:"made"`    // UTC, when the snapshot was taken, by the maker's clock
	Program  string         `json:"program"` // version of the program that made it
	Engine   string         `json:"engine"`  // sqlite or postgres: where it came from
	Schema   int64          `json:"schema"`  // number of the newest migration
	Rows     int64          `json:"rows"`    // of all tables together
	Omitted  []string       `json:"omitted"` // tables that are left out, sorted
	Journals []journal.Head `json:"journals"`
}

// table begins the rows of one table, each of which is a JSON array on its own
// line with the values of the columns: null, whole numbers (a boolean is 0 or 1)
// and texts.
type table struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// file is one file of the data directory, whole.
type file struct {
	File    string `json:"file"`
	Content []byte `json:"content"` // Base64
}

// trailer is the last line. Nothing follows it.
type trailer struct {
	End    bool   `json:"end"`
	Tables int64  `json:"tables"`
	Files  int64  `json:"files"`
	Blobs  int64  `json:"blobs,omitempty"` // files of attachments
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of all bytes before this line, hexadecimal
}
