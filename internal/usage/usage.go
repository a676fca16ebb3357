package usage

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// The rule of figures: a line stands for at least so much, and so late.
const (
	LeastCases           = 5
	LeastAdministrations = 2
	Delay                = 30 // days after the end of a month
	Months               = 12 // that are shown, at most
)

// Consenting is what an administration decides.
type Consenting struct {
	Openings bool // that its people open sheets
	Figures  bool // of its cases, together with those of others
}

// Consent is what an administration decided, and when.
type Consent struct {
	Seq          int64 `json:",omitempty"`
	Organisation int64
	Consenting
	OpeningsSince time.Time `json:",omitzero"` // without a break
	FiguresSince  time.Time `json:",omitzero"`
	Author        string
	At            time.Time
}

// Decided is what an administration has decided, the newest first.
type Decided struct {
	Standing operation.Standing
	Now      Consent // zero: nothing yet, and nothing is let known
	History  []Entry
}

// Entry is a decision with who made it.
type Entry struct {
	Consent
	Name string
}

// View is what a right holder's side may know.
type View struct {
	Standing      operation.Standing
	Sheets        []product.Shelved
	Openings      []Opening // newest week first
	Covert        []Covert  // newest day first
	Figures       []Figure  // by brand, newest month first
	Organisations map[int64]organisation.Organisation
}

// Opening is how often people of a consenting administration opened a sheet in a week;
// somebody counts once a day.
type Opening struct {
	Sheet        int64
	Week         string // its Monday, UTC
	Organisation int64
	Times        int64
}

// Covert is how often the covert features of a sheet were opened on a day.
type Covert struct {
	Sheet        int64
	Day          string // UTC
	Organisation int64  // 0: of administrations that do not consent
	Times        int64
}

// Figure is a line of figures: one brand in one month.
type Figure struct {
	Brand      string
	Month      string // 2006-01
	Cases      int64
	Quantities map[string]int64 // by unit, in millionths; only of units for which the rule holds, too
}
