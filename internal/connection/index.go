package connection

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Index finds the cases that have a fact. It follows the journal: every question
// compares it with the size of the journal in its own snapshot and reads what has
// changed since, whichever process changed it. It only proposes: whoever asks reads
// the cases from the database.
type Index struct {
	mu  sync.Mutex
	all map[int64]*columns
}

// NewIndex makes an empty one.
func NewIndex() *Index { return &Index{all: map[int64]*columns{}} }

// row is what is known of one case.
type row struct {
	seq      int64
	facts    []uint32 // numbers of facts, by which connections and lists of values find it
	audience uint32
	day      int32
	out      bool // reported, and it stands
	photos   bool
}

// columns are the cases of one operation when its journal had that size.
type columns struct {
	mu        sync.RWMutex
	loaded    bool
	size      int64
	rows      []row // by seq
	numbers   map[string]uint32
	having    [][]int32 // places of rows by fact, in order
	audiences map[int64]uint32
}

// keptRows bounds how many cases of all operations stay in memory, about 250 bytes each.
const keptRows = 1_000_000

func (k *Index) of(operation int64) *columns {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all[operation] == nil {
		k.all[operation] = &columns{numbers: map[string]uint32{}, audiences: map[int64]uint32{}}
	}
	return k.all[operation]
}

// trim lets operations go until what is left fits, never the one asked for last.
func (k *Index) trim(last int64, most int) {
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

// current brings an operation's columns up to this snapshot and holds them still
// until done is called. They may be newer than the snapshot, never older.
func (k *Index) current(tx *db.Tx, op int64) (c *columns, done func(), err error) {
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
		if c.loaded = true; c.size >= size {
			return nil
		}
	}
	touched, err := seizure.Touched(tx, op, c.size)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(touched, atOnce) {
		all, err := seizure.TracesOf(tx, op, db.List(some))
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

// load reads what is not there yet; who gives up half way is followed by the next.
func (c *columns) load(tx *db.Tx, op int64) error {
	from := int64(0)
	if n := len(c.rows); n > 0 {
		from = c.rows[n-1].seq + 1
	}
	for {
		all, err := seizure.Traces(tx, op, from, atOnce)
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
func (c *columns) take(tx *db.Tx, op int64, all []seizure.Trace) error {
	seqs := make(db.List, 0, len(all))
	for _, t := range all {
		seqs = append(seqs, t.Seq)
	}
	having, err := attachment.Having(tx, op, seqs)
	if err != nil {
		return err
	}
	for _, t := range all {
		r := row{seq: t.Seq, audience: c.audience(t.Audience), day: dayNumber(t.Day), out: t.Out()}
		_, r.photos = slices.BinarySearch(having, t.Seq)
		at, known := c.find(t.Seq)
		if known {
			c.drop(int32(at))
		} else { // numbers grow, so it is the last
			at = len(c.rows)
			c.rows = append(c.rows, row{})
		}
		for _, f := range append(facts(t), watchable(t)...) {
			r.facts = c.put(r.facts, f.key, int32(at))
		}
		c.rows[at] = r
	}
	return nil
}

func (c *columns) find(seq int64) (int, bool) {
	return slices.BinarySearchFunc(c.rows, seq, func(r row, seq int64) int { return cmp.Compare(r.seq, seq) })
}

func (c *columns) audience(number int64) uint32 {
	at, ok := c.audiences[number]
	if !ok {
		at = uint32(len(c.audiences))
		c.audiences[number] = at
	}
	return at
}

func (c *columns) put(facts []uint32, key string, at int32) []uint32 {
	n, ok := c.numbers[key]
	if !ok {
		n = uint32(len(c.having))
		c.numbers[key] = n
		c.having = append(c.having, nil)
	}
	if slices.Contains(facts, n) {
		return facts
	}
	list := c.having[n]
	i, _ := slices.BinarySearch(list, at)
	c.having[n] = slices.Insert(list, i, at)
	return append(facts, n)
}

func (c *columns) drop(at int32) {
	for _, n := range c.rows[at].facts {
		if i, there := slices.BinarySearch(c.having[n], at); there {
			c.having[n] = slices.Delete(c.having[n], i, i+1)
		}
	}
}

// view is the columns as one reader may know them.
type view struct {
	*columns
	open []bool // by place of the audience
}

func (c *columns) view(readable db.List) view {
	v := view{c, make([]bool, len(c.audiences))}
	for _, a := range readable {
		if at, ok := c.audiences[a]; ok {
			v.open[at] = true
		}
	}
	return v
}

// carriers gives the places of the cases that are out, that the reader may read and
// that have a fact: as many as most, and how many there are.
func (v view) carriers(f Fact, most int) (places []int32, n int64) {
	number, ok := v.numbers[f.key]
	if !ok {
		return nil, 0
	}
	for _, at := range v.having[number] {
		if r := &v.rows[at]; r.out && v.open[r.audience] {
			if n++; len(places) < most {
				places = append(places, at)
			}
		}
	}
	return places, n
}

// Carrying gives the numbers of the cases of some audiences that have a fact, newest
// first: at most most, and how many there are.
func (k *Index) Carrying(tx *db.Tx, op int64, readable db.List, f Fact, most int) (seqs db.List, n int64, err error) {
	c, done, err := k.current(tx, op)
	if err != nil {
		return nil, 0, err
	}
	defer done()
	places, n := c.view(readable).carriers(f, c.len())
	slices.Reverse(places)
	for _, at := range places[:min(len(places), most)] {
		seqs = append(seqs, c.rows[at].seq)
	}
	return seqs, n, nil
}

func (c *columns) len() int { return len(c.rows) }
