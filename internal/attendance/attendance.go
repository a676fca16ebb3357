package attendance

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// How somebody was marked (codelist.AttendanceHow).
const (
	ByList = "list"
	ByCode = "code"
	ByLink = "link"
)

// Limits.
const (
	MaxReason  = 1000 // characters, of a revocation
	MaxGuesses = 5    // wrong codes of one person for one session; then the list only
	MaxTicks   = participant.Max

	// A code may be opened so long before its session, and is good so long after it.
	Before = 30 * time.Minute
	After  = 30 * time.Minute

	// Half is the share of sessions, in per cent, that a certificate asks for unless
	// who gives it says another, and from which on somebody counts as trained.
	Half = 50
)

// Code is what a trainer shows while a session runs.
type Code struct {
	Seq      int64 `json:",omitempty"` // index of the entry that opened it
	Workshop int64
	Session  int64
	Text     string // six characters
	Until    time.Time
	Author   string
	At       time.Time
	Closed   Closed `json:",omitzero"`
}

// Closed says that a code was closed before its time.
type Closed struct {
	Entry  int64 // index of the entry; the journal's own entry does not say it
	At     time.Time
	Author string
}

// Open tells whether a code is good at a moment.
func (c Code) Open(now time.Time) bool { return c.Closed.Entry == 0 && now.Before(c.Until) }

// Mark is that a participant was at a session, as it was said last.
type Mark struct {
	Seq          int64 `json:",omitempty"` // index of the entry that said it
	Workshop     int64
	Session      int64
	Participant  int64
	Organisation int64 // of the participant
	Audience     int64
	Present      bool
	How          string
	Author       string
	At           time.Time
}

// Tick is what a list says of one participant.
type Tick struct {
	Participant participant.ID
	Present     bool
}

// Certificate is what was given to a participant, with all that is printed on it: what
// happens to the workshop later changes nothing.
type Certificate struct {
	Seq          int64 `json:",omitempty"` // index of the entry that gave it
	ID           workshop.ID
	Workshop     int64
	Participant  int64
	Organisation int64 // of the participant
	Audience     int64
	Person       person.ID
	Number       string // as printed, with hyphens
	Name         string // of the participant, as typed
	From         string // name of the participant's organisation
	Kind         string // codelist.WorkshopKind
	Title        string
	Language     string // BCP 47, of the title
	Starts       string // yyyy-mm-dd
	Ends         string
	Place        string // empty: on the net
	Country      string
	Host         string // name of the organisation
	Sessions     int64  // attended
	Of           int64  // sessions there were
	Minutes      int64  // of the sessions attended
	Share        int64  // per cent of the sessions that were asked for
	Author       string
	At           time.Time
	Day          string  // of At, in the workshop's zone
	Replaces     string  `json:",omitempty"` // number of the earlier one, of which it says so
	Revoked      Revoked `json:",omitzero"`
}

// Revoked says that a certificate is good no more.
type Revoked struct {
	Entry  int64 // index of the entry; the journal's own entry does not say it
	At     time.Time
	Author string
	Reason string
	By     string `json:",omitempty"` // number of the one that replaced it; empty: none did
}

// Replaced tells whether a certificate is good no more because a newer one says more.
func (c Certificate) Replaced() bool { return c.Revoked.By != "" }

// Good tells whether a certificate stands.
func (c Certificate) Good() bool { return c.Revoked.Entry == 0 }

// EntrySubject is how the journal calls a certificate.
func (c Certificate) EntrySubject() string { return "certificate/" + string(c.ID) }

// Answers of Check.
const (
	AnswerGood     = "good"
	AnswerRevoked  = "revoked"
	AnswerReplaced = "replaced" // by a newer one of the same person
	AnswerUnknown  = "unknown"  // no such number, or of another name
)

// Checked is what whoever holds a paper is told: what is printed on it, so that a
// paper that was altered is seen. Zero but for the answer where it is unknown.
type Checked struct {
	Answer string
	Paper  Printed
}

// Printed is what stands on a paper, but for number and name, which its holder types.
type Printed struct {
	From, Kind, Title, Language, Starts, Ends, Place, Country, Host, Day string
	Sessions, Of, Minutes                                                int64
}

// Printed is what is printed on a certificate.
func (c Certificate) Printed() Printed {
	return Printed{From: c.From, Kind: c.Kind, Title: c.Title, Language: c.Language, Starts: c.Starts, Ends: c.Ends, Place: c.Place, Country: c.Country, Host: c.Host,
		Day: c.Day, Sessions: c.Sessions, Of: c.Of, Minutes: c.Minutes}
}

// Trained is somebody who counts as trained by a workshop: a certificate was given and
// stands, or half of the sessions were attended.
type Trained struct {
	Workshop     int64
	Kind         string
	Host         int64 // organisation
	Participant  int64
	Organisation int64
	Person       person.ID
	Name         string
	Post         string
	Day          string // the workshop's last day
}

// Sheet is the attendance of a workshop as its reader may see it.
type Sheet struct {
	Standing operation.Standing
	Workshop workshop.Workshop
	Host     organisation.Organisation
	Sessions []workshop.Session // that take place, by time
	Rows     []Row              // by organisation and name
	Codes    map[int64]Code     // open now, by session: of who hosts
	Whole    bool               // the reader sees everybody
	Hosts    bool               // the reader ticks, opens, gives
}

// Row is one participant on the sheet.
type Row struct {
	Participant  participant.Participant
	Of           organisation.Organisation
	Mine         bool           // it is the reader
	Marks        map[int64]Mark // by session, those that stand
	Minutes      int64
	Certificates []Certificate // the newest last
	Grown        bool          // more sessions were attended since the last was given; for who hosts
}

// Session gives a session of the sheet.
func (s Sheet) Session(id workshop.ID) (workshop.Session, bool) {
	for _, x := range s.Sessions {
		if x.ID == id {
			return x, true
		}
	}
	return workshop.Session{}, false
}

// Share is how much of the sessions a participant attended, in whole per cent.
func (s Sheet) Share(r Row) int64 {
	if len(s.Sessions) == 0 {
		return 0
	}
	return int64(len(r.Marks)) * 100 / int64(len(s.Sessions))
}

// Certificate is the one that stands, if any.
func (r Row) Certificate() (Certificate, bool) {
	if n := len(r.Certificates); n > 0 && r.Certificates[n-1].Good() {
		return r.Certificates[n-1], true
	}
	return Certificate{}, false
}

// nameKey is how names on certificates are compared: case, width and runs of blanks do
// not matter.
func nameKey(name string) string { return i18n.Fold(name) }
