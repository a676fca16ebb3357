package connection

import (
	"cmp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/following"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Index finds the cases that have a fact. It follows the journal, and only proposes:
// whoever asks reads the cases from the database.
type Index struct {
	followed *following.Follower[*columns, seizure.Trace]
}

// keptRows bounds how many cases of all operations stay in memory, about 250 bytes each.
const keptRows = 1_000_000

// NewIndex makes an empty one.
func NewIndex() *Index {
	return &Index{following.New(following.Records[seizure.Trace]{From: seizure.Traces, These: seizure.TracesOf, Touched: seizure.Touched}, newColumns, keptRows)}
}

// row is what is known of one case.
type row struct {
	seq      int64
	facts    []uint32 // numbers of facts, by which connections and lists of values find it
	audience uint32
	day      int32
	out      bool // reported, and it stands
	photos   bool
}

// columns are the cases of one operation.
type columns struct {
	rows      []row // by seq
	numbers   map[string]uint32
	having    [][]int32 // places of rows by fact, in order
	audiences map[int64]uint32
}

func newColumns() *columns {
	return &columns{numbers: map[string]uint32{}, audiences: map[int64]uint32{}}
}

// Next is the number from which on nothing is there yet.
func (c *columns) Next() int64 {
	if n := len(c.rows); n > 0 {
		return c.rows[n-1].seq + 1
	}
	return 0
}

// Weight is how many cases are there.
func (c *columns) Weight() int { return len(c.rows) }

// Take puts cases in the place of what was known of them.
func (c *columns) Take(tx *db.Tx, op int64, all []seizure.Trace) error {
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
	c, _, done, err := k.followed.Current(tx, op)
	if err != nil {
		return nil, 0, err
	}
	defer done()
	places, n := c.view(readable).carriers(f, len(c.rows))
	slices.Reverse(places)
	for _, at := range places[:min(len(places), most)] {
		seqs = append(seqs, c.rows[at].seq)
	}
	return seqs, n, nil
}
