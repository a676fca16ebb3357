package register

import "slices"

// The names of filters, as they stand in addresses and in questions.
const (
	Words        = "q"
	Class        = "class"
	State        = "state"
	Organisation = "organisation" // that reported it: its number
	Country      = "country"
	Category     = "category"
	Violation    = "violation"
	Brand        = "brand"
	Conveyance   = "conveyance"
	Direction    = "direction"
	Origin       = "origin"
	Destination  = "destination"
	Detection    = "detection"
	Post         = "post"
	Status       = "status"
	From         = "from"
	To           = "to"
	Photos       = "photos"
	Waits        = "waits"
	Mine         = "mine"
)

// Coded are those whose choices are codes, and are counted.
func Coded() []string { return slices.Clone(coded) }

// coded: those of which a case has one value come first (singles), then those of its
// lines.
var coded = []string{State, Class, Status, Conveyance, Direction, Detection, Country, Origin, Destination, Organisation, Category, Violation}

// Filter narrows the cases; what is empty does not.
type Filter struct {
	Codes    map[string]string // by name of a coded filter
	Brand    string
	Post     string // as seizure.PostKey compares them
	From, To string // local days of the event
	Photos   bool
	Waits    bool    // reported by the reader's organisation, not released
	Mine     bool    // written by the reader
	Words    bool    // only those in Found
	Found    []int64 // numbers of the cases that hold the words that somebody looks for, in order
}
