package watch_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/watch"
)

// Readers that break off and come back while others write miss nothing that they
// may hear, hear nothing twice, and nothing else.
func TestResume(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		readers := []struct {
			who, body  string
			cases, all bool
		}{{"xa.officer", "xa", true, false}, {"xb.officer", "xb", true, false}, {"holder", "holder", false, false}, {"wco", "wco", true, true}, {"xa", "xa", true, true}}
		var begin []int64
		for _, r := range readers {
			held := w.open(r.who, watch.Newest)
			begin = append(begin, held.Seen)
			held.Close()
		}
		var writers, hearers sync.WaitGroup
		heard := make([][]int64, len(readers))
		for i, r := range readers {
			hearers.Go(func() { heard[i] = w.hearUntilMarker(r.who, begin[i], uint64(i)) })
		}
		for n := range 4 {
			writers.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(n), 7))
				for range 30 {
					who := []string{"xa.officer", "xb.officer"}[rng.IntN(2)]
					switch rng.IntN(6) {
					case 0:
						w.say(who, w.Apart("xa", "xb"))
					case 1:
						w.say("wco", w.Apart("holder"))
					case 2:
						w.say(who, w.Apart("wco"))
					case 3:
						w.say("wco", messagetest.Everybody())
					case 4:
						w.say("wco", w.Apart("xb"))
					case 5:
						w.report(who)
					}
				}
			})
		}
		writers.Wait()
		last, err := w.Messages.Send(t.Context(), w.Actor["wco"], code, message.Draft{ID: message.ID(messagetest.ID()), Template: message.General,
			Subject: "Over", Body: "Out.", Language: "en", TLP: "RED", To: messagetest.Everybody()})
		w.Must(err)
		marker.Store(last.Seq)
		hearers.Wait()
		marker.Store(0)
		for i, r := range readers {
			if want := w.oracle(r.who, r.body, begin[i], r.cases, r.all); !slices.Equal(heard[i], want) {
				t.Errorf("%s heard\n%v\nwant\n%v", r.who, heard[i], want)
			}
		}
	})
}

// marker is the index of the message that ends TestResume.
var marker atomic.Int64

// hearUntilMarker hears, breaking off at random and beginning anew after the last
// event that came.
func (w *world) hearUntilMarker(who string, after int64, seed uint64) (heard []int64) {
	rng := rand.New(rand.NewPCG(seed, 3))
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for {
		held, err := w.watches.Open(ctx, w.Actor[who], code, after)
		if err != nil {
			w.T.Error(err)
			return heard
		}
		for n := rng.IntN(6); n >= 0; n-- {
			events, err := held.Next(ctx)
			if err != nil {
				w.T.Errorf("%s after %d: %v", who, after, err)
				held.Close()
				return heard
			}
			if len(events) > 0 && rng.IntN(3) == 0 { // the connection breaks within what was sent
				events = events[:1+rng.IntN(len(events))]
				n = 0
			}
			for _, e := range events {
				heard = append(heard, e.Seq)
				after = e.Seq
			}
			if end := marker.Load(); end != 0 && after >= end {
				held.Close()
				return heard
			}
		}
		held.Close()
	}
}

// An organisation that left hears no more, at once; the others go on.
func TestLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		gone, stays := w.open("xb.officer", watch.Newest), w.open("xa.officer", watch.Newest)
		old := w.open("xb.officer", 0) // still reads what it missed
		w.Source.Set(w.Source.Now().Add(time.Second))
		w.Must(w.Operations.End(t.Context(), w.Actor["wco"], code, w.Body["xb"].ID))
		w.say("wco", audience.Address{Sides: []access.Side{access.Enforcement}})
		for what, held := range map[string]*watch.Watch{"its stream": gone, "its stream of old things": old} {
			if events, err := w.next(held); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v, %v", what, events, err)
			}
		}
		if events, err := w.next(stays); err != nil || events[len(events)-1].Kind != watch.Message {
			t.Errorf("another's: %v, %v", events, err)
		}
		if _, err := w.watches.Open(t.Context(), w.Actor["xb.officer"], code, watch.Newest); !fault.Is(err, fault.NotFound) {
			t.Errorf("it begins again: %v", err)
		}
	})
}

// Who lost a role hears less from then on; who has none left, nothing.
func TestRoleLost(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	held, officer := w.open("wco.analyst", watch.Newest), w.open("xa.officer", watch.Newest)
	c := w.report("xb.officer")
	if events, err := w.next(held); err != nil || events[0].Kind != watch.Case || events[0].ID != string(c.ID) || events[0].Seq != c.Seq {
		t.Fatalf("an analyst hears %v, %v", events, err)
	}
	w.Give("wco", "wco.analyst", access.Trainer)
	w.report("xb.officer")
	m := w.say("xb.officer", audience.Address{Sides: []access.Side{access.Coordination, access.Enforcement}})
	for heard := int64(0); heard < m.Seq; {
		events, err := w.next(held)
		w.Must(err)
		for _, e := range events {
			if e.Kind == watch.Case {
				t.Errorf("a trainer hears of %v", e)
			}
			heard = e.Seq
		}
	}
	w.Give("xa", "xa.officer")
	w.say("wco", messagetest.Everybody())
	for {
		events, err := w.next(officer)
		if fault.Is(err, fault.NotFound) {
			break
		}
		w.Must(err)
		if events[len(events)-1].Seq > m.Seq {
			t.Fatalf("without a role it hears %v", events)
		}
	}
}

