package massupload

import (
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// Limits.
const (
	MaxFile    = 24 << 20 // of a file that is handed in; attachments have a limit of their own
	MaxRows    = 2000
	MaxPicture = 10 << 20
	rowsAtOnce = 200 // that one step saves or publishes
	shotsTotal = 40  // pictures that one step draws, but for those of its last row
	badAtOnce  = 50  // rows that fail before a step gives up
	maxKey     = 100 // characters of a row's own number
)

// The states of a row; labels under code.upload-row.
const (
	New       = "new"       // there is no such sheet yet
	Same      = "same"      // its draft says the same, and waits to be published
	Published = "published" // and so does the version that is published
	Differs   = "differs"   // its draft says something else
	Wrong     = "wrong"
)

// Problem is what is wrong with a cell of a row.
type Problem struct {
	Column string // code of the column; empty: the row as a whole
	Key    string
	Args   fault.Args
}

// Row is a row of the file, as it would become a sheet.
type Row struct {
	Line     int
	Number   string // its own, of its writer
	Name     string
	State    string
	Problems []Problem
	Lacks    []Problem // what keeps it from being published
	Pictures int

	saving product.Saving
	shots  []shot
	edit   int64 // of the draft that stands
}

// shot is a picture of a row.
type shot struct {
	column string
	of     workbook.Picture
	id     attachment.ID
}

// Look is what would become of a file.
type Look struct {
	Standing operation.Standing
	File     attachment.Attachment
	Acting   []holder.Acting // for whom the actor may do it
	Holder   holder.Acting
	Rows     []Row
	Fault    *fault.Fault // of the file as a whole
	Unknown  []string     // headings that mean nothing

	book *workbook.Book
}

// Count tells how many rows are in a state.
func (l Look) Count(state string) int64 {
	var n int64
	for _, r := range l.Rows {
		if r.State == state {
			n++
		}
	}
	return n
}

// Waiting tells how many drafts could be published as they are.
func (l Look) Waiting() int64 {
	var n int64
	for _, r := range l.Rows {
		if r.waits() {
			n++
		}
	}
	return n
}

func (r Row) waits() bool { return r.State == Same && len(r.Lacks) == 0 }

// Step is what one step did.
type Step struct {
	Done int64 // sheets that were saved or published
	Bad  []Row // that could not be, with their problems
	More bool  // there are rows left: the same step again goes on
}
