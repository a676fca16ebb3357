package attendance

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people do about attendance.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// Sheet gives the attendance of a workshop: to its host and to coordination of all, to
// who answers for an administration's people of them, to a participant of itself.
func (s *Store) Sheet(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (Sheet, error) {
	return Sheet{}, errors.ErrUnsupported
}

// Of gives the marks of a workshop that stand, in no order, whoever may see them: the
// caller decides by their audiences.
func Of(tx *db.Tx, op, workshop int64) ([]Mark, error) { return nil, errors.ErrUnsupported }

// Attended counts the sessions that each participant of a workshop attended.
func Attended(tx *db.Tx, op, workshop int64) (map[int64]int64, error) {
	return nil, errors.ErrUnsupported
}

// TrainedIn gives who counts as trained in an operation, by workshop and participant,
// whoever may see them.
func TrainedIn(tx *db.Tx, op int64) ([]Trained, error) { return nil, errors.ErrUnsupported }
