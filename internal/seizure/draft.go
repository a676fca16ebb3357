package seizure

import (
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
)

// ID is a case's UUID, made by whoever writes it first.
type ID string

// Leg is one place of a journey, in the order in which the goods came by.
type Leg struct {
	Kind     string `json:"kind"` // codelist.Leg
	Country  string `json:"country,omitempty"`
	Place    string `json:"place,omitempty"`    // in words
	Location string `json:"location,omitempty"` // UN/LOCODE, five characters
	Mode     string `json:"mode,omitempty"`     // codelist.Conveyance by which they left it
	Carrier  string `json:"carrier,omitempty"`  // vessel and voyage, flight
	Day      string `json:"day,omitempty"`      // local date of departure, or of arrival at the last
}

// Yield is what a case brought beside goods: a number, of whom and what nothing
// is said; of cash the amount.
type Yield struct {
	Kind  string      `json:"kind"` // codelist.Yield
	Count int64       `json:"count,omitempty"`
	Value goods.Value `json:"value,omitzero"`
}

// Custody is one step of what was done with the goods or a sample.
type Custody struct {
	Kind  string `json:"kind"` // codelist.Custody
	Day   string `json:"day"`  // local date
	Place string `json:"place,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Draft is what a reporter writes: the one form of a case on its way in, from
// the page, the sheet or the API. Draft.Check says what is wrong with it.
type Draft struct {
	ID          ID                 `json:"id"`
	Country     string             `json:"country"` // place of interception, ISO 3166-1 alpha-2
	Place       string             `json:"place,omitempty"`
	Location    string             `json:"location,omitempty"` // the place's UN/LOCODE, five characters
	Day         string             `json:"day"`                // local date of the event as typed, 2006-01-02
	Time        string             `json:"time,omitempty"`     // local time of the event, 15:04
	Direction   goods.Coded        `json:"direction,omitzero"`
	Conveyance  goods.Coded        `json:"conveyance,omitzero"`
	Carrier     string             `json:"carrier,omitempty"` // vessel, airline, courier, voyage or flight
	Detection   goods.Coded        `json:"detection,omitzero"`
	Concealment goods.Coded        `json:"concealment,omitzero"`
	Origin      goods.Coded        `json:"origin,omitzero"` // country of departure or provenance as documented
	Transit     goods.Coded        `json:"transit,omitzero"`
	Destination goods.Coded        `json:"destination,omitzero"`
	Hidden      string             `json:"hidden,omitempty"`  // where the goods were hidden, in words
	Cover       string             `json:"cover,omitempty"`   // the cover load, in words
	Loading     string             `json:"loading,omitempty"` // codelist.LoadingStatus
	Legs        []Leg              `json:"legs,omitempty"`
	Status      string             `json:"status,omitempty"`     // codelist.Outcome; seized when empty
	StatusDay   string             `json:"status_day,omitempty"` // local date since when it is so; empty: the day of the event
	Custody     []Custody          `json:"custody,omitempty"`
	Yields      []Yield            `json:"yields,omitempty"` // each kind once
	Remarks     string             `json:"remarks,omitempty"`
	Language    string             `json:"language,omitempty"` // of the free text, BCP 47
	Goods       []goods.Line       `json:"goods"`
	Marks       []consignment.Mark `json:"marks,omitempty"`    // numbers by which the goods travel; those in the texts are found
	Warning     int64              `json:"warning,omitempty"`  // number of the warning this case answers; shown to who may read it
	Reserved    string             `json:"reserved,omitempty"` // a number that the organisation drew beforehand (Store.Reserve) and wrote down; only a new case has a choice
	Sheet       string             `json:"sheet,omitempty"`    // SHA-256 of the row of a spreadsheet that it came from: the row's identity

	// Redacted says why free text and identifiers are not here any more, as a code
	// (codelist.RedactionReason). Nobody writes it: Check takes it out, Redact sets it.
	Redacted string `json:"redacted,omitempty"`
}
