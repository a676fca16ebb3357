package live

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	// pollEvery is how long what another process wrote may stay unheard.
	pollEvery = time.Second
	// pageSize is how many entries are read and handed on at once.
	pageSize = 500
	// backlog is how many batches a listener may fall behind before it is dropped.
	backlog = 64
)

// Readers lists the organisations that may read an audience of an operation at a
// moment.
type Readers func(tx *db.Tx, operation, audience int64, at time.Time) ([]int64, error)

// Batch is what a journal gained, in order. All listeners share it: nobody may
// change it.
type Batch struct {
	Entries []journal.Entry
	readers map[int64]map[int64]bool
}

// Opens tells whether an organisation may read an audience that occurs in the
// batch. Audience 0 stands for every reader of the journal: the listener decides.
func (b *Batch) Opens(audience, organisation int64) bool { return b.readers[audience][organisation] }

// Hub follows journals. Make it with New and let Run do its work.
type Hub struct {
	db      *db.DB
	source  *source.Source
	readers Readers
	log     *slog.Logger
	// Outward, when set, tells other nodes that a journal grew here. It must not wait.
	Outward func(operation int64)

	listening atomic.Int64
	running   sync.WaitGroup

	// mu guards what follows and is held briefly: writers take it. It is taken
	// before a tail's own.
	mu     sync.Mutex
	tails  map[int64]*tail
	closed bool
}

// New makes a hub.
func New(d *db.DB, s *source.Source, readers Readers, log *slog.Logger) *Hub {
	return &Hub{db: d, source: s, readers: readers, log: log, tails: map[int64]*tail{}}
}

// tail follows one journal while somebody listens to it.
type tail struct {
	operation int64
	wake      chan struct{}
	stop      chan struct{}

	mu        sync.Mutex // held while a batch is handed to everybody
	listeners map[*Listener]bool
	next      int64 // the first entry that has not been handed on
}

// Listener hears one journal from Next on.
type Listener struct {
	// Batches is closed when the listener fell behind, or the hub ended.
	Batches <-chan *Batch
	// Next is the index of the first entry that Batches will bring.
	Next int64
	// Size is how many entries there were when it began: more than Next says where
	// the hub has not handed on yet what others wrote.
	Size int64

	hub  *Hub
	tail *tail
	out  chan *Batch
}

// Len is how many listen.
func (h *Hub) Len() int { return int(h.listening.Load()) }

// Grew wakes those who listen to a journal of this process. It never waits.
func (h *Hub) Grew(operation, _ int64) {
	h.Wake(operation)
	if h.Outward != nil {
		h.Outward(operation)
	}
}

// Wake has a journal looked at now. It never waits.
func (h *Hub) Wake(operation int64) {
	h.mu.Lock()
	t := h.tails[operation]
	h.mu.Unlock()
	if t != nil {
		t.poke()
	}
}

func (t *tail) poke() {
	select {
	case t.wake <- struct{}{}:
	default: // it has not yet looked since it was woken last
	}
}

