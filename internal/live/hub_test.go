package live_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// patience is how long a test waits before it says that nothing came.
const patience = 20 * time.Second

// node is one process: its database, its journal and its hub.
type node struct {
	t       testing.TB
	db      *db.DB
	journal *journal.Journal
	hub     *live.Hub
	source  *source.Source
}

// newNode makes a node whose hub does nothing by itself but hear its own writers.
func newNode(t testing.TB, d *db.DB) *node {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	n := &node{t: t, db: d, journal: journal.New(src), source: src}
	n.hub = live.New(d, src, oddReaders, slog.New(slog.DiscardHandler))
	n.journal.Grew = n.hub.Grew
	return n
}

// oddReaders: audience n is read by organisations n and 100.
func oddReaders(_ *db.Tx, _, audience int64, _ time.Time) ([]int64, error) {
	return []int64{audience, 100}, nil
}

// start makes the journals of operations.
func (n *node) start(operations ...int64) {
	n.t.Helper()
	err := n.db.Keep(context.Background(), func(tx *db.Tx) error {
		for _, op := range operations {
			if err := journal.Start(tx, op); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *node) write(operation int64, i int) {
	e := journal.Entry{Operation: operation, At: n.source.Now(), Actor: "somebody", Organisation: 1, Verb: "message.send",
		Subject: fmt.Sprint("message/", i), Audience: int64(i % 5)}
	err := n.db.Write(context.Background(), fmt.Sprint(operation), func(tx *db.Tx) error {
		_, err := n.journal.Append(tx, e, journal.Content{After: i})
		return err
	})
	if err != nil {
		n.t.Error(err)
	}
}

func (n *node) listen(operation int64) *live.Listener {
	n.t.Helper()
	l, err := n.hub.Listen(context.Background(), operation)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(l.Close)
	return l
}

// next gives the next batch, or nil when the listener was dropped.
func next(t testing.TB, l *live.Listener) *live.Batch {
	t.Helper()
	select {
	case b := <-l.Batches:
		return b
	case <-time.After(patience):
		t.Fatal("nothing came")
		return nil
	}
}

// Listeners that come and go while many write hear every entry from the index
// on at which they began, once and in order, and of no other journal.
func TestEveryEntryOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newNode(t, d)
		n.start(1, 2)
		const each, writers = 40, 6
		var wait sync.WaitGroup
		for w := range writers {
			wait.Go(func() {
				for i := range each {
					n.write(int64(1+w%2), i)
				}
			})
		}
		const total = each * writers / 2
		for reader := range 12 {
			wait.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(reader), 1))
				for seen := int64(-1); seen < total-1; {
					l, err := n.hub.Listen(context.Background(), 1)
					if err != nil {
						t.Error(err)
						return
					}
					if l.Next <= seen {
						t.Errorf("begins at %d after %d was seen", l.Next, seen)
					}
					seen = l.Next - 1
					for range rng.IntN(5) {
						if seen == total-1 {
							break
						}
						for _, e := range next(t, l).Entries {
							if e.Operation != 1 || e.Seq != seen+1 {
								t.Errorf("heard %d of %d after %d", e.Seq, e.Operation, seen)
							}
							seen = e.Seq
						}
					}
					l.Close()
				}
			})
		}
		wait.Wait()
		if n.hub.Len() != 0 {
			t.Errorf("%d still listen", n.hub.Len())
		}
	})
}

// A batch says who may read each of its audiences, and of others nothing.
func TestOpens(t *testing.T) {
	n := newNode(t, dbtest.SQLite(t))
	n.start(1)
	l := n.listen(1)
	n.write(1, 3)
	b := next(t, l)
	for org, want := range map[int64]bool{3: true, 100: true, 4: false, 0: false} {
		if b.Opens(3, org) != want {
			t.Errorf("audience 3 and organisation %d: %v", org, !want)
		}
	}
	if b.Opens(4, 4) || b.Opens(0, 100) {
		t.Error("an audience that did not occur is open")
	}
}

