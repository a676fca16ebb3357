package product

import (
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Saving is what is written to make a sheet or to change its draft.
type Saving struct {
	ID      ID              // the same id again is the same sheet; empty: one is made
	Holder  organisation.ID // in whose name; empty: the actor's own organisation
	Brand   holder.BrandID  // never changes
	Edit    int64           // number of the draft that the writer saw; 0: there was none
	Content Content
}

// Publishing says for whom a draft becomes a version.
type Publishing struct {
	Edit int64 // number of the draft that the writer saw
	To   To
	Note string // what changed
}

// To is for whom something of a right holder is.
type To struct {
	All        bool             // all customs of the library
	Countries  []string         // ISO 3166-1 alpha-2: their administrations
	Operations []operation.Code // who coordinates or enforces there; the writer must take part
}

// Parting is what is written into a part that stands apart.
type Parting struct {
	Kind     string // Traders, Covert
	Version  int64  // that the writer saw; 0: there was none
	To       To     // of Traders; covert features have no readers
	Language string
	Traders  []Trader
	Features []Feature
	Pairs    []Pair
}

// Marking is what somebody of customs says of a sheet.
type Marking struct {
	ID      string // UUID; the same again is the same mark; empty: one is made
	Version int64
	Kind    string
	Note    string
}
