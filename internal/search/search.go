package search

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// The kinds of what is found.
const (
	Message  = "message"
	Case     = "case"
	Document = "document"
)

// Limits of a page.
const (
	usual    = 20
	MaxLimit = 50
	looked   = 400 // candidates that are looked at in one operation for one page
)

// Query is what a person asks.
type Query struct {
	Words     string         // see textindex.Parse
	Operation operation.Code // in this one only; empty: everywhere
	Limit     int            // at most MaxLimit; 0: 20
	Here      bool           // nobody asks in which other operations one could search
	From      []Position     // Found.Next of the page before; nil: from the newest
}

// Position is where a search goes on in one operation: records with a smaller
// number.
type Position struct{ Operation, Before int64 }

// Hit is a record that was found.
type Hit struct {
	Kind         string
	Operation    operation.Operation
	Seq          int64
	ID           string // of the record, as its originator calls it
	Organisation organisation.Organisation
	Reference    string // of a case
	Subject      string // of a message; may be empty in an answer. Of a document: its title
	Template     string // of a message. Of a document: its kind
	Language     string // BCP 47, of its texts; may be empty
	At           time.Time
	Title        []Piece // Subject, marked
	Snippet      []Piece
}

// Found is a page, the newest of each operation first.
type Found struct {
	Operations []operation.Standing // where the reader may search, the newest first
	Hits       []Hit
	Next       []Position // nil: this is the last page
	Nothing    bool       // there was no word to look for
	Unfinished bool       // the index is being made: older records may be missing
}

// Store finds.
type Store struct {
	// Readings is told what was shown; nil: nobody keeps a log of it.
	Readings *reading.Log

	db     *db.DB
	source *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source) *Store { return &Store{db: d, source: s} }

// Find gives a page of what the actor may read that holds the words. An operation
// that it may not enter is not found, as one that does not exist.
func (s *Store) Find(ctx context.Context, who access.Actor, q Query) (Found, error) {
	var f Found
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = find(tx, s.source.Now(), who, q)
		return err
	})
	for _, h := range f.Hits {
		if err == nil { // what is shown of a record is a part of its text
			err = s.Readings.Note(h.Operation.Number, who.Person, who.Organisation, h.Kind, reading.Opened, h.Seq)
		}
	}
	if err != nil {
		return Found{}, fmt.Errorf("%s: %w", access.SearchFind, err)
	}
	return f, nil
}

func find(tx *db.Tx, now time.Time, who access.Actor, q Query) (Found, error) {
	var f Found
	if !access.May(who, access.SearchFind) {
		return f, fault.Missing()
	}
	words, err := textindex.Parse(q.Words)
	if err != nil {
		return f, err
	}
	if q.Limit <= 0 {
		q.Limit = usual
	}
	q.Limit = min(q.Limit, MaxLimit)
	if f.Operations, err = reach(tx, now, who, q); err != nil {
		return f, err
	}
	f.Operations = slices.DeleteFunc(f.Operations, func(st operation.Standing) bool { return len(kindsOf(st)) == 0 })
	asked := f.Operations
	if q.Operation != "" {
		asked = slices.DeleteFunc(slices.Clone(asked), func(st operation.Standing) bool { return st.Operation.Code != q.Operation })
		if len(asked) == 0 {
			return f, fault.Missing()
		}
	}
	if f.Nothing = words.Empty(); f.Nothing {
		return f, nil
	}
	return f, f.fill(tx, asked, words, q)
}

// reach tells where the actor stands: in the operation asked for, if nobody wants
// to know more, else everywhere. A practice is searched from inside alone: there is
// nothing beside it, and it is beside nothing.
func reach(tx *db.Tx, now time.Time, who access.Actor, q Query) ([]operation.Standing, error) {
	if q.Operation != "" {
		st, err := operation.Enter(tx, now, who, q.Operation, access.OperationRead)
		if err != nil || q.Here || st.Operation.Kind == operation.KindPractice {
			return []operation.Standing{st}, err
		}
	}
	return operation.Everywhere(tx, now, who, operation.KindOperation, operation.KindLibrary)
}

// kindsOf are the kinds of record that an actor may read where it stands.
func kindsOf(st operation.Standing) []textindex.Kind {
	var out []textindex.Kind
	if st.May(access.MessageRead) {
		out = append(out, textindex.Message)
	}
	if st.May(access.SeizureRead) {
		out = append(out, textindex.Case)
	}
	if st.May(access.DocumentRead) {
		out = append(out, textindex.Document)
	}
	return out
}

// line is what one operation gives to a page, in its order.
type line struct {
	operation int64
	hits      []Hit
	rest      int64 // where it goes on after them; 0: there is no more
}

// fill asks each operation for a page and takes the newest of all.
func (f *Found) fill(tx *db.Tx, asked []operation.Standing, words textindex.Query, q Query) error {
	var lines []line
	for _, st := range asked {
		before, goes := from(q.From, st.Operation.Number)
		if !goes {
			continue
		}
		whole, err := textindex.Whole(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		f.Unfinished = f.Unfinished || !whole
		l, err := findIn(tx, st, words, before, q.Limit)
		if err != nil {
			return err
		}
		lines = append(lines, l)
	}
	f.merge(lines, q.Limit)
	return f.name(tx)
}

// merge takes hits from the lines, always the one that was written last, and
// keeps where each line goes on.
func (f *Found) merge(lines []line, limit int) {
	for len(f.Hits) < limit {
		newest := -1
		for i, l := range lines {
			if len(l.hits) > 0 && (newest < 0 || l.hits[0].At.After(lines[newest].hits[0].At)) {
				newest = i
			}
		}
		if newest < 0 {
			break
		}
		f.Hits = append(f.Hits, lines[newest].hits[0])
		lines[newest].hits = lines[newest].hits[1:]
	}
	for _, l := range lines {
		if len(l.hits) > 0 {
			l.rest = l.hits[0].Seq + 1
		}
		if l.rest > 0 {
			f.Next = append(f.Next, Position{l.operation, l.rest})
		}
	}
}

// from tells where an operation goes on, and whether it does at all.
func from(positions []Position, op int64) (before int64, goes bool) {
	if positions == nil {
		return 0, true
	}
	for _, p := range positions {
		if p.Operation == op {
			return p.Before, true
		}
	}
	return 0, false
}

// name says who wrote what was found.
func (f *Found) name(tx *db.Tx) error {
	var numbers []int64
	for _, h := range f.Hits {
		if !slices.Contains(numbers, h.Organisation.Number) {
			numbers = append(numbers, h.Organisation.Number)
		}
	}
	names, err := organisation.These(tx, numbers)
	for i := range f.Hits {
		f.Hits[i].Organisation = names[f.Hits[i].Organisation.Number]
	}
	return err
}
