package watch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Newest begins a watch after the entry that is the newest now.
const Newest int64 = -1

// Beat is how long a watch goes without a look at who is watching.
const Beat = 20 * time.Second

// missedAtOnce bounds what is read at once of what a watch missed.
const missedAtOnce = 500

// The kinds of events: what somebody may look at anew.
const (
	Message   = "message"
	Case      = "case"
	Warning   = "warning"   // what is done about a warning or an urgent message beside answering; ID is the message's
	Document  = "document"  // of the library
	Operation = "operation" // members, roles, the operation itself
)

// Event says that something happened to something.
type Event struct {
	Seq          int64 // index of the journal's entry
	At           time.Time
	Kind         string
	Verb         string // the command, such as seizure.release
	ID           string // UUID of what it happened to; its originator's own
	Organisation int64  // who did it
}

// Store lets members watch.
type Store struct {
	// Every is the beat of the watches that are opened from now on; NewStore sets Beat.
	Every time.Duration

	db     *db.DB
	source *source.Source
	hub    *live.Hub
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source, h *live.Hub) *Store { return &Store{Beat, d, s, h} }

// Watch is one reader's live view. It is used by one goroutine; close it.
type Watch struct {
	// Standing is where the reader stands, as last looked at.
	Standing operation.Standing
	// Seen is the index of the last entry that has been dealt with, told or not.
	Seen int64
	// Reset: the reader has seen more than there is, which happens when an older
	// backup was restored. What it holds must be read anew.
	Reset bool

	store    *Store
	listener *live.Listener
	beat     *time.Ticker
}

// Open begins a watch after the entry with that index, or Newest.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, after int64) (*Watch, error) {
	w := &Watch{store: s}
	st, err := s.standing(ctx, who, code)
	if err != nil {
		return nil, err
	}
	w.Standing = st
	if w.listener, err = s.hub.Listen(ctx, st.Operation.Number); err != nil {
		return nil, fmt.Errorf("operation.watch: %w", err)
	}
	w.beat = time.NewTicker(s.Every)
	newest := w.listener.Size - 1
	w.Reset = after > newest
	err = w.Check(ctx) // whatever ended the standing before the listener began is not heard
	if w.Seen = after; after < 0 || w.Reset {
		w.Seen = newest
		err = errors.Join(err, w.blur(ctx))
	}
	if err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// blur takes a right holder's beginning back to the newest entry that its
// organisation may read: whoever begins again and again must not be able to count
// what the others do in between.
func (w *Watch) blur(ctx context.Context) error {
	if w.Standing.Side() != access.RightHolderSide {
		return nil
	}
	err := w.store.db.Read(ctx, func(tx *db.Tx) error {
		readable, err := w.Standing.Readable(tx)
		if err != nil {
			return err
		}
		w.Seen, err = journal.Newest(tx, w.Standing.Operation.Number, w.Seen, readable)
		return err
	})
	if err != nil {
		return fmt.Errorf("operation.watch: %w", err)
	}
	return nil
}

func (s *Store) standing(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, error) {
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		st, err = operation.Enter(tx, s.source.Now(), who, code, access.OperationRead)
		return err
	})
	if err != nil {
		return st, fmt.Errorf("operation.watch: %w", err)
	}
	return st, nil
}

// Check looks at the reader's standing again: Missing when it has ended.
func (w *Watch) Check(ctx context.Context) error {
	st, err := w.store.standing(ctx, w.Standing.Who, w.Standing.Operation.Code)
	if err != nil {
		return err
	}
	w.Standing = st
	return nil
}

// Close ends the watch.
func (w *Watch) Close() {
	w.beat.Stop()
	w.listener.Close()
}

func (w *Watch) caughtUp() bool { return w.Seen >= w.listener.Next-1 }

// Next waits for what the reader may be told, oldest first. At every beat, however
// much there is to tell, it looks at the standing again and gives nothing: then the
// door looks at the session. TooMany: the reader was too slow and begins anew after
// Seen. Missing: its standing has ended.
func (w *Watch) Next(ctx context.Context) ([]Event, error) {
	for {
		select {
		case <-w.beat.C:
			return nil, w.Check(ctx)
		default:
		}
		events, beat, err := w.more(ctx)
		if err != nil || beat || len(events) > 0 {
			return events, err
		}
	}
}

// more gives what was missed, a part at a time, and then waits for a batch.
func (w *Watch) more(ctx context.Context) (events []Event, beat bool, err error) {
	if !w.caughtUp() {
		events, err = w.missed(ctx)
		return events, false, err
	}
	select {
	case <-ctx.Done():
		return nil, false, ctx.Err()
	case <-w.beat.C:
		return nil, true, w.Check(ctx)
	case b, ok := <-w.listener.Batches:
		if !ok {
			return nil, false, fault.Of(fault.TooMany, "fault.stream-slow")
		}
		events, err = w.heard(ctx, b)
		return events, false, err
	}
}

// heard picks from a batch what the reader may be told.
func (w *Watch) heard(ctx context.Context, b *live.Batch) ([]Event, error) {
	var out []Event
	for _, e := range b.Entries {
		if e.Seq <= w.Seen {
			continue // the reader saw it on a node that was faster
		}
		w.Seen = e.Seq
		if strings.HasPrefix(e.Verb, "operation.") {
			// A batch that was taken is dealt with whole, also for whoever stops waiting.
			if err := w.Check(context.WithoutCancel(ctx)); err != nil {
				return nil, err
			}
		}
		if e.Audience == 0 || b.Opens(e.Audience, w.Standing.Who.Organisation) {
			out = w.tell(out, e)
		}
	}
	return out, nil
}

// missed reads a part of what happened before the watch began. The standing is
// looked at with every part: a slow reader may take long for all of them.
func (w *Watch) missed(ctx context.Context) ([]Event, error) {
	var all []journal.Entry
	err := w.store.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.store.source.Now(), w.Standing.Who, w.Standing.Operation.Code, access.OperationRead)
		if err != nil {
			return err
		}
		w.Standing = st
		readable, err := st.Readable(tx)
		if err != nil {
			return err
		}
		all, err = journal.Between(tx, st.Operation.Number, w.Seen, w.listener.Next, append(db.List{0}, readable...), missedAtOnce)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("operation.watch: %w", err)
	}
	var out []Event
	for _, e := range all {
		w.Seen = e.Seq
		out = w.tell(out, e)
	}
	if len(all) < missedAtOnce {
		w.Seen = w.listener.Next - 1
	}
	return out, nil
}

// tell adds an entry of a readable audience if the reader's roles may read what
// it is about.
func (w *Watch) tell(out []Event, e journal.Entry) []Event {
	kind, id, _ := strings.Cut(e.Subject, "/")
	switch kind {
	case "seizure":
		kind = Case
	case Message, Warning, Document:
	default:
		kind = Operation
	}
	need := access.JournalRead // entries for every reader of the journal
	if kind != Operation {
		need = operation.SubjectRead(e.Subject)
	}
	if !w.Standing.May(need) {
		return out
	}
	return append(out, Event{Seq: e.Seq, At: e.At, Kind: kind, Verb: e.Verb, ID: id, Organisation: e.Organisation})
}