// Listen begins to hear a journal. Close the listener once.
func (h *Hub) Listen(ctx context.Context, operation int64) (*Listener, error) {
	var size int64
	err := h.db.Read(ctx, func(tx *db.Tx) (err error) {
		size, err = journal.Size(tx, operation)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("live: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, db.ErrClosed
	}
	t := h.tails[operation]
	if t == nil {
		t = &tail{operation: operation, wake: make(chan struct{}, 1), stop: make(chan struct{}), listeners: map[*Listener]bool{}, next: size}
		h.tails[operation] = t
		h.running.Add(1)
		go h.follow(t)
		t.poke() // an entry may have come between the read and now
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	l := &Listener{Next: t.next, Size: max(size, t.next), hub: h, tail: t, out: make(chan *Batch, backlog)}
	l.Batches = l.out
	t.listeners[l] = true
	h.listening.Add(1)
	return l, nil
}

// Close ends a listener; a second Close does nothing.
func (l *Listener) Close() {
	l.tail.mu.Lock()
	l.hub.drop(l)
	l.tail.mu.Unlock()
	l.hub.retire(l.tail)
}

// drop forgets a listener. The caller holds the tail's lock.
func (h *Hub) drop(l *Listener) {
	if !l.tail.listeners[l] {
		return
	}
	delete(l.tail.listeners, l)
	close(l.out)
	h.listening.Add(-1)
}

// retire stops following a journal that nobody listens to.
func (h *Hub) retire(t *tail) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.listeners) == 0 && h.tails[t.operation] == t {
		delete(h.tails, t.operation)
		close(t.stop)
	}
}

// follow hands on what a journal gains until nobody listens.
func (h *Hub) follow(t *tail) {
	defer h.running.Done()
	failed := false
	for {
		select {
		case <-t.stop:
			return
		case <-t.wake:
		}
		for {
			b, err := h.gained(t)
			if err != nil {
				if !failed {
					h.log.Error("live: journal cannot be read", "error", err)
				}
				failed = true
				break // the poll comes back to it
			}
			failed = false
			if len(b.Entries) == 0 {
				break
			}
			h.hand(t, b)
			if len(b.Entries) < pageSize {
				break
			}
		}
	}
}

// gained reads the entries that have not been handed on, and who may read them.
func (h *Hub) gained(t *tail) (*Batch, error) {
	b := &Batch{readers: map[int64]map[int64]bool{0: {}}}
	now := h.source.Now()
	err := h.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		// Only follow changes next, so it is read here without the lock.
		if b.Entries, err = journal.From(tx, t.operation, t.next, pageSize); err != nil {
			return err
		}
		for _, e := range b.Entries {
			if b.readers[e.Audience] != nil {
				continue
			}
			orgs, err := h.readers(tx, t.operation, e.Audience, now)
			if err != nil {
				return err
			}
			b.readers[e.Audience] = make(map[int64]bool, len(orgs))
			for _, n := range orgs {
				b.readers[e.Audience][n] = true
			}
		}
		return nil
	})
	return b, err
}

// hand gives a batch to every listener and drops those that are too slow.
func (h *Hub) hand(t *tail, b *Batch) {
	t.mu.Lock()
	for l := range t.listeners {
		select {
		case l.out <- b:
		default:
			h.drop(l)
		}
	}
	t.next += int64(len(b.Entries))
	left := len(t.listeners)
	t.mu.Unlock()
	if left == 0 {
		h.retire(t)
	}
}

// Run polls the sizes of the journals that somebody listens to until ctx ends,
// and then ends every listener.
func (h *Hub) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			h.end()
			return
		case <-tick.C:
			h.Poll(ctx)
		}
	}
}

// Poll wakes the tails of journals that have grown unheard.
func (h *Hub) Poll(ctx context.Context) {
	h.mu.Lock()
	heard := map[int64]int64{}
	numbers := db.List{}
	for n, t := range h.tails {
		t.mu.Lock()
		heard[n] = t.next
		t.mu.Unlock()
		numbers = append(numbers, n)
	}
	h.mu.Unlock()
	if len(numbers) == 0 {
		return
	}
	var sizes map[int64]int64
	err := h.db.Read(ctx, func(tx *db.Tx) (err error) {
		sizes, err = journal.Sizes(tx, numbers)
		return err
	})
	if err != nil {
		return // the database is away: the next poll tells
	}
	for n, size := range sizes {
		if size > heard[n] {
			h.Wake(n)
		}
	}
}

func (h *Hub) end() {
	h.mu.Lock()
	h.closed = true
	all := slices.Collect(maps.Values(h.tails))
	h.mu.Unlock()
	for _, t := range all {
		t.mu.Lock()
		for l := range t.listeners {
			h.drop(l)
		}
		t.mu.Unlock()
		h.retire(t)
	}
	h.running.Wait()
}
