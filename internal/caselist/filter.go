package caselist

import (
	"net/url"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// The names of filters, as they stand in addresses, in the order in which they
// are offered.
const (
	Words        = register.Words
	Class        = register.Class
	State        = register.State
	Organisation = register.Organisation
	Country      = register.Country
	Category     = register.Category
	Violation    = register.Violation
	Brand        = register.Brand
	Conveyance   = register.Conveyance
	Direction    = register.Direction
	Origin       = register.Origin
	Destination  = register.Destination
	Detection    = register.Detection
	Post         = register.Post
	Status       = register.Status
	From         = register.From
	To           = register.To
	Photos       = register.Photos
	Waits        = register.Waits
	Mine         = register.Mine
)

// Names lists them.
func Names() []string {
	return []string{Words, Category, Country, Class, State, Organisation, Violation, Brand, Conveyance, Direction, Origin, Destination,
		Detection, Post, Status, From, To, Photos, Waits, Mine}
}

// Coded are those whose choices are codes, and are counted.
func Coded() []string { return register.Coded() }

// Flags are those that are on or not.
func Flags() []string { return []string{Photos, Waits, Mine} }

// Lists are the code lists of filters that have one.
func Lists() map[string]codelist.List {
	return map[string]codelist.List{Status: codelist.Outcome, Conveyance: codelist.Conveyance, Direction: codelist.Direction,
		Detection: codelist.Detection, Country: codelist.Country, Origin: codelist.Country, Destination: codelist.Country,
		Category: codelist.Category, Violation: codelist.Violation}
}

// States are those in which a case may be listed.
func States() []string {
	return []string{seizure.Saved, seizure.Reported, seizure.Released, seizure.Withdrawn}
}

// Classes are those that a case may have.
func Classes() []string { return append([]string{seizure.Counted}, seizure.Classes()...) }

// Filter narrows the list; what is empty does not.
type Filter struct {
	Words    string            // looked for in the texts
	Codes    map[string]string // by name; of Organisation its number
	Brand    string
	Post     string // as seizure.PostKey compares them; Nowhere: the case names none
	From, To string // local days of the event
	Photos   bool
	Waits    bool            // reported by the reader's organisation, not released
	Mine     bool            // written by the reader
	Reporter organisation.ID // instead of the number under Organisation
	Before   int64           // cases with a smaller number; 0: from the newest
	Limit    int             // 50 when 0
}

// Nowhere is the post of cases that name none.
const Nowhere = "-"

// codeForm is how codes look that this program need not know: a filter that was
// kept before a list changed must not widen in silence.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,39}$`)

// Parse reads the filter of an address, and gives what of it counts. What cannot
// be a value is left out of both, so that nobody is promised more than the list
// keeps.
func Parse(q url.Values) (Filter, url.Values) {
	f, clean := Filter{Codes: map[string]string{}}, url.Values{}
	for _, name := range register.Coded() {
		value := q.Get(name)
		if name == Organisation {
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil || n < 1 {
				continue
			}
			value = strconv.FormatInt(n, 10)
		}
		if codeForm.MatchString(value) {
			f.Codes[name] = value
			clean.Set(name, value)
		}
	}
	f.texts(q, clean)
	for name, into := range map[string]*string{From: &f.From, To: &f.To} {
		if t, err := time.Parse(time.DateOnly, q.Get(name)); err == nil && t.Format(time.DateOnly) == q.Get(name) {
			*into = q.Get(name)
			clean.Set(name, *into)
		}
	}
	for name, into := range map[string]*bool{Photos: &f.Photos, Waits: &f.Waits, Mine: &f.Mine} {
		if q.Get(name) == "1" {
			*into = true
			clean.Set(name, "1")
		}
	}
	if n, err := strconv.ParseInt(q.Get("before"), 10, 64); err == nil && n > 0 {
		f.Before = n
	}
	return f, clean
}

func (f *Filter) texts(q, clean url.Values) {
	if brand, err := i18n.CleanLine(q.Get(Brand), 200); err == nil && i18n.Fold(brand) != "" {
		f.Brand = brand
		clean.Set(Brand, brand)
	}
	if post, err := i18n.CleanLine(q.Get(Post), 200); err == nil && post != "" {
		f.Post = post
		clean.Set(Post, post)
	}
	words := q.Get(Words)
	if words == "" || !utf8.ValidString(words) || utf8.RuneCountInString(words) > textindex.MaxQuery {
		return
	}
	if parsed, err := textindex.Parse(words); err == nil && !parsed.Empty() {
		f.Words = words
		clean.Set(Words, words)
	}
}

// Narrows tells whether the filter leaves anything out.
func (f Filter) Narrows() bool {
	return f.Words != "" || len(f.Codes) > 0 || f.Brand != "" || f.Post != "" || f.From != "" || f.To != "" || f.Photos || f.Waits || f.Mine
}

// newest is before which every case is.
const newest = 1 << 62

func (f Filter) normal() Filter {
	if f.Before <= 0 {
		f.Before = newest
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, seizure.PageLimit)
	return f
}

// ByCodes is what the register narrows by; found are the cases that hold the words.
func (f Filter) ByCodes(found []int64) register.Filter {
	return register.Filter{Codes: f.Codes, Brand: f.Brand, Post: f.Post, From: f.From, To: f.To, Photos: f.Photos, Waits: f.Waits, Mine: f.Mine,
		Words: f.Words != "", Found: found}
}
