package workshop

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// ID is the UUID of a workshop, session or material, made by whoever
// writes it.
type ID string

// The kinds of workshop (codelist.WorkshopKind).
const (
	TrainTheTrainer = "train-the-trainer"
	FollowUp        = "follow-up"
	Debriefing      = "debriefing"
	National        = "national"
)

// The states of a workshop (codelist.WorkshopState): planned, then called (people
// may be nominated), or cancelled. Whether it is over is told by its days.
const (
	Planned   = "planned"
	Called    = "called"
	Cancelled = "cancelled"
)

// What a speaker is (codelist.SpeakerFunction), and what a material is
// (codelist.WorkshopMaterial).
const (
	SpeakerHolder      = "right-holder"
	SpeakerExpert      = "expert" // accredited
	SpeakerCoordinator = "coordinator"
	SpeakerOfficial    = "official"

	MaterialDocument = "document"
	MaterialLesson   = "lesson"
	MaterialPractice = "practice"
)

// Limits.
const (
	MaxMaterials = 200          // of one workshop
	MaxTitle     = i18n.MaxName // characters
	MaxAddress   = 500          // characters
	MaxText      = 4000         // characters
	MaxSessions  = 200          // of one workshop
	MaxSpeakers  = 10           // of one session
	MaxDays      = 60
)

// Workshop is one workshop of an operation.
type Workshop struct {
	Seq          int64 `json:",omitempty"` // the index of the entry that planned it
	ID           ID
	Organisation int64 // number of the host
	Author       string
	Audience     int64            // number of the audience: for whom it is
	To           audience.Address // as its planner said
	Kind         string
	Title        string
	Aim          string
	Language     string   // BCP 47, of title and aim
	Languages    []string // in which it is held
	Sponsor      string
	Place        string // where people meet; empty: online only
	Country      string // ISO 3166-1 alpha-2, of the place
	Address      string // on the net, https; empty: in the room only
	Zone         string // IANA name: days and hours are local in it
	Starts       string // yyyy-mm-dd
	Ends         string // the last day
	NominateBy   string // the last day on which people are nominated; empty: until it starts
	State        string
	Reason       string // why it was cancelled
	Version      int64
	At           time.Time // when it was last written
}

// EntrySubject is how the journal calls a workshop.
func (w Workshop) EntrySubject() string { return "workshop/" + string(w.ID) }

// Day is the local day in the workshop's zone.
func (w Workshop) Day(now time.Time) string { return now.In(w.Location()).Format(time.DateOnly) }

// Over tells whether the last day has passed.
func (w Workshop) Over(now time.Time) bool { return w.Day(now) > w.Ends }

// Nominates tells whether people may be nominated at a moment: it is called, and the
// last day for that has not passed; where none was said, it has not begun.
func (w Workshop) Nominates(now time.Time) bool {
	day := w.Day(now)
	if w.NominateBy != "" {
		return w.State == Called && day <= w.NominateBy
	}
	return w.State == Called && day < w.Starts
}

// Session is one item of the agenda. Hours are local in the workshop's zone.
type Session struct {
	Seq      int64 `json:",omitempty"`
	Workshop int64 // Seq
	ID       ID
	Audience int64  // of the workshop, or narrower where a right holder speaks
	Starts   string // yyyy-mm-ddThh:mm
	Ends     string
	Title    string
	About    string
	Room     string
	Speakers []Speaker
	State    string // empty: it takes place; or Cancelled
	Version  int64
	At       time.Time // when it was last written
}

// EntrySubject is how the journal calls a session.
func (s Session) EntrySubject() string { return "workshop-session/" + string(s.ID) }

// On tells whether a session takes place.
func (s Session) On() bool { return s.State != Cancelled }

// Speaker is who holds a session.
type Speaker struct {
	Name         string
	Function     string
	Organisation int64     // 0: of none that takes part
	Person       person.ID // empty: somebody without an account
}

// Material is what a workshop names: a document, a lesson or a practice.
type Material struct {
	Seq      int64 `json:",omitempty"`
	Workshop int64
	ID       ID
	Session  int64 // 0: of the whole workshop
	Kind     string
	Ref      string // UUID of what is named
	Number   int64  // of a document its Seq, of a lesson the number of its right holder
	Title    string // copied: what is named may be of another operation
	Audience int64
	Removed  bool
	At       time.Time
}

// EntrySubject is how the journal calls a material.
func (m Material) EntrySubject() string { return "workshop-material/" + string(m.ID) }
