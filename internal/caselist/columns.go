package caselist

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// singles are the filters of which a case has one value: the first of coded.
const singles = 10

// row is what is known of one case, without its words.
type row struct {
	seq        int64
	categories uint64 // bits by dictionary
	violations uint64
	values     [singles]uint16 // places in dictionaries, in the order of coded
	audience   uint32
	author     uint32
	day        int32 // 20170208; 0: not stated
	photos     bool
}

// columns are the cases of one operation when its journal had that size.
type columns struct {
	mu        sync.RWMutex
	loaded    bool
	size      int64
	rows      []row                 // by seq
	words     [singles + 2][]string // dictionaries; place 0 is the empty value
	places    [singles + 2]map[string]uint16
	audiences map[int64]uint32
	authors   map[string]uint32
	brands    map[string][]int32 // places of rows by folded brand, in order
}

func newColumns() *columns {
	c := &columns{audiences: map[int64]uint32{}, authors: map[string]uint32{}, brands: map[string][]int32{}}
	for i := range c.words {
		c.words[i], c.places[i] = []string{""}, map[string]uint16{"": 0}
	}
	return c
}

// keptRows bounds how many cases of all operations stay in memory, 64 bytes each.
const keptRows = 3_000_000

// kept holds the columns of operations.
type kept struct {
	mu  sync.Mutex
	all map[int64]*columns
}

func (k *kept) of(operation int64) *columns {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[int64]*columns{}
	}
	if k.all[operation] == nil {
		k.all[operation] = newColumns()
	}
	return k.all[operation]
}

// trim lets operations go until what is left fits, never the one that was asked
// for last.
func (k *kept) trim(last int64, most int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	sum := 0
	for _, c := range k.all {
		sum += c.length()
	}
	for _, op := range slices.Sorted(maps.Keys(k.all)) {
		if sum <= most {
			return
		}
		if op != last {
			sum -= k.all[op].length()
			delete(k.all, op)
		}
	}
}

// length is how many cases are there; 0 while they are being read.
func (c *columns) length() int {
	if !c.mu.TryRLock() {
		return 0
	}
	defer c.mu.RUnlock()
	return len(c.rows)
}

// current brings the columns of an operation up to this snapshot and holds them
// still until done is called. They may be newer than the snapshot by what was
// written meanwhile: never older.
func (k *kept) current(tx *db.Tx, op int64) (c *columns, done func(), err error) {
	size, err := journal.Size(tx, op)
	if err != nil {
		return nil, nil, err
	}
	c = k.of(op)
	c.mu.RLock()
	if c.loaded && c.size >= size {
		return c, c.mu.RUnlock, nil
	}
	fresh := !c.loaded
	c.mu.RUnlock()
	c.mu.Lock()
	err = c.follow(tx, op, size)
	c.mu.Unlock()
	if err != nil {
		return nil, nil, err
	}
	if fresh {
		k.trim(op, keptRows)
	}
	c.mu.RLock()
	return c, c.mu.RUnlock, nil
}

// atOnce bounds what is read in one question.
const atOnce = 2000

// follow reads what the journal has done since the size that is kept.
func (c *columns) follow(tx *db.Tx, op, size int64) error {
	if c.loaded && c.size >= size {
		return nil
	}
	if !c.loaded {
		if len(c.rows) == 0 {
			c.size = size
		}
		c.size = min(c.size, size) // what is read now may be older than what is there
		if err := c.load(tx, op); err != nil {
			return err
		}
		c.loaded = true
		if c.size >= size {
			return nil
		}
	}
	touched, err := seizure.Touched(tx, op, c.size)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(touched, atOnce) {
		all, err := seizure.OutlinesOf(tx, op, db.List(some))
		if err == nil {
			err = c.take(tx, op, all)
		}
		if err != nil {
			return err
		}
	}
	c.size = size
	return nil
}

// load reads what is not there yet. Who asks may give up half way: the next
// question goes on from there, and follows what has changed since the first.
func (c *columns) load(tx *db.Tx, op int64) error {
	from := int64(0)
	if n := len(c.rows); n > 0 {
		from = c.rows[n-1].seq + 1
	}
	for {
		all, err := seizure.Outlines(tx, op, from, atOnce)
		if err == nil {
			err = c.take(tx, op, all)
		}
		if err != nil || len(all) < atOnce {
			return err
		}
		from = all[len(all)-1].Seq + 1
	}
}

// take puts cases in the place of what was known of them.
func (c *columns) take(tx *db.Tx, op int64, all []seizure.Outline) error {
	seqs := make(db.List, 0, len(all))
	for _, o := range all {
		seqs = append(seqs, o.Seq)
	}
	having, err := attachment.Having(tx, op, seqs)
	if err != nil {
		return err
	}
	for _, o := range all {
		r := c.row(o)
		_, r.photos = slices.BinarySearch(having, o.Seq)
		at, known := slices.BinarySearchFunc(c.rows, o.Seq, func(r row, seq int64) int { return cmp.Compare(r.seq, seq) })
		if known {
			c.rows[at] = r
			c.unbrand(int32(at))
		} else { // numbers grow, so it is the last
			at = len(c.rows)
			c.rows = append(c.rows, r)
		}
		for _, b := range o.Brands {
			c.brand(i18n.Fold(b), int32(at))
		}
	}
	return nil
}

func (c *columns) row(o seizure.Outline) row {
	r := row{seq: o.Seq, audience: place(c.audiences, o.Audience), author: place(c.authors, o.Author), day: dayOf(o.Day)}
	for i, v := range [singles]string{o.State, o.Class, o.Status, o.Conveyance, o.Direction, o.Detection, o.Country, o.Origin, o.Destination,
		strconv.FormatInt(o.Organisation, 10)} {
		r.values[i] = c.place(i, v)
	}
	for _, v := range o.Categories {
		r.categories |= 1 << min(c.place(singles, v), 63)
	}
	for _, v := range o.Violations {
		r.violations |= 1 << min(c.place(singles+1, v), 63)
	}
	return r
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

func dayOf(day string) int32 {
	n, err := strconv.ParseInt(strings.ReplaceAll(day, "-", ""), 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

func (c *columns) brand(name string, at int32) {
	list := c.brands[name]
	if i, there := slices.BinarySearch(list, at); name != "" && !there {
		c.brands[name] = slices.Insert(list, i, at)
	}
}

func (c *columns) unbrand(at int32) {
	for name, list := range c.brands {
		if i, there := slices.BinarySearch(list, at); there {
			c.brands[name] = slices.Delete(list, i, i+1)
		}
	}
}
