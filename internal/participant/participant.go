package participant

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// ID is the UUID of a participant, made by whoever writes it.
type ID string

// The states of a participant (codelist.ParticipantState).
const (
	Nominated = "nominated"
	Confirmed = "confirmed"
	Waiting   = "waiting" // would come, if a place fell free
	Declined  = "declined"
	Withdrawn = "withdrawn"
)

// Max is how many people of one organisation, and how many places, a workshop has.
const Max = 1000

// Participant is somebody of an administration who comes to a workshop, or would.
type Participant struct {
	Seq          int64 `json:",omitempty"`
	Workshop     int64 // the number of the workshop: its Seq
	ID           ID
	Organisation int64
	Audience     int64     // its own organisation, the host and coordination
	Person       person.ID // empty: somebody without an account
	Name         string    // as on the certificate
	Position     string
	Post         string // where they work: UN/LOCODE, or the post's name
	Language     string // BCP 47, of the invitation
	State        string
	Reason       string // why declined or withdrawn
	Version      int64
	At           time.Time
}

// EntrySubject is how the journal calls a participant.
func (p Participant) EntrySubject() string { return "workshop-participant/" + string(p.ID) }

// Active tells whether somebody counts: takes a place, or would.
func (p Participant) Active() bool { return p.State != Declined && p.State != Withdrawn }

// Says tells whether a participant is whom was written again, whatever became of it.
func (p Participant) Says(q Participant) bool {
	return p.Organisation == q.Organisation && p.Person == q.Person && p.Name == q.Name && p.Position == q.Position && p.Post == q.Post && p.Language == q.Language
}

// Among is a participant by its id; of one organisation, or of any (0). Missing: there
// is none.
func Among(people []Participant, id ID, org int64) (Participant, error) {
	for _, p := range people {
		if p.ID == id && (org == 0 || p.Organisation == org) {
			return p, nil
		}
	}
	return Participant{}, fault.Missing()
}

// StateOf is what somebody is among participants; empty: none of them.
func StateOf(all []Participant, who person.ID) string {
	state := ""
	for _, p := range all {
		if p.Person != who || who == "" {
			continue
		}
		if state = p.State; p.Active() {
			return state
		}
	}
	return state
}

// Places is how many of an organisation may come.
type Places struct {
	Workshop     int64
	Organisation int64
	Audience     int64 // that organisation, the host and coordination
	Number       int64
}

// Tally counts people of one organisation.
type Tally struct {
	Counted   bool  // places were set for the workshop; false: anybody of its readers may come
	Places    int64 // 0 where Counted: the organisation is not invited
	Nominated int64
	Confirmed int64
	Waiting   int64
	Left      int64 // places for which nobody is nominated or confirmed
	Free      int64 // places for which nobody is confirmed
}

// TallyOf counts the people of an organisation against its places.
func TallyOf(places []Places, people []Participant, org int64) Tally {
	t := Tally{Counted: len(places) > 0}
	for _, x := range places {
		if x.Organisation == org {
			t.Places = x.Number
		}
	}
	for _, p := range people {
		switch {
		case p.Organisation != org:
		case p.State == Nominated:
			t.Nominated++
		case p.State == Confirmed:
			t.Confirmed++
		case p.State == Waiting:
			t.Waiting++
		}
	}
	t.Left, t.Free = max(0, t.Places-t.Nominated-t.Confirmed), max(0, t.Places-t.Confirmed)
	return t
}
