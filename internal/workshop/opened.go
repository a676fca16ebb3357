package workshop

import (
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Item is a workshop in a list, as its reader may know it.
type Item struct {
	Workshop
	Operation operation.Operation
	Host      organisation.Organisation
	Sessions  int64             // that take place, of those that the reader may read
	Own       participant.Tally // of the reader's own organisation
	Mine      string            // what the reader is there: codelist.ParticipantState; empty: nothing
	Hosts     bool              // the reader may amend it
}

// Page is a list of workshops.
type Page struct {
	Standing operation.Standing
	Items    []Item // the latest first
	MayPlan  bool
	Kinds    []string // that the actor may plan
}

// Guest is a participant with its organisation.
type Guest struct {
	participant.Participant
	Of organisation.Organisation
}

// Seat is what one organisation may do and did.
type Seat struct {
	Of organisation.Organisation
	participant.Tally
}

// Talk is a session with the organisations of its speakers.
type Talk struct {
	Session
	From     []organisation.Organisation // of Speakers, in their order; zero: of none that takes part
	Narrowed bool                        // it is for fewer than the workshop
}

// Opened is a workshop as one reader may know it.
type Opened struct {
	Standing operation.Standing
	Item
	Talks       []Talk
	Guests      []Guest                     // in every state: all for host and coordination, else those of one's own organisation
	Seats       []Seat                      // as Guests; for the host all who read the workshop
	Materials   []Material                  // what the reader may open now
	Readers     []organisation.Organisation // for the host: who may be given places
	People      []person.Member             // where one may nominate: who wears a hat of one's own organisation
	MayAmend    bool                        // words, agenda, places
	MayCall     bool
	MayCancel   bool
	MayNominate bool // now: it is called, the day has not passed, a place is left
	MayWithdraw bool // one's own nominees
	MayConfirm  bool
	MayDecline  bool // until it is over
	MaySupply   bool
	ReadsAll    bool   // Guests are all that there are
	Today       string // local day in the workshop's zone
}
