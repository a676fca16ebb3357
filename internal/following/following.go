package following

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Records tell how the records of an operation are read, each time oldest first.
type Records[R any] struct {
	From    func(tx *db.Tx, operation, from, limit int64) ([]R, error) // from a number on
	These   func(tx *db.Tx, operation int64, numbers db.List) ([]R, error)
	Touched func(tx *db.Tx, operation, since int64) (db.List, error) // numbers of those that an entry of the journal from an index on made or changed
}

// Kept is what is kept of one operation's records. Its methods are never called by two
// at once, and not while somebody looks at it.
type Kept[R any] interface {
	// Next is the number from which on nothing is there yet.
	Next() int64
	// Take puts records, oldest first, in the place of what was known of them; those
	// from Next on are new. On an error nothing of them may be there.
	Take(tx *db.Tx, operation int64, records []R) error
	// Weight is how much is there, as Follower's bound counts.
	Weight() int
}

// Follower keeps operations in memory. Safe for concurrent use.
type Follower[K Kept[R], R any] struct {
	records Records[R]
	empty   func() K
	most    int
	page    int // bounds what is read in one question

	mu    sync.Mutex
	all   map[int64]*followed[K, R]
	times int64 // how often somebody asked
}

// New makes a follower that keeps operations of at most so much weight together, and
// always the one asked for last. empty makes what is kept of one before anything is read.
func New[K Kept[R], R any](records Records[R], empty func() K, most int) *Follower[K, R] {
	return &Follower[K, R]{records: records, empty: empty, most: most, page: 2000, all: map[int64]*followed[K, R]{}}
}

// followed is what is kept of one operation.
type followed[K Kept[R], R any] struct {
	asked  int64 // when, as the follower counts; under its lock
	weight atomic.Int64

	mu    sync.RWMutex
	kept  K
	begun bool  // some record may have been read
	full  bool  // every record of its time was read once
	size  int64 // of the journal up to which nothing is missed
}

// ErrWriting: what a unit of work has written is not there for others before it is
// committed, and may never be.
var ErrWriting = errors.New("following: what is kept in memory is asked for inside a write")

// Current gives what is kept of an operation, brought up to this snapshot, and the size
// of the journal that it belongs to. It stands still until done is called.
func (f *Follower[K, R]) Current(tx *db.Tx, operation int64) (kept K, size int64, done func(), err error) {
	if tx.Writing() {
		return kept, 0, nil, ErrWriting
	}
	now, err := journal.Size(tx, operation)
	if err != nil {
		return kept, 0, nil, err
	}
	o := f.of(operation)
	o.mu.RLock()
	if o.reaches(now) {
		return o.kept, o.size, o.mu.RUnlock, nil
	}
	o.mu.RUnlock()
	if err := f.catchUp(tx, o, operation, now); err != nil {
		return kept, 0, nil, err
	}
	f.trim(operation)
	o.mu.RLock()
	return o.kept, o.size, o.mu.RUnlock, nil
}

func (f *Follower[K, R]) of(operation int64) *followed[K, R] {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.all[operation]
	if o == nil {
		o = &followed[K, R]{kept: f.empty()}
		f.all[operation] = o
	}
	f.times++
	o.asked = f.times
	return o
}

// trim lets operations go, asked for longest ago first, until what is left fits. Who
// looks at one of them goes on.
func (f *Follower[K, R]) trim(last int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum, others := 0, []int64{}
	for op, o := range f.all {
		if sum += int(o.weight.Load()); op != last {
			others = append(others, op)
		}
	}
	slices.SortFunc(others, func(a, b int64) int { return int(f.all[a].asked - f.all[b].asked) })
	for _, op := range others {
		if sum <= f.most {
			return
		}
		sum -= int(f.all[op].weight.Load())
		delete(f.all, op)
	}
}

func (o *followed[K, R]) reaches(size int64) bool { return o.full && o.size >= size }

// catchUp reads what the journal has done since the size that is kept.
func (f *Follower[K, R]) catchUp(tx *db.Tx, o *followed[K, R], operation, now int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.full {
		if err := f.load(tx, o, operation, now); err != nil {
			return err
		}
	}
	if o.reaches(now) { // somebody else was faster
		return nil
	}
	touched, err := f.records.Touched(tx, operation, o.size)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(touched, f.page) {
		all, err := f.records.These(tx, operation, db.List(some))
		if err == nil {
			err = o.take(tx, operation, all)
		}
		if err != nil {
			return err
		}
	}
	o.size = now
	return nil
}

// load reads what is not there yet. Who asks may give up half way: the next goes on
// from there, perhaps with an older view, and what has changed since the oldest of
// their views is looked at again.
func (f *Follower[K, R]) load(tx *db.Tx, o *followed[K, R], operation, now int64) error {
	if !o.begun {
		o.begun, o.size = true, now
	}
	o.size = min(o.size, now)
	for {
		all, err := f.records.From(tx, operation, o.kept.Next(), int64(f.page))
		if err == nil {
			err = o.take(tx, operation, all)
		}
		if err != nil {
			return err
		}
		if len(all) < f.page {
			o.full = true
			return nil
		}
	}
}

func (o *followed[K, R]) take(tx *db.Tx, operation int64, all []R) error {
	err := o.kept.Take(tx, operation, all)
	o.weight.Store(int64(o.kept.Weight()))
	return err
}
