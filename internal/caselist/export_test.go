package caselist

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Follow brings what is in memory up to a snapshot.
func (s *Store) Follow(tx *db.Tx, op int64) error {
	_, done, err := s.kept.current(tx, op)
	if err == nil {
		done()
	}
	return err
}

// HalfLoad reads some cases into memory and breaks off.
func (s *Store) HalfLoad(tx *db.Tx, op, cases int64) error {
	c := s.kept.of(op)
	size, err := journal.Size(tx, op)
	if err != nil {
		return err
	}
	c.size = size
	all, err := seizure.Outlines(tx, op, 0, cases)
	if err != nil {
		return err
	}
	return c.take(tx, op, all)
}

// Crowd has groups stand where they would if there were far more of them, until the
// function that it gives is called.
func Crowd(slots int) func() {
	figures, most := mostFigures, mostSlots
	mostFigures, mostSlots = 0, slots
	return func() { mostFigures, mostSlots = figures, most }
}

// Items is how many items of goods are held for an operation.
func (s *Store) Items(op int64) int { return s.kept.of(op).items.length() }
