package register

import (
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/following"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// singles are the filters of which a case has one value: the first of coded.
const singles = 10

// columns are the cases of one operation, value by value: what is known of one case stands at the same place of every slice. Its
// words are not known.
type columns struct {
	seqs       []int64           // in order
	values     [singles][]uint16 // places in dictionaries, in the order of coded
	days       []uint16          // places in calendar
	audience   []uint32
	author     []uint32
	posts      []uint32 // places in postAt; 0: none is named
	photos     []bool
	categories []uint64 // bits by dictionary
	violations []uint64
	spans      []span // of items
	items      items

	words     [singles + 2][]string // dictionaries; place 0 is the empty value
	places    [singles + 2]map[string]uint16
	calendar  []string // days
	dates     map[string]uint16
	audiences map[int64]uint32
	authors   map[string]uint32
	postAt    map[string]uint32 // by seizure.PostKey
}

func newColumns() *columns {
	c := &columns{audiences: map[int64]uint32{}, authors: map[string]uint32{}, postAt: map[string]uint32{}, calendar: []string{""}, dates: map[string]uint16{"": 0}, items: newItems()}
	for i := range c.words {
		c.words[i], c.places[i] = []string{""}, map[string]uint16{"": 0}
	}
	return c
}

// keptRows bounds how much of all operations stays in memory: cases of 67 bytes, and
// items of goods of 24 bytes, three of which are taken for a case.
const keptRows = 3_000_000

// Register holds the columns of operations. Safe for concurrent use.
type Register struct {
	followed *following.Follower[*columns, seizure.Outline]
}

// New makes an empty one.
func New() *Register {
	return &Register{following.New(following.Records[seizure.Outline]{From: seizure.Outlines, These: seizure.OutlinesOf, Touched: seizure.Touched},
		newColumns, keptRows)}
}

// Next is the number from which on nothing is there yet.
func (c *columns) Next() int64 {
	if n := len(c.seqs); n > 0 {
		return c.seqs[n-1] + 1
	}
	return 0
}

// Weight is how much is there, in cases.
func (c *columns) Weight() int { return len(c.seqs) + c.items.length()/3 }

// Take puts cases in the place of what was known of them.
func (c *columns) Take(tx *db.Tx, op int64, all []seizure.Outline) error {
	seqs := make(db.List, 0, len(all))
	for _, o := range all {
		seqs = append(seqs, o.Seq)
	}
	having, err := attachment.Having(tx, op, seqs)
	if err != nil {
		return err
	}
	for _, o := range all {
		at, known := slices.BinarySearch(c.seqs, o.Seq)
		if !known { // numbers grow, so it is the last
			c.grow(o.Seq)
		}
		_, photos := slices.BinarySearch(having, o.Seq)
		c.put(at, o, photos)
	}
	if c.items.wasteful() {
		c.items = c.items.packed(c.spans)
	}
	return nil
}

// grow makes room for one more case.
func (c *columns) grow(seq int64) {
	c.seqs = append(c.seqs, seq)
	for i := range c.values {
		c.values[i] = append(c.values[i], 0)
	}
	c.days, c.photos, c.spans = append(c.days, 0), append(c.photos, false), append(c.spans, span{})
	c.audience, c.author = append(c.audience, 0), append(c.author, 0)
	c.posts = append(c.posts, 0)
	c.categories, c.violations = append(c.categories, 0), append(c.violations, 0)
}

// put writes what is known of a case at its place.
func (c *columns) put(at int, o seizure.Outline, photos bool) {
	c.audience[at], c.author[at], c.photos[at] = place(c.audiences, o.Audience), place(c.authors, o.Author), photos
	for i, v := range [singles]string{o.State, o.Class, o.Status, o.Conveyance, o.Direction, o.Detection, o.Country, o.Origin, o.Destination,
		strconv.FormatInt(o.Organisation, 10)} {
		c.values[i][at] = c.place(i, v)
	}
	if c.posts[at] = 0; o.Post != "" {
		c.posts[at] = place(c.postAt, o.Post)
	}
	day, known := c.dates[o.Day]
	if !known {
		day = uint16(len(c.calendar))
		c.dates[o.Day] = day
		c.calendar = append(c.calendar, o.Day)
	}
	c.days[at] = day
	c.items.drop(c.spans[at])
	c.spans[at] = span{first: uint32(c.items.length())}
	c.categories[at], c.violations[at] = 0, 0
	for _, l := range o.Lines {
		category := c.place(singles, l.Category)
		if l.Category != "" {
			c.categories[at] |= 1 << min(category, 63)
		}
		var offends []uint32
		for _, v := range l.Violations {
			if v != "" {
				offended := c.place(singles+1, v)
				offends = append(offends, uint32(offended))
				c.violations[at] |= 1 << min(offended, 63)
			}
		}
		c.items.add(at, category, offends, l)
	}
	if len(o.Lines) == 0 {
		c.items.add(at, 0, nil, seizure.OutlineLine{})
	}
	c.spans[at].n = uint32(c.items.length()) - c.spans[at].first
}

// place gives a value's place in its dictionary, a new one at the end.
func (c *columns) place(dimension int, value string) uint16 {
	at, ok := c.places[dimension][value]
	if !ok {
		at = uint16(len(c.words[dimension]))
		c.places[dimension][value] = at
		c.words[dimension] = append(c.words[dimension], value)
	}
	return at
}

func place[K comparable](all map[K]uint32, key K) uint32 {
	at, ok := all[key]
	if !ok {
		at = uint32(len(all) + 1) // 0 is nobody's
		all[key] = at
	}
	return at
}
