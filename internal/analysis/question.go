package analysis

import (
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// The dimensions by which cases are grouped. Those of lines (category, brand,
// violation) put a case into several groups; all others into one. A case that says
// nothing of a dimension stands under the empty value.
const (
	ByCountry     = "country"     // of interception
	ByOrigin      = "origin"      // of departure or provenance, as documented
	ByDestination = "destination" //
	ByRoute       = "route"       // "CN>TH": origin and destination
	ByCategory    = "category"
	ByBrand       = "brand" // as folded by i18n.Fold; shown as the first spelling
	ByViolation   = "violation"
	ByConveyance  = "conveyance"
	ByDirection   = "direction"
	ByDetection   = "detection"
	ByStatus      = "status"
	ByReporter    = "reporter" // number of the organisation
	ByClass       = "class"    // counted, or why not
	ByDay         = "day"      // of the event
	ByWeek        = "week"     // the Monday that begins it
	ByMonth       = "month"    // 2017-02
	ByAll         = "all"      // one group: the empty value
)

// Dimensions lists them in the order in which they are offered.
func Dimensions() []string {
	return []string{ByAll, ByCountry, ByRoute, ByOrigin, ByDestination, ByCategory, ByBrand, ByViolation, ByConveyance, ByDirection,
		ByDetection, ByStatus, ByReporter, ByClass, ByDay, ByWeek, ByMonth}
}

// Question is what somebody wants to know. It is kept as JSON in saved questions and
// in reports, so its fields only ever grow.
type Question struct {
	Group string            `json:"group"`           // a dimension
	Split string            `json:"split,omitempty"` // a second one: the columns of a table; empty: none
	Where map[string]string `json:"where,omitempty"` // filters by the names of package caselist: the coded ones, brand, from, to; no class: those that count; class "all": every one
}

// Group is one value of the question's dimension (and of its second) with its figures.
type Group struct {
	Value  string         `json:"value"`
	Split  string         `json:"split,omitempty"`
	Cases  int64          `json:"cases"`
	Totals results.Totals `json:"totals"` // millionths by unit
}

// Answer is what came of a question. Groups stand by cases, most first, then by
// value; those of time by the calendar.
type Answer struct {
	Question Question       `json:"question"`
	AsOf     int64          `json:"as_of"` // journal index
	Cases    int64          `json:"cases"` // that match: groups that overlap may add up to more
	Totals   results.Totals `json:"totals"`
	Groups   []Group        `json:"groups"`
}
