package watchlist

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is the UUID of an entry or a sighting, made by whoever writes it; unique for its
// originator only.
type ID string

// Limits.
const (
	MaxValue   = 200  // characters
	MaxNote    = 1000 // of a note, and of what is said of a sighting
	MaxDays    = 366  // an entry stands at most so long
	MaxEntries = 500  // of one organisation in one operation
	MaxHits    = 100  // cases, and messages, that are shown of one entry
)

// For whom an entry is, beside its own organisation; texts under watchpage.to.
const (
	Own         = "own"
	Coordinated = "coordination"
	Controls    = "enforcement" // all who control goods, and coordination
)

// Audiences lists them, the narrowest first.
func Audiences() []string { return []string{Own, Coordinated, Controls} }

func valueOf(to string, own int64) audience.Value {
	switch to {
	case Coordinated:
		return audience.Own(own).With(access.Coordination)
	case Controls:
		return audience.Own(own).With(access.Coordination, access.Enforcement)
	}
	return audience.Own(own)
}

// Entry is a value on somebody's list. But for its end it is as it was written.
type Entry struct {
	Seq          int64 `json:",omitempty"` // index of the entry that made it
	ID           ID
	Organisation int64 // whose it is
	Author       string
	At           time.Time
	Audience     int64
	To           string // Own, Coordinated, Controls
	Kind         string // of connection.Kinds
	Value        string // as it was typed
	Key          string // the form in which it is compared
	Note         string
	Until        string // the last day
	Good         bool   // known to be good: raises nothing
	Dropped      Dropped
}

// Dropped says that an entry was taken off its list.
type Dropped struct {
	Entry  int64 `json:",omitempty"` // index of the entry; in that entry itself 1
	At     time.Time
	Author string
}

// InForce tells whether an entry counts on a day.
func (e Entry) InForce(day string) bool { return e.Dropped.Entry == 0 && day <= e.Until }

// Fact is what records share that carry the value.
func (e Entry) Fact() connection.Fact {
	f, _ := connection.Value(e.Kind, e.Value)
	return f
}

// Draft is what is written to put a value on a list.
type Draft struct {
	ID    ID // the same id again is the same entry; empty: one is made
	Kind  string
	Value string
	Note  string
	Until string
	Good  bool
	To    string
}

// clean gives the draft as it is kept, with its key. Paths are the names of the fields.
func (d Draft) clean(today string) (Draft, string, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Value = text(&p, "value", d.Value, MaxValue, true, i18n.CleanLine)
	d.Note = text(&p, "note", d.Note, MaxNote, false, i18n.CleanBody)
	key := ""
	switch f, ok := connection.Value(d.Kind, d.Value); {
	case d.Kind == "":
		p.Add("kind", "fault.required")
	case !slices.Contains(connection.Kinds(), d.Kind):
		p.Add("kind", "fault.unknown-code")
	case !ok && d.Value != "":
		p.Add("value", "watchlist.value."+form(d.Kind))
	default:
		key, d.Value = f.Key(), f.Value
	}
	if !slices.Contains(Audiences(), d.To) {
		p.Add("to", "fault.required")
	}
	until(&p, d.Until, today)
	return d, key, p.Fault()
}

// form is the kind of value whose form is explained.
func form(kind string) string {
	if kind == connection.GTIN || kind == connection.Route {
		return kind
	}
	return "short"
}

func until(p *fault.Problems, day, today string) {
	last, err := time.Parse(time.DateOnly, day)
	now, _ := time.Parse(time.DateOnly, today)
	switch {
	case day == "":
		p.Add("until", "fault.required")
	case err != nil:
		p.Add("until", "fault.not-a-date")
	case last.Before(now):
		p.Add("until", "watchlist.until-past")
	case last.After(now.AddDate(0, 0, MaxDays)):
		p.Add("until", "watchlist.until-late", fault.Args{"max": int64(MaxDays)})
	}
}

func text(p *fault.Problems, path, s string, most int, required bool, clean func(string, int) (string, error)) string {
	if s = strings.TrimSpace(s); s == "" {
		if required {
			p.Add(path, "fault.required")
		}
		return ""
	}
	s, err := clean(s, most)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	}
	return strings.TrimSpace(s)
}

// Name says which entry is meant by the id that its originator gave it.
type Name struct {
	ID   ID
	From organisation.ID // the originator; empty: one's own, or the first that one reads
}

// Item is an entry as one reader may know it.
type Item struct {
	Entry
	Of       organisation.Organisation
	Mine     bool
	Now      bool  // in force
	Cases    int64 // that carry the value, of those that the reader may read
	Messages int64 // MaxHits+1: more than MaxHits
	Sighted  []Sighted
	MayDrop  bool
}

// Page is the list that somebody reads.
type Page struct {
	Standing operation.Standing
	Current  []Item // waited for, the newest first
	Good     []Item // known to be good
	Ended    []Item
	More     bool // there are older ones, which a page does not show
	MaySet   bool
	MaySay   bool
	Today    string
}

// Opened is one entry with what carries its value, of what the reader may read.
type Opened struct {
	Standing operation.Standing
	Item
	By       string // who wrote it; only for its own organisation
	Found    []seizure.Case
	Heard    []message.Message
	From     map[int64]organisation.Organisation
	MaySay   bool
	Sighting []Sighted
}

// What is said of a value or a case; texts under watchpage.state.
const (
	SeenHere     = "seen-here"
	NotConfirmed = "not-confirmed"
)

// Sighting is what an organisation says of a value or a case.
type Sighting struct {
	Seq          int64 `json:",omitempty"`
	ID           ID
	Organisation int64
	Author       string
	At           time.Time
	Audience     int64
	Seizure      int64  `json:",omitempty"` // number of the case; 0: it is of a value
	Kind         string `json:",omitempty"`
	Value        string `json:",omitempty"`
	Key          string `json:",omitempty"`
	State        string // SeenHere, NotConfirmed
	Words        string
}

// Sighted is a sighting with whose it is.
type Sighted struct {
	Sighting
	Of organisation.Organisation
}

// SightingDraft is what is written: of a case, by its reference; of an entry that one
// reads; or of a value, which coordination reads, too.
type SightingDraft struct {
	ID    ID
	Case  string
	Entry Name
	Kind  string
	Value string
	State string
	Words string
}

func (d *SightingDraft) clean() error {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	switch d.State {
	case SeenHere, NotConfirmed:
	case "":
		p.Add("state", "fault.required")
	default:
		p.Add("state", "fault.unknown-code")
	}
	d.Words = text(&p, "words", d.Words, MaxNote, false, i18n.CleanBody)
	return p.Fault()
}
