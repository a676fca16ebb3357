package caseitem

import (
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Quantity is a number and a unit.
type Quantity struct {
	Amount string `json:"amount"`          // a decimal such as "12.5": at most six decimals, none that is zero
	Unit   string `json:"unit"`            // UN/CEFACT Recommendation 20
	Basis  string `json:"basis,omitempty"` // counted, weighed, estimated or declared
}

// Value is an amount of money.
type Value struct {
	Amount   string `json:"amount"`          // a decimal such as "12.5"
	Currency string `json:"currency"`        // ISO 4217
	Basis    string `json:"basis,omitempty"` // what the amount means
}

// Declared is what the papers called a line of goods.
type Declared struct {
	Description string    `json:"description,omitempty"`
	HS          string    `json:"hs,omitempty"`
	Quantity    *Quantity `json:"quantity,omitempty"`
	Value       *Value    `json:"value,omitempty"`
}

// Line is one line of goods.
type Line struct {
	Category    string      `json:"category"`
	Sub         string      `json:"sub,omitempty"` // the operation's sub-category
	Description string      `json:"description,omitempty"`
	HS          string      `json:"hs,omitempty"` // 2, 4 or 6 digits
	HSEdition   string      `json:"hs_edition,omitempty"`
	GTIN        string      `json:"gtin,omitempty"`
	Batch       string      `json:"batch,omitempty"`
	Brand       string      `json:"brand,omitempty"`
	Holder      string      `json:"holder,omitempty"`     // of the right
	Violations  []string    `json:"violations,omitempty"` // each once
	IPR         goods.Coded `json:"ipr,omitzero"`
	Right       string      `json:"right,omitempty"`      // number under which it is registered
	Hazard      bool        `json:"hazard,omitempty"`     // a danger to health or safety
	Quantities  []Quantity  `json:"quantities,omitempty"` // each unit once; none: not stated
	Value       *Value      `json:"value,omitempty"`
	Verdict     string      `json:"verdict,omitempty"`
	VerdictBy   string      `json:"verdict_by,omitempty"`
	Declared    *Declared   `json:"declared,omitempty"`
}

// Yield is what a case brought beside goods: a count, of cash an amount.
type Yield struct {
	Kind  string `json:"kind"`
	Count int64  `json:"count,omitempty"`
	Value *Value `json:"value,omitempty"`
}

// Fields are what a reporter writes.
type Fields struct {
	Country     string             `json:"country"` // place of interception, ISO 3166-1 alpha-2
	Place       string             `json:"place,omitempty"`
	Location    string             `json:"location,omitempty"` // UN/LOCODE of the place
	Day         string             `json:"day"`                // local date of the event
	Time        string             `json:"time,omitempty"`     // local time of the event, 15:04
	Direction   goods.Coded        `json:"direction,omitzero"`
	Conveyance  goods.Coded        `json:"conveyance,omitzero"`
	Carrier     string             `json:"carrier,omitempty"`
	Detection   goods.Coded        `json:"detection,omitzero"`
	Concealment goods.Coded        `json:"concealment,omitzero"`
	Origin      goods.Coded        `json:"origin,omitzero"`
	Transit     goods.Coded        `json:"transit,omitzero"`
	Destination goods.Coded        `json:"destination,omitzero"`
	Hidden      string             `json:"hidden,omitempty"` // where the goods were hidden
	Cover       string             `json:"cover,omitempty"`  // the cover load
	Loading     string             `json:"loading,omitempty"`
	Legs        []seizure.Leg      `json:"legs,omitempty"`
	Status      string             `json:"status,omitempty"`
	StatusDay   string             `json:"status_day,omitempty"` // local date since when it is so
	Custody     []seizure.Custody  `json:"custody,omitempty"`
	Yields      []Yield            `json:"yields,omitempty"` // each kind once
	Remarks     string             `json:"remarks,omitempty"`
	Language    string             `json:"language,omitempty"` // of the free text, BCP 47
	Goods       []Line             `json:"goods"`
	Marks       []consignment.Mark `json:"marks,omitempty"`    // containers, waybills, postal items, vehicles, seals
	Reserved    string             `json:"reserved,omitempty"` // a number drawn beforehand and written on paper; the case's own from the first
	Warning     int64              `json:"warning,omitempty"`  // number of the warning that this case answers
}
