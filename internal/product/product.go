package product

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// ID is the UUID of a sheet, made by whoever writes it; unique for its holder only.
type ID string

// Name says which sheet is meant by the id that its holder gave it.
type Name struct {
	ID   ID
	From organisation.ID // the holder; empty: the only one that the reader may see
}

// Limits.
const (
	MaxFeatures = 30
	MaxPairs    = 12
	MaxCodes    = 500
	MaxRoutes   = 50
	MaxTraders  = 200
	MaxText     = 4000 // characters of a text
	MaxTitle    = 200  // characters of a name or a feature's title
	ValidFor    = 366  // days, what a form proposes
	WarnBefore  = 30   // days before the end of validity: the holder is reminded
	ConfirmedIn = 366  // days after which what was not confirmed is stale
	Misleads    = 3    // marks since the last confirmation from which on a sheet may be stale
)

// Text is a text by the language it is written in (BCP 47). Nothing is ever
// translated here: what is missing in a reader's language is shown in another.
type Text map[string]string

// In is the text in a language or, failing that, in the main one, or in any; with the
// language that it is in.
func (t Text) In(language, main string) (text, in string) {
	for _, l := range []string{language, main} {
		if t[l] != "" {
			return t[l], l
		}
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if t[l] != "" {
			return t[l], l
		}
	}
	return "", ""
}

// all are its texts, in the order of their languages.
func (t Text) all() []string {
	var out []string
	for _, l := range slices.Sorted(maps.Keys(t)) {
		out = append(out, t[l])
	}
	return out
}

// The states of a sheet; labels under code.product-state.
const (
	Draft     = "draft" // never published
	Published = "published"
	Withdrawn = "withdrawn"
)

// Sheet is what stands about a sheet beside what its versions say.
type Sheet struct {
	Seq          int64 `json:",omitempty"` // index of the entry that first saved it
	ID           ID
	Organisation int64 // the right holder
	Brand        holder.BrandID
	Author       string // who saved it first
	State        string
	Audience     int64                // own side only while it is a draft
	To           To                   // for whom it is, as its publisher said
	Category     string               // codelist.Category, of the newest version or the draft
	Version      int64                // number of the newest version; 0: none
	Newest       int64                // Seq of that version
	Published    time.Time            // when the newest version was
	Until        string               // day: valid until
	Confirmed    time.Time            // when it was last published or confirmed
	Verifier     string               // person who did
	Edit         int64                // number of the draft; raised by each save
	Doubted      bool                 `json:",omitempty"` // marks say that it misleads more than it helps
	Reason       string               `json:",omitempty"` // why it was withdrawn
	Reminded     string               `json:",omitempty"` // of what its holder was reminded last
	Claimed      map[string]time.Time `json:",omitempty"` // since when its versions have said each GTIN, as compared
}

// claims are the GTINs of what is published, each since when versions have said it.
func (s Sheet) claims(c Content, now time.Time) map[string]time.Time {
	out := map[string]time.Time{}
	for _, code := range c.Codes {
		key := Compared(code.Value)
		if code.Kind != GTIN || key == "" {
			continue
		}
		since, had := s.Claimed[key]
		if !had {
			since = now
		}
		out[key] = since
	}
	return out
}

// EntrySubject is how the journal calls a sheet.
func (s Sheet) EntrySubject() string { return "product/" + string(s.ID) }

// Content is what a draft or a version says.
type Content struct {
	Language    string // BCP 47, the main one
	Name        Text
	Category    string   // codelist.Category
	HS          []string `json:",omitempty"` // 4 or 6 digits
	Codes       []Code   `json:",omitempty"`
	Description Text     `json:",omitempty"`
	Packaging   Text     `json:",omitempty"`
	Handling    Text     `json:",omitempty"` // how to handle the goods
	Danger      Text     `json:",omitempty"` // to health or safety; empty: none is known
	Features    []Feature
	Pairs       []Pair  `json:",omitempty"`
	Routes      []Route `json:",omitempty"` // authorised
	Valid       string  // day until which it is
}

// The kinds of code; labels under code.product-code.
const (
	GTIN  = "gtin"  // 8, 12, 13 or 14 digits
	SKU   = "sku"   // the holder's own number
	Model = "model" // as on the goods
	Other = "other"
)

// Code is a number by which a product is known.
type Code struct{ Kind, Value string }

// Feature is something by which genuine and fake are told apart. Its number is its
// place in the list, from 1.
type Feature struct {
	Title   Text
	Genuine Text   // what it is like on genuine goods
	Fake    Text   `json:",omitempty"` // and on the fakes that are known
	Spots   []Spot `json:",omitempty"` // where it is on pictures
}

// Spot is a place on a pair of pictures, in thousandths of width and height.
type Spot struct {
	Pair     int    // its place in the list, from 1
	Genuine  [2]int // x, y; -1, -1: not on this one
	Fake     [2]int
	Diameter int // thousandths of the width
}

// Pair is a genuine picture beside a fake one of the same thing. Either may be
// missing, not both.
type Pair struct {
	Genuine attachment.ID `json:",omitempty"`
	Fake    attachment.ID `json:",omitempty"`
	Caption Text          `json:",omitempty"`
}

