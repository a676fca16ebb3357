package publication

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Report is the report while it is written, but for its sections.
type Report struct {
	Seq      int64     `json:"seq,omitempty"` // index of the entry that began it
	Language string    `json:"language"`      // in which it must be whole
	Opened   time.Time `json:"opened"`
	Author   string    `json:"author"`
	Order    []string  `json:"order"`         // IDs of its sections
	Due      string    `json:"due,omitempty"` // local day by which administrations contribute; empty: they were not asked
	Asked    time.Time `json:"asked,omitzero"`
	Edit     int64     `json:"edit"` // grows when sections are moved, added or taken out, and when administrations are asked
}

// Written is a section with who wrote it last.
type Written struct {
	Section
	Edit    int64     `json:"edit"` // grows with every change of this section
	Author  string    `json:"author"`
	At      time.Time `json:"at"`
	Removed bool      `json:"removed,omitempty"` // out of the report; Write brings it back
}

// SectionDraft is a section as it should stand.
type SectionDraft struct {
	ID       string            // empty: a new one
	Kind     string            // of Kinds; a section keeps the kind that it began with
	Title    map[string]string // by language
	Texts    map[string]string // Markdown subset by language; empty ones are left out
	Figures  []Figure          // a figure without an ID is given the next free one
	Editions []string          // of Enforcement, Holder, Public
	Place    int               // of a new section, from 1; 0: the last
}

// ContributionDraft is what an administration writes.
type ContributionDraft struct {
	Language                      string
	Challenges, Lessons, Interest string
	Cases                         []string // references of its own cases
	Done                          bool     // handed in: coordination reads it
}

// The states of an administration's contribution.
const (
	NotAsked = "not-asked"
	Asked    = "asked"
	Drafted  = "draft" // begun; only its own organisation reads it
	Done     = "done"  // handed in
	Late     = "late"  // asked or begun, and its day is over
)

// Asking is how far one administration's contribution is.
type Asking struct {
	Organisation int64
	State        string
	Contribution *Contribution // nil: there is none that the reader may read
}

// Head is a version without what it holds.
type Head struct {
	Number   int64          `json:"number"`
	Seq      int64          `json:"-"`
	AsOf     int64          `json:"as_of"`
	At       time.Time      `json:"at"`
	Author   string         `json:"author"`
	Note     string         `json:"note"`
	Language string         `json:"language"`
	ClearBy  string         `json:"clear_by,omitempty"`
	Cases    int64          `json:"cases"` // official
	Totals   results.Totals `json:"totals"`
	Changes  int            `json:"changes"` // against the version before
}

// Clearing is how one administration stands to a version.
type Clearing struct {
	Organisation int64
	Word         *Clearance // nil: none yet, or none that the reader may read
	Late         bool       // none, and the day by which it was asked for is over
}

// Desk is the report as one reader finds it. Coordination finds all of it; an
// administration its own contribution, the versions and its own clearance.
type Desk struct {
	Standing      operation.Standing
	Whole         bool // the reader coordinates
	Open          bool // the report was begun
	Report        Report
	Sections      []Written                  // in order, without those removed
	Removed       []Written                  // that Write brings back
	Live          map[string]analysis.Answer // by figure, of the cases as they stand now
	Official      analysis.Answer            // now
	Contributions []Asking                   // of the administrations that are members now
	Versions      []Head                     // newest first
	Clearings     []Clearing                 // of the newest version
	Today         string                     // local day of the operation
	Organisations map[int64]organisation.Organisation
	People        map[string]person.Person
}

// Freezing is how a version is made.
type Freezing struct {
	Note    string // why: what was corrected; required from the second version on
	ClearBy string // local day by which administrations answer; empty: they are not asked
	Edit    int64  // of the report as the freezer saw it; 0: any
}

// ClearanceDraft is what an administration says of a version.
type ClearanceDraft struct {
	State    string // Cleared, Dissents, Embargoes
	Until    string // of an embargo: nothing goes out before this local day begins
	Words    string // required for a dissent
	Language string
}

// Reading is a version as one reader may know it. Whoever does not coordinate finds
// in Basis and in the changes of cases only cases that it may read now.
type Reading struct {
	Standing      operation.Standing
	Whole         bool // the reader coordinates
	Version       Version
	Clearings     []Clearing
	Embargo       Held
	Organisations map[int64]organisation.Organisation
	People        map[string]person.Person
}

// Stood is one case behind a figure as it stood in a version.
type Stood struct {
	Case  seizure.Case // its coded form where its content was erased since
	Class string       // then
	Now   int64        // its version now: another one means that it was corrected since
}

// Behind are the cases behind one cell of a figure.
type Behind struct {
	Standing      operation.Standing
	Head          Head
	Figure        Figure
	Group         analysis.Group // the cell's own figure: of all cases, also those that are not listed
	Cases         []Stood        // those only that the reader may read now
	Organisations map[int64]organisation.Organisation
}
