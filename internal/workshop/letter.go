package workshop

import "time"

// Letter is what an invitation says; its sentences stand in catalogues.
type Letter struct {
	Language   string // BCP 47, of the reader
	To         string // name of the invited, or empty: to the organisation
	Position   string
	From       string // name of the host
	Operation  string
	Sponsor    string
	Kind       string
	Title      string
	Aim        string
	Languages  []string
	Place      string
	Country    string
	Address    string
	Zone       string
	Starts     string
	Ends       string
	NominateBy string
	Counted    bool
	Places     int64
	Agenda     []Line
}

// Line is one item of the agenda in a letter.
type Line struct {
	Starts   time.Time // local in the workshop's zone
	Ends     time.Time
	Title    string
	Room     string
	Speakers []string
}
