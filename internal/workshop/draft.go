package workshop

import (
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Draft is what is written to plan or amend a workshop.
type Draft struct {
	ID        ID // the same id again is the same workshop; empty: one is made. Amend leaves it aside
	Kind      string
	Title     string
	Aim       string
	Language  string   // of title and aim
	Languages []string // in which it is held; none: Language
	Sponsor   string
	Place     string
	Country   string
	Address   string
	Zone      string
	Starts    string
	Ends      string
	// NominateBy may be empty: until it starts.
	NominateBy string
	// To is for whom it is, as one addresses a message; of a national one nobody is
	// asked. Addressed are organisations beside those in To, by their ids.
	To        audience.Address
	Addressed []organisation.ID
}

// SessionDraft is what is written to add or amend a session.
type SessionDraft struct {
	ID       ID // empty: one is made. AmendSession leaves it aside
	Starts   string
	Ends     string
	Title    string
	About    string
	Room     string
	Speakers []SpeakerDraft
}

// SpeakerDraft is a speaker of a session.
type SpeakerDraft struct {
	Name         string // may be empty where Person is given
	Function     string
	Organisation organisation.ID // empty: of none that takes part
	Person       person.ID       // of that organisation; empty: somebody without an account
}

// Seats is how many of an organisation may come.
type Seats struct {
	Organisation organisation.ID
	Number       int64
}

// NomineeDraft is what is written to nominate somebody of one's own organisation.
type NomineeDraft struct {
	ID       ID        // empty: one is made
	Person   person.ID // with a hat of the organisation; empty: somebody without an account
	Name     string    // as on the certificate; empty: that of the account
	Position string
	Post     string
	Language string // of the invitation; empty: that of the account, or of the workshop
}

// MaterialDraft is what is written to name a document, a lesson or a practice.
type MaterialDraft struct {
	ID      ID // empty: one is made
	Session ID // empty: of the whole workshop
	Kind    string
	Ref     string // UUID of what is named
}
