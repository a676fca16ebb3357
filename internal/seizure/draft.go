package seizure

import "github.com/tidewaiter/tidewaiter/internal/consignment"

// ID is a case's UUID, made by whoever writes it first.
type ID string

// Coded is a value that has a code list. Typed keeps what stood on the paper or
// in the sheet when no code fits; one of the two may be empty, both empty means
// not stated.
type Coded struct {
	Code  string `json:"code,omitempty"`
	Typed string `json:"typed,omitempty"`
}

// Stated tells whether anything was said at all.
func (c Coded) Stated() bool { return c.Code != "" || c.Typed != "" }

// Quantity is a number and a unit: millionths (at most six decimals, above zero;
// a case stays below MaxQuantity in each unit) and a code of UN/CEFACT
// Recommendation 20. Units are never converted into each other or added together.
type Quantity struct {
	Micro int64  `json:"micro,string"`
	Unit  string `json:"unit"`
}

// Line is one line of goods. A line may be measured in several units (12 kg,
// 3 pieces), each at most once; none at all means that no quantity was stated.
type Line struct {
	Category    string     `json:"category"` // codelist.Category
	Description string     `json:"description,omitempty"`
	HS          string     `json:"hs,omitempty"` // 2, 4 or 6 digits
	HSEdition   string     `json:"hs_edition,omitempty"`
	Brand       string     `json:"brand,omitempty"`
	IPR         Coded      `json:"ipr,omitzero"` // codelist.IPRType
	Quantities  []Quantity `json:"quantities,omitempty"`
	Verdict     string     `json:"verdict,omitempty"` // codelist.Verdict; suspected when empty
}

// Draft is what a reporter writes: the one form of a case on its way in, from
// the page, the sheet or the API. Draft.Check says what is wrong with it.
type Draft struct {
	ID          ID                 `json:"id"`
	Country     string             `json:"country"` // place of interception, ISO 3166-1 alpha-2
	Place       string             `json:"place,omitempty"`
	Day         string             `json:"day"`            // local date of the event as typed, 2006-01-02
	Time        string             `json:"time,omitempty"` // local time of the event, 15:04
	Direction   Coded              `json:"direction,omitzero"`
	Conveyance  Coded              `json:"conveyance,omitzero"`
	Carrier     string             `json:"carrier,omitempty"` // vessel, airline, courier, voyage or flight
	Detection   Coded              `json:"detection,omitzero"`
	Concealment Coded              `json:"concealment,omitzero"`
	Origin      Coded              `json:"origin,omitzero"` // country of departure or provenance as documented
	Transit     Coded              `json:"transit,omitzero"`
	Destination Coded              `json:"destination,omitzero"`
	Status      string             `json:"status,omitempty"` // codelist.Outcome; seized when empty
	Remarks     string             `json:"remarks,omitempty"`
	Language    string             `json:"language,omitempty"` // of the free text, BCP 47
	Goods       []Line             `json:"goods"`
	Marks       []consignment.Mark `json:"marks,omitempty"`   // numbers by which the goods travel; those in the texts are found
	Warning     int64              `json:"warning,omitempty"` // number of the warning this case answers; shown to who may read it
	Sheet       string             `json:"sheet,omitempty"`   // SHA-256 of the row of a spreadsheet that it came from: the row's identity

	// Redacted says why free text and identifiers are not here any more, as a code
	// (codelist.RedactionReason). Nobody writes it: Check takes it out, Redact sets it.
	Redacted string `json:"redacted,omitempty"`
}
