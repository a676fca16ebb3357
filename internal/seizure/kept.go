package seizure

import (
	"slices"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// keptOperations bounds how many operations' figures stay in memory: each takes
// about 100 KB at forty members.
const keptOperations = 64

// Kept holds the tallies of operations in memory, so that a reader's figures are a
// sum over numbers and not a question to the database. It is never stale: every
// question compares it with the size of the journal in its own snapshot, and reads
// what has changed since, whichever process changed it. Safe for concurrent use.
type Kept struct {
	mu  sync.Mutex
	all map[int64]*figures
}

// figures are the cells of one operation when its journal had that size.
type figures struct {
	mu     sync.Mutex
	loaded bool
	size   int64
	groups []Tally           // what cells of several audiences have in common; Amount is not used
	place  map[Tally]int     // of each group
	order  []int             // of groups: by dimension, class, value, unit
	by     map[int64][]int64 // amounts of an audience by the place of their group
}

// of gives the figures of an operation, empty for one that was not asked for.
func (k *Kept) of(operation int64) *figures {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[int64]*figures{}
	}
	f := k.all[operation]
	if f == nil {
		for other := range k.all { // any: the next question reads it again
			if len(k.all) < keptOperations {
				break
			}
			delete(k.all, other)
		}
		f = &figures{place: map[Tally]int{}, by: map[int64][]int64{}}
		k.all[operation] = f
	}
	return f
}

// KeptTallies is Tallies from memory, and the size of the journal that they
// belong to.
func KeptTallies(tx *db.Tx, k *Kept, operation int64) (func(readable db.List) []Tally, int64, error) {
	size, err := journal.Size(tx, operation)
	if err != nil {
		return nil, 0, err
	}
	f := k.of(operation)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size > size { // this snapshot is older than what is kept
		f = &figures{place: map[Tally]int{}, by: map[int64][]int64{}}
	}
	if !f.loaded || f.size < size {
		if err := f.catchUp(tx, operation, size); err != nil {
			return nil, 0, err
		}
	}
	return f.snapshot(), size, nil
}

type changedCell struct {
	Cell
	amount int64
}

// catchUp reads what changed since the size that is kept.
func (f *figures) catchUp(tx *db.Tx, operation, size int64) error {
	since := f.size
	if !f.loaded {
		since = 0
	}
	changed, err := db.All(tx, selectChanged, func(row db.Scanner) (changedCell, error) {
		var c changedCell
		err := row.Scan(&c.Dimension, &c.Audience, &c.Class, &c.Value, &c.Unit, &c.amount)
		return c, err
	}, operation, since)
	if err != nil {
		return err
	}
	// Those who were handed a snapshot go on with the old slices.
	known := len(f.groups)
	touched := map[int64]bool{}
	for _, c := range changed {
		group := Tally{Dimension: c.Dimension, Class: c.Class, Value: c.Value, Unit: c.Unit}
		at, ok := f.place[group]
		if !ok {
			at = len(f.groups)
			f.place[group] = at
			f.groups = append(f.groups, group)
		}
		if !touched[c.Audience] {
			touched[c.Audience] = true
			f.by[c.Audience] = slices.Clone(f.by[c.Audience])
		}
		for len(f.by[c.Audience]) <= at {
			f.by[c.Audience] = append(f.by[c.Audience], 0)
		}
		f.by[c.Audience][at] = c.amount
	}
	if len(f.groups) > known {
		f.order = make([]int, len(f.groups))
		for i := range f.order {
			f.order[i] = i
		}
		slices.SortFunc(f.order, func(a, b int) int { return compareTallies(f.groups[a], f.groups[b]) })
	}
	f.loaded, f.size = true, size
	return nil
}

// snapshot sums over audiences as the cells are now. What it holds is never
// changed afterwards. The caller holds the lock.
func (f *figures) snapshot() func(readable db.List) []Tally {
	groups, order := f.groups, f.order
	by := make(map[int64][]int64, len(f.by))
	for a, amounts := range f.by {
		by[a] = amounts
	}
	return func(readable db.List) []Tally {
		sums, has := make([]int64, len(groups)), make([]bool, len(groups))
		for _, a := range readable {
			for at, n := range by[a] {
				if n != 0 {
					sums[at] += n
					has[at] = true
				}
			}
		}
		var out []Tally
		for _, at := range order {
			if has[at] {
				t := groups[at]
				t.Amount = sums[at]
				out = append(out, t)
			}
		}
		return out
	}
}