// A beat comes though there is always something to tell: that is when the door
// looks at the session.
func TestBeatOfABusyJournal(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.watches.Every = 100 * time.Millisecond
	held := w.open("xa.officer", watch.Newest)
	var stop atomic.Bool
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 0; n < 2000 && !stop.Load(); n++ {
			w.say("wco", messagetest.Everybody())
		}
		stop.Store(true)
	})
	defer writer.Wait()
	defer stop.Store(true)
	for !stop.Load() {
		events, err := held.Next(t.Context())
		w.Must(err)
		if len(events) == 0 {
			return
		}
	}
	t.Error("no beat")
}

// Who does not read is told so, comes back after the last that it has seen, and
// has missed nothing; no writer waited.
func TestSlowReaderComesBack(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	stuck, quick := w.open("xa.officer", watch.Newest), w.open("xb.officer", watch.Newest)
	begin := stuck.Seen
	for range 100 {
		m := w.say("wco", messagetest.Everybody())
		if events, err := w.next(quick); err != nil || events[0].Seq != m.Seq {
			t.Fatalf("%v, %v", events, err)
		}
	}
	var heard []int64
	last := begin
	for len(heard) < 100 {
		events, err := w.next(stuck)
		if fault.Is(err, fault.TooMany) {
			if len(heard) == 0 || len(heard) >= 100 {
				t.Fatalf("dropped after %d", len(heard))
			}
			stuck = w.open("xa.officer", last)
			continue
		}
		w.Must(err)
		for _, e := range events {
			heard = append(heard, e.Seq)
			last = e.Seq
		}
	}
	if want := w.oracle("xa.officer", "xa", begin, true, false); !slices.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
}

// Where a right holder's watch begins says nothing of what the others do.
func TestRightHoldersCountNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.say("wco", messagetest.Everybody())
		before, member := w.open("holder", watch.Newest).Seen, w.open("xa.officer", watch.Newest).Seen
		w.report("xb.officer")
		w.say("xa.officer", w.Apart("xb"))
		if now := w.open("holder", watch.Newest).Seen; now != before {
			t.Errorf("it began after %d, and now after %d", before, now)
		}
		if now := w.open("xa.officer", watch.Newest).Seen; now != member+2 {
			t.Errorf("a member began after %d, and now after %d", member, now)
		}
		held := w.open("holder", watch.Newest)
		m := w.say("wco", w.Apart("holder"))
		if events, err := w.next(held); err != nil || len(events) != 1 || events[0].Seq != m.Seq {
			t.Errorf("it hears %v, %v", events, err)
		}
	})
}

// A reader that heard something on one node, or wrote it, begins after it on
// another that does not know yet: nothing is told twice, and nothing anew.
func TestResumeOnASlowerNode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		other := live.New(d, w.Source, audience.Readers, slog.New(slog.DiscardHandler))
		watches := watch.NewStore(d, w.Source, other)
		first, err := watches.Open(t.Context(), w.Actor["xb.officer"], code, watch.Newest) // so that the node follows
		w.Must(err)
		defer first.Close()
		m := w.say("wco", messagetest.Everybody())
		held, err := watches.Open(t.Context(), w.Actor["xa.officer"], code, m.Seq)
		w.Must(err)
		defer held.Close()
		if held.Reset || held.Seen != m.Seq {
			t.Errorf("reset %v after %d, want %d", held.Reset, held.Seen, m.Seq)
		}
		next := w.say("wco", messagetest.Everybody())
		other.Poll(t.Context())
		if events, err := w.next(held); err != nil || len(events) != 1 || events[0].Seq != next.Seq {
			t.Errorf("it hears %v, %v", events, err)
		}
		if events, err := w.next(first); err != nil || events[0].Seq != m.Seq {
			t.Errorf("who was there before hears %v, %v", events, err)
		}
	})
}

// A reader that has seen more than there is must read everything anew.
func TestReset(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	if held := w.open("xa.officer", 1<<40); !held.Reset || held.Seen > 1000 {
		t.Errorf("reset %v after %d", held.Reset, held.Seen)
	}
	if held := w.open("xa.officer", 0); held.Reset || held.Seen != 0 {
		t.Errorf("reset %v after %d", held.Reset, held.Seen)
	}
}
