package notice

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// The reasons why something matters to somebody, the strongest first. Labels
// under notice.reason.
const (
	Urgent    = "urgent"
	Waits     = "waits"     // for an answer of the person's organisation
	Answer    = "answer"    // to what the person wrote
	Addressed = "addressed" // to the person's organisation by name
	Match     = "match"     // of a subscription, by a message
	Case      = "case"      // of a subscription, by a case
	Back      = "returned"  // a case of the person's organisation, to be corrected
	Document  = "document"  // new in the library, or in a new version
	Clock     = "clock"     // a deadline of the legal clock ends soon, or has ended
)

// Limits.
const (
	MaxSubscriptions = 20 // of one person in one operation
	MaxShown         = 100
	// Kept is how long a notice is kept.
	Kept = 90 * 24 * time.Hour
	// News is how old an entry may be of which people are told: a server that
	// stood still for longer, or a restored backup, tells nobody of old things.
	News = 3 * 24 * time.Hour
	// Apart is the least time between two bundles to one person.
	Apart = 15 * time.Minute
)

// Notice is one thing that matters to its reader, who may read it now.
type Notice struct {
	Operation operation.Operation
	Seq       int64 // number of the record
	Reason    string
	At        time.Time
	Seen      bool
	From      organisation.Organisation // the record's originator
	Message   *message.Message          // the record: one of the three
	Case      *seizure.Case
	Alarm     *detention.Alarm // of Case, whose clock warns; Seq is the warning's
	Document  *document.Document
	Inquiry   inquiry.ID // Seq is that of the entry which asked, answered or reminded
	Alert     *alert.Alert
	Sheet     *product.Sheet     // Seq is that of the entry which reminds of it
	Report    *Report            // Seq is that of the entry which asks
	Workshop  *workshop.Workshop // Seq is that of the entry which called, confirmed, declined or cancelled
	Version   int64              // of Document: its number; Seq is the version's
}

// Subscription says what else somebody wants to be told of in an operation: all
// that is given must fit; nothing given fits nothing.
type Subscription struct {
	ID          string
	Category    string // codelist.Category
	Conveyance  string // codelist.Conveyance
	Provenance  string // codelist.Country
	Destination string // codelist.Country
	Brand       string // words, compared folded
}

func (s Subscription) empty() bool { return s.fields() == [5]string{} }

func (s Subscription) fields() [5]string {
	return [5]string{s.Category, s.Conveyance, s.Provenance, s.Destination, s.Brand}
}

// goods are what a record says that subscriptions look at.
type goods struct {
	categories                          []string
	conveyance, provenance, destination string
	texts                               []string // folded words of each text, between blanks
}

func (s Subscription) fits(g goods) bool {
	return !s.empty() && (s.Category == "" || slices.Contains(g.categories, s.Category)) &&
		(s.Conveyance == "" || s.Conveyance == g.conveyance) &&
		(s.Provenance == "" || s.Provenance == g.provenance) &&
		(s.Destination == "" || s.Destination == g.destination) &&
		(s.Brand == "" || slices.ContainsFunc(g.texts, func(t string) bool { return strings.Contains(t, words(s.Brand)) }))
}

// words folds a text to its words, with a blank before and behind each: whole
// words are found whatever stands between them.
func words(s string) string {
	parts := strings.FieldsFunc(i18n.Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	return " " + strings.Join(parts, " ") + " "
}

func goodsOfMessage(m message.Message) goods {
	return goods{categories: []string{m.Profile.Category}, conveyance: m.Profile.Conveyance, provenance: m.Profile.Provenance,
		destination: m.Profile.Destination, texts: []string{words(m.Subject), words(m.Body)}}
}

func goodsOfCase(c seizure.Case) goods {
	g := goods{conveyance: c.Conveyance.Code, provenance: c.Origin.Code, destination: c.Destination.Code}
	for _, l := range c.Goods {
		g.categories = append(g.categories, l.Category)
		g.texts = append(g.texts, words(l.Brand))
	}
	return g
}

// The ways in which e-mail comes; labels under notice.mode.
const (
	Bundled = "bundled" // at most one in fifteen minutes
	Digest  = "digest"  // once a day
	Never   = "never"
)

// Modes lists the ways in their usual order.
func Modes() []string { return []string{Bundled, Digest, Never} }

// Setting is how one person is told by e-mail.
type Setting struct {
	Mode    string
	Hour    int64     // of a digest, local in Zone
	Zone    string    // of the organisation whose hat was worn when it was chosen
	Address string    // proven; empty: none
	Pending string    // waits for its code
	Ends    time.Time // of Pending
	Failed  time.Time // when the last mail could not be handed over; zero: it could

	asked, asksSince, last time.Time
	guesses, asks, sending int64
}

// next is the earliest moment of the next bundle or digest, for the oldest notice
// that it would tell of.
func (s Setting) next(oldest time.Time) time.Time {
	if s.Mode != Digest {
		if s.last.IsZero() {
			return oldest
		}
		return s.last.Add(Apart)
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		zone = time.UTC
	}
	from := oldest
	if s.last.After(from) {
		from = s.last
	}
	day := from.In(zone)
	for n := range 3 {
		if at := time.Date(day.Year(), day.Month(), day.Day()+n, int(s.Hour), 0, 0, 0, zone); at.After(from) {
			return s.apart(at)
		}
	}
	return s.apart(from.Add(24 * time.Hour))
}

// apart keeps a digest from following a bundle, or another hour's digest, too closely.
func (s Setting) apart(at time.Time) time.Time {
	if least := s.last.Add(Apart); !s.last.IsZero() && at.Before(least) {
		return least
	}
	return at
}