// Who does not read is dropped after its backlog; nobody waits for it, neither
// writers nor those who read.
func TestSlowListenerIsDropped(t *testing.T) {
	n := newNode(t, dbtest.SQLite(t))
	n.start(1)
	stuck, quick := n.listen(1), n.listen(1)
	const entries = 100
	for i := range entries { // each handed on before the next is written: a batch of its own
		n.write(1, i)
		if b := next(t, quick); b == nil || b.Entries[0].Seq != int64(i) {
			t.Fatalf("the quick one hears %v instead of %d", b, i)
		}
	}
	heard := 0
	for b := next(t, stuck); b != nil; b = next(t, stuck) {
		heard += len(b.Entries)
	}
	if heard == 0 || heard >= entries || n.hub.Len() != 1 {
		t.Errorf("the stuck one heard %d of %d, and %d listen", heard, entries, n.hub.Len())
	}
	if again := n.listen(1); again.Next != entries {
		t.Errorf("it begins again at %d", again.Next)
	}
}

// A hub that ends closes every listener and takes no more.
func TestEnd(t *testing.T) {
	n := newNode(t, dbtest.SQLite(t))
	n.start(1)
	l := n.listen(1)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	n.hub.Run(ctx)
	if b := next(t, l); b != nil {
		t.Errorf("heard %v", b)
	}
	if _, err := n.hub.Listen(t.Context(), 1); err == nil {
		t.Error("it still takes listeners")
	}
	n.write(1, 1) // nobody is told, and nobody waits
}

// two gives two processes on one database.
func two(t *testing.T, url string) (a, b *node) {
	t.Helper()
	var nodes []*node
	for range 2 {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
		if err := migrate.Up(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, newNode(t, d))
	}
	nodes[0].start(1, 2)
	return nodes[0], nodes[1]
}

// What another process wrote is found by the poll.
func TestAnotherProcess(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		a, b := two(t, url)
		l := b.listen(1)
		a.write(1, 1)
		a.write(2, 1)
		b.hub.Poll(t.Context())
		if got := next(t, l); len(got.Entries) != 1 || got.Entries[0].Seq != 0 {
			t.Errorf("heard %v", got.Entries)
		}
		ctx, stop := context.WithCancel(t.Context())
		var hub sync.WaitGroup
		hub.Go(func() { b.hub.Run(ctx) }) // polls by itself
		a.write(1, 2)
		if got := next(t, l); got == nil || got.Entries[0].Seq != 1 {
			t.Errorf("heard %v", got)
		}
		stop()
		hub.Wait()
	})
}

// The relay wakes the other node without a poll; cut, the poll still finds what
// it lost, and nothing is heard twice.
func TestRelay(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		if t.Name() != "TestRelay/postgres" {
			return
		}
		a, b := two(t, url)
		ctx, cut := context.WithCancel(t.Context())
		log := slog.New(slog.DiscardHandler)
		var relays sync.WaitGroup
		for _, n := range []*node{a, b} {
			r := live.NewRelay(url, n.hub, log)
			relays.Go(func() { r.Run(ctx) })
		}
		l := b.listen(1)
		seen, written := int64(-1), int64(0)
		take := func(batch *live.Batch) {
			for _, e := range batch.Entries {
				if e.Seq != seen+1 {
					t.Fatalf("heard %d after %d", e.Seq, seen)
				}
				seen = e.Seq
			}
		}
		deadline := time.After(patience)
		for waiting := true; waiting; { // until it listens; nobody polls here
			a.write(1, int(written))
			written++
			select {
			case batch := <-l.Batches:
				take(batch)
				waiting = false
			case <-time.After(200 * time.Millisecond):
			case <-deadline:
				t.Fatal("the relay carries nothing")
			}
		}
		cut()
		relays.Wait()
		for range 5 {
			a.write(1, int(written))
			written++
		}
		b.hub.Poll(t.Context())
		for seen < written-1 {
			take(next(t, l))
		}
	})
}