// Pictures lists the attachments of pairs, each once, in their order.
func (c Content) Pictures() []attachment.ID {
	var out []attachment.ID
	for _, p := range c.Pairs {
		for _, id := range []attachment.ID{p.Genuine, p.Fake} {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// Route is a way that genuine goods take.
type Route struct {
	From, Via, To string // ISO 3166-1 alpha-2; via may be empty
	Conveyance    string `json:",omitempty"` // codelist.Conveyance
	Note          string `json:",omitempty"`
}

// The parts that stand apart; labels under code.product-part.
const (
	Traders = "traders"
	Covert  = "covert"
)

// Part is a part of a sheet that stands apart. It is replaced as a whole.
type Part struct {
	Seq          int64 `json:",omitempty"`
	Product      int64 // Seq of the sheet
	Kind         string
	Organisation int64
	Audience     int64
	To           To
	Version      int64     // from 1
	Traders      []Trader  `json:",omitempty"`
	Features     []Feature `json:",omitempty"` // covert ones
	Pairs        []Pair    `json:",omitempty"` // pictures of them; customs see them with the reader's mark only
	Language     string
	Author       string
	At           time.Time
}

// Trader is a firm that makes or trades genuine goods, or is known not to.
type Trader struct {
	Role       string // codelist.TraderRole
	Name       string
	Country    string // ISO 3166-1 alpha-2
	Authorised bool
	Until      string `json:",omitempty"` // day; empty: no end is stated
}

// The kinds of mark; labels under code.product-mark.
const (
	Helped     = "helped"
	Misleading = "misleading"
	Used       = "used" // in a case
)

// Mark is what somebody of customs says of a sheet after a control.
type Mark struct {
	Seq          int64  `json:",omitempty"`
	ID           string // UUID, made by whoever writes it
	Product      int64
	Version      int64 // of the sheet, that was read
	Kind         string
	Note         string `json:",omitempty"` // what misled; the holder reads it, without who wrote it
	Organisation int64
	Author       string
	At           time.Time
}

// Item is a sheet with its newest version, and what its reader may know beside.
type Item struct {
	Sheet
	Content // of the newest version; of a draft: the draft
	Holder  organisation.Organisation
	Of      holder.Brand
	Fakes   int                   // pairs that show a fake
	Stale   bool                  //
	Expired bool                  //
	Mine    bool                  // the reader acts for its holder
	Cover   attachment.Attachment // the first picture; zero: none
}

// Query is what somebody looks for; what is empty does not narrow.
type Query struct {
	Text     string // words, or a code as typed or scanned
	Code     string // a code only
	Holder   organisation.ID
	Brand    holder.BrandID
	Category string
	Again    bool   // the reader's own side: only what asks for a review
	Own      bool   // only sheets of those for whom the reader acts; drafts and withdrawn ones, too
	After    Cursor // Found.Next of the page before
	Limit    int    // at most 100; 0: 20
}

// Cursor is where a list goes on.
type Cursor struct {
	Stale bool
	Seq   int64 // 0: from the newest
}

// Found is what was found: fresh sheets first, then stale ones, each newest first.
type Found struct {
	Standing operation.Standing
	Items    []Item
	Next     *Cursor // nil: this is the last page
	Code     string  // the code that was read in the text; empty: there is none
	ByCode   bool    // the items have that code
	Issuer   string  // country whose office issued the code's prefix; never the origin
	BadCheck bool    // its check digit is wrong
}

// Opened is a sheet with all that its reader may see.
type Opened struct {
	Standing operation.Standing
	Item
	Number   int64 // of the version that is shown
	At       time.Time
	Versions []VersionLine // newest first
	Pictures map[attachment.ID]attachment.Attachment
	Traders  *Part // nil: none, or not for the reader
	Covert   bool  // the reader stands with customs and there are covert features to open
	Apart    *Part // for the holder's own side: the covert part; nil: none
	Marks    Counts
	Working  *Content // for the holder's own side: what is written and not published
	MayEdit  bool
}

// VersionLine is a version in a list.
type VersionLine struct {
	Number int64
	At     time.Time
	Note   string
}

// Counts are how many marks of each kind a sheet has, and the last notes of what
// misled, newest first.
type Counts struct {
	Helped, Misleading, Used int64
	Notes                    []MarkNote
}

// MarkNote is what misled, without who said so.
type MarkNote struct {
	Note string
	Day  string // UTC
}

// IsExpired tells whether the validity of a sheet has ended by a day.
func (s Sheet) IsExpired(day string) bool { return s.Until != "" && s.Until < day }

// IsStale tells whether a sheet should be looked at by its holder again.
func (s Sheet) IsStale(now time.Time, day string) bool {
	return s.IsExpired(day) || s.Doubted || s.Confirmed.Before(now.AddDate(0, 0, -ConfirmedIn))
}

// Languages are those in which a content says something, the main one first.
func (c Content) Languages() []string {
	all := map[string]bool{c.Language: true}
	texts := []Text{c.Name, c.Description, c.Packaging, c.Handling, c.Danger}
	for _, f := range c.Features {
		texts = append(texts, f.Title, f.Genuine, f.Fake)
	}
	for _, p := range c.Pairs {
		texts = append(texts, p.Caption)
	}
	for _, t := range texts {
		for l, words := range t {
			if words != "" {
				all[l] = true
			}
		}
	}
	out := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(rank(a == c.Language), rank(b == c.Language)) })
	return out
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}
