package session

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// ID names a session to its owner; it opens nothing. A UUID.
type ID string

// How a session began; labels under session.kind.
const (
	Password = "password"
	Demo     = "demo"  // by choosing a persona
	Token    = "token" // a bearer token for the command line
)

// Limits that hold when Options leaves them out (NIST SP 800-63B, AAL2).
const (
	Idle     = 30 * time.Minute
	Absolute = 12 * time.Hour
	// seenEvery is how often the moment of the last request is written.
	seenEvery = time.Minute
	maxAgent  = 200
)

// Stranger is the persona that no sign-in page offers: it belongs to another
// operation, and tests walls.
const Stranger = "stranger"

// Options are how sessions behave.
type Options struct {
	Demo     bool          // personas may sign in without a password
	Idle     time.Duration // 0: Idle, or Absolute in a demonstration
	Absolute time.Duration // 0: Absolute
}

func (o Options) withDefaults() Options {
	if o.Absolute <= 0 {
		o.Absolute = Absolute
	}
	if o.Idle <= 0 {
		if o.Idle = Idle; o.Demo {
			o.Idle = o.Absolute
		}
	}
	return o
}

// Worn is a hat with its organisation.
type Worn struct {
	Hat          person.Hat
	Organisation organisation.Organisation
}

// Session is somebody who is signed in.
type Session struct {
	ID           ID
	Kind         string
	Agent        string // what the browser calls itself
	Person       person.Person
	Hat          person.Hat                // the one that is worn
	Organisation organisation.Organisation // whose hat is worn
	Hats         []Worn                    // all that may be worn, for switching
	Actor        access.Actor
	Created      time.Time
	Seen         time.Time // to the minute
	Ends         time.Time // at the latest
}

// Summary is one of a person's sessions in a list.
type Summary struct {
	ID           ID
	Kind         string
	Agent        string
	Organisation organisation.Organisation
	Created      time.Time
	Seen         time.Time
	Ends         time.Time
	Current      bool // the one that asks
}

// Persona is somebody whom a demonstration lets one be.
type Persona struct {
	Person       person.Person
	Organisation organisation.Organisation
	Hat          person.Hat
}

// row is a session as stored.
type row struct {
	ID           ID
	Person       person.ID
	Organisation int64
	Kind         string
	Agent        string
	Epoch        int64
	Created      time.Time
	Seen         time.Time
	Ends         time.Time
}

// apart is how much the clocks of nodes may differ.
const apart = 5 * time.Minute

// alive tells whether the limits of time still let a session be used. A token
// has no idle limit: it waits in a script for its next use. A session that began
// later than now was made while a clock was wrong, and would live for as long as
// that was wrong: it opens nothing until then.
func (r row) alive(now time.Time, idle time.Duration) bool {
	return now.Before(r.Ends) && !now.Before(r.Created.Add(-apart)) && (r.Kind == Token || now.Before(r.Seen.Add(idle)))
}

// early tells whether the clock was set back to before a hat began.
func (s Session) early(now time.Time) bool {
	return slices.ContainsFunc(s.Hats, func(w Worn) bool { return w.Hat.Since.After(now) })
}

func actor(p person.Person, h person.Hat) access.Actor {
	return access.Actor{Person: string(p.ID), Organisation: h.Organisation, Administrator: p.Administrator, ContactPoint: h.Contact()}
}

// unauthenticated is the one answer to every token that opens nothing.
func unauthenticated() error { return fault.Of(fault.Unauthenticated, "fault.unauthenticated") }

// wrong is the one answer to every sign-in that fails.
func wrong() error { return fault.Of(fault.Invalid, "fault.password-wrong") }

// cleanAgent makes what a browser calls itself fit to be shown.
func cleanAgent(s string) string {
	if len(s) > 4*maxAgent {
		s = s[:4*maxAgent]
	}
	s = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxAgent {
		s = string(r[:maxAgent])
	}
	return strings.TrimSpace(s)
}
